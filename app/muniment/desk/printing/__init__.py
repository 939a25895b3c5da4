"""Printing: a queue that tells the truth after a power cut, and what the ledger is told of paper."""
