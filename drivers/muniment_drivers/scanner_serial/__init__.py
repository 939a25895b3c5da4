"""Scanners that speak over a serial port, a USB port that acts as one, or a socket."""
