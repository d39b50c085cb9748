"""Invented transcripts, and what two coders made of them: data only."""
