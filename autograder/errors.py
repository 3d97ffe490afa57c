"""Errors that are told to the person at the command line: one line each, with the exit code that goes with it."""

from __future__ import annotations


class ReportedError(Exception):
    """Something that a person must be told: what happened, where, and what to do; no traceback."""

    exit_code = 1  # something could not be graded


class UsageError(ReportedError):
    """Wrong usage: what was wrong, and what to type instead."""

    exit_code = 2
