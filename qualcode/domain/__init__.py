"""What the words mean: frozen values and pure functions of the standard library."""
