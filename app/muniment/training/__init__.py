"""Practice: registers that are about no real weapon."""
