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


class FetchError(GarrisonError, ConnectionError):
    """An address that was not fetched: refused, unreachable, too slow, too large, or answered with an error.

    ``status`` is the server's answer, if it gave one; ``retry_after`` the seconds that it asked to be left alone.
    """

    def __init__(self, message: str, *, status: int | None = None, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.retry_after = retry_after
