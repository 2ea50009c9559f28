"""Characters that reorder, hide or end a line where nobody sees it, made visible before text leaves for elsewhere."""

from __future__ import annotations

import re

#: Controls, bidirectional marks and zero-width characters. Tab and line feed are what they seem; joiners, without
#: which Persian or an emoji is misspelt, stay.
UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\U000e0000-\U000e007f]"
)


def visible(text: str) -> str:
    """The text with each of them written out, as ``<U+202E>``."""
    return UNSEEN.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
