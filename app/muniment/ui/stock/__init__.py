"""Panels that take things into the register, bind codes to them, set them apart."""
