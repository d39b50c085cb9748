"""The screens: the only room that knows Textual."""

import os

os.environ.setdefault("TEXTUAL_FPS", "120")
"""How often a second Textual paints at most; a key may have to wait for two such beats."""
