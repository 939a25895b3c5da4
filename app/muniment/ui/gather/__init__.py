"""Gathering things by scans on the screen, before one act is done with all of them."""
