"""Words and sentences: the only room that knows spaCy."""
