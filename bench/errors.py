"""The commonest errors, counted by class: what is missed and what is false on the check part of our own texts.

    python -m bench.errors [--show CLASS]

Whether a claim is missed or false is the shared scorer's word (``bench.score``). Its class is read off the words by
the tests below, in their order, the first that holds: it says where to look, not why.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from bench.gold import Row, load_gold
from bench.score import Figures, JsonObject, measure, shared_folder
from errors import GarrisonError
from extract.actors import find_actors
from extract.forces import find_forces
from extract.lexicon import Lexicon, load_lexicon
from extract.parsing import load_pipeline, tokenise
from settings import DATA

SET = "own check"
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ARMS = re.compile(
    r"\b(?:deliver|suppl(?:y|ie)|donat|sell|sold\b|sales?\b|buy|bought|purchas|shipment|contract)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Said:
    """A claim, of the gold or of the answers, as far as the classes look at it."""

    actor: str
    asset: str
    place: str
    status: str
    direction: str
    evidence: str

    @property
    def printed(self) -> str:
        """As the scorer lists it."""
        return f"{self.actor} {self.asset} -> {self.place} [{self.status}] « {self.evidence[:160]} »"

    def same_place(self, other: Said) -> bool:
        mine, theirs = self.place.lower(), other.place.lower()
        return mine in theirs or theirs in mine

    def same_sentence(self, other: Said) -> bool:
        return self.evidence in other.evidence or other.evidence in self.evidence


@dataclass(frozen=True, slots=True)
class Case:
    """A missed or false claim, what the other side says of the same text, and the text's year."""

    claim: Said
    others: Sequence[Said]
    year: int
    lexicon: Lexicon

    def other(self, holds: Callable[[Said], bool]) -> bool:
        return any(holds(other) for other in self.others)

    @property
    def has_force(self) -> bool:
        doc = load_pipeline()(self.claim.evidence)
        return bool(find_forces(doc, find_actors(doc, self.lexicon), self.lexicon))

    @property
    def names_owner(self) -> bool:
        doc = load_pipeline()(self.claim.evidence)
        return any(term.actor == self.claim.actor for term in find_actors(doc, self.lexicon))


Test = Callable[[Case], bool]


def _otherwise_directed(case: Case) -> bool:
    claim = case.claim
    return case.other(
        lambda other: other.actor == claim.actor and other.direction != claim.direction and other.same_place(claim)
    )


def _other_actor(case: Case) -> bool:
    return case.other(lambda other: other.same_sentence(case.claim) and other.same_place(case.claim))


def _other_place(case: Case) -> bool:
    return case.other(lambda other: other.same_sentence(case.claim) and other.actor == case.claim.actor)


def _said_again(case: Case) -> bool:
    return case.other(lambda other: other.actor == case.claim.actor and other.same_place(case.claim))


def _past(case: Case) -> bool:
    return any(int(year) < case.year - 2 for year in _YEAR.findall(case.claim.evidence))


def _any(_: Case) -> bool:
    return True


MISSED: Mapping[str, Test] = {
    "the movement in the other direction": _otherwise_directed,
    "another actor at the place": _other_actor,
    "no word for forces found": lambda case: not case.has_force,
    "place not named in the sentence": lambda case: case.claim.place not in case.claim.evidence,
    "owner not named in the sentence": lambda case: not case.names_owner,
    "another place for the actor": _other_place,
    "pair not linked": _any,
}
FALSE: Mapping[str, Test] = {
    "a text without any claim": lambda case: not case.others,
    "the movement in the other direction": _otherwise_directed,
    "the pair once more, as another force or status": _said_again,
    "wrong actor": _other_actor,
    "wrong place": _other_place,
    "past": _past,
    "arms delivery or sale": lambda case: bool(_ARMS.search(case.claim.evidence)),
    "another pair in a sentence with claims": lambda case: case.other(lambda other: other.same_sentence(case.claim)),
    "a sentence without any claim": _any,
}


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--show", metavar="CLASS", help="list the claims of one class")
    given = parser.parse_args()
    try:
        (figures,) = measure(shared_folder(), [SET])
    except GarrisonError as fault:
        sys.exit(f"bench.errors: {fault}")
    for kind, tests in (("MISS", MISSED), ("FALSE", FALSE)):
        classes = classified(list(_cases(figures, load_gold("check"), kind)), tests)
        print(f"\n| {'missed' if kind == 'MISS' else 'false'} | {sum(map(len, classes.values()))} |\n| --- | ---: |")
        for name, cases in sorted(classes.items(), key=lambda pair: -len(pair[1])):
            print(f"| {name} | {len(cases)} |")
            if name == given.show:
                print(*(f"    {case.claim.printed}" for case in cases), sep="\n")


def classified(cases: Sequence[Case], tests: Mapping[str, Test]) -> dict[str, list[Case]]:
    """The cases by the name of the first test that holds."""
    classes: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        classes[next(name for name, holds in tests.items() if holds(case))].append(case)
    return classes


def _cases(figures: Figures, rows: Sequence[Row], kind: str) -> Iterator[Case]:
    lexicon = load_lexicon(DATA, tokenise)
    listed = Counter(figures.errors)
    for row in rows:
        gold = [_of_gold(claim) for claim in row["claims"]]
        answers = [_of_answer(claim) for claim in figures.answers[row["id"]]]
        mine, others = (gold, answers) if kind == "MISS" else (answers, gold)
        for claim in mine:
            line = f"{kind:5} {row['id']}: {claim.printed}".splitlines()[0]
            if listed[line] > 0:
                listed[line] -= 1
                yield Case(claim, others, int((row["published"] or "9999")[:4]), lexicon)


def _of_gold(claim: JsonObject) -> Said:
    return Said(claim["actor"], claim["asset"], claim["place"], claim["status"], claim["direction"], claim["evidence"])


def _of_answer(claim: JsonObject) -> Said:
    place, evidence = claim["place"]["text"], claim["evidence"]["text"]
    return Said(claim["actor"], claim["asset"], place, claim["status"], claim["direction"], evidence)


if __name__ == "__main__":
    main()
