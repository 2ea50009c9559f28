"""The way in and out: runs a command and turns whatever goes wrong into one line and an exit code.

0 done, 1 something failed, 2 wrong usage. ``GARRISON_DEBUG=1`` shows where an unexpected error came from.
"""

from __future__ import annotations

import os
import sys

import typer

from cli.commands import app
from cli.saying import complain
from errors import GarrisonError

_INTERRUPTED = 130
_DONE_IS_DONE = "interrupted; what was told as done is done"


def main() -> None:
    """Run a command and exit with its code: every error ends here, as one line."""
    try:
        code = int(app(prog_name="garrison", standalone_mode=False) or 0)
        if code == _INTERRUPTED:
            complain(_DONE_IS_DONE)
    except typer.TyperException as fault:
        _explain_usage(fault)
        code = 2
    except (KeyboardInterrupt, typer.Abort):
        complain(_DONE_IS_DONE)
        code = _INTERRUPTED
    except BrokenPipeError:
        # Whoever read the output has had enough; without this Python would complain of it once more at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    except Exception as fault:
        if os.environ.get("GARRISON_DEBUG"):
            raise
        complain(_explained(fault))
        code = 1
    sys.exit(code)


def _explain_usage(fault: typer.TyperException) -> None:
    words: str = getattr(fault, "format_message", fault.__str__)()
    if words.startswith("Usage:"):
        typer.echo(words)  # the help, for want of a command
    else:
        complain(f"{words.rstrip('.')}; see: {_command_of(fault)} --help")


def _command_of(fault: typer.TyperException) -> str:
    context: typer.Context | None = getattr(fault, "ctx", None)
    return context.command_path if context else "garrison"


def _explained(fault: Exception) -> str:
    if isinstance(fault, GarrisonError):
        return str(fault)
    if isinstance(fault, OSError):
        return f"{fault.filename or 'the system'}: {fault.strerror or fault}; mend that and try again"
    return f"unexpected {type(fault).__name__}: {fault}; GARRISON_DEBUG=1 shows where, please report it"
