"""What the codings show."""
