"""What the commands print: words for people, data for programs, one line for what went wrong."""

from __future__ import annotations

import json
import sys

import typer

from store.unseen import visible


def counted(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def aside(message: str) -> None:
    """Progress of a command whose output is data: on a terminal only."""
    if sys.stderr.isatty():
        typer.echo(message, err=True)


def print_json(value: dict[str, object]) -> None:
    print_bytes(json.dumps(value, ensure_ascii=False).encode() + b"\n")


def print_bytes(data: bytes) -> None:
    """In UTF-8, whatever the terminal is set to."""
    sys.stdout.buffer.write(data)
    sys.stdout.buffer.flush()


def complain(message: str) -> None:
    """One line, whatever is in the message."""
    typer.echo(f"garrison: {visible(' '.join(message.split()))}", err=True)


def fail_if(failed: bool) -> None:
    if failed:
        raise typer.Exit(1)
