"""The command `kring`."""
