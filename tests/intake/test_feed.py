"""Feeds as they are found: RSS and Atom, relative and hostile links, and pages that are none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from errors import ArticleError
from intake import confined
from intake.feed import read_feed
from intake.fetch import Answer
from intake.syndication import Feed
from tests.intake.bad import LAUGHS

RSS = """<?xml version="1.0" encoding="windows-1250"?><rss version="2.0"><channel><title>Harbour  Łódź</title>
<item><title>Ships leave</title><link>https://example.org/a#part</link>
<pubDate>Fri, 28 Jan 2022 23:30:00 -0500</pubDate></item>
<item><title>Again</title><link>https://example.org/a</link></item>
<item><title>Relative</title><link>/b</link></item>
<item><title>Hostile</title><link>javascript:alert(1)</link></item>
<item><title>Local</title><link>file:///etc/passwd</link></item>
<item><title>None</title></item></channel></rss>""".encode("cp1250")
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom"><title>Harbour</title><entry><title>Ships</title>
<link href="https://example.org/a"/><published>2022-01-28T10:00:00Z</published><updated>2022-01-29T10:00:00Z</updated>
</entry></feed>"""

ITEM = "<item><link>https://example.org/a</link></item>"


def read(body: bytes) -> Feed:
    address = "https://feeds.example.org/news"
    return read_feed(Answer(200, address, address, {"content-type": "text/xml"}, body, datetime.now(UTC)))


def test_rss_gives_its_articles_once_each() -> None:
    feed = read(RSS)
    assert feed.title == "Harbour Łódź"
    assert [entry.address for entry in feed.entries] == ["https://example.org/a", "https://feeds.example.org/b"]
    assert feed.skipped == 3
    assert feed.entries[0].published == date(2022, 1, 28), "the day of its own zone"


def test_atom_says_when_an_article_changed() -> None:
    (entry,) = read(ATOM).entries
    assert (entry.published, entry.changed) == (date(2022, 1, 28), datetime(2022, 1, 29, 10, tzinfo=UTC))


def test_a_feed_that_is_cut_short_gives_what_it_has() -> None:
    assert read(RSS[: RSS.index(b"<item><title>Relative")]).entries


def test_an_empty_feed_is_one() -> None:
    assert read(b'<rss version="2.0"><channel><title>T</title></channel></rss>').entries == ()


@pytest.mark.parametrize("body", [b"", b"<html><body>A page</body></html>", b"\0\1\2", b"<rss", b"{}"])
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(ArticleError, match=r"news: no R.*; "):
        read(body)


@pytest.mark.parametrize(
    "body",
    [
        f"<!DOCTYPE rss [{LAUGHS}]><rss version='2.0'><channel><title>&l11;</title>{ITEM}</channel></rss>".encode(),
        b'<!DOCTYPE rss [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
        + f"<rss version='2.0'><channel><title>&e;</title>{ITEM}</channel></rss>".encode(),
        f"<?xml version='1.0' encoding='x-none'?><rss version='2.0'><channel>{ITEM}</channel></rss>".encode(),
        f"<rss version='2.0'><channel>{ITEM}<item><link>http://[::1</link></item></channel></rss>".encode(),
        f"<rss version='2.0'><channel>{ITEM}<item><pubDate>{'9' * 9_999}</pubDate></item></channel></rss>".encode(),
        f"<rss version='2.0'><channel>{ITEM}{'<b>' * 9_999}</channel></rss>".encode(),
    ],
)
def test_what_is_hostile_or_broken_in_a_feed_leaves_the_rest(body: bytes) -> None:
    feed = read(body)
    assert [entry.address for entry in feed.entries] == ["https://example.org/a"]
    assert "root:" not in (feed.title or "") and len(feed.title or "") < 100


def test_a_feed_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    """The library takes minutes for very many attributes; whoever watches other feeds too does not wait for that."""
    monkeypatch.setattr(confined, "SECONDS", 2)
    with pytest.raises(ArticleError, match="takes more than 2 s"):
        read(b"<rss version='2.0'><channel " + b" ".join(b"a%d='b'" % n for n in range(200_000)) + b"/></rss>")
