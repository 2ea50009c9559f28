"""What the learned reader looks at: windows of a text with the places and actors that are named in them."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extract.actors import ActorTerm
from extract.scene import Located, Spotted
from extract.targets import is_known
from extract.windows import Pieces, Window, cut, windows
from records import Span

if TYPE_CHECKING:
    from tokenizers import Tokenizer

DISTANCES = (-160, -80, -40, -20, -10, -5, -2, 0, 2, 5, 10, 20, 40, 80, 160)
SPEAKER = "speaker"  # the kind of the actor that the whole text speaks for, who need not be named in it


@dataclass(frozen=True, slots=True)
class Named:
    """A place or an actor that the text names: ``key`` says which (an actor's code; a place's span), ``kind`` how.

    ``span`` is in the title where ``in_title`` holds; it is None for the speaker.
    """

    key: Any
    kind: str
    span: Span | None
    in_title: bool = False


@dataclass(frozen=True, slots=True)
class Scope:
    """A window with the places and actors that lie in it, and the first and last (exclusive) piece of each."""

    window: Window
    places: tuple[tuple[Named, int, int], ...]
    actors: tuple[tuple[Named, int, int], ...]

    def piece_of(self, pieces: Pieces, span: Span) -> tuple[int, int]:
        first, last = pieces.holding(span)
        shift = self.window.text_at - self.window.first
        return first + shift, max(last, first + 1) + shift


def scopes(
    title: str,
    text: str,
    sentences: Sequence[Span],
    places: Sequence[Named],
    actors: Sequence[Named],
    tokenizer: Tokenizer,
) -> tuple[Pieces, list[Scope]]:
    """The text in pieces, and all its windows."""
    title_pieces, pieces = cut(title, tokenizer), cut(text, tokenizer)
    where, who = _Pieced.of(places, title_pieces, pieces), _Pieced.of(actors, title_pieces, pieces)
    found = [
        Scope(window, tuple(where.within(window)), tuple(who.within(window)))
        for window in windows(title_pieces, pieces, sentences, tokenizer)
    ]
    return pieces, found


Choices = Sequence[tuple[Named, int, int]]


@dataclass(frozen=True, slots=True)
class _Pieced:
    """Names with their first and last (exclusive) piece: of the title, of the text in its order, and the speaker.

    Those of a window are looked up, not searched for, so that a long text costs no more a word than a short one.
    """

    titled: Choices
    told: Choices
    speakers: Sequence[Named]
    starts: Sequence[int]

    @classmethod
    def of(cls, named: Iterable[Named], title: Pieces, text: Pieces) -> _Pieced:
        titled: list[tuple[Named, int, int]] = []
        told: list[tuple[Named, int, int]] = []
        speakers = []
        for one in named:
            if one.span is None:
                speakers.append(one)
                continue
            first, last = (title if one.in_title else text).holding(one.span)
            (titled if one.in_title else told).append((one, first, max(last, first + 1)))
        told.sort(key=lambda choice: choice[1])
        return cls(titled, told, speakers, [first for _, first, _ in told])

    def within(self, window: Window) -> Iterator[tuple[Named, int, int]]:
        for one, first, last in self.titled:
            if last <= window.text_at - 2:
                yield one, first + window.title_at, last + window.title_at
        shift = window.text_at - window.first
        start, end = bisect_left(self.starts, window.first), bisect_left(self.starts, window.last)
        for one, first, last in self.told[start:end]:
            if last <= window.last:
                yield one, first + shift, last + shift
        for one in self.speakers:
            yield one, 0, 1


def distance(force: int, other: int, one: Named) -> int:
    """How far and on which side the other stands, as the number of a step; the title and the speaker are apart."""
    if one.span is None:
        return len(DISTANCES) + 1
    if one.in_title:
        return len(DISTANCES) + 2
    return bisect_right(DISTANCES, other - force)


# In the order in which the weights were learned: a new kind goes to the end.
KINDS = (
    "country", "admin1", "city", "base", "sea", "region", "demonym", "capital", "leader", "ministry", "command",
    "force", "organisation", "mission", "person", "insurgent", "ship", "issuer", SPEAKER, "",
)  # fmt: skip


def kind_number(one: Named) -> int:
    return KINDS.index(one.kind) if one.kind in KINDS else len(KINDS) - 1


def named_places(located: Iterable[Located]) -> list[Named]:
    """Every place that a force may be at, by its span; words that may be no place only where a gazetteer knows them."""
    found = []
    for one in located:
        if is_known(one):
            kind = "region" if one.term.relation else one.place.kind if one.place else one.term.kind or ""
            found.append(Named(one.mention.span, kind, one.mention.span))
    return found


def named_actors(
    paragraphs: Iterable[Spotted], title: Iterable[tuple[ActorTerm, Span]], speaker: str | None
) -> list[Named]:
    """Every actor that the text or its title names, and the one that the text speaks for."""
    found = [Named(term.actor, term.kind, span, in_title=True) for term, span in title if term.actor]
    for spotted in paragraphs:
        found += [
            Named(term.actor, term.kind, spotted.paragraph.span_of(term.start, term.end))
            for term in spotted.actors
            if term.actor
        ]
    if speaker:
        found.append(Named(speaker, SPEAKER, None))
    return found
