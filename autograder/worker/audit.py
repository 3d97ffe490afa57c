"""Notices what a submission tries that no layer lets it do, so that a person can have a look.

A hook of Python's, inside the student's process, writes a letter for each kind of attempt into a pipe that the
trusted side empties when the fork ends; so an attempt is known even if it ends the process. This is advice, not
defence: what is tried is refused by the layers whether it is noticed or not, and code that is out to can evade the
hook. Untrusted side: imports nothing of the graders.
"""

from __future__ import annotations

import contextlib
import os
import posixpath
import re
import sys
from builtins import any, isinstance, len, str  # noqa: UP029  whatever a cell patches, as our own clock opens files too
from collections.abc import Callable, Sequence
from pathlib import PurePath
from types import FrameType

NETWORK, PROGRAM, HIDDEN, OTHERS, C_LIBRARY = "n", "p", "h", "o", "c"
# Neutral: most of it is what works at home, and a person decides what it means.
IN_WORDS = {
    NETWORK: "the network was asked for, and is not there",
    PROGRAM: "a program or process was to be started, and was not",
    HIDDEN: "a file that is hidden from submissions was asked for",
    OTHERS: "another process was to be signalled, read or slowed down, and was not",
    C_LIBRARY: "the C library was loaded by hand",
}
MOST_BYTES = 4096  # that the trusted side reads; each letter is written once for each of at most MOST_CELLS cells
MOST_CELLS = 5  # a person looks at the first; more tell nothing new

_UNIX, _INET = 1, (2, 10, 40)  # IPv4, IPv6 and vsock
_NET = frozenset({
    "socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr", "socket.bind",
    "urllib.Request", "http.client.connect", "ftplib.connect", "smtplib.connect", "webbrowser.open",
})  # fmt: skip
_START = frozenset({
    "os.fork", "os.forkpty", "os.exec", "os.posix_spawn", "os.spawn", "os.system", "subprocess.Popen", "pty.spawn",
})  # fmt: skip
_FILES = frozenset({
    "open", "os.listdir", "os.scandir", "glob.glob", "os.link", "os.symlink", "os.rename", "os.chmod", "os.chown",
    "os.utime", "os.truncate", "os.remove", "os.mkdir", "os.rmdir", "os.chdir", "sqlite3.connect", "shutil.copyfile",
})  # fmt: skip
_OF_SYSTEM = ("/etc/passwd", "/etc/shadow", "/etc/sudoers", "/root/.ssh", "/var/lib/docker", "/run/docker.sock")
_TELLING = frozenset({"gradebook.db", "nbgrader_config.py", ".autograder", "solutions", "submitted", "autograded"})
_WAYS_OUT = frozenset({"environ", "mem", "root", "cwd", "fd"})  # of one's own /proc
_LIBRARY = posixpath.dirname(os.__file__)
_ASK_THE_SYSTEM = ("/platform.py", "/uuid.py", "/sysconfig.py", "/ctypes/util.py")  # by starting small programs

Notice = Callable[[str], None]
_running = [0]  # the number of the cell that runs, from 1; 0 for a call


def now_runs(number: int) -> None:
    """From now on what is noticed belongs to the cell of that number; to a call for 0."""
    _running[0] = number


def in_words(told: str) -> tuple[str, ...]:
    """What the letters in the pipe say; anything else in it was put there by somebody else."""
    seen: dict[str, set[int]] = {}
    for letter, number in re.findall(r"([a-z])(\d{1,4});", told):
        seen.setdefault(letter, set()).add(int(number))
    return tuple(f"{words}{_where(seen[letter])}" for letter, words in IN_WORDS.items() if letter in seen)


def _where(numbers: set[int]) -> str:
    cells = [str(number) for number in sorted(numbers) if number][:MOST_CELLS]
    places = [f"cell{'s' if len(cells) > 1 else ''} {', '.join(cells)}"] if cells else []
    places += ["a call"] if 0 in numbers else []
    return f" (in {' and in '.join(places)})"


def watch(descriptor: int, hidden: Sequence[str]) -> Notice:
    """Notice attempts from now on and write their letters to ``descriptor``; answers the function that does it.

    Args:
        hidden: the paths that submissions must not read.
    """
    done: set[str] = set()
    counts: dict[str, int] = {}
    pid = os.getpid()
    secrets = tuple(posixpath.normpath(path) for path in (*hidden, *_OF_SYSTEM))
    write, getframe = os.write, sys._getframe  # before a student's code can put something in their place

    def notice(letter: str) -> None:
        told = f"{letter}{_running[0]};"
        if told not in done and counts.get(letter, 0) < MOST_CELLS:
            done.add(told)
            counts[letter] = counts.get(letter, 0) + 1
            with contextlib.suppress(OSError):  # closed: whoever did that has nothing noticed any more
                write(descriptor, told.encode())

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in _FILES:
            for path in arguments[:2]:
                letter = _kind_of_place(path, secrets, pid)
                if letter:
                    notice(letter)
        elif event == "socket.__new__":
            if arguments[1] in _INET or (arguments[1] == _UNIX and not _is_pair(getframe(1))):
                notice(NETWORK)
        elif event in _NET:
            notice(NETWORK)
        elif event in _START:
            if _asked_by_student(getframe(1)):
                notice(PROGRAM)
        elif event in ("os.kill", "os.killpg"):
            if event == "os.killpg" or arguments[0] != pid:
                notice(OTHERS)
        elif event == "resource.prlimit":
            if arguments[0] not in (0, pid):
                notice(OTHERS)
        elif event == "ctypes.dlopen" and _is_c_library(arguments[0]) and _asked_by_student(getframe(1)):
            notice(C_LIBRARY)

    sys.addaudithook(hook)
    return notice


def _kind_of_place(path: object, secrets: tuple[str, ...], pid: int) -> str:
    """The letter for a path that a submission has no business with; "" for any other."""
    if isinstance(path, PurePath):
        path = path.__fspath__()
    elif isinstance(path, bytes):
        path = path.decode("utf-8", "surrogateescape")
    if not isinstance(path, str):
        return ""
    plain = _normal(path)
    if plain.startswith("/proc/"):
        return OTHERS if _is_of_another(plain.split("/")[2:], pid) else ""
    beneath = any(plain == secret or plain.startswith(secret + "/") for secret in secrets)
    return HIDDEN if beneath or not _TELLING.isdisjoint(plain.split("/")) or "autograder/bank" in plain else ""


def _normal(path: str) -> str:
    """As ``posixpath.normpath``, which asks ``isinstance``: a cell may have put something in its place."""
    parts: list[str] = []
    for part in path.split("/"):
        if part == ".." and parts and parts[-1] != "..":
            parts.pop()
        elif part not in ("", ".") and (part != ".." or not path.startswith("/")):
            parts.append(part)
    return ("/" if path.startswith("/") else "") + "/".join(parts)


def _is_pair(frame: FrameType) -> bool:
    """Whether a socket is one of a pair that is being made: asyncio wakes itself through one."""
    return frame.f_back is not None and frame.f_back.f_code.co_name == "socketpair"


def _is_of_another(parts: list[str], pid: int) -> bool:
    """Whether a place in /proc is another process's, or a way out through one's own."""
    if parts[0] in ("self", "thread-self", str(pid)):
        return len(parts) > 1 and parts[1] in _WAYS_OUT
    return parts[0].isdigit() and len(parts) > 1


def _is_c_library(name: object) -> bool:
    return name is None or (isinstance(name, str) and posixpath.basename(name).startswith("libc."))


def _asked_by_student(frame: FrameType | None) -> bool:
    """Whether a cell asked for it, be it through Python's own library, and not another library by itself."""
    while frame is not None:
        name = frame.f_code.co_filename
        if "-packages/" in name or name.endswith(_ASK_THE_SYSTEM):
            return False
        if not name.startswith((_LIBRARY, "<frozen ")) and name != __file__:
            return True
        frame = frame.f_back
    return False
