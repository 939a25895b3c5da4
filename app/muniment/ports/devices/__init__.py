"""The device contract: what the house and a driver may say to each other.

This package imports nothing else of the house, so a maker of devices can depend on it alone. Titles and
explanations in it are English sentences that a face looks up in its translations before it shows them.
"""
