"""Speed, measured against a raw limit in the same run, so that figures of different machines can be compared."""
