"""What the keys of the codebook's screen do, and what its lists show."""
