"""The window every page stands in."""
