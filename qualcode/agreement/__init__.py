"""How far coders agree: numbers in, numbers out, one measure per file."""
