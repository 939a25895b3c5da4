"""Cases: what is unsettled, and how it is settled."""
