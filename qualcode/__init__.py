"""Code interview and focus-group transcripts together, in the terminal."""

__version__ = "0.1.0"
