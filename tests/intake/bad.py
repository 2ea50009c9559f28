"""Inputs that are wrong in more than a hundred ways, each with the answer that it gets.

An answer that begins with ``reads:`` is a reading, and goes on with words that must be in its text or title; any other
is a part of the message of the error. What is large is made when it is asked for.
"""

from __future__ import annotations

import base64
import gzip
import json
import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO

from pypdf import PdfReader, PdfWriter

from tests.intake.papers import WORD, assembled, docx, pdf, stream

Made = Callable[[], bytes]
WORDS = "Two frigates left Toulon for the Black Sea, the ministry said."
LONG = f"{WORDS} " * 4
POLISH = "Żołnierze z Łodzi są w Lešť, powiedział minister. Jest ich około pięciuset, dodał rzecznik rządu.\n"
RUSSIAN = "Два фрегата вышли из Тулона в Чёрное море, сообщило министерство обороны в своём заявлении.\n"
LAUGHS = "".join(f"<!ENTITY l{n} '{f'&l{n - 1};' * 10 if n else 'lol'}'>" for n in range(12))
YAML_LAUGHS = "a0: &a0 [lol]\n" + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 12))


def page(body: str = f"<article><p>{LONG}</p></article>", head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>Ships</title>{head}</head><body>{body}</body></html>".encode()


def mail(body: str = WORDS, **headers: str) -> bytes:
    given = {"From": "a@example.org", "Subject": "Ships", **headers}
    lines = [f"{name.replace('_', '-')}: {value}" for name, value in given.items() if value]
    return "\n".join([*lines, "", body]).encode()


def nested_mail(depth: int) -> bytes:
    lines = ["From: a@example.org", "Subject: Deep", "MIME-Version: 1.0"]
    for level in range(depth):
        lines += [f"Content-Type: multipart/mixed; boundary=b{level}", "", f"--b{level}"]
    return "\n".join([*lines, "Content-Type: text/plain", "", WORDS]).encode()


def locked_pdf() -> bytes:
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([[WORDS]]))))
    writer.encrypt("secret", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def packed_pdf(data: bytes, filters: str) -> bytes:
    return pdf([[WORDS]], objects={11: stream(data, more=f"/Filter {filters}")})


def flate(times: int) -> bytes:
    data = f"BT /F1 12 Tf ({WORDS}) Tj ET".encode()
    for _ in range(times):
        data = zlib.compress(data)
    return data


def zipped(**parts: bytes) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            archive.writestr(name.replace("__", "/"), data)
    return out.getvalue()


def word_bomb(*, honest: bool) -> bytes:
    """A document part of 120 MB; one that is not honest says that it has a kilobyte."""
    document = " " * 120_000_000
    swollen = docx([], document=document)
    return swollen if honest else swollen.replace(struct.pack("<I", len(document)), struct.pack("<I", 1000))


def word(inner: str, head: str = "") -> bytes:
    return docx([], document=f'{head}<w:document xmlns:w="{WORD}"><w:body>{inner}</w:body></w:document>')


def line(**row: object) -> bytes:
    return json.dumps({"id": "a", "text": WORDS, **row}).encode()


TEXTS: dict[str, tuple[bytes | Made, str]] = {
    "empty.txt": (b"", "no text in it"),
    "blank.txt": (b" \r\n\t\n\x0c", "no text in it"),
    "mark-only.txt": (b"\xef\xbb\xbf", "no text in it"),
    "punctuation.txt": ("… — !".encode(), "no text in it"),
    "png.txt": (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "a binary file, not text"),
    "elf.txt": (b"\x7fELF\2\1\1\0", "a binary file, not text"),
    "utf16-unmarked.txt": (WORDS.encode("utf-16-le"), "a binary file, not text"),
    "utf16-cut.txt": (WORDS.encode("utf-16")[:-1], "begins as utf-16 but is not"),
    "utf32-cut.txt": (WORDS.encode("utf-32")[:-2], "begins as utf-32 but is not"),
    "utf16-halves.txt": (b"\xff\xfe\x00\xd8\x41\x00", "begins as utf-16 but is not"),
    "noise.txt": (bytes(range(128, 256)) * 20, "not UTF-8, nor in an encoding that can be told"),
    "controls.txt": (b"\x01\x02\x03\x04 text", "not text in any known encoding"),
    "utf8-cut.txt": (POLISH.encode()[: POLISH.encode().index(b"\xc5\x82") + 1], "cut short in the middle of a letter"),
    "utf8-overlong.txt": (b"Two frigates \xc0\xaf left.", "reads: Two frigates ŔŻ left."),
    "koi8.txt": (RUSSIAN.encode("koi8_r"), "reads: Два фрегата вышли из Тул"),
    "cp1251.txt": (RUSSIAN.encode("cp1251"), "reads: Два фрегата вышли из Тул"),
    "mixed-charsets.txt": (POLISH.encode() + POLISH.encode("cp1250"), "not UTF-8, nor in an encoding that can be told"),
    "gzip.txt": (gzip.compress(WORDS.encode()), "a gzip file"),
    "zip.txt": (zipped(a=b"x"), "a ZIP or Office file"),
    "rtf.txt": (b"{\\rtf1 text}", "a RTF file"),
    "escapes.txt": (f"\x1b[2J\x1b[31m{LONG}".encode(), "not text in any known encoding"),
    "turned.txt": (f"\u202e{WORDS}".encode(), "reads: \u202eTwo frigates left Toulo"),
    "one-long-line.txt": (lambda: b"x" * 6_000_000, "reads: x"),
    "too-large.txt": (lambda: b"x" * 50_000_001, "larger than 50 MB"),
    "picture.jpg": (b"\xff\xd8\xff\xe0", "cannot read .jpg files"),
    "old-word.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "cannot read .doc files"),
}
MARKED: dict[str, tuple[bytes | Made, str]] = {
    "head-only.md": (b"---\ntitle: T\n---\n", "no text in it"),
    "head-open.md": (f"---\ntitle: T\n\n{WORDS}".encode(), "reads: ---\ntitle: T\n\nTwo frigat"),
    "head-broken.md": (f"---\ntitle: [T\n---\n{WORDS}".encode(), "front matter is not readable"),
    "head-list.md": (f"---\n- a\n- b\n---\n{WORDS}".encode(), "reads: Two frigates left Toulon"),
    "head-python.md": (
        f"---\ntitle: !!python/object/apply:os.system ['false']\n---\n{WORDS}".encode(),
        "front matter is not readable",
    ),
    "head-laughs.md": (f"---\n{YAML_LAUGHS}published: *a11\n---\n{WORDS}".encode(), "published is a list, no date"),
    "head-laughs-title.md": (
        f"---\n{YAML_LAUGHS}title: *a11\n---\n{WORDS}".encode(),
        "reads: Two frigates left Toulon",
    ),
    "head-deep.md": (f"---\ntitle: {'[' * 5_000}\n---\n{WORDS}".encode(), "front matter is not readable"),
    "head-control.md": (f"---\ntitle: \x07\n---\n{WORDS}".encode(), "not text in any known encoding"),
    "head-no-day.md": (f"---\npublished: never\n---\n{WORDS}".encode(), "'never' is no date"),
    "head-no-such-day.md": (f"---\npublished: 2022-02-31\n---\n{WORDS}".encode(), "front matter is not readable"),
    "head-day-list.md": (f"---\npublished: [2022]\n---\n{WORDS}".encode(), "published is a list, no date"),
    "head-huge-number.md": (
        f"---\ntitle: {'9' * 5_000}\npublished: 2022\n---\n{WORDS}".encode(),
        "front matter is not readable",
    ),
    "head-huge-hex.md": (f"---\ntitle: 0x{'f' * 5_000}\n---\n{WORDS}".encode(), "reads: Two frigates left Toulon"),
    "head-script-url.md": (f"---\nurl: javascript:alert(1)\n---\n{WORDS}".encode(), "is no web address"),
}
PAGES: dict[str, tuple[bytes | Made, str]] = {
    "empty.html": (page(""), "no article found in the HTML"),
    "script-only.html": (page("<script>" + LONG + "</script>"), "no article found in the HTML"),
    "frames.html": (b"<html><frameset><frame src='a.html'></frameset></html>", "no article found in the HTML"),
    "unclosed.html": (page(f"<div><article><p>{LONG}<b><i><table><tr><td>")[:-14], "reads: Two frigates left Toulon"),
    "cut-in-tag.html": (page()[: page().index(b"</p>") + 2], "reads: Two frigates left Toulon"),
    "cut-in-comment.html": (
        page(f"<article><p>{LONG}</p></article><!-- never ended"),
        "reads: Two frigates left Toulon",
    ),
    "cut-in-head.html": (page()[:40], "no article found in the HTML"),
    "deep.html": (lambda: page("<div>" * 50_000 + LONG), "no article found in the HTML"),
    "deep-lists.html": (
        lambda: page(f"<article><p>{LONG}</p>" + "<ul><li>" * 3_000 + "</article>"),
        "reads: Two frigates left Toulon",
    ),
    "many-attributes.html": (
        lambda: page(f"<p {'a=b ' * 100_000}>x</p><article><p>{LONG}</p></article>"),
        "reads: Two frigates left Toulon",
    ),
    "many-tags.html": (
        lambda: page("<b></b>" * 20_000 + f"<article><p>{LONG}</p></article>"),
        "reads: Two frigates left Toulon",
    ),
    "large.html": (
        lambda: page(f"<article><p>{LONG}</p></article><!--" + "x" * 8_000_000 + "-->"),
        "reads: Two frigates left Toulon",
    ),
    "large-text.html": (
        lambda: page("<article>" + f"<p>{LONG}</p>" * 12_000 + "</article>"),
        "reads: Two frigates left Toulon",
    ),
    "large-picture.html": (
        lambda: page(f"<article><p>{LONG}</p><img src='data:image/png;base64,{'A' * 3_000_000}'></article>"),
        "reads: Two frigates left Toulon",
    ),
    "laughs.html": (
        f"<!DOCTYPE html [{LAUGHS}]><html><body><article><p>{LONG}&l11;</p></article></body></html>".encode(),
        "reads: Two frigates left Toulon",
    ),
    "outside-entity.html": (
        b'<!DOCTYPE html [<!ENTITY e SYSTEM "file:///etc/passwd">]><html><body><article><p>'
        + f"{LONG}&e;</p></article></body></html>".encode(),
        "reads: Two frigates left Toulon",
    ),
    "nul.html": (page(f"<article><p>{LONG}\0</p></article>"), "a binary file, not text"),
    "false-charset.html": (
        page(f"<article><p>{POLISH * 3}</p></article>", '<meta charset="utf-8">').decode().encode("cp1250"),
        "reads: Żołnierze z Łodzi są w L",
    ),
    "unknown-charset.html": (
        page(f"<article><p>{POLISH * 3}</p></article>", '<meta charset="x-none">').decode().encode("cp1250"),
        "reads: Żołnierze z Łodzi są w L",
    ),
    "utf7.html": (
        page(f"<article><p>+ADw-script+AD4- {LONG}\xff</p></article>", '<meta charset="utf-7">'),
        "reads: +ADw-script+AD4- Two fri",
    ),
    "no-such-day.html": (
        page(head='<meta property="article:published_time" content="2022-13-45">'),
        "reads: Two frigates left Toulon",
    ),
    "far-day.html": (
        page(head='<meta property="article:published_time" content="9999-12-31T99:99">'),
        "reads: Two frigates left Toulon",
    ),
    "script-url.html": (
        page(head='<link rel="canonical" href="javascript:alert(1)">'),
        "reads: Two frigates left Toulon",
    ),
    "broken-json-ld.html": (
        page(head='<script type="application/ld+json">{"@type": "NewsArticle", </script>'),
        "reads: Two frigates left Toulon",
    ),
    "deep-json-ld.html": (
        page(head=f'<script type="application/ld+json">{"[" * 20_000}</script>'),
        "reads: Two frigates left Toulon",
    ),
}
MAILS: dict[str, tuple[bytes | Made, str]] = {
    "empty.eml": (b"", "no text in it"),
    "heads-only.eml": (b"From: a@example.org\nSubject: S\n", "no text in it"),
    "no-body.eml": (mail(""), "no text in it"),
    "attachment-only.eml": (
        mail("x", Content_Type="application/pdf", Content_Disposition="attachment"),
        "a message without text",
    ),
    "unknown-charset.eml": (mail(Content_Type="text/plain; charset=x-none"), "reads: Two frigates left Toulon"),
    "false-charset.eml": (mail(POLISH, Content_Type="text/plain; charset=us-ascii"), "reads: Żołnierze z Łodzi są w L"),
    "broken-base64.eml": (
        mail("====!!", Content_Type="text/plain", Content_Transfer_Encoding="base64"),
        "its base64 is broken",
    ),
    "half-base64.eml": (
        mail(base64.b64encode(LONG.encode()).decode()[:-3], Content_Transfer_Encoding="base64"),
        "its base64 is broken",
    ),
    "broken-quoting.eml": (
        mail(f"{WORDS} =ZZ =", Content_Transfer_Encoding="quoted-printable"),
        "reads: Two frigates left Toulon",
    ),
    "no-such-transfer.eml": (mail(Content_Transfer_Encoding="x-none"), "reads: Two frigates left Toulon"),
    "no-boundary.eml": (mail(Content_Type="multipart/mixed"), "a message without text"),
    "open-boundary.eml": (
        mail(f"--b\nContent-Type: text/plain\n\n{WORDS}", Content_Type="multipart/mixed; boundary=b"),
        "reads: Two frigates left Toulon",
    ),
    "wrong-boundary.eml": (
        mail(f"--c\n\n{WORDS}\n--c--", Content_Type="multipart/mixed; boundary=b"),
        "a message without text",
    ),
    "nested-50.eml": (nested_mail(50), "reads: Two frigates left Toulon"),
    "nested-2000.eml": (lambda: nested_mail(2_000), "no readable message"),
    "no-such-day.eml": (mail(Date="Fri, 99 Foo 2022 99:99:99 +9999"), "reads: Two frigates left Toulon"),
    "no-sender.eml": (mail(From="<<<>>>, @@, ;;"), "reads: Two frigates left Toulon"),
    "encoded-nonsense.eml": (mail(Subject="=?x-none?q?=FF=FE?= =?utf-8?b?!!!?="), "reads: Two frigates left Toulon"),
    "long-head.eml": (lambda: mail(X_Long="x" * 3_000_000), "reads: Two frigates left Toulon"),
    "many-heads.eml": (
        lambda: b"From: a@example.org\nSubject: S\n" + b"X-Y: z\n" * 100_000 + b"\n" + WORDS.encode(),
        "reads: Two frigates left Toulon",
    ),
    "many-receivers.eml": (lambda: mail(To=", ".join(["a@example.org"] * 5_000)), "reads: Two frigates left Toulon"),
    "nul.eml": (mail(f"{WORDS}\0"), "a binary file, not text"),
    "html-empty.eml": (mail("<html></html>", Content_Type="text/html"), "no article found in the HTML"),
}
PDFS: dict[str, tuple[bytes | Made, str]] = {
    "head-only.pdf": (b"%PDF-1.7\n", "a damaged PDF (PdfStreamError)"),
    "text.pdf": (WORDS.encode(), "a damaged PDF (PdfStreamError)"),
    "noise.pdf": (b"%PDF-1.7\n" + bytes(range(256)) * 40, "a damaged PDF (PdfStreamError)"),
    "cut-half.pdf": (pdf([[WORDS]])[:400], "a damaged PDF (PdfStreamError)"),
    "cut-end.pdf": (pdf([[WORDS]])[:-60], "a damaged PDF (PdfStreamError)"),
    "wrong-table.pdf": (pdf([[WORDS]]).replace(b"00000 n", b"00001 f"), "reads: Two frigates left Toulon"),
    "no-root.pdf": (assembled({1: b"<< >>"}, trailer=""), "a damaged PDF (PdfReadError)"),
    "no-pages.pdf": (pdf([]), "a PDF without text, of pictures perhaps"),
    "locked.pdf": (locked_pdf, "a PDF locked by a password"),
    "pictures.pdf": (pdf([[]]), "a PDF without text, of pictures perhaps"),
    "own-child.pdf": (
        pdf([[WORDS]], objects={2: b"<< /Type /Pages /Kids [2 0 R 10 0 R] /Count 2 >>"}),
        "a damaged PDF (PdfReadError)",
    ),
    "own-parent.pdf": (
        pdf([[WORDS]], objects={2: b"<< /Type /Pages /Kids [10 0 R] /Count 1 /Parent 2 0 R >>"}),
        "reads: Two frigates left Toulon",
    ),
    "own-object.pdf": (pdf([[WORDS]], objects={11: b"11 0 R"}), "a PDF without text, of pictures perhaps"),
    "own-length.pdf": (
        pdf([[WORDS]], objects={11: b"<< /Length 11 0 R >>\nstream\nx\nendstream"}),
        "a damaged PDF (LimitReachedError)",
    ),
    "own-form.pdf": (
        pdf(
            [[WORDS]],
            objects={
                11: stream(b"/X Do"),
                10: b"<< /Type /Page /Parent 2 0 R /Contents 11 0 R /Resources << /XObject << /X 20 0 R >> >> >>",
                20: stream(b"/X Do", more="/Type /XObject /Subtype /Form /Resources << /XObject << /X 20 0 R >> >>"),
            },
        ),
        "a PDF without text, of pictures perhaps",
    ),
    "own-table.pdf": (
        pdf([[WORDS]]).replace(b"/Root 1 0 R", b"/Prev 9 /Root 1 0 R"),
        "reads: Two frigates left Toulon",
    ),
    "false-count.pdf": (
        pdf([[WORDS]], objects={2: b"<< /Type /Pages /Kids [10 0 R] /Count 999999999 >>"}),
        "reads: Two frigates left Toulon",
    ),
    "false-length.pdf": (pdf([[WORDS]]).replace(b"/Length ", b"/Length -9"), "reads: Two frigates left Toulon"),
    "deep.pdf": (
        lambda: pdf([[WORDS]], objects={4: b"<< /Title " + b"[" * 100_000 + b" >>"}),
        "reads: Two frigates left Toulon",
    ),
    "deep-content.pdf": (
        lambda: pdf([[WORDS]], objects={11: stream(b"[" * 100_000)}),
        "a PDF without text, of pictures perhaps",
    ),
    "swelling.pdf": (
        lambda: packed_pdf(zlib.compress(bytes(100_000_000)), "/FlateDecode"),
        "a damaged PDF (LimitReachedError)",
    ),
    "swelling-twice.pdf": (
        lambda: packed_pdf(zlib.compress(zlib.compress(bytes(200_000_000), 9), 9), "[/FlateDecode /FlateDecode]"),
        "a damaged PDF (LimitReachedError)",
    ),
    "many-filters.pdf": (
        lambda: packed_pdf(flate(30), "[" + "/FlateDecode " * 30 + "]"),
        "a damaged PDF (LimitReachedError)",
    ),
    "no-such-filter.pdf": (packed_pdf(b"x", "/NoneDecode"), "a damaged PDF (NotImplementedError)"),
    "broken-filter.pdf": (packed_pdf(b"x" * 50, "/FlateDecode"), "a PDF without text, of pictures perhaps"),
    "swelling-runs.pdf": (
        lambda: packed_pdf(b"\x81 " * 2_000_000 + b"\x80", "/RunLengthDecode"),
        "a damaged PDF (LimitReachedError)",
    ),
    "swelling-font.pdf": (
        lambda: pdf(
            [[WORDS]],
            objects={
                3: b"<< /Type /Font /Subtype /Type0 /BaseFont /X /ToUnicode 21 0 R >>",
                21: stream(b"1 beginbfrange <00000000> <7fffffff> <0041> endbfrange"),
            },
        ),
        "a damaged PDF (LimitReachedError)",
    ),
    "script.pdf": (
        pdf([[WORDS]], root="/OpenAction << /S /JavaScript /JS (app.launchURL\\('http://127.0.0.1'\\)) >>"),
        "reads: Two frigates left Toulon",
    ),
    "no-such-day.pdf": (pdf([[WORDS]], info="/CreationDate (D:20221399999999Z)"), "reads: Two frigates left Toulon"),
    "own-info.pdf": (pdf([[WORDS]], info="/Title 4 0 R /Author 4 0 R"), "reads: Two frigates left Toulon"),
    "many-pages.pdf": (lambda: pdf([[WORDS]] * 501), "a PDF of more than 500 pages"),
    "many-operators.pdf": (
        lambda: pdf([[WORDS]], objects={11: stream(b"q Q " * 1_000_000)}),
        "a PDF without text, of pictures perhaps",
    ),
}
WORD_FILES: dict[str, tuple[bytes | Made, str]] = {
    "text.docx": (WORDS.encode(), "a damaged Word file (BadZipFile)"),
    "empty.docx": (b"", "a damaged Word file (BadZipFile)"),
    "no-parts.docx": (zipped(), "a damaged Word file (OSError)"),
    "cut.docx": (docx([WORDS])[:-80], "a damaged Word file (BadZipFile)"),
    "noise.docx": (b"PK\x03\x04" + bytes(range(256)) * 9, "a damaged Word file (BadZipFile)"),
    "locked.docx": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "locked by a password, or of an old Word"),
    "a-sheet.docx": (zipped(xl__workbook=b"<x/>"), "a damaged Word file (OSError)"),
    "no-paragraphs.docx": (docx([]), "no text in it"),
    "broken.docx": (docx([], document="<w:document><w:p>"), "a damaged Word file (ExpatError)"),
    "swelling.docx": (lambda: word_bomb(honest=True), "unpacks to more than 100 MB"),
    "swelling-secretly.docx": (lambda: word_bomb(honest=False), "a damaged Word file (BadZipFile)"),
    "laughs.docx": (
        word("<w:p><w:r><w:t>&l11;</w:t></w:r></w:p>", f"<!DOCTYPE d [{LAUGHS}]>"),
        "a damaged Word file (ExpatError)",
    ),
    "outside-entity.docx": (
        word(f"<w:p><w:r><w:t>{WORDS}&e;</w:t></w:r></w:p>", '<!DOCTYPE d [<!ENTITY e SYSTEM "file:///etc/passwd">]>'),
        "reads: Two frigates left Toulon",
    ),
    "deep.docx": (lambda: word("<w:p>" * 30_000), "a damaged Word file (ExpatError)"),
    "climbing.docx": (docx([WORDS], more={"../../../../tmp/climbed": b"x"}), "reads: Two frigates left Toulon"),
    "many-parts.docx": (
        lambda: docx([WORDS], more={f"word/media/{n}": b"" for n in range(20_000)}),
        "reads: Two frigates left Toulon",
    ),
    "broken-core.docx": (docx([WORDS], core="<dc:title>"), "reads: Two frigates left Toulon"),
    "no-such-day.docx": (
        docx([WORDS], core="<dcterms:created>2022-13-45</dcterms:created>"),
        "reads: Two frigates left Toulon",
    ),
    "false-sum.docx": (
        docx([WORDS]).replace(WORDS.encode()[:4], b"XXXX", 1)[:200] + docx([WORDS])[204:],
        "a damaged Word file (ValueError)",
    ),
}
LINES: dict[str, tuple[bytes | Made, str]] = {
    "cut": (line()[:-5], "no JSON in UTF-8"),
    "list": (b"[1]", "a JSON list, not an object"),
    "null": (b"null", "a JSON NoneType, not an object"),
    "no-id": (b'{"text": "a"}', "'id' is missing or empty"),
    "no-text": (b'{"id": "a"}', "'text' is missing or empty"),
    "blank-text": (line(text="  "), "'text' is no text"),
    "number-id": (line(id=7), "'id' is no text"),
    "deep": (b"[" * 100_000, "nested too deep"),
    "huge-number": (line()[:-1] + b', "published": ' + b"9" * 10_000 + b"}", "no JSON in UTF-8"),
    "no-day": (line(published="soon"), "'soon' is no date"),
    "day-list": (line(published=[2022]), "published is a list, no date"),
    "not-a-number": (line()[:-1] + b', "published": NaN}', "published is a float, no date"),
    "script-url": (line(url="javascript:alert(1)"), "reads: Two frigates left Toulon"),
    "latin": (line().replace(b"Two", b"Tw\xf6"), "no JSON in UTF-8"),
    "halves": (line(text=f"{WORDS} \ud83d"), "reads: Two frigates left Toulon"),
    "utf16": (line().decode().encode("utf-16"), "no JSON in UTF-8"),
}
