"""How right the places are: every place that a text names, against annotated corpora (``make score`` shows it too).

    python -m bench.places [--first N] [--only lgl] [--show CLASS]

The measure is the shared ``gold/places/score_places.py`` below GARRISON_SHARED, run as it is; the places are those that
``garrison places`` prints. Words a second are those of one core, beside spaCy's tok2vec, parser and NER alone on the
same texts in the same run. ``bench/place_errors.py`` sorts what is wrong.
"""

from __future__ import annotations

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from pathlib import Path
from time import process_time
from typing import Any

from bench.place_errors import Case, JsonObject, Told, errors_of, label_of, tables
from bench.shared import below_least, load_scorer, markdown, shared_file
from data.build import build
from errors import GarrisonError
from extract.parsing import load_pipeline as load_spacy
from intake.jsonl import read_articles
from pipeline import Pipeline, load_pipeline
from records import Article, Placement
from settings import DATA, STATIC, load_settings
from store.interchange import spans_json

FLOORS = Path(__file__).resolve().parent / "floors.toml"
SCORER = "score_places.py"
CORPORA = {"lgl": "LGL", "geovirus": "GeoVirus"}
SAMPLE = 60  # texts of each corpus that `make score` reads: the whole takes minutes
BARE = ("tok2vec", "parser", "ner")
HEADING = (
    "corpus", "texts", "names", "precision", "recall", "exact F1", "within 161 km, of those found",
    "within 161 km, end to end", "words/s", "bare spaCy, words/s", "ratio",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Figures:
    """What the scorer says of one corpus, the errors, and how long it took: seconds of one core, ours and spaCy's."""

    name: str
    result: JsonObject
    errors: tuple[Case, ...]
    words: int
    seconds: float
    seconds_bare: float

    @property
    def measured(self) -> dict[str, float]:
        """The figures that have floors."""
        return {"exact_f1": self.result["exact"]["F"], "within_161_km": self.result["acc161_e2e"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--first", type=int, metavar="N", help="only so many texts of each corpus")
    parser.add_argument("--only", action="append", choices=CORPORA, help="measure this corpus alone")
    parser.add_argument("--show", metavar="CLASS", help="list the errors of one class")
    given = parser.parse_args()
    try:
        measured = list(measure(places_folder(), given.only or list(CORPORA), first=given.first))
    except (GarrisonError, OSError, ValueError) as fault:
        sys.exit(f"bench.places: {fault}")
    print(f"Measured {date.today().isoformat()}{f', first {given.first} texts' if given.first else ''}:\n")
    print(table(measured))
    for figures in measured:
        print(f"\n{figures.name}:\n\n{tables(figures.errors, show=given.show)}")
    sys.exit(None if given.first else "\n".join(below_floor(measured)) or None)


def below_floor(measured: Sequence[Figures]) -> Iterator[str]:
    """A line for every figure of a whole corpus that is worse than its floor."""
    return below_least(measured, tomllib.loads(FLOORS.read_text(encoding="utf-8")), FLOORS.name)


def places_folder() -> Path:
    """The folder with the corpora and their scorer. Raises DataError where it is not named or holds no scorer."""
    return shared_file(f"gold/places/{SCORER}").parent


def measure(folder: Path, names: Sequence[str], *, first: int | None = None) -> Iterator[Figures]:
    """Read the corpora, or the first texts of each, and score the places told."""
    scorer = load_scorer(folder / SCORER)
    settings = load_settings()
    build(settings.home, STATIC, progress=lambda what: print(f"{what} …", file=sys.stderr))
    pipeline = load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view=settings.point_of_view)
    for name in names:
        print(f"reading {name} …", file=sys.stderr)
        file = folder / f"{name}.jsonl"
        articles = list(islice(read_articles(file), first))
        lines = file.read_text(encoding="utf-8").split("\n")
        gold = {row["id"]: row for row in map(json.loads, filter(None, lines[: len(articles)]))}
        told, seconds = {}, 0.0
        for article in articles:
            start = process_time()
            parsed, kept, spans = places_told(pipeline, article)
            seconds += process_time() - start
            # The labels are for the classes of errors: no part of what is timed.
            labels = [label_of(parsed.paragraphs, one.mention) for one in kept]
            told[article.id] = [Told(*one) for one in zip(spans, kept, labels, strict=True)]
        yield Figures(
            CORPORA[name],
            scorer.score(gold, {id: {"spans": [one.span for one in of_text]} for id, of_text in told.items()}),
            tuple(errors_of(gold, told, scorer.match, pipeline.gazetteer)),
            sum(len(article.text.split()) for article in articles),
            seconds,
            _seconds_bare(articles),
        )


def places_told(pipeline: Pipeline, article: Article) -> tuple[Any, list[Placement], list[JsonObject]]:
    """What ``garrison places`` prints of an article (``Pipeline.read`` without its claims), with its parse."""
    parsed = pipeline.extractor.parse(article, whole=True)
    placements = pipeline.place(article, pipeline.extractor.mentions(parsed))
    kept = [one for one in placements if one.place or one.mention.certain]
    return parsed, kept, list(spans_json(kept))


def _seconds_bare(articles: Sequence[Article]) -> float:
    """The same texts through spaCy alone, cut at line ends as the extractor cuts them."""
    pipeline = load_spacy()
    start = process_time()
    with pipeline.select_pipes(enable=BARE):
        for article in articles:
            for _ in pipeline.pipe([line for line in article.text.split("\n") if line.strip()], batch_size=32):
                pass
    return process_time() - start


def table(measured: Sequence[Figures]) -> str:
    """All figures as one Markdown table."""
    return markdown(HEADING, [_row(figures) for figures in measured])


def _row(figures: Figures) -> list[str]:
    result = figures.result
    speed, bare = (figures.words / max(seconds, 1e-9) for seconds in (figures.seconds, figures.seconds_bare))
    return [
        figures.name,
        str(result["docs"]),
        str(result["gold"]),
        *(f"{result['exact'][letter]:.3f}" for letter in "PRF"),
        *(f"{result.get(field, 0):.3f}" for field in ("acc161_matched", "acc161_e2e")),
        f"{speed:,.0f}",
        f"{bare:,.0f}",
        f"{speed / bare:.2f}",
    ]


if __name__ == "__main__":
    main()
