"""The people of the depot: who they are, what they may draw, what they hold."""
