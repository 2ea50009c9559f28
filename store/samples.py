"""Whether a store is to be given the sample reports: once, while it is new, and never again after they left."""

from __future__ import annotations

from records import ClaimFilter
from store.protocol import Store

_NOTE = "samples"


def wants_samples(store: Store) -> bool:
    """Whether the store is new, or an end half-way kept it from getting all of them.

    A store that has articles of its own by then is never offered any.
    """
    state = store.noted(_NOTE)
    if state is None:
        state = "begun" if store.summary(ClaimFilter()).total == 0 else "declined"
        store.note(_NOTE, state)
    return state == "begun"


def samples_were_added(store: Store) -> None:
    store.note(_NOTE, "added")
