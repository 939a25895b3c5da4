"""The record: everything the register knows of one weapon, component, quantity, kit or place, and what can be done."""
