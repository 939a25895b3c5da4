"""The visual kit: the parts every screen is made of. They know words and colours, not the register."""
