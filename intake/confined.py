"""Reading what may do harm, in a process of its own: bounded in memory, in time and in what it hands back.

PDF, Word, feeds and large pages are parsed by ``python -m intake.confined KIND``, which gets name and bytes on
standard input and answers with one JSON object. It limits itself before it reads a byte (``resource``; where the
system lacks that, as on Windows, time and output are bounded and memory is not). If it dies, the file is refused and
nothing else is touched. About a fifth of a second a file.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

from errors import ArticleError
from intake.found import Found

MEMORY_MB = 1024
SECONDS = 60
LARGE_PAGE = 400_000
LONGEST_TEXT = 20_000_000
_ROOT = Path(__file__).resolve().parent.parent
_REMEDY = "save its text as a .txt file"


def confined(kind: str, raw: bytes, name: str) -> Found:
    """What ``kind``'s parser finds, made in a child process. Raises ArticleError for what it refuses, or dies of."""
    answer = answered(kind, raw, {"name": name})
    for field in ("published", "made"):
        answer[field] = answer[field] and date.fromisoformat(answer[field])
    return Found(**answer)


def answered(kind: str, raw: bytes, told: Mapping[str, object]) -> dict[str, Any]:
    """The JSON object that a child process answers with. ``told`` goes along with the bytes; "name" is for messages."""
    name = told["name"]
    environment = {**os.environ, "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8", "OMP_NUM_THREADS": "1"}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "intake.confined", kind],
            input=json.dumps(told).encode() + b"\n" + raw,
            capture_output=True,
            timeout=SECONDS,
            cwd=_ROOT,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired as fault:
        raise ArticleError(f"{name}: takes more than {SECONDS} s to read; {_REMEDY}") from fault
    try:
        answer: dict[str, Any] = json.loads(done.stdout)
    except ValueError as fault:
        reason = "needs too much memory" if b"MemoryError" in done.stderr else f"ended its reader ({done.returncode})"
        raise ArticleError(f"{name}: {reason}; {_REMEDY}") from fault
    if "refused" in answer:
        raise ArticleError(answer["refused"])
    return answer


def page_found(text: str, name: str) -> Found:
    """The article in a page of HTML; a large page, of which there are few, is read in a child process."""
    from intake.writing import from_html

    return from_html(text, name) if len(text) <= LARGE_PAGE else confined("html", text.encode(), name)


# The child


def main(kind: str) -> None:
    _limit()
    told: dict[str, Any] = json.loads(sys.stdin.buffer.readline())
    raw = sys.stdin.buffer.read()
    try:
        answer = _answer(kind, raw, told)
    except ArticleError as fault:
        answer = {"refused": str(fault)}
    except (MemoryError, RecursionError) as fault:
        lacking = "memory" if isinstance(fault, MemoryError) else "depth"
        answer = {"refused": f"{told['name']}: needs too much {lacking} to read; {_REMEDY}"}
    json.dump(answer, sys.stdout, default=lambda moment: moment.isoformat())


def _answer(kind: str, raw: bytes, told: Mapping[str, Any]) -> dict[str, Any]:
    if kind == "feed":
        from intake.syndication import parsed

        return asdict(parsed(raw, told["headers"], told["name"]))
    found = _parser(kind)(raw, told["name"])
    if len(found.text) > LONGEST_TEXT:
        raise ArticleError(f"{told['name']}: more than {LONGEST_TEXT:,} characters; split it into articles")
    return asdict(found)


def _parser(kind: str) -> Callable[[bytes, str], Found]:
    if kind == "html":
        from intake.writing import from_html

        return lambda raw, name: from_html(raw.decode("utf-8"), name)
    from intake.papers import from_docx, from_pdf

    return {"pdf": from_pdf, "docx": from_docx}[kind]


def _limit() -> None:
    try:
        import resource
    except ImportError:
        return
    for which, most in (
        (resource.RLIMIT_AS, MEMORY_MB * 1_048_576),
        (resource.RLIMIT_CPU, SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        hard = resource.getrlimit(which)[1]
        resource.setrlimit(which, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


if __name__ == "__main__":
    main(sys.argv[1])
