"""What a coder can do: one function, one sentence, one transaction."""
