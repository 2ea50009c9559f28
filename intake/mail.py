"""A message as mail programs save it (.eml): its text, subject, sender and date."""

from __future__ import annotations

from datetime import date, datetime
from email import message_from_bytes, policy
from email.errors import InvalidBase64CharactersDefect, InvalidBase64LengthDefect, MessageError
from email.message import EmailMessage, MIMEPart

from errors import ArticleError
from intake.confined import page_found
from intake.encoding import decode
from intake.found import Found, one_line


def from_mail(raw: bytes, name: str) -> Found:
    """The body of a message, plain text before HTML; attachments are left out. Raises ArticleError without a body."""
    try:
        message = message_from_bytes(raw, policy=policy.default)
        return _found(message, name)
    except (RecursionError, MessageError, LookupError, ValueError, AttributeError, TypeError, IndexError) as fault:
        if isinstance(fault, ArticleError):
            raise
        # The library promises that it raises for nothing, and raises nearly anything for some headers.
        raise ArticleError(f"{name}: no readable message ({type(fault).__name__}); save its text as .txt") from fault


def _found(message: EmailMessage, name: str) -> Found:
    body = message.get_body(preferencelist=("plain", "html"))
    if body is None:
        raise ArticleError(f"{name}: a message without text; save what is attached to it and give that")
    text = decode(_bytes(body, name), name, declared=body.get_content_charset())
    sender = message["From"].addresses[0] if message["From"] and message["From"].addresses else None
    found = page_found(text, name) if body.get_content_type() == "text/html" else Found(text)
    return Found(
        text=found.text,
        title=one_line(message["Subject"]),
        published=_sent(message),
        source=one_line(sender.display_name or sender.addr_spec) if sender else None,
    )


def _bytes(body: MIMEPart, name: str) -> bytes:
    payload = body.get_payload(decode=True)
    if any(isinstance(defect, InvalidBase64CharactersDefect | InvalidBase64LengthDefect) for defect in body.defects):
        raise ArticleError(f"{name}: its base64 is broken; get the whole message")
    return payload if isinstance(payload, bytes) else b""


def _sent(message: EmailMessage) -> date | None:
    moment = getattr(message["Date"], "datetime", None)
    return moment.date() if isinstance(moment, datetime) else None
