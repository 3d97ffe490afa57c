"""Times as nbgrader, git and people write them: right to the second, or refused by name."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from autograder.submission.moments import parse_deadline, parse_timestamp

WRITTEN = {
    "2026-10-30 00:30:00 UTC": "2026-10-30T00:30:00",
    "2026-10-30 00:30:00.123456 UTC": "2026-10-30T00:30:00.123456",
    "2026-10-30 00:30:00": "2026-10-30T00:30:00",
    "2026-10-30 00:30:00 +0100": "2026-10-29T23:30:00",
    "2026-10-30T00:30:00+01:00": "2026-10-29T23:30:00",
    "2026-10-30 00:30:00 -0730": "2026-10-30T08:00:00",
    "2026-10-30T00:30:00Z": "2026-10-30T00:30:00",
    "2026-10-30 00:30:00 PDT": "2026-10-30T07:30:00",
    "2026-10-30 00:30:00 PST": "2026-10-30T08:30:00",
    "2026-10-30 00:30:00 CET": "2026-10-29T23:30:00",
    "2026-10-30 00:30:00 Europe/Berlin": "2026-10-29T23:30:00",
    "Fri Oct 30 00:30:00 2026 +0100": "2026-10-29T23:30:00",
    "Fri, 30 Oct 2026 00:30:00 +0100": "2026-10-29T23:30:00",
    "1793320200": "2026-10-30T00:30:00",
}


@pytest.mark.parametrize("text", WRITTEN)
def test_each_is_right_to_the_second(text: str) -> None:
    assert parse_timestamp(text).astimezone(UTC).replace(tzinfo=None) == datetime.fromisoformat(WRITTEN[text])


@pytest.mark.parametrize("text", ["2026-10-30 00:30:00 BST", "2026-10-30 00:30:00 IST", "2026-10-30 00:30:00 +1",
                                  "Fri, 30 Oct 2026 00:30:00 XYZ", "2026-10-30 00:30:00 Mars/Base"])  # fmt: skip
def test_a_zone_that_means_nothing_certain_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=r"the zone|is no time"):
        parse_timestamp(text)


@pytest.mark.parametrize("text", ["yesterday", "30.10.2026 10:00", "", "2026-13-40 10:00:00 UTC", "2026-10-30"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        parse_timestamp(text)


def test_a_date_alone_is_a_deadline_at_the_end_of_that_day() -> None:
    assert parse_deadline("2026-10-31 UTC") == datetime(2026, 10, 31, 23, 59, 59, tzinfo=UTC)
    assert parse_deadline("2026-10-31 +0200").utcoffset() == timedelta(hours=2)
    here = parse_deadline("2026-10-31")
    assert here.tzinfo is not None
    assert (here.hour, here.minute, here.second) == (23, 59, 59)
    assert parse_deadline("2026-10-31T00:00+00:00").hour == 0
