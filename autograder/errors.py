"""Errors that are told to the person at the command line: one line each, with the exit code that goes with it."""

from __future__ import annotations

import os
import sys


class ReportedError(Exception):
    """Something that a person must be told: what happened, where, and what to do; no traceback."""

    exit_code = 1  # something could not be graded


class UsageError(ReportedError):
    """Wrong usage: what was wrong, and what to type instead."""

    exit_code = 2


class BadQuestion(ReportedError, ValueError):
    """A question of the bank that cannot be used as it stands: which, and why; its author meets it first."""


def nobody_reads() -> int:
    """Drop what is still to be printed, since the reader has seen enough (``| head``); the exit code that shells have.

    Without it Python would stumble over the closed pipe once more at its end.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return 141  # 128 + SIGPIPE
