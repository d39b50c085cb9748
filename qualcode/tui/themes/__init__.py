"""The screen of themes: its rows, what one stands on, and what each key does."""
