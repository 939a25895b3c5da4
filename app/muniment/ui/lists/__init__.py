"""Lists in and out: taking in, taking back, deciding, mending, handing on."""
