"""Papers: what can be printed, how it will look, and what became of it."""
