"""The places of the depot: the tree, what lies where, and what can be done about a place."""
