"""Today: what there is, and what waits."""
