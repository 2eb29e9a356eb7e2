"""Alerts (到期提醒): who is told on which day that something falls due, or is late.

Rows go in, digests come out: grouped per unit or group, as text for a chat, as a mail, as data. All
of it follows from the dates of the rows and the day that is asked for; nothing is sent, and nothing
is remembered. Knows nothing of points and pages. Internal: no person and no number is named.
"""

from pipeline.alerts.digests import Digest, Line, digest
from pipeline.alerts.due import KINDS, Due, due
from pipeline.alerts.mail import mail
from pipeline.alerts.steps import STEPS, alert_day, steps_told
from pipeline.alerts.wording import data, text

__all__ = [
    "KINDS",
    "STEPS",
    "Digest",
    "Due",
    "Line",
    "alert_day",
    "data",
    "digest",
    "due",
    "mail",
    "steps_told",
    "text",
]
