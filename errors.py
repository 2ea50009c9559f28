"""One tree of errors. Each is also a fitting builtin; the message names the value and the remedy."""

from __future__ import annotations


class GarrisonError(Exception):
    """Base of everything that Garrison raises on purpose; the command line prints its message as one line."""


class SettingsError(GarrisonError, ValueError):
    """A setting, in the file or the environment, that cannot be used."""


class ArticleError(GarrisonError, ValueError):
    """An input that is no readable article: empty, binary, of an unknown kind or encoding."""


class DataError(GarrisonError, RuntimeError):
    """Data that the product needs is missing, damaged or of another version."""


class StoreError(GarrisonError, RuntimeError):
    """The store cannot be opened, read or written as asked."""


class ReviewError(GarrisonError, ValueError):
    """A review that does not say what is chosen, or by whom."""


class ConflictError(GarrisonError, RuntimeError):
    """Somebody else changed the same thing meanwhile."""


class NotFoundError(GarrisonError, LookupError):
    """An id that nothing in the store bears."""


class ServiceError(GarrisonError, ConnectionError):
    """A server that the settings name does not answer, or not as it should."""
