"""What comes in at the door: kinds, dates, identity, encodings, and what is refused."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from errors import ArticleError
from intake.article import read_article
from intake.jsonl import read_articles

TEXT = "Ships leave port\n\nTwo frigates left Toulon on Friday.\nThey sail east.\n"
CURLY = (
    "The minister said: “Germany’s soldiers are in Besançon – 500 of them, and a café.” He said no more than that.\n"
)
MARKDOWN = """---
title: "Ships: leaving"
published: 2022-01-14
source: Harbour desk
url: https://example.org/ships#top
sample: true
---

Two frigates left Toulon.
"""
PAGE = """<!DOCTYPE html><html><head><title>Ships leave | Gazette</title>
<meta property="og:title" content="Ships leave"><meta property="og:site_name" content="Gazette">
<meta property="article:published_time" content="2022-01-28T10:00:00Z">
<link rel="canonical" href="https://example.org/ships"><script>var never = "shown";</script></head>
<body><nav><a href="/x">Home</a></nav><article><h1>Ships leave</h1>
<p>Two frigates left Toulon on Friday &amp; are sailing to the Black Sea, the ministry said in a statement.</p>
<p>A third one stays behind because its crew is needed elsewhere, an officer told the paper.</p></article>
</body></html>"""


# Kinds


def test_text_is_never_altered_but_for_line_ends_and_the_mark() -> None:
    raw = b"\xef\xbb\xbf" + TEXT.replace("\n", "\r\n").encode()
    assert read_article(raw, name="a.txt").text == TEXT


def test_the_first_line_is_the_title_unless_one_is_given() -> None:
    assert read_article(TEXT).title == "Ships leave port"
    assert read_article(TEXT, title="Given\n title").title == "Given title"


def test_a_long_first_line_makes_a_shortened_title() -> None:
    title = read_article("word " * 400).title
    assert title.endswith("word …")
    assert len(title) < 170


def test_front_matter_is_read(tmp_path: Path) -> None:
    path = tmp_path / "ships.md"
    path.write_text(MARKDOWN, encoding="utf-8")
    article = read_article(path)
    assert article.title == "Ships: leaving"
    assert article.published == date(2022, 1, 14)
    assert article.published_from == "metadata"
    assert article.source == "Harbour desk"
    assert article.url == "https://example.org/ships"
    assert article.sample
    assert article.text == "Two frigates left Toulon."


def test_front_matter_is_told_from_text_without_a_suffix() -> None:
    assert read_article(MARKDOWN).title == "Ships: leaving"
    assert read_article(TEXT, name="a.md").title == "Ships leave port"
    assert read_article("Intro\n\n# The heading #\n\nText.", name="a.md").title == "The heading"


def test_only_true_marks_a_sample() -> None:
    assert not read_article(MARKDOWN.replace("sample: true", 'sample: "no"')).sample


def test_html_gives_its_article_and_its_date() -> None:
    article = read_article(PAGE.encode(), name="page.html")
    assert article.title == "Ships leave"
    assert article.published == date(2022, 1, 28)
    assert article.source == "Gazette"
    assert article.url == "https://example.org/ships"
    paragraphs = article.text.split("\n\n")
    assert len(paragraphs) == 2
    assert paragraphs[0].startswith("Two frigates left Toulon on Friday & are sailing")
    assert "never" not in article.text
    assert "Home" not in article.text


def test_html_is_told_from_text_without_a_suffix() -> None:
    assert read_article("\n" + PAGE).title == "Ships leave"


def test_no_date_is_guessed_from_a_copyright_year() -> None:
    page = PAGE.replace("2022-01-28T10:00:00Z", "").replace("</article>", "</article><footer>(c) 2019 Gazette</footer>")
    article = read_article(page, name="page.html")
    assert article.published is None
    assert article.published_from == "unknown"


def test_html_in_the_encoding_that_it_declares() -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1250">').replace("Toulon", "Łódź")
    assert "left Łódź" in read_article(page.encode("cp1250"), name="page.html").text


# Dates and identity


def test_a_given_date_is_preferred() -> None:
    article = read_article(MARKDOWN, published=date(2022, 2, 1))
    assert article.published == date(2022, 2, 1)
    assert article.published_from == "given"
    unknown = read_article(TEXT)
    assert (unknown.published, unknown.published_from) == (None, "unknown")


def test_the_address_is_the_identity_else_the_text() -> None:
    first = read_article(TEXT, url="https://example.org/a")
    corrected = read_article(TEXT + "More.", url="https://example.org/a")
    assert first.id == corrected.id
    assert first.content != corrected.content
    assert read_article(TEXT).id != read_article(TEXT + "More.").id
    assert read_article(TEXT).id == read_article(TEXT, title="Other").id != first.id


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org", "example.org/a", "https://", "http://[x"])
def test_only_web_addresses_are_taken(url: str) -> None:
    with pytest.raises(ArticleError, match="no web address"):
        read_article(TEXT, url=url)


@pytest.mark.parametrize("written", ["2022-13-01", "January", "[1, 2]"])
def test_a_date_that_is_none_is_told(written: str) -> None:
    with pytest.raises(ArticleError, match=r"memo\.md"):
        read_article(MARKDOWN.replace("2022-01-14", written), name="memo.md")


def test_broken_front_matter_is_told_in_one_line() -> None:
    with pytest.raises(ArticleError, match=r"memo\.md: front matter") as caught:
        read_article(MARKDOWN.replace("source: Harbour desk", "source: {"), name="memo.md")
    assert "\n" not in str(caught.value)


def test_hostile_front_matter_stays_text() -> None:
    hostile = MARKDOWN.replace("Harbour desk", '"<script>alert(`${1}`)</script>\u202e"')
    assert read_article(hostile).source == "<script>alert(`${1}`)</script>\u202e"


# Encodings


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_encodings_that_are_read(encoding: str) -> None:
    assert read_article(CURLY.encode(encoding), name="a.txt").text == CURLY


def test_old_central_european_text_is_read() -> None:
    text = "Żołnierze z Łodzi są w Lešť, powiedział minister. Jest ich około pięciuset, dodał rzecznik rządu.\n"
    assert read_article(text.encode("cp1250"), name="a.txt").text == text


def test_halves_of_letters_are_replaced_one_for_one() -> None:
    assert read_article("A \ud83d b c.").text == "A \ufffd b c."


# Refusals: one line, with the name and the remedy


@pytest.mark.parametrize(
    ("name", "raw", "says"),
    [
        ("empty.txt", b"", "no text in it"),
        ("blank.txt", b" \r\n\t\n", "no text in it"),
        ("marks.txt", "… — !".encode(), "no text in it"),
        ("head.md", b"---\ntitle: T\n---\n", "no text in it"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
        ("utf16.txt", TEXT.encode("utf-16-le"), "binary"),
        ("paper.txt", b"%PDF-1.7\nplain", "PDF"),
        ("office.txt", b"PK\x03\x04rest", "Office"),
        ("noise.txt", bytes(range(128, 256)) * 20, "UTF-8"),
        ("controls.txt", b"\x01\x02\x03\x04 text", "UTF-8"),
        ("cut.txt", CURLY.encode("utf-16")[:-1], "UTF-8"),
        ("letter.docx", b"text", ".docx"),
        ("page.html", b"<html><body></body></html>", "no article"),
    ],
)
def test_what_is_refused(name: str, raw: bytes, says: str) -> None:
    with pytest.raises(ArticleError) as caught:
        read_article(raw, name=name)
    message = str(caught.value)
    assert message.startswith(f"{name}: ")
    assert says in message
    assert "; " in message, "no remedy"
    assert "\n" not in message


def test_paths_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match="no such file"):
        read_article(tmp_path / "none.txt")
    with pytest.raises(ArticleError, match="a folder"):
        read_article(tmp_path)
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as out:
        out.truncate(60_000_000)
    with pytest.raises(ArticleError, match="larger than 50 MB"):
        read_article(huge)


def test_five_megabytes_are_read(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    path.write_text("The frigate sailed on and on.\n\n" * 170_000, encoding="utf-8")
    assert len(read_article(path).text) > 5_000_000


# JSON lines


def test_json_lines_keep_id_and_text(tmp_path: Path) -> None:
    path = tmp_path / "articles.jsonl"
    rows = [
        {"id": "a", "title": "T", "published": "2022-01-28", "text": "One.\r\nTwo \ud83d."},
        {"id": "b", "text": "x"},
    ]
    path.write_text("\n\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    first, second = read_articles(path)
    assert (first.id, first.text, first.published) == ("a", "One.\r\nTwo \ufffd.", date(2022, 1, 28))
    assert (second.id, second.published_from) == ("b", "unknown")


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("{", "no JSON"),
        ("[1]", "not an object"),
        ('{"id": "b"}', "'text' is missing"),
        ('{"text": "b"}', "'id' is missing"),
        ('{"id": 7, "text": "b"}', "'id' is no text"),
        ('{"id": "b", "text": "b", "published": "soon"}', "no date"),
        ("[" * 100_000, "no JSON|nested too deep"),
    ],
)
def test_a_bad_line_is_named(tmp_path: Path, line: str, says: str) -> None:
    path = tmp_path / "articles.jsonl"
    path.write_text('{"id": "a", "text": "fine"}\n' + line, encoding="utf-8")
    with pytest.raises(ArticleError, match=says) as caught:
        list(read_articles(path))
    assert str(caught.value).startswith(f"{path}:2: ")


def test_an_absent_file_of_lines_is_named(tmp_path: Path) -> None:
    with pytest.raises(ArticleError, match=r"none\.jsonl: cannot be read"):
        list(read_articles(tmp_path / "none.jsonl"))


@pytest.mark.parametrize("url", ["javascript:alert(1)", "archive 2021/01/18/i.html", "//example.org/a"])
def test_what_a_line_calls_its_address_becomes_a_link_only_if_it_is_one(url: str, tmp_path: Path) -> None:
    lines = tmp_path / "lines.jsonl"
    lines.write_text(json.dumps({"id": "a", "text": "Two frigates left Toulon.", "url": url}), encoding="utf-8")
    (article,) = read_articles(lines)
    assert article.url is None and article.text == "Two frigates left Toulon."
