"""Exporters: one file a format, found by entry point."""
