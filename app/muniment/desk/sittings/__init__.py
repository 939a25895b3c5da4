"""Sittings: what happens between one person stepping up to the hatch and stepping away."""
