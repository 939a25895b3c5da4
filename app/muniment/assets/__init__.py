"""Fonts and icons that ship with the program, each beside its licence."""
