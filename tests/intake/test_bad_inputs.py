"""Each bad input has its answer: one line that names it and the remedy, or an honest reading; and within bounds.

The table is ``tests.intake.bad``. What servers do is in ``test_fetch``, feeds and archives have their own tests.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from errors import ArticleError
from intake import confined
from intake.article import read_original
from intake.jsonl import read_line
from records import Article, Original
from tests.intake import bad
from tests.intake.papers import pdf

FILES = {**bad.TEXTS, **bad.MARKED, **bad.PAGES, **bad.MAILS, **bad.PDFS, **bad.WORD_FILES}
#: What one input may make this process grow by; its own bytes (up to 50 MB) several times over, and no bomb.
GROWTH_MB = 600


@contextmanager
def bounded() -> Iterator[None]:
    """A MemoryError for whatever takes more address space than that (where the system can: not on macOS or Windows)."""
    statm = Path("/proc/self/statm")
    if not statm.exists():
        yield
        return
    import resource

    soft, hard = resource.getrlimit(resource.RLIMIT_AS)
    size = int(statm.read_text(encoding="ascii").split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (size + GROWTH_MB * 1_048_576, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def check(read: Article | ArticleError, name: str, answer: str) -> None:
    if answer.startswith("reads:"):
        assert isinstance(read, Article), f"{name} was refused: {read}"
        words = answer.removeprefix("reads:").strip()
        assert words in read.text
        assert "root:" not in read.text, "a file of this machine leaked into a text"
        assert read.published is None
    else:
        assert isinstance(read, ArticleError), f"{name} was read: {read}"
        message = str(read)
        assert message.startswith(f"{name}: ") and answer in message
        assert "; " in message and "\n" not in message and len(message) < 400


@pytest.mark.parametrize("name", FILES)
def test_files(name: str) -> None:
    made, answer = FILES[name]
    raw = made() if callable(made) else made
    read: Article | ArticleError
    with bounded():
        try:
            read = read_original(Original(raw, datetime.now(UTC), name=name))
        except ArticleError as fault:
            read = fault
    check(read, name, answer)


@pytest.mark.parametrize("name", bad.LINES)
def test_lines(name: str) -> None:
    made, answer = bad.LINES[name]
    raw = made() if callable(made) else made
    read: Article | ArticleError
    with bounded():
        try:
            read = read_line(raw, "a.jsonl:1")
        except ArticleError as fault:
            read = fault
    check(read, "a.jsonl:1", answer)


def test_there_are_more_than_a_hundred() -> None:
    assert len(FILES) + len(bad.LINES) >= 140


# The bounds themselves


def test_the_child_limits_itself() -> None:
    code = "from intake.confined import _limit; _limit(); bytearray(3 << 30)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    if sys.platform == "linux":
        assert done.returncode == 1 and "MemoryError" in done.stderr


def test_a_paper_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(confined, "SECONDS", 0.01)
    with pytest.raises(ArticleError, match=r"a\.pdf: takes more than .* s to read; "):
        confined.confined("pdf", pdf([["x"]]), "a.pdf")


def test_a_reader_that_dies_is_told() -> None:
    with pytest.raises(ArticleError, match=r"a\.pdf: ended its reader \(1\); "):
        confined.confined("no-such-kind", b"", "a.pdf")


def test_a_name_that_is_no_text_is_passed_on() -> None:
    with pytest.raises(ArticleError, match="damaged PDF"):
        confined.confined("pdf", b"%PDF-", "a\udcff\0\n.pdf")
