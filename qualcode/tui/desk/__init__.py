"""The coding desk: what each key of the coding screen does, and when it can be pressed."""
