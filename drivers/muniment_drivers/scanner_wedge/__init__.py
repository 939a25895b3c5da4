"""Scanners that act as a keyboard."""
