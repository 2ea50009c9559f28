"""How fast the extractor reads, against the bare parser on the same text in the same run (``make bench``).

    python -m bench.speed [--words 20000] [--long 5]

Ratios travel between machines, words a second do not. Two streams are read: news, which is local news from the shared
folder (below GARRISON_SHARED) where that is at hand, else our own texts, nine without a claim for each with one; and
dense, where every text reports a deployment. Then news of half a megabyte as one text, and of ten times as much: a
word should take the same time in both. Last, how much the cascade has parsed, and how many claims it thereby kept.
Places are left unresolved: this is the extractor alone. Nothing here is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import sys
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from functools import partial
from itertools import cycle, islice
from pathlib import Path
from time import process_time
from typing import Any

from bench.gold import Row, load_gold
from extract import load_extractor
from extract.cascade import Words, words_of
from extract.lexicon import load_lexicon
from extract.parsing import load_pipeline, plan, tokenise
from extract.protocol import Extractor
from records import Article, Placement
from settings import DATA

MEGABYTE = 1_000_000
BARE = ("tok2vec", "parser", "ner")
QUIET_FOR_EACH = 9  # of our own texts as news: texts without a claim for each text with one
STEP = 7  # of the shared news every seventh text, round and round: they are ordered by outlet


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
    for name, stream in (("news", _news()), ("dense", _dense())):
        texts = _up_to(stream, words=given.words)
        count = sum(map(_words, texts))
        bare, whole = _timed(partial(_parse_bare, texts)), _timed(partial(_read_all, extractor, texts))
        print(f"| {name} | {count:,} | {count / whole:,.0f} | {count / bare:,.0f} | {bare / whole:.2f} |")
    if given.long:
        print(f"\nPeak memory after the streams: {_peak():,.0f} MB")
        short, long = (_time_of_a_word(extractor, given.long * part) for part in (0.1, 1.0))
        print(f"A word takes {long / short:.2f} times as long in {given.long:g} MB as in {given.long / 10:g} MB")
    print(f"Peak memory: {_peak():,.0f} MB\n")
    _tell_of_cascade(given.words)


def _news() -> Iterator[str]:
    """Local news, or what of our own comes nearest to it."""
    shared = Path(os.environ.get("GARRISON_SHARED", "")) / "gold" / "places" / "lgl.jsonl"
    if not shared.is_file():
        print("GARRISON_SHARED has no news: our own texts instead", file=sys.stderr)
        return _news_like()
    texts = [json.loads(line)["text"] for line in shared.read_text(encoding="utf-8").split("\n") if line]
    return cycle([text for start in range(STEP) for text in islice(texts, start, None, STEP)])


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
    for piece in _news():
        if length >= megabytes * MEGABYTE:
            break
        pieces.append(piece)
        length += len(piece) + 2
    text = "\n\n".join(pieces)
    print(f"reading {length / MEGABYTE:.1f} MB …", file=sys.stderr)
    return _timed(partial(_read, extractor, text)) / _words(text)


def _tell_of_cascade(words: int) -> None:
    """What share of the streams is parsed, and how many core claims of our own gold stand in sentences that are."""
    vocabulary = words_of(load_lexicon(DATA, tokenise))
    for name, stream in (("news", _news()), ("dense", _dense())):
        texts = _up_to(stream, words=words)
        planned = [sentence for text in texts for sentence in plan(Article("speed", "", text), vocabulary)]
        parsed = sum(sentence.end - sentence.start for sentence in planned if sentence.depth == "parsed")
        print(f"Parsed of {name}: {parsed / sum(map(len, texts)):.1%}")
    kept = [kept for row in load_gold() for kept in _kept(row, vocabulary)]
    print(f"Core claims in what is parsed: {sum(kept)} of {len(kept)}, {sum(kept) / len(kept):.1%}")


def _kept(row: Row, vocabulary: Words) -> Iterator[bool]:
    planned = plan(Article("speed", row["title"], row["text"]), vocabulary)
    for claim in row["claims"]:
        start = row["text"].find(claim["evidence"])
        end = start + len(claim["evidence"])
        if start >= 0 and not claim["optional"]:
            yield all(one.depth == "parsed" for one in planned if one.start < end and start < one.end)


def _peak() -> float:
    """Megabytes; Linux counts kilobytes, macOS bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak / (MEGABYTE if sys.platform == "darwin" else 1000)


if __name__ == "__main__":
    main()
