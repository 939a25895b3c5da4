"""The hatch: issue, return, move, scan after scan."""
