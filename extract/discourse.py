"""What a text has spoken of so far: the places that "there" may mean, the actors that "they" and "its" may mean."""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extract.actors import ActorTerm
from extract.forces import Force, Owner
from extract.grammar import subjects
from extract.scene import Located, Scene, Spotted
from records import PLACE_KINDS, PlaceKind, Span

_SPEAKS_FOR = frozenset(
    {"country", "organisation", "leader", "ministry", "command", "person", "capital", "mission", "force", "issuer"}
)
_ANYWHERE: tuple[PlaceKind, ...] = PLACE_KINDS
_MEMORY = 20  # sentences with places that "there" may reach back over
_FIRST_PERSON = re.compile(r"\b(?:[Ww]e|[Oo]ur|[Mm]y|us|I)\b")
_OFFICIAL = frozenset({"leader", "ministry", "command", "person", "issuer"})


@dataclass(slots=True)
class Discourse:
    """Grows sentence by sentence while one article is read; belongs to that reading alone.

    It remembers a bounded stretch, so that a sentence late in a long text costs no more than an early one.

    ``places`` has those of each sentence. ``speaker`` is whose "we" and "our" are: the country that the article speaks
    for, where that can be told.
    """

    speaker: str | None = None
    places: deque[list[Located]] = field(default_factory=lambda: deque(maxlen=_MEMORY))
    destinations: set[Span] = field(default_factory=set)
    actors: deque[str] = field(default_factory=lambda: deque(maxlen=1))
    forces: deque[Force] = field(default_factory=lambda: deque(maxlen=8))
    states: deque[str] = field(default_factory=lambda: deque(maxlen=40))
    organisation: str | None = None
    first_person: bool = False
    source: str | None = None
    source_actor: str | None = None

    def observe(self, scene: Scene) -> None:
        """Take in a sentence that has been read."""
        certain = [located for located in scene.places if located.term.certain]
        self.places += [certain] if certain else []
        self.forces += [force for force in scene.forces if force.owners and not force.barred]
        self.states += [term.actor for term in scene.actors if term.actor and term.kind in ("country", "demonym")]
        organisations = [term.actor for term in scene.actors if term.kind in ("organisation", "mission")]
        self.organisation = organisations[-1] if organisations else self.organisation
        leading = _leading_actor(scene)
        if leading:
            self.actors.append(leading)

    def place_for(self, noun: str, scene: Scene, before: int, owners: Sequence[str]) -> Located | None:
        """The place that a definite noun, or "there", stands for; none that lies in the actor's own country alone."""
        kinds = _ANYWHERE if noun == "there" else scene.lexicon.place_nouns[noun].stands_for
        here = [located for located in scene.places if located.term.end <= before and located.term.certain]
        earlier = [located for told in reversed(self.places) for located in self._telling(told)]
        for located in [*self._telling(here), *earlier]:
            kind = _kind(located)
            if kind not in kinds or located.term.relation == "near":
                continue
            if kind != "country" or not _is_home(located, owners):
                return located
        return None

    def _telling(self, told: Sequence[Located]) -> list[Located]:
        """The places of one sentence: where forces were put first, a base before its country, the later first."""

        def rank(located: Located) -> tuple[bool, bool, int]:
            holds_another = any(_lies_in(other, located) for other in told)
            return located.mention.span not in self.destinations, holds_another, -located.term.start

        return sorted(told, key=rank)

    def last_two(self) -> list[str]:
        """ "The two countries": the last two states spoken of."""
        return list(dict.fromkeys(reversed(self.states)))[:2]

    def owners_of(self, force: Force) -> tuple[Owner, ...]:
        """Whose "the troops" are: those of the last force of the same kind."""
        for earlier in reversed(self.forces):
            same = earlier.word.asset == force.word.asset or "unspecified" in (earlier.word.asset, force.word.asset)
            if same and earlier.owners:
                return tuple(Owner(owner.actor) for owner in earlier.owners)
        return ()


def _kind(located: Located) -> PlaceKind | None:
    if located.term.relation:
        return "sea" if located.term.relation == "off" else "region"
    return located.place.kind if located.place else located.term.kind


def _lies_in(inner: Located, outer: Located) -> bool:
    """ "Ämari air base in Estonia": the first is what is spoken of."""
    if inner.place is None or outer.place is None or inner is outer:
        return False
    within = bool(set(inner.place.countries) & set(outer.place.countries))
    return within and inner.place.kind in ("base", "city") and outer.place.kind in ("country", "admin1")


def _is_home(located: Located, owners: Sequence[str]) -> bool:
    countries = located.place.countries if located.place else ()
    return bool(countries) and bool(owners) and all(owner in countries for owner in owners)


def _leading_actor(scene: Scene) -> str | None:
    """The actor that the sentence is about: its subject, else the first that is named."""
    for token in subjects(scene.sentence.root):
        term = scene.actor_of(token)
        if term and term.actor:
            return term.actor
        force = scene.force_of(token)
        if force and force.owners:
            return force.owners[0].actor
    return next((term.actor for term in scene.actors if term.actor and term.kind in _SPEAKS_FOR), None)


def speaker_of(title_actors: Iterable[ActorTerm], spotted: Sequence[Spotted]) -> str | None:
    """Whose "we" an article speaks with: the actor of its title, else the one whose leaders it names most."""
    title = [term for term in title_actors if term.actor and term.kind in _SPEAKS_FOR]
    officials = [term.actor for term in title if term.kind in _OFFICIAL]
    if officials:
        return officials[0]
    named = [term.actor for term in title]
    counts = Counter(
        term.actor for paragraph in spotted for term in paragraph.actors if term.actor and term.kind in _OFFICIAL
    )
    for actor in named:
        if actor in counts:
            return actor
    if counts:
        return counts.most_common(1)[0][0]
    return named[0] if named else None


def speaks_in_first_person(text: str) -> bool:
    """Whether the text itself says "we" or "our", as a speech, a letter or a press release does."""
    spoken = sum(1 for _ in _FIRST_PERSON.finditer(text))
    return spoken > 0.01 * (text.count(" ") + 1)
