"""Under the claim card: choose another place than the machine did, say that none is right, or take that back."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from dashboard import offers, wording
from dashboard.cached import area_at, places_called, store
from dashboard.offers import Offer
from dashboard.session import select
from errors import GarrisonError, ReviewError
from records import Place, Viewpoint
from store.protocol import PlaceReview, StoredClaim

LONGEST_NAME, LONGEST_REASON = 80, 500
#: What is chosen where no place offered is right.
NONE = -1
_NAME, _FAULT = "reviewer", "review-fault"


def render(stored: StoredClaim, borders: Viewpoint, loose: Sequence[PlaceReview]) -> None:
    """Places are named by the reader's ``borders`` and kept as they were placed.

    ``loose`` are reviews of this article whose words its current reading lacks.
    """
    with st.expander("Choose another place", icon=":material/edit_location:", key=f"placing-{stored.claim.id}"):
        if fault := st.session_state.pop(_FAULT, None):
            st.error(wording.plain(str(fault)))
        # Streamlit keeps a widget's value by its key: with another review in force it is another question.
        asked = f"{stored.claim.id}-{stored.reviews[-1].id if stored.reviews else 0}"
        _form(stored, offers.with_found(offers.others(stored), _looked_up(asked)), borders, asked)
        for review in reversed(stored.reviews):
            st.caption(wording.plain(offers.reviewed(review)))
    for review in loose:
        words = wording.plain(f"“{review.words}”: {offers.reviewed(review)}")
        st.caption(f"A review that fits no words of the current reading: {words}")


def _looked_up(asked: str) -> list[Place]:
    name = st.text_input("Look up another name", key=f"name-{asked}", max_chars=LONGEST_NAME, icon=":material/search:")
    if not name.strip():
        return []
    found = places_called(name.strip())
    if not found:
        st.caption("The gazetteer knows no place of that name.")
    return found


def _form(stored: StoredClaim, offered: Sequence[Offer], borders: Viewpoint, asked: str) -> None:
    with st.form(f"place-{asked}", border=False):
        if options := _options(stored, offered):
            st.radio(
                f"Where is “{wording.plain(stored.claim.place.text)}”?",
                options,
                index=None,
                key=f"choice-{asked}",
                format_func=lambda number: _label(offered, number, borders),
            )
        st.text_input("Why (optional)", key=f"why-{asked}", max_chars=LONGEST_REASON)
        # Left to itself, the name would be forgotten with the form.
        st.text_input("Your name", value=st.session_state.get(_NAME, ""), key=f"who-{asked}", max_chars=LONGEST_NAME)
        with st.container(horizontal=True):
            st.form_submit_button(
                "Place it there", type="primary", on_click=_kept(_chosen, stored, offered, asked), key=f"keep-{asked}"
            )
            if stored.review:
                st.form_submit_button(
                    "Back to the machine’s place",
                    icon=":material/undo:",
                    on_click=_kept(_withdrawn, stored, offered, asked),
                    key=f"undo-{asked}",
                )
        st.caption("Kept as a review, with your name and the time. The machine’s reading stays beside it.")


def _options(stored: StoredClaim, offered: Sequence[Offer]) -> list[int]:
    nowhere = stored.shown is None and (stored.review is not None or not offered)
    return [*range(len(offered)), *([] if nowhere else [NONE])]


def _label(offered: Sequence[Offer], number: int, borders: Viewpoint) -> str:
    if number == NONE:
        return "None of these: take it off the map"
    offer = offered[number]
    described = offers.described(borders.seen(offer.place))
    share = "looked up" if offer.share is None else offers.percent(offer.share)
    return f"**{wording.plain(offer.place.name)}** · {wording.plain(described)} · {share}"


Act = Callable[[StoredClaim, Sequence[Offer], str, str], Place | None]


def _kept(act: Act, stored: StoredClaim, offered: Sequence[Offer], asked: str) -> Callable[[], None]:
    """A callback that writes a review, then shows the claim where it is now; a refusal is said in the form."""

    def keep() -> None:
        who = str(st.session_state[f"who-{asked}"]).strip()
        st.session_state[_NAME] = who
        try:
            place = act(stored, offered, asked, who)
        except GarrisonError as fault:
            st.session_state[_FAULT] = fault
        else:
            select(place=place.gazetteer_id if place else None, claim=stored.claim.id)

    return keep


def _chosen(stored: StoredClaim, offered: Sequence[Offer], asked: str, who: str) -> Place | None:
    number = st.session_state.get(f"choice-{asked}")
    if number is None:
        raise ReviewError("no place is chosen; choose one of those above first")
    mention = stored.claim.place
    place = None if number == NONE else area_at(offered[number].place, mention)
    review = stored.review
    store().review_place(
        stored.article.id,
        mention.span,
        place,
        who=who,
        reason=str(st.session_state[f"why-{asked}"]),
        instead_of=review.id if review else None,
    )
    return place


def _withdrawn(stored: StoredClaim, _offered: Sequence[Offer], asked: str, who: str) -> Place | None:
    assert stored.review
    store().withdraw_review(stored.review.id, who=who, reason=str(st.session_state[f"why-{asked}"]))
    return stored.placement.place if stored.placement else None
