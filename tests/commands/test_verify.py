"""``autograder verify`` says the same however many processes share its work."""

from __future__ import annotations

import pytest

from autograder.commands.verify import verify_command

ASSIGNMENT = "03-parameter-counting"


def told(capsys: pytest.CaptureFixture[str], jobs: int) -> str:
    assert verify_command([ASSIGNMENT], None, 1, quick=True, jobs=jobs) == 0
    return capsys.readouterr().out


def test_two_processes_find_what_one_finds(capsys: pytest.CaptureFixture[str]) -> None:
    alone = told(capsys, 1)
    assert alone.startswith(f"{ASSIGNMENT}\n")
    assert "every mistake loses marks and is named" in alone
    assert told(capsys, 2) == alone
