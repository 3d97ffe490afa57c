"""``autograder serve``: watches folders, grades what arrives at once, and shows a status page on this machine alone."""

from __future__ import annotations

import argparse
import os
import secrets
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from autograder.commands.grade import grade_class
from autograder.course.assignment import course_assignment
from autograder.course.configuration import course_here
from autograder.errors import UsageError
from autograder.pages.status_page import Arrival, status_page
from autograder.results import Grade, Ungraded
from autograder.submission.find import NothingToGrade, shown

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
        self._at_work = False

    def at_work(self, now: bool) -> None:
        """Whether something is being graded."""
        with self._lock:
            self._at_work = now

    def add(self, result: Grade | Ungraded, seconds: float) -> None:
        """One was graded."""
        with self._lock:
            self._arrivals = [*self._arrivals, Arrival(datetime.now(), result, seconds)][-_SHOWN:]

    def page(self) -> str:
        """The page as it is now."""
        with self._lock:
            return status_page(self._assignment, self._folders, self._arrivals, self._at_work)


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
    with status_server(board, token, options.port) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        print(f"watching {', '.join(map(str, folders))}; status: http://127.0.0.1:{server.server_port}/?token={token}")
        sys.stdout.flush()
        try:
            for _ in changes_in(folders, _PAUSE):
                _grade_arrivals(options, board)
                options.fresh = options.regrade = False  # both mean the first time
        except KeyboardInterrupt:
            print("stopped; what was graded is in the gradebook", file=sys.stderr)
        server.shutdown()
    return 0


def _grade_arrivals(options: argparse.Namespace, board: Board) -> None:
    """Grade what is new or has changed; what is unchanged is remembered."""
    started = time.monotonic()

    def tell(result: Grade | Ungraded) -> None:
        nonlocal started
        took, started = time.monotonic() - started, time.monotonic()
        board.add(result, took)
        said = f"not graded: {result.reason}" if isinstance(result, Ungraded) else f"{result.score:g} points"
        print(f"{datetime.now():%H:%M:%S} {shown(result.student)}: {said} ({took:.1f} s)", flush=True)

    board.at_work(True)
    try:
        grade_class(options, tell)
    except NothingToGrade:
        pass  # the folder is still empty, or holds other assignments only
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
