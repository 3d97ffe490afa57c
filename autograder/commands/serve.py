"""``autograder serve``: watches folders, grades what arrives at once, and shows a status page on this machine alone."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import Executor
from contextlib import suppress
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from autograder.commands.grade import grade_class, graders_for, settings_of, warm_grader
from autograder.course.assignment import course_assignment
from autograder.course.configuration import course_here
from autograder.course.layout import Course
from autograder.errors import UsageError
from autograder.gradebook.database import GradebookError
from autograder.pages.status_page import Arrival, status_page
from autograder.results import Grade, Ungraded
from autograder.submission.find import NothingToGrade, Submission, shown

# Seconds between two looks. What changed is graded once it looks the same twice, so that no half-written file is.
_PAUSE = 0.25
_SHOWN = 500  # rows of the page

Snapshot = frozenset[tuple[str, int, int]]


class Board:
    """What the status page shows: written by the grading loop, read by the server's threads."""

    def __init__(self, assignment: str, folders: Sequence[Path]) -> None:
        self._assignment = assignment
        self._folders = [str(folder) for folder in folders]
        self._lock = threading.Lock()
        self._arrivals: list[Arrival] = []
        self._lines: tuple[str, ...] = ()
        self._at_work = False
        self._not_graded: set[tuple[str, str, int]] = set()

    def at_work(self, now: bool) -> None:
        """Whether something is being graded."""
        with self._lock:
            self._at_work = now

    def add(self, result: Grade | Ungraded, seconds: float) -> None:
        """One was graded."""
        with self._lock:
            self._arrivals = [*self._arrivals, Arrival(datetime.now(), result, seconds)][-_SHOWN:]

    def is_news(self, result: Grade | Ungraded) -> bool:
        """Whether it is to be told; what cannot be graded is tried at every look, and told once for each file."""
        if isinstance(result, Grade):
            return True
        written = 0
        with suppress(OSError):
            written = os.stat(result.notebook).st_mtime_ns
        key = (result.student, result.reason, written)
        with self._lock:
            new = key not in self._not_graded
            self._not_graded.add(key)
        return new

    def hear(self, lines: Sequence[str]) -> list[str]:
        """What somebody must know of what lies in the folders now; the lines that were not there before."""
        with self._lock:
            new = [line for line in lines if line not in self._lines]
            self._lines = tuple(lines)
        return new

    def page(self) -> str:
        """The page as it is now."""
        with self._lock:
            return status_page(self._assignment, self._folders, self._arrivals, self._at_work, self._lines)


def serve_command(options: argparse.Namespace) -> int:
    """Watch and grade until Ctrl-C; 0.

    Raises:
        UsageError: what was graded could not be remembered, so that each arrival would grade the whole class.
    """
    if options.no_gradebook or options.dry_run:
        raise UsageError("serve remembers in the gradebook what it has graded: leave out --no-gradebook and --dry-run")
    course = course_here()
    assignment = course_assignment(course, options.assignment)
    folders = options.paths or [course.root / "submitted"]
    board = Board(assignment.name, folders)
    token = secrets.token_urlsafe(16)
    jobs = options.jobs or 1
    with (
        status_server(board, token, options.port) as server,
        graders_for(settings_of(course, options), jobs, jobs, options.scheduler) as executor,
    ):
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"watching {', '.join(map(str, folders))}; status: http://127.0.0.1:{server.server_port}/?token={token}")
        sys.stdout.flush()
        try:
            if executor is None:
                print(f"warm after {_warm_up(course, options):.1f} s; Ctrl-C ends it", flush=True)
            for _ in changes_in(folders, _PAUSE):
                _grade_arrivals(options, board, executor)
                options.fresh = options.regrade = False  # both mean the first time
        except KeyboardInterrupt:
            print("stopped; what was graded is in the gradebook", file=sys.stderr)
        server.shutdown()
    return 0


def _warm_up(course: Course, options: argparse.Namespace) -> float:
    """Start the grader and have it grade the course's own solution once, so that the first student waits for nothing.

    Nothing is recorded. Gives the seconds that it took.
    """
    started = time.monotonic()
    grader = warm_grader(settings_of(course, options))
    name = f"{options.assignment}.ipynb"
    for folder in ("solutions", "release"):
        notebook = course.root / folder / options.assignment / name
        if notebook.is_file():
            list(grader.grade([Submission("solution", options.assignment, notebook)]))
            break
    return time.monotonic() - started


def _grade_arrivals(options: argparse.Namespace, board: Board, executor: Executor | None) -> None:
    """Grade what is new or has changed; what is unchanged is remembered.

    A failure of the moment, such as a gradebook in use, is a line: what waits is graded at the next change.
    """
    started = time.monotonic()

    def tell(result: Grade | Ungraded) -> None:
        nonlocal started
        took, started = time.monotonic() - started, time.monotonic()
        if not board.is_news(result):
            return
        board.add(result, took)
        said = f"not graded: {result.reason}" if isinstance(result, Ungraded) else f"{result.score:g} points"
        print(f"{datetime.now():%H:%M:%S} {shown(result.student)}: {said} ({took:.1f} s)", flush=True)

    def heard(lines: Sequence[str]) -> None:
        for line in board.hear(lines):
            print(f"autograder: {line}", file=sys.stderr, flush=True)

    board.at_work(True)
    try:
        grade_class(options, tell, executor, heard)
    except NothingToGrade:
        pass  # the folder is still empty, or holds other assignments only
    except GradebookError as problem:
        heard([f"not recorded: {problem}"])
    finally:
        board.at_work(False)


def changes_in(folders: Sequence[Path], pause: float) -> Iterator[None]:
    """Gives a turn at the start, and whenever files have changed and stayed as they are for one look."""
    graded: Snapshot | None = None
    before = snapshot(folders)
    while True:
        time.sleep(pause)
        now = snapshot(folders)
        if now == before and now != graded:
            graded = now
            yield
        before = now


def snapshot(folders: Sequence[Path]) -> Snapshot:
    """Every notebook below the folders, with its time and size."""
    found = set()
    for folder in folders:
        for where, inner, names in os.walk(folder):
            inner[:] = [name for name in inner if not name.startswith(".")]
            for name in names:
                if ".ipynb" not in name.lower() and name != "timestamp.txt":
                    continue
                path = os.path.join(where, name)
                try:
                    told = os.stat(path, follow_symlinks=False)
                except OSError:
                    continue  # gone again
                found.add((path, told.st_mtime_ns, told.st_size))
    return frozenset(found)


def status_server(board: Board, token: str, port: int) -> ThreadingHTTPServer:
    """The server of the page, on loopback; whoever does not know the token sees nothing."""

    class Handler(BaseHTTPRequestHandler):
        """Answers with the page, or refuses."""

        def do_GET(self) -> None:
            asked = parse_qs(urlsplit(self.path).query).get("token", [""])[0]
            known = secrets.compare_digest(asked.encode("utf-8", "replace"), token.encode())
            body = board.page() if known else "The address with its token stands in the terminal.\n"
            data = body.encode("utf-8", "replace")
            self.send_response(200 if known else 403)
            self.send_header("Content-Type", f"text/{'html' if known else 'plain'}; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "no-store")
            self.send_header("Referrer-Policy", "no-referrer")
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, format: str, *args: object) -> None:
            return  # a page that is loaded every few seconds would fill the terminal

    return ThreadingHTTPServer(("127.0.0.1", port), Handler)
