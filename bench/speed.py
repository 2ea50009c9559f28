"""How fast the extractor reads, against the bare parser on the same text in the same run (``make bench``).

    python -m bench.speed [--words 20000] [--long 5]

Ratios travel between machines, words a second do not. Two streams are read: news-like, where one text in ten reports a
deployment, and dense, where every text does. Then a news-like text of half a megabyte and one ten times as long: a word
should take the same time in both. Places are left unresolved: this is the extractor alone. Nothing here is asserted.
"""

from __future__ import annotations

import argparse
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import cycle
from time import process_time
from typing import Any

from bench.gold import load_gold
from extract import load_extractor
from extract.parsing import load_pipeline
from extract.protocol import Extractor
from records import Article, Placement
from settings import DATA

MEGABYTE = 1_000_000
BARE = ("tok2vec", "parser", "ner")
QUIET_FOR_EACH = 9  # of the news-like stream: texts without a claim for each text with one


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--words", type=int, default=20_000, help="words of each stream")
    parser.add_argument("--long", type=float, default=5.0, help="megabytes of the longest text; 0 leaves it out")
    given = parser.parse_args()
    extractor = load_extractor("en", DATA)
    _read(extractor, next(_dense()))
    print(f"Measured {date.today().isoformat()}, processor time of one process\n")
    print("| stream | words | extractor, words/s | bare spaCy, words/s | ratio |")
    print("| --- | ---: | ---: | ---: | ---: |")
    for name, stream in (("news-like", _news_like()), ("dense", _dense())):
        texts = _up_to(stream, words=given.words)
        count = sum(map(_words, texts))
        bare, whole = _timed(partial(_parse_bare, texts)), _timed(partial(_read_all, extractor, texts))
        print(f"| {name} | {count:,} | {count / whole:,.0f} | {count / bare:,.0f} | {bare / whole:.2f} |")
    if given.long:
        print(f"\nPeak memory after the streams: {_peak():,.0f} MB")
        short, long = (_time_of_a_word(extractor, given.long * part) for part in (0.1, 1.0))
        print(f"A word takes {long / short:.2f} times as long in {given.long:g} MB as in {given.long / 10:g} MB")
    print(f"Peak memory: {_peak():,.0f} MB")


def _news_like() -> Iterator[str]:
    rows = load_gold()
    with_claims = cycle(row["text"] for row in rows if row["claims"])
    for number, text in enumerate(cycle(row["text"] for row in rows if not row["claims"]), 1):
        yield text
        if number % QUIET_FOR_EACH == 0:
            yield next(with_claims)


def _dense() -> Iterator[str]:
    return cycle(row["text"] for row in load_gold() if row["claims"])


def _up_to(stream: Iterator[str], *, words: int) -> list[str]:
    """Texts of the stream until they have as many words."""
    texts: list[str] = []
    left = words
    while left > 0:
        texts.append(next(stream))
        left -= _words(texts[-1])
    return texts


def _words(text: str) -> int:
    return len(text.split())


def _read_all(extractor: Extractor[Any], texts: Sequence[str]) -> None:
    for text in texts:
        _read(extractor, text)


def _read(extractor: Extractor[Any], text: str) -> None:
    """All that the extractor does with one article."""
    parsed = extractor.parse(Article("speed", "", text, date(2023, 3, 8)))
    extractor.claims(parsed, [Placement(mention, None) for mention in extractor.mentions(parsed)])


def _parse_bare(texts: Sequence[str]) -> None:
    """The same texts through spaCy alone, cut at line ends as the extractor cuts them."""
    pipeline = load_pipeline()
    with pipeline.select_pipes(enable=BARE):
        for text in texts:
            for _ in pipeline.pipe([line for line in text.split("\n") if line.strip()], batch_size=32):
                pass


def _timed(work: Callable[[], object]) -> float:
    """Processor seconds, which other processes on the machine do not stretch."""
    start = process_time()
    work()
    return process_time() - start


def _time_of_a_word(extractor: Extractor[Any], megabytes: float) -> float:
    pieces: list[str] = []
    length = 0
    for piece in _news_like():
        if length >= megabytes * MEGABYTE:
            break
        pieces.append(piece)
        length += len(piece) + 2
    text = "\n\n".join(pieces)
    print(f"reading {length / MEGABYTE:.1f} MB …", file=sys.stderr)
    return _timed(partial(_read, extractor, text)) / _words(text)


def _peak() -> float:
    """Megabytes; Linux counts kilobytes, macOS bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (MEGABYTE if sys.platform == "darwin" else 1000)


if __name__ == "__main__":
    main()
