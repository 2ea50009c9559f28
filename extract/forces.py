"""Force phrases: "some 1,700 US paratroopers of the 82nd Airborne", read from the words before and after the noun.

The noun phrase is read from the row of words and their tags rather than from the parse, because the small parser
breaks on what news is full of: "32 Norwegian, 16 Finnish, three Latvian and one Icelandic peacekeepers".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.actors import ActorTerm
from extract.grammar import governors
from extract.lexicon import ForceWord, Lexicon
from extract.phrases import singular
from extract.quantities import Number, numbers, one, quantity
from records import Asset, Counted, Quantity

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_AIRCRAFT = re.compile(r"(?:[A-Z]{1,3}-\d{1,3}[A-Z]{0,2}|Su-\d\d\w?|MiG-\d\d\w?|Tu-\d{2,3}\w?|Il-\d\d)s?")
_PREMODIFIERS = frozenset({"ADJ", "NOUN", "PROPN", "NUM", "ADV", "PART", "PRON", "DET", "SYM"})
_NEVER_FIRST = frozenset({",", "and", "or", "-", "–", "'s", "’s", "that", "which", "of", "/", "than", "to"})
_HOLDS_MORE = frozenset({"of", "from"})
_OWN_ACTORS = frozenset({"country", "demonym", "organisation", "mission", "force", "ship", "insurgent"})


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose the force is, with the number that the words give for this owner alone."""

    actor: str
    count: Quantity | None = None


@dataclass(frozen=True, slots=True)
class Force:
    """Tokens ``start`` to ``end`` (exclusive) speak of armed forces; ``head`` is their noun.

    ``owners`` are named in the phrase itself. ``possessor`` is the token of "its", "their", "our" where it is so begun.
    ``numbered``: a number is written, not only implied by "a". ``definite``: "the troops", already spoken of.
    ``barred`` says why it is none of ours ("insurgent"). ``military``: plainly armed forces, not just "personnel".
    """

    start: int
    end: int
    head: int
    word: ForceWord
    text: str
    owners: tuple[Owner, ...] = ()
    count: Quantity | None = None
    numbered: bool = False
    possessor: int | None = None
    definite: bool = False
    barred: str | None = None
    military: bool = True

    def holds(self, token: Token) -> bool:
        return self.start <= token.i < self.end


_COUNTED: dict[Asset, Counted] = {
    "air": "aircraft", "naval": "ships", "armour": "vehicles", "artillery": "systems", "missile": "systems",
    "air_defence": "systems",
}  # fmt: skip
_NATIONS = frozenset({"country", "organisation"})


def find_forces(doc: Doc, actors: Sequence[ActorTerm], lexicon: Lexicon) -> list[Force]:
    """Every force phrase, from the left; one that only counts another ("a group of soldiers") is merged with it."""
    heads = _heads(doc, actors, lexicon)
    groupings = lexicon.classes["grouping"]
    phrases: list[Force] = []
    floor = 0
    for start, end, word in heads:
        phrase = _phrase(doc, max(_left_edge(doc, start, floor, groupings), floor), end, word, actors, lexicon)
        phrases.append(phrase)
        floor = phrase.end
    return _joined(doc, phrases, groupings)


def force_at(doc: Doc, token: Token, asset: Asset, actors: Sequence[ActorTerm], lexicon: Lexicon) -> Force:
    """The force that a noun speaks of which no lexicon knows, of a kind that was read from elsewhere."""
    counts = _COUNTED.get(asset, "personnel")
    left = _left_edge(doc, token.i, token.sent.start, lexicon.classes["grouping"])
    word = ForceWord(singular(token.text), asset, counts, "faint")
    return _phrase(doc, left, token.i + 1, word, actors, lexicon)


def _heads(doc: Doc, actors: Sequence[ActorTerm], lexicon: Lexicon) -> list[tuple[int, int, ForceWord]]:
    """The nouns that begin a force phrase, longest first; names of units and types of aircraft among them."""
    row = [singular(token.text) for token in doc]
    found = [
        (hit.start, hit.end, hit.value)
        for hit in lexicon.forces.find(row)
        if hit.value.strength != "never" and _is_noun(doc[hit.end - 1], lexicon)
    ]
    for term in actors:
        leads_to_noun = any(start == term.end for start, _, _ in found)  # "KFOR troops"
        if (
            term.kind in ("force", "ship", "mission")
            and not leads_to_noun
            and not _touched(found, term.start, term.end)
        ):
            found.append((term.start, term.end, _named_force(term)))
    for token in doc:
        if _AIRCRAFT.fullmatch(token.text) and not _touched(found, token.i, token.i + 1):
            found.append((token.i, token.i + 1, ForceWord(token.text, "air", "aircraft", "strong")))
    return sorted(found)


def _is_noun(token: Token, lexicon: Lexicon) -> bool:
    """A force is spoken of with a noun; as a modifier it counts only before one of movement ("troop withdrawal")."""
    if token.pos_ not in ("NOUN", "PROPN"):
        return False
    follower = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    if follower is None or token.dep_ not in ("compound", "amod", "nmod") or follower.pos_ not in ("NOUN", "PROPN"):
        return True
    return token.lower_ != "military" and lexicon.nouns.at([singular(follower.text)], 0) is not None


def _named_force(term: ActorTerm) -> ForceWord:
    if term.kind == "ship":
        return ForceWord("ship", "naval", "ships", "strong")
    return ForceWord("unit", "unspecified", "units", "weak" if term.kind == "mission" else "strong")


def _touched(found: Sequence[tuple[int, int, ForceWord]], start: int, end: int) -> bool:
    return any(start < other_end and other_start < end for other_start, other_end, _ in found)


def _left_edge(doc: Doc, start: int, floor: int, groupings: frozenset[str]) -> int:
    """Where the noun phrase begins: back over its modifiers and over lists of them."""
    edge = start
    while edge > floor and not doc[edge].is_sent_start and _belongs_left(doc, edge - 1, groupings):
        edge -= 1
    while edge < start and doc[edge].lower_ in _NEVER_FIRST:
        edge += 1
    return edge


def _belongs_left(doc: Doc, at: int, groupings: frozenset[str]) -> bool:
    token, follower = doc[at], doc[at + 1]
    if token.text in (",", "and", "or", "&") or token.lower_ in ("and", "or"):
        return _joins_modifiers(doc, at)
    if token.text in ("-", "–", "'s", "’s", "'", "’", "/"):
        return True
    if token.lower_ in ("and", "between") and (follower.like_num or follower.lower_ in ("and",)):
        return any(word.lower_ == "between" for word in doc[max(0, at - 3) : at + 1])
    if token.lower_ == "more" and at > 0 and doc[at - 1].like_num:  # "two more destroyers"
        return True
    if token.lower_ in ("more", "than", "least", "at", "up", "to", "over", "about", "around", "as", "many", "nearly"):
        return _leads_to_number(doc, at)
    if token.lower_ == "of":
        return follower.pos_ in _PREMODIFIERS and at > 0 and _counts(doc[at - 1], groupings)
    if token.pos_ == "VERB":
        return token.dep_ in ("amod", "compound") and token.tag_ in ("VBN", "VBG")
    if _is_measure(token) or token.ent_type_ == "NORP" or follower.lower_ in (",", "of", "and"):
        return True
    return token.pos_ in _PREMODIFIERS and token.dep_ not in ("nsubj", "nsubjpass", "expl", "advmod")


def _counts(token: Token, groupings: frozenset[str]) -> bool:
    return token.like_num or singular(token.text) in groupings


def _is_measure(token: Token) -> bool:
    return token.like_num or token.lower_ in ("some", "roughly", "approximately", "almost", "additional", "several")


def _leads_to_number(doc: Doc, at: int) -> bool:
    ahead = doc[at + 1 : at + 4]
    return any(token.like_num for token in ahead) and all(
        token.like_num or token.lower_ in ("than", "to", "least", "as", "many", "an", "estimated") or token.like_num
        for token in ahead[: next(i for i, token in enumerate(ahead) if token.like_num)]
    )


def _joins_modifiers(doc: Doc, at: int) -> bool:
    """A comma or "and" inside the phrase stands between two modifiers: demonyms, numbers, adjectives."""
    if at == 0 or at + 1 >= len(doc):
        return False
    before, after = doc[at - 1], doc[at + 1]
    if at > 1 and doc[at - 2].pos_ == "ADP":  # "In Iraq, US troops": the first is where, not whose
        return False
    if after.lower_ in ("and", "or") and at + 2 < len(doc):
        after = doc[at + 2]
    return (
        before.pos_ in ("ADJ", "PROPN")
        and (after.pos_ in ("ADJ", "PROPN") or after.like_num)
        and (before.ent_type_ in ("NORP", "GPE", "ORG") or before.pos_ == "ADJ")
    )


def _phrase(doc: Doc, left: int, end: int, word: ForceWord, actors: Sequence[ActorTerm], lexicon: Lexicon) -> Force:
    head = end - 1
    named = [term for term in actors if left <= term.start and term.end <= end and term.kind in _OWN_ACTORS]
    found = numbers(doc, left, end) or _number_after(doc, end)
    words = [token.lower_ for token in doc[left:end]]
    barred = _barred(words, named, lexicon)
    return Force(
        start=left,
        end=end,
        head=head,
        word=word,
        text=doc[left:end].text,
        owners=_owners(doc, named, found, word, lexicon) or _owners_after(doc, left, end, actors, lexicon),
        count=quantity(doc, found, lexicon.bounds, word.counts) or _single(doc, left, head, word),
        numbered=bool(found),
        possessor=next((token.i for token in doc[left:end] if token.tag_ in ("PRP$", "WP$")), None),
        definite=bool(words) and words[0] in ("the", "these", "those", "this", "that"),
        barred=barred,
        military=word.strength == "strong"
        or bool({"military", "naval", "combat", "armed"} & set(words))
        or (bool(named) and word.strength == "weak"),
    )


def _number_after(doc: Doc, end: int) -> list[Number]:
    """ "A force of 500"."""
    if end + 1 < len(doc) and doc[end].lower_ == "of":
        return [number for number in numbers(doc, end + 1, min(end + 5, len(doc))) if number.start <= end + 3]
    return []


def _barred(words: Sequence[str], named: Sequence[ActorTerm], lexicon: Lexicon) -> str | None:
    if any(term.kind == "insurgent" for term in named):
        return "insurgent"
    for word in words:
        why = lexicon.disqualified.get(word) or lexicon.disqualified.get(singular(word))
        if why and why != "none" and not (why == "police" and "military" in words):
            return why
    return None


def _single(doc: Doc, left: int, head: int, word: ForceWord) -> Quantity | None:
    """A single ship, aircraft or unit, which "a", "the" or its name tells."""
    if doc[left].lower_ in ("a", "an", "the", "another") or doc[left].pos_ == "PROPN":
        return one(doc[head], word.counts)
    return None


def _owners(
    doc: Doc, named: Sequence[ActorTerm], found: Sequence[Number], word: ForceWord, lexicon: Lexicon
) -> tuple[Owner, ...]:
    """The actors named in the phrase; a mission gives way to its contributors, a name repeated counts once."""
    terms = [term for term in named if term.actor]
    if any(term.kind in ("demonym", "country") for term in terms):
        terms = [term for term in terms if term.kind not in ("organisation", "mission") or _has_own_number(term, found)]
    owners: dict[str, Owner] = {}
    floor = 0
    for term in terms:
        assert term.actor
        own = [number for number in found if floor <= number.start and number.end <= term.start]
        count = quantity(doc, own, lexicon.bounds, word.counts) if len(terms) > 1 and len(found) > 1 else None
        owners.setdefault(term.actor, Owner(term.actor, count))
        floor = term.end
    return tuple(owners.values())


def _owners_after(doc: Doc, left: int, end: int, actors: Sequence[ActorTerm], lexicon: Lexicon) -> tuple[Owner, ...]:
    """ "Soldiers from Chad and Niger", "forces of the Russian Federation": the countries listed after the noun."""
    if end >= len(doc) or doc[end].lower_ not in ("from", "of"):
        return ()
    if doc[end].lower_ == "of" and not left <= doc[end].head.i < end:
        return ()
    if doc[end].lower_ == "from" and (_is_withdrawn(doc[end - 1], lexicon) or doc[left].tag_ == "PRP$"):
        return ()
    owners: dict[str, Owner] = {}
    at = end + 1
    while at < len(doc):
        term = next((term for term in actors if term.start == at and term.kind in _NATIONS), None)
        if term and term.actor:
            owners.setdefault(term.actor, Owner(term.actor))
            at = term.end
        elif doc[at].lower_ in ("the", ",", "and"):
            at += 1
        else:
            break
    return tuple(owners.values())


def _is_withdrawn(head: Token, lexicon: Lexicon) -> bool:
    """ "Withdraw troops from Mali": where from, not whose."""
    for above in governors(head):
        row = [above.lemma_.lower()] if above.pos_ == "VERB" else [singular(above.text)]
        hit = (lexicon.verbs if above.pos_ == "VERB" else lexicon.nouns).at(row, 0)
        if hit:
            return hit.value.direction == "out" or hit.value.frame == "send"
    return False


def _has_own_number(term: ActorTerm, found: Sequence[Number]) -> bool:
    return any(number.end == term.start for number in found)


def _joined(doc: Doc, phrases: Sequence[Force], groupings: frozenset[str]) -> list[Force]:
    """ "A contingent of 200 Danish soldiers", "soldiers from the 82nd Airborne": one force, spoken of twice."""
    joined: list[Force] = []
    for phrase in phrases:
        previous = joined[-1] if joined else None
        if previous and _is_continued(doc, previous, phrase):
            joined[-1] = _merge(doc, previous, phrase, groupings)
        else:
            joined.append(phrase)
    return joined


def _is_continued(doc: Doc, first: Force, second: Force) -> bool:
    between = [token.lower_ for token in doc[first.end : second.start]]
    return (
        len(between) == 1 and between[0] in _HOLDS_MORE and not (first.owners and second.owners and between == ["from"])
    )


def _merge(doc: Doc, outer: Force, inner: Force, groupings: frozenset[str]) -> Force:
    vague = outer.word.asset == "unspecified" or singular(outer.word.words) in groupings
    told = inner if inner.numbered and not outer.numbered else outer
    return replace(
        outer,
        end=inner.end,
        text=doc[outer.start : inner.end].text,
        word=inner.word if vague and inner.word.asset != "unspecified" else outer.word,
        owners=outer.owners or inner.owners,
        count=told.count or (inner.count if not outer.numbered else None),
        numbered=told.numbered,
        possessor=outer.possessor if outer.possessor is not None else inner.possessor,
        barred=outer.barred or inner.barred,
        military=outer.military or inner.military,
    )
