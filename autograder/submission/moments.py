"""Moments as nbgrader, git, learning management systems and people write them: right to the second, or refused."""

from __future__ import annotations

import re
from datetime import UTC, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

# Only names that mean one thing. BST, CST, IST and the like mean several, so a time with them is refused.
_ZONES = {
    "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "MEZ": 1, "MESZ": 2, "EET": 2, "EEST": 3,
    "EST": -5, "EDT": -4, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8,
    "HST": -10, "JST": 9, "KST": 9, "NZST": 12, "NZDT": 13, "AEST": 10, "AEDT": 11, "AWST": 8,
}  # fmt: skip
_PLAIN = re.compile(
    r"(?P<date>\d{4}-\d{2}-\d{2})[T ](?P<clock>\d{1,2}:\d{2}(?::\d{2})?)(?P<part>\.\d+)?\s*(?P<zone>[^\d\s].*|)"
)
_GIT = re.compile(
    r"(?:[A-Z][a-z]{2} )?(?P<month>[A-Z][a-z]{2}) +(?P<day>\d{1,2}) (?P<clock>\d\d:\d\d:\d\d) "
    r"(?P<year>\d{4})(?: (?P<zone>\S+))?"
)
_OFFSET = re.compile(r"([+-])(\d{2}):?(\d{2})")


def parse_timestamp(text: str) -> datetime:
    """The moment in ``text``, with its zone; without one it is UTC, as nbgrader has it.

    Raises:
        ValueError: it is no time, or its zone is not known for certain; the message says which.
    """
    text = " ".join(text.split())
    if found := _PLAIN.fullmatch(text):
        clock = found["clock"] if found["clock"].count(":") == 2 else f"{found['clock']}:00"
        part = (found["part"] or ".0")[1:7].ljust(6, "0")
        moment = datetime.strptime(f"{found['date']} {clock}.{part}", "%Y-%m-%d %H:%M:%S.%f")
        return moment.replace(tzinfo=zone_of(found["zone"]))
    if found := _GIT.fullmatch(text):
        written = f"{found['day']} {found['month']} {found['year']} {found['clock']}"
        return datetime.strptime(written, "%d %b %Y %H:%M:%S").replace(tzinfo=zone_of(found["zone"] or ""))
    if re.match(r"(?:[A-Z][a-z]{2}, )?\d{1,2} [A-Z][a-z]{2} \d{4} ", text):  # as in e-mails
        zone_of(text.rpartition(" ")[2])  # which a reader of e-mails would guess
        moment = parsedate_to_datetime(text)
        return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
    if re.fullmatch(r"\d{9,10}", text):  # seconds since 1970, as git keeps them
        return datetime.fromtimestamp(int(text), UTC)
    raise ValueError(f"{text[:60]!r} is no time such as 2026-10-30 12:00:00 UTC")


def zone_of(name: str) -> tzinfo:
    """The zone called ``name``; UTC for none.

    Raises:
        ValueError: nobody can tell which zone that is.
    """
    name = name.strip().strip("()")
    if not name:
        return UTC
    if found := _OFFSET.fullmatch(name):
        minutes = int(found[2]) * 60 + int(found[3])
        if minutes < 24 * 60:
            return timezone(timedelta(minutes=minutes if found[1] == "+" else -minutes))
    if name.upper() in _ZONES:
        return timezone(timedelta(hours=_ZONES[name.upper()]), name.upper())
    if "/" in name:
        try:
            return ZoneInfo(name)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            pass
    raise ValueError(f"the zone {name[:30]!r} means nothing certain: write the offset, such as +0100")


def parse_deadline(text: str) -> datetime:
    """A date, which means the end of that day, or a date with a time; without a zone, in that of this machine.

    Raises:
        ValueError: it is neither. git's own guesses ("next tuesday") are not taken: a deadline must not be guessed.
    """
    date, _, zone = text.strip().partition(" ")
    if re.fullmatch(r"\d{4}-\d{2}-\d{2}", date) and (not zone or not zone[0].isdigit()):
        moment = datetime.combine(datetime.strptime(date, "%Y-%m-%d"), time(23, 59, 59))
        return moment.replace(tzinfo=zone_of(zone)) if zone else moment.astimezone()
    if (found := _PLAIN.fullmatch(text.strip())) and found["zone"]:
        return parse_timestamp(text)
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.astimezone()
