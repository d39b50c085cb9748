"""The line mode: the same desk for a screen reader or a bare terminal, one line at a time."""
