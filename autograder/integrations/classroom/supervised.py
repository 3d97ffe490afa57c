"""Starts the checking as a process of its own, keeps the clock, and takes what it tells."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

_MAX_LOG = 4000  # bytes of what the child printed, for a person who looks why it failed


@dataclass(frozen=True)
class Told:
    """What came back.

    Args:
        questions: by id, those that were checked.
        isolation: full, partial, none; ``unknown`` if the run did not get as far.
        why: what is missing for a higher level.
        broken: why the file is no notebook that can be run.
        merge: an unresolved merge that stands in it.
    """

    questions: dict[str, dict[str, Any]] = field(default_factory=dict)
    isolation: str = "unknown"
    why: str = ""
    broken: str | None = None
    merge: str = ""
    done: bool = False
    time_over: bool = False
    log: str = ""


def run_checks(notebook: Path, seconds: float) -> Told:
    """Check ``notebook`` within ``seconds``; what was told until then is kept."""
    reading, writing = os.pipe()
    program = [sys.executable, "-P", "-m", "autograder.integrations.classroom.visible_run", str(notebook), str(writing)]
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(
            program, pass_fds=[writing], stdin=subprocess.DEVNULL, stdout=log, stderr=log, start_new_session=True
        )
        os.close(writing)
        lines: list[str] = []
        reader = threading.Thread(target=_read, args=(reading, lines), daemon=True)
        reader.start()
        time_over = False
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            time_over = True
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        reader.join(5)
        log.seek(0)
        said = log.read()[-_MAX_LOG:].decode("utf-8", "replace")
    return _gather(lines, time_over, said)


def _read(descriptor: int, lines: list[str]) -> None:
    with os.fdopen(descriptor, encoding="utf-8", errors="replace") as file:
        lines.extend(file)


def _gather(lines: list[str], time_over: bool, log: str) -> Told:
    told: dict[str, Any] = {}
    questions = {}
    for line in list(lines):
        with contextlib.suppress(ValueError):  # the last line may be cut off
            entry = json.loads(line)
            if "id" in entry:
                questions[entry["id"]] = entry
            else:
                told |= entry
    done = bool(told.get("done"))
    return Told(
        questions=questions,
        isolation=told.get("isolation", "unknown"),
        why=told.get("why", ""),
        broken=told.get("broken"),
        merge=told.get("merge", ""),
        done=done,
        time_over=time_over and not done,
        log="" if done else log,
    )
