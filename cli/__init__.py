"""The command line: ``garrison COMMAND``."""

from cli.commands import app
from cli.door import main

__all__ = ["app", "main"]
