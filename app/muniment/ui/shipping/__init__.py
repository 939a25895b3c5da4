"""Transfers: sent, on the way, confirmed, taken back."""
