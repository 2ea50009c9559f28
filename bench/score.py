"""How right the readings are: the pipeline, and the baseline, against annotated texts (``make score``).

    python -m bench.score [--threshold 0.5] [--errors] [--only "own test" …]

The measure is the shared scorer, ``gold/score.py`` below GARRISON_SHARED, run as it is: without it nothing can be
scored. Measured are our own parts, the shared texts, and the baseline on our own test part. Exit 1 where a figure
lies below its floor in ``floors.toml`` (worse than it was) or its goal in ``goals.toml`` (not there yet).
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from bench import places
from bench.cooccurrence import load_baseline
from bench.gold import PARTS, load_gold
from bench.shared import below_least, markdown, shared_file
from data.build import build
from errors import DataError, GarrisonError
from intake.jsonl import read_articles
from pipeline import load_pipeline
from records import CERTAINTY, Article
from settings import DATA, STATIC, load_settings
from store.interchange import claims_json

LEAST = tuple(Path(__file__).resolve().parent / name for name in ("floors.toml", "goals.toml"))
SHARED = ("dev", "train", "seed")
BASELINE = "own test, baseline"
NAMES = (*(f"own {part}" for part in PARTS), *(f"shared {part}" for part in SHARED), BASELINE)
HEADING = (
    "texts", "articles", "core claims", "precision", "recall", "F1 (90 %)", "strict F1 (90 %)", "asset", "status",
    "quantity", "date", "source", "hedged", "place", "negatives wrong",
)  # fmt: skip

JsonObject = dict[str, Any]
Answer = Callable[[Article], list[JsonObject]]


@dataclass(frozen=True, slots=True)
class Figures:
    """What the scorer says of one set of texts, the errors that it lists, and the claims that it was given, by text."""

    name: str
    result: JsonObject
    errors: tuple[str, ...]
    answers: Mapping[str, Sequence[JsonObject]]

    @property
    def measured(self) -> dict[str, float]:
        """The figures that have floors and goals; of the last one less is better."""
        return {
            **self.result["fields"],
            "f1": self.result["claims"]["f1"],
            "strict_f1": self.result["strict"]["f1"],
            "precision": self.result["claims"]["precision"],
            "recall": self.result["claims"]["recall"],
            "negatives_wrong": self.result["negatives_wrong"] / max(self.result["negatives"], 1),
        }


def main() -> None:
    given = _arguments()
    try:
        measured = list(measure(shared_folder(), given.only or NAMES, threshold=given.threshold))
        least = {path.name: tomllib.loads(path.read_text(encoding="utf-8")) for path in LEAST}
    except (GarrisonError, OSError, ValueError) as fault:
        sys.exit(f"bench.score: {fault}")
    print(f"Measured {date.today().isoformat()}, claims of certainty {given.threshold:g} and more:\n")
    print(table(measured))
    if not given.only:
        print(f"\nPlaces, first {places.SAMPLE} texts of each corpus (the whole: python -m bench.places):\n")
        print(places.table(list(places.measure(places.places_folder(), list(places.CORPORA), first=places.SAMPLE))))
    if given.errors:
        print(*(line for figures in measured for line in (f"\n{figures.name}:", *figures.errors)), sep="\n")
    usual = given.threshold == CERTAINTY["default"]
    below = [line for name, wanted in least.items() for line in below_least(measured, wanted, name)] if usual else []
    sys.exit("\n".join(["", *below]) if below else None)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    usual = CERTAINTY["default"]
    parser.add_argument("--threshold", type=float, default=usual, help="leave out less certain claims")
    parser.add_argument("--errors", action="store_true", help="list every miss and every false claim")
    parser.add_argument("--only", action="append", choices=NAMES, help="measure this set alone; may be repeated")
    return parser.parse_args()


def shared_folder() -> Path:
    """The folder with the scorer and the shared texts. Raises DataError where it is not named or holds no scorer."""
    return shared_file("gold/score.py").parent.parent


def measure(shared: Path, names: Sequence[str], *, threshold: float = 0.0) -> Iterator[Figures]:
    """Read every text of the named sets and score the answers."""
    by_pipeline = _pipeline(threshold)
    by_baseline = load_baseline(DATA)
    with TemporaryDirectory() as folder:
        for name in names:
            print(f"reading {name} …", file=sys.stderr)
            gold = _gold(name, shared, Path(folder))
            answer = (lambda article: by_baseline.claims(article.text)) if name == BASELINE else by_pipeline
            said = {article.id: answer(article) for article in read_articles(gold)}
            answers = Path(folder) / "answers.jsonl"
            _write(answers, [{"id": id, "claims": claims} for id, claims in said.items()])
            result = json.loads(_scored(shared, gold, answers, "--json"))
            yield Figures(name, result, _errors(shared, gold, answers), said)


def _pipeline(threshold: float) -> Answer:
    """What ``garrison extract`` answers, by the same way."""
    settings = load_settings()
    build(settings.home, STATIC, progress=lambda what: print(f"{what} …", file=sys.stderr))
    pipeline = load_pipeline(gazetteer=settings.gazetteer, data=DATA, point_of_view=settings.point_of_view)

    def answer(article: Article) -> list[JsonObject]:
        reading = pipeline.read(article)
        return claims_json(reading, least=threshold)

    return answer


def _gold(name: str, shared: Path, folder: Path) -> Path:
    """The file of a set's annotated texts; of our own parts one is written, with all defaults."""
    whose, part = name.removesuffix(", baseline").split()
    if whose == "shared":
        return shared / "gold" / f"{part}.jsonl"
    _write(folder / f"{part}.jsonl", load_gold(part))
    return folder / f"{part}.jsonl"


def _write(path: Path, rows: Sequence[JsonObject]) -> None:
    with path.open("w", encoding="utf-8") as lines:
        lines.writelines(f"{json.dumps(row, ensure_ascii=False)}\n" for row in rows)


def _scored(shared: Path, gold: Path, answers: Path, form: str) -> str:
    command = [sys.executable, str(shared / "gold" / "score.py"), str(gold), str(answers), form]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise DataError(f"the scorer refused {gold.name}: {done.stderr.strip()}")
    return done.stdout


def _errors(shared: Path, gold: Path, answers: Path) -> tuple[str, ...]:
    printed = _scored(shared, gold, answers, "--errors").splitlines()
    return tuple(line for line in printed if line.startswith(("MISS", "FALSE")))


def table(measured: Sequence[Figures]) -> str:
    """All figures as one Markdown table."""
    return markdown(HEADING, [_row(figures) for figures in measured])


def _row(figures: Figures) -> list[str]:
    result = figures.result
    claims, strict, fields = result["claims"], result["strict"], result["fields"]
    shares = (fields["asset"], fields["status"], fields["quantity"], fields["date"], fields["source"])
    return [
        figures.name,
        str(result["articles"]),
        str(result["core"]),
        f"{claims['precision']:.2f}",
        f"{claims['recall']:.2f}",
        *(f"{one['f1']:.2f} ({one['interval'][0]:.2f}–{one['interval'][1]:.2f})" for one in (claims, strict)),
        *(f"{share:.2f}" for share in (*shares, fields["hedged_f1"], result["places"]["right"])),
        f"{result['negatives_wrong']} of {result['negatives']}",
    ]


if __name__ == "__main__":
    main()
