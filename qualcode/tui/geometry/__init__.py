"""Text to lines: pure, without a terminal."""
