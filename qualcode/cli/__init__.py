"""The command line: parse, call a service, print."""

from qualcode.cli.main import main

__all__ = ["main"]
