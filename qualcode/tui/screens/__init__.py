"""One file a screen; each owns its feature."""
