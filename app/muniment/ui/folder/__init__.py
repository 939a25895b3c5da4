"""Choosing a file or a folder inside the window: no second window that can be lost behind the first."""
