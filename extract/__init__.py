"""Text into claims. Knows no coordinates and no store."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from typing import Any

from errors import DataError
from extract.protocol import Extractor


def load_extractor(language: str, data: Path) -> Extractor[Any]:
    """The reader of a language, with its lexicons from ``data``.

    A language is a module ``extract/languages/xx.py`` with a class ``Reader``. Raises DataError where there is none.
    """
    languages = [module.name for module in iter_modules([str(Path(__file__).parent / "languages")])]
    if language not in languages:
        raise DataError(f"no reader for language {language!r}; there is one for: {', '.join(languages)}")
    reader: Extractor[Any] = import_module(f"extract.languages.{language}").Reader(data)
    return reader
