"""PDF, Word and mail: their text as it was written, and what they say of themselves."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from intake.article import read_article
from intake.papers import reflowed
from tests.intake.papers import docx, pdf

PAGE = (
    "Harbour report",
    "Germany has sent 500 soldiers to Lithuania, the ministry said on Fri-",
    "day. They will stay in Rukla for as long as the government there would",
    "like them to.",
    "France will send a frigate to the Black Sea, according to the minister",
    "in Paris.",
)
MAIL = b"""From: =?utf-8?q?Harbour_D=C3=A9sk?= <desk@example.org>
To: reader@example.org
Subject: Ships =?utf-8?b?xYHDs2TFug==?=
Date: Fri, 28 Jan 2022 23:30:00 -0500
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary=b

--b
Content-Type: multipart/alternative; boundary=c

--c
Content-Type: text/plain; charset=windows-1250
Content-Transfer-Encoding: quoted-printable

Two frigates left =A3=F3d=9F.

--c
Content-Type: text/html; charset=utf-8

<p>Other words</p>
--c--
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename=a.pdf

%PDF-
--b--
"""


def test_a_pdf_gives_its_paragraphs_and_its_title() -> None:
    article = read_article(pdf([PAGE], info="/Title (Soldiers sent) /CreationDate (D:20220128101500Z)"), name="a.pdf")
    assert article.text.split("\n\n") == [
        "Harbour report",
        "Germany has sent 500 soldiers to Lithuania, the ministry said on Friday. They will stay in Rukla for as long "
        "as the government there would like them to.",
        "France will send a frigate to the Black Sea, according to the minister in Paris.",
    ]
    assert article.title == "Soldiers sent"
    assert (article.published, article.published_from) == (date(2022, 1, 28), "metadata")


def test_the_day_in_a_paper_is_preferred_to_the_day_that_its_file_was_made() -> None:
    page = ("14 January 2022", "Two frigates left Toulon.")
    article = read_article(pdf([page], info="/CreationDate (D:20240128101500Z)"), name="a.pdf")
    assert (article.published, article.published_from) == (date(2022, 1, 14), "text")


def test_the_title_that_a_program_made_up_is_none() -> None:
    article = read_article(pdf([["Two frigates left."]], info="/Title (Microsoft Word - draft3.doc)"), name="a.pdf")
    assert article.title == "Two frigates left."


@pytest.mark.parametrize("algorithm", ["RC4-128", "AES-256"])
def test_a_pdf_that_anybody_may_open_is_read(algorithm: str) -> None:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([PAGE]))))
    writer.encrypt("", "owner", algorithm=algorithm)
    out = BytesIO()
    writer.write(out)
    assert "frigate" in read_article(out.getvalue(), name="a.pdf").text


def test_running_heads_and_page_numbers_are_left_out() -> None:
    pages = [f"Weekly review\nThe ships sail on and on, as page {word} says.\n{n}" for n, word in enumerate("abcd")]
    text = " ".join(reflowed(pages))
    assert "Weekly" not in text and "page d says." in text and "3" not in text


def test_a_word_file_gives_paragraphs_tables_and_properties() -> None:
    core = "<dc:title>Soldiers sent</dc:title><dcterms:created>2022-01-28T10:00:00Z</dcterms:created>"
    article = read_article(docx(["One & two.", "", "Three."], core=core), name="a.docx")
    assert article.text == "One & two.\n\nThree."
    assert (article.title, article.published, article.published_from) == (
        "Soldiers sent",
        date(2022, 1, 28),
        "metadata",
    )


def test_a_message_gives_its_body_sender_and_day() -> None:
    article = read_article(MAIL, name="a.eml")
    assert article.text.strip() == "Two frigates left Łódź."
    assert (article.title, article.source) == ("Ships Łódź", "Harbour Désk")
    assert (article.published, article.published_from) == (date(2022, 1, 28), "metadata")
    assert read_article(MAIL.replace(b"\n", b"\r\n")).title == "Ships Łódź"


def test_a_message_in_html_only() -> None:
    page = (
        "<html><body><article><p>" + "Two frigates left Toulon for the Black Sea. " * 5 + "</p></article></body></html>"
    )
    raw = f"From: a@example.org\nSubject: S\nContent-Type: text/html; charset=utf-8\n\n{page}".encode()
    assert read_article(raw, name="a.eml").text.startswith("Two frigates left Toulon")


def test_kinds_are_told_by_the_bytes_whatever_the_name() -> None:
    assert "frigate" in read_article(pdf([PAGE]), name="download").text
    assert read_article(docx(["Three."]), name="download").text == "Three."
    assert "frigate" in read_article(pdf([PAGE]), name="a.txt").text
