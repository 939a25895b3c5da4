"""Kits: what belongs together, whether it is together, and making it so."""
