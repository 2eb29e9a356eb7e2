"""A digest as a mail that a mail programme opens as a draft (.eml); it has no recipient yet.

Date and Message-ID follow from the day and the text, so the same ledgers give the same bytes.
"""

from __future__ import annotations

from datetime import datetime, time, timedelta, timezone
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from hashlib import sha256
from urllib.parse import urlsplit

from pipeline.alerts.digests import Digest
from pipeline.alerts.wording import subject

PLACE = timezone(timedelta(hours=8))
HOUR = time(8)
"""When offices open; a mail must name an hour."""


def mail(digest: Digest, text: str, organiser: str, site_url: str, *, is_demo: bool) -> bytes:
    """Return the mail of a digest; `text` is its body, `organiser` the name it is from."""
    host = urlsplit(site_url).hostname or "localhost"
    message = EmailMessage(policy=SMTP)
    message["From"] = Address(organiser, "noreply", host)
    message["Subject"] = subject(digest, is_demo=is_demo)
    message["Date"] = format_datetime(datetime.combine(digest.day, HOUR, PLACE))
    name = sha256(text.encode()).hexdigest()[:16]
    message["Message-ID"] = f"<alert.{digest.day.isoformat()}.{digest.key}.{name}@{host}>"
    message["X-Unsent"] = "1"
    message.set_content(text, cte="base64")
    return message.as_bytes()
