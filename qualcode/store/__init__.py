"""Where it is kept: the only room that knows SQL; rows never leave it."""
