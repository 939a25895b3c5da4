"""Promises that are shown by trying to break them, again and again, each with a control that must fail."""
