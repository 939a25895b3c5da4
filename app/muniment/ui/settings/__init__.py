"""Settings of a workstation: how the windows look and sound, its scanners, when it locks itself."""
