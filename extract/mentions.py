"""Every place that a text names, with its exact span, unresolved: the gazetteer decides what each one is.

Three sources, the longest winning: names that the lexicon knows, names that the parser marks as any kind of entity
(its spans are good, its labels are not), and names that a noun beside them makes a place ("Camp Bondsteel",
"Graf Ignatievo air base"). Then the words around a name are read: "eastern Ukraine", "the coast of Somalia",
"Ukraine's border", "100 km from the Syrian border".
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from extract.actors import ActorTerm
from extract.entities import bears_own_name, names_of_entities
from extract.lexicon import Lexicon, PlaceNoun
from extract.phrases import PhraseTable
from records import Mention, PlaceKind, Relation, Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_BEARINGS = {
    "north": "north", "south": "south", "east": "east", "west": "west", "northern": "north", "southern": "south",
    "eastern": "east", "western": "west", "central": "centre", "northeast": "north-east", "northwest": "north-west",
    "southeast": "south-east", "southwest": "south-west", "northeastern": "north-east", "northwestern": "north-west",
    "southeastern": "south-east", "southwestern": "south-west",
}  # fmt: skip
_DISTANCE = re.compile(r"(\d[\d,.]*)\s*(?:-\s*)?(km|kilomet(?:er|re)s?|miles?|mi)\b", re.IGNORECASE)
_DATELINE = re.compile(
    r"(?:^|(?<=[.?!”\"] ))(?P<city>[A-Z]{4,}(?:[ -][A-Z]{3,}){0,2})"
    r"(?:, [A-Z][\w. ]{1,20})?(?: \([^)]{1,30}\))?\s?(?:--|[–—]|-(?=\s))"
)
_MILE_KM = 1.609344


@dataclass(frozen=True, slots=True)
class PlaceTerm:
    """Tokens ``start`` to ``end`` (exclusive) of a paragraph name a place; the rest as in ``Mention``."""

    start: int
    end: int
    toponym: str
    kind: PlaceKind | None = None
    relation: Relation | None = None
    bearing: str | None = None
    distance_km: float | None = None
    within: tuple[str, ...] = ()
    certain: bool = True


def find_places(doc: Doc, actors: Sequence[ActorTerm], lexicon: Lexicon) -> list[PlaceTerm]:
    """Every place term, from the left, none overlapping."""
    names = _longest(
        [
            *_from_lexicon(doc, actors, lexicon),
            *_from_entities(doc, actors, lexicon),
            *_from_nouns(doc, lexicon),
            *_from_datelines(doc),
            *_from_parties(doc),
        ]
    )
    names = [*names, *_again(doc, names, lexicon)]
    names = sorted((name for name in names if not _is_called_after(doc, name, lexicon)), key=lambda name: name.start)
    terms = [_with_surroundings(doc, name, lexicon) for name in names]
    terms = _longest([*terms, *_areas_of_peoples(doc, actors, lexicon), *_groups_of_states(doc, lexicon)])
    return _with_containers(doc, [*_between(doc, terms, lexicon)])


def mention_of(term: PlaceTerm, doc: Doc, offset: int) -> Mention:
    """The term as a mention of the article: ``offset`` is where the paragraph's text begins in it."""
    stretch = doc[term.start : term.end]
    span = Span(offset + stretch.start_char, offset + stretch.end_char)
    return Mention(
        span, stretch.text, term.toponym, term.kind, term.within, term.relation, term.bearing, term.distance_km,
        term.certain,
    )  # fmt: skip


def _longest(terms: Sequence[PlaceTerm]) -> list[PlaceTerm]:
    kept: list[PlaceTerm] = []
    for term in sorted(terms, key=lambda term: (term.start - term.end, term.kind is None, not term.certain)):
        if not any(term.start < other.end and other.start < term.end for other in kept):
            kept.append(term)
    return sorted(kept, key=lambda term: term.start)


def _from_lexicon(doc: Doc, actors: Sequence[ActorTerm], lexicon: Lexicon) -> Iterator[PlaceTerm]:
    row = [token.text for token in doc]
    for hit in lexicon.place_names.find(row):
        yield PlaceTerm(hit.start, hit.end, doc[hit.start : hit.end].text, hit.value.kind)
    for term in actors:
        if term.kind in ("country", "capital"):
            kind: PlaceKind = "country" if term.kind == "country" else "city"
            start = term.start + (term.kind == "country" and doc[term.start].lower_ == "the")
            yield PlaceTerm(start, term.end, doc[start : term.end].text, kind)


def _from_entities(doc: Doc, actors: Sequence[ActorTerm], lexicon: Lexicon) -> Iterator[PlaceTerm]:
    for name in names_of_entities(doc, actors, lexicon):
        yield PlaceTerm(name.start, name.end, doc[name.start : name.end].text, certain=name.certain)


def _from_datelines(doc: Doc) -> Iterator[PlaceTerm]:
    """ "COLUMBUS, Ohio (AP) -" inside a paragraph, where the headline stands before it: shouted, no entity."""
    for found in _DATELINE.finditer(doc.text):
        words = doc.char_span(*found.span("city"))
        if words is not None:
            yield PlaceTerm(words.start, words.end, words.text.title())


def _from_parties(doc: Doc) -> Iterator[PlaceTerm]:
    """ "Rep. Jane Doe, D-Charleston": where she was elected, which no parser takes for a name."""
    for at in range(2, len(doc)):
        party = doc[at - 2].text
        if doc[at - 1].text == "-" and party.isupper() and len(party) <= 3 and doc[at].is_title:
            end = at
            while end < len(doc) and doc[end].is_title and doc[end].pos_ == "PROPN":
                end += 1
            yield PlaceTerm(at, max(end, at + 1), doc[at : max(end, at + 1)].text, certain=False)


def _is_called_after(doc: Doc, name: PlaceTerm, lexicon: Lexicon) -> bool:
    """ "Marburg virus", "the Geneva Convention": what was first found or signed there."""
    return name.end < len(doc) and doc[name.end].lower_ in lexicon.classes["called_after"]


def _again(doc: Doc, names: Sequence[PlaceTerm], lexicon: Lexicon) -> Iterator[PlaceTerm]:
    """The same names where the parser saw none: what is a place once is one again, but for persons and newspapers."""
    known = PhraseTable([(name.toponym.split(), name) for name in names if name.toponym.istitle()])
    taken = {at for name in names for at in range(name.start, name.end)}
    others = [entity for entity in doc.ents if len(entity) > 1 and bears_own_name(entity, lexicon)]
    taken |= {token.i for entity in others for token in entity}
    for hit in known.find([token.text for token in doc]):
        if taken.isdisjoint(range(hit.start, hit.end)):
            yield PlaceTerm(hit.start, hit.end, hit.value.toponym, hit.value.kind, certain=False)


def _from_nouns(doc: Doc, lexicon: Lexicon) -> Iterator[PlaceTerm]:
    """ "Camp Bondsteel", "Fort Bragg"; "Graf Ignatievo air base", "Anbar province"."""
    heads, nouns = lexicon.classes["base_head"], lexicon.place_nouns
    for at, word in enumerate([token.text for token in doc]):
        if word in heads and at + 1 < len(doc) and doc[at + 1].is_title and doc[at + 1].pos_ == "PROPN":
            end = _name_end(doc, at + 1, lexicon)
            yield PlaceTerm(at, end, doc[at:end].text, None if word in ("Port", "Mount", "Lake", "Cape") else "base")
        noun = nouns.get(word.lower())
        if noun and noun.named and at > 0:
            yield from _named_before(doc, doc[at], noun)


def _name_end(doc: Doc, at: int, lexicon: Lexicon) -> int:
    """Where a name ends that goes on as long as it is capitalised, short of "Police" or "City Council"."""
    start, ends = at, lexicon.classes["institution"] | lexicon.classes["own_name"]
    while at < len(doc) and (doc[at].is_title or doc[at].text == "-") and doc[at].pos_ in ("PROPN", "PUNCT", "NOUN"):
        if at > start and doc[at].lower_ in ends:
            return at - (doc[at - 1].lower_ in ("city", "town") and at - 1 > start)
        at += 1
    return at


def _named_before(doc: Doc, word: Token, noun: PlaceNoun) -> Iterator[PlaceTerm]:
    start = word.i
    while start > 0 and _names(doc[start - 1]):
        start -= 1
    if start == word.i or not any(t.text[0].isupper() and t.ent_type_ != "NORP" for t in doc[start : word.i]):
        return
    # "Anbar province" is called Anbar; "Anbar Province", "Kabul airport" and "Graf Ignatievo air base" are names as
    # they stand. "Dublin City Council" is a council of Dublin.
    follows = word.i + 1 < len(doc) and doc[word.i + 1].text[:1].isupper() and doc[word.i + 1].pos_ == "PROPN"
    if follows and word.is_title and word.lower_ in ("city", "town", "village", "district"):
        yield PlaceTerm(start, word.i, doc[start : word.i].text)
        return
    bare = word.is_lower and noun.kind not in ("base", "sea") and "base" not in noun.stands_for
    yield PlaceTerm(start, word.i + 1, doc[start : word.i + (not bare)].text, noun.kind)


def _names(token: Token) -> bool:
    if token.lower_ in ("air", "naval", "army", "military"):
        return True
    return token.pos_ == "PROPN" and token.text[0].isupper() and token.ent_type_ != "NORP"


def _with_surroundings(doc: Doc, term: PlaceTerm, lexicon: Lexicon) -> PlaceTerm:
    """Take in the words that say which part of the place, or which area beside it."""
    return _border_or_coast(doc, term, lexicon) or _part_of(doc, term) or _off(doc, term) or term


def _off(doc: Doc, term: PlaceTerm) -> PlaceTerm | None:
    """ "Waters off Spain", "off Socotra"; not "took off from"."""
    if term.start and doc[term.start - 1].lower_ == "off" and doc[term.start - 1].dep_ != "prt":
        return replace(term, kind="sea", relation="off")
    return None


def _part_of(doc: Doc, term: PlaceTerm) -> PlaceTerm | None:
    """ "Eastern Ukraine", "south-eastern Afghanistan", "the north of Mali", "the northern countryside of Idlib"."""
    start, bearing = _bearing_before(doc, term.start)
    if bearing:
        return PlaceTerm(start, term.end, term.toponym, "region", "part", bearing, certain=True)
    if term.start >= 2 and doc[term.start - 1].lower_ == "of":
        at = term.start - 2
        start, bearing = _bearing_before(doc, at + 1)
        if bearing and (start == 0 or doc[start - 1].lower_ not in ("the", "in")):  # "lies north of Kyiv": beside it
            return replace(term, start=start, kind="region", relation="near", bearing=bearing, certain=True)
        if doc[at].lower_ in ("countryside", "part", "parts", "half", "region", "tip", "flank", "province"):
            at -= 1
        start, bearing = _bearing_before(doc, at + 1)
        if bearing:
            return PlaceTerm(start, term.end, term.toponym, "region", "part", bearing)
    return None


def _bearing_before(doc: Doc, at: int) -> tuple[int, str | None]:
    """The bearing that the words just before this token spell, and where they begin."""
    if at == 0:
        return at, None
    last = _BEARINGS.get(doc[at - 1].lower_)
    if not last:
        return at, None
    if at >= 3 and doc[at - 2].text in ("-", "‑", "–") and doc[at - 3].lower_ in _BEARINGS:
        return at - 3, f"{_BEARINGS[doc[at - 3].lower_]}-{last}"
    return at - 1, last


def _border_or_coast(doc: Doc, term: PlaceTerm, lexicon: Lexicon) -> PlaceTerm | None:
    """ "Ukraine's border", "the Syria border", "the border with Belarus", "off the coast of Somalia"."""
    after = term.end
    if after < len(doc) and doc[after].text in ("'s", "’s", "'", "’"):
        after += 1
    while after < len(doc) and doc[after].lower_ in (*_BEARINGS, "territorial", "own", "land", "sea", "shared"):
        after += 1
    if after < len(doc) and _relation(doc[after], lexicon) and (after > term.end or term.kind == "country"):
        return _area(doc, term, term.start, after + 1, doc[after], lexicon)
    before = term.start - 1
    while before > 0 and doc[before].lower_ in ("the", *_BEARINGS):
        before -= 1
    if before <= 0 or doc[before].lower_ not in ("of", "with"):
        return None
    named = doc[before - 1].lower_ == "capital" and term.kind != "country"  # "the capital of Harare" is Harare
    if _relation(doc[before - 1], lexicon) and not named:
        return _area(doc, term, _bearing_before(doc, before - 1)[0], term.end, doc[before - 1], lexicon)
    return None


def _relation(token: Token, lexicon: Lexicon) -> Relation | None:
    noun = lexicon.place_nouns.get(token.lower_)
    return noun.relation if noun else None


def _area(doc: Doc, term: PlaceTerm, start: int, end: int, noun: Token, lexicon: Lexicon) -> PlaceTerm:
    relation = _relation(noun, lexicon)
    kind: PlaceKind = "sea" if relation == "off" else "region"
    if noun.lower_ in ("territory", "soil", "airspace", "skies", "space"):
        return PlaceTerm(start, end, term.toponym, "country")
    bearing = next((_BEARINGS[token.lower_] for token in doc[start:end] if token.lower_ in _BEARINGS), None)
    return PlaceTerm(start, end, term.toponym, kind, relation, bearing, _distance(doc, start))


def _distance(doc: Doc, start: int) -> float | None:
    """ "100 km from the Ukrainian border": the words before an area may say how far from it."""
    ahead = doc[max(0, start - 6) : start].text
    found = _DISTANCE.search(ahead)
    if not found:
        return None
    number = float(found[1].replace(",", "").rstrip("."))
    return number * (_MILE_KM if found[2].lower().startswith("mi") else 1.0)


def _areas_of_peoples(doc: Doc, actors: Sequence[ActorTerm], lexicon: Lexicon) -> Iterator[PlaceTerm]:
    """ "The Ukrainian border", "Iraqi territory", "Syrian airspace"."""
    for term in actors:
        if term.kind != "demonym" or term.actor is None or term.actor not in lexicon.country_names:
            continue
        at = term.end
        while at < len(doc) and doc[at].lower_ in ("territorial", "air", "land", "sea", "sovereign", *_BEARINGS):
            at += 1
        compound = at < len(doc) and doc[at].text in ("-", "–") and at + 1 < len(doc)
        if at < len(doc) and not compound and (_relation(doc[at], lexicon) or doc[at].lower_ == "space"):
            name = PlaceTerm(term.start, term.end, lexicon.country_names[term.actor])
            yield _area(doc, name, _bearing_before(doc, term.start)[0], at + 1, doc[at], lexicon)


def _groups_of_states(doc: Doc, lexicon: Lexicon) -> Iterator[PlaceTerm]:
    """ "Eastern European member states", "Baltic allies", "NATO territory", "eastern flank countries"."""
    regional = lexicon.classes["regional"]
    groups = lexicon.classes["group_of_states"]
    for at, word in enumerate([token.lower_ for token in doc]):
        if word not in groups or at == 0:
            continue
        start = at
        while start > 0 and doc[start - 1].lower_ in ("member", "allied", "partner", "-", "flank"):
            start -= 1
        named = start
        while named > 0 and (doc[named - 1].text in regional or doc[named - 1].lower_ in _BEARINGS):
            named -= 1
        if any(word.text in regional for word in doc[named:start]) or doc[start].lower_ == "flank":
            yield PlaceTerm(named, at + 1, doc[named : at + 1].text, "region")


def _between(doc: Doc, terms: Sequence[PlaceTerm], lexicon: Lexicon) -> Iterator[PlaceTerm]:
    """ "The road between Kyiv and Zhytomyr" is an area; "talks between Moscow and Kyiv" is none.

    The second name stays a mention of its own.
    """
    for number, term in enumerate(terms):
        other = terms[number + 1] if number + 1 < len(terms) else None
        head = doc[term.start - 2].lower_ if term.start > 1 else ""
        if (
            other
            and head in lexicon.classes["stretch"]
            and doc[term.start - 1].lower_ == "between"
            and other.start == term.end + 1
            and doc[term.end].lower_ == "and"
            and not (term.relation or other.relation)
        ):
            kind: PlaceKind = "sea" if head in ("waters", "sea", "strait") else "region"
            yield replace(term, start=term.start - 1, kind=kind, relation="between", within=(other.toponym,))
        else:
            yield term


def _with_containers(doc: Doc, terms: Sequence[PlaceTerm]) -> list[PlaceTerm]:
    """ "Meymaneh, Faryab": a name that follows after a comma may hold the one before. Both stay mentions."""
    told = []
    for number, term in enumerate(terms):
        if term.relation == "between":
            told.append(term)
            continue
        containers = []
        end = term.end
        for follower in terms[number + 1 : number + 3]:
            if follower.start != end + 1 or doc[end].text != ",":
                break
            containers.append(follower.toponym)
            end = follower.end
        told.append(replace(term, within=tuple(containers)))
    return told
