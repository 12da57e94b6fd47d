"""The studies one can run, and the command `kring`."""
