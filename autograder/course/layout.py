"""The course's folder: where its parts lie, which of them are secret, and its own seed."""

from __future__ import annotations

import hashlib
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import ReportedError

PACKAGE = Path(__file__).resolve().parents[1]
SECRET_FOLDERS = (
    "source",
    "solutions",
    "submitted",
    "autograded",
    "feedback",
    ".autograder",
    ".git",
    "tests",
)
SECRET_FILES = ("gradebook.db", "nbgrader_config.py")


class NoSeed(ReportedError):
    """The course's seed cannot be read or kept."""


@dataclass(frozen=True)
class Course:
    """A course at ``root``."""

    root: Path

    @property
    def secrets(self) -> tuple[Path, ...]:
        """What submissions must not read, as far as it exists here."""
        inside = [self.root / name for name in (*SECRET_FOLDERS, *SECRET_FILES)]
        return tuple(path for path in (PACKAGE / "bank", *inside) if path.exists())

    @property
    def checks(self) -> Path:
        """Where ``autograder release`` records what students' checks need: in the course, whatever is installed where.

        What one course records changes nothing for another on the same installation. Only the course that the package
        is developed in records what the package ships.
        """
        ships = self.root / "autograder" == PACKAGE
        return PACKAGE / "student" / "generated" if ships else self.root / "recorded_checks"

    @property
    def own_checks(self) -> Path | None:
        """Checks that this course has recorded for itself; None for one that has what the package ships."""
        own = self.checks
        return own if not own.is_relative_to(PACKAGE) and any((own / "cases").glob("*.json")) else None

    @property
    def absent_packages(self) -> tuple[str, ...]:
        """What students of this course may have and the grader has not: ``absent_packages.txt``, a name a line."""
        try:
            lines = (self.root / "absent_packages.txt").read_text("utf-8").splitlines()
        except OSError:
            return ()
        names = (line.partition("#")[0].strip() for line in lines)
        return tuple(name for name in names if name)

    def kept_in(self, gradebook: str | None) -> Path:
        """The folder for what belongs to a gradebook and its class: the last runs, the class list.

        The course's own gradebook has ``.autograder`` itself, any other a folder of its own, so that two classes
        never mix.
        """
        if not gradebook:
            return self.root / ".autograder"
        file = gradebook.removeprefix("sqlite:///")
        known = str(Path(file).resolve()) if "://" not in file else gradebook.rpartition("@")[2]
        key = hashlib.sha256(known.encode("utf-8", "replace")).hexdigest()[:16]
        return self.root / ".autograder" / "gradebooks" / key

    def seed(self) -> int:
        """The seed of this course's hidden inputs: drawn once, kept in ``.autograder/seed``.

        Kept, so that a submission meets the same inputs at every door and when it is graded again; drawn, so
        that nobody who has the course's repository knows them.

        Raises:
            NoSeed: it exists and cannot be read, or cannot be kept: other inputs in each run would be no fair paper.
        """
        path = self.root / ".autograder" / "seed"
        seed = _read_seed(path)
        if seed is not None:
            return seed
        seed = secrets.randbits(48)
        temporary = path.with_suffix(f".{os.getpid()}-{secrets.token_hex(4)}")  # threads share a process's number
        try:
            path.parent.mkdir(exist_ok=True)
            temporary.write_text(str(seed), "ascii")
            os.link(temporary, path)  # one of several graders that start at once wins
        except FileExistsError:
            kept = _read_seed(path)
            seed = seed if kept is None else kept
        except OSError as problem:
            raise NoSeed(
                f"the seed of the hidden inputs cannot be kept in {path} ({problem.strerror}): let this user write "
                "there, or give one with --seed"
            ) from problem
        finally:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)
        return seed


def _read_seed(path: Path) -> int | None:
    """The seed that is kept; None where there is none.

    Raises:
        NoSeed: there is one, and it cannot be read: then no other is drawn without a word.
    """
    try:
        return int(path.read_text("ascii"))
    except FileNotFoundError:
        return None
    except OSError as problem:
        what = "ask for the right to read it" if isinstance(problem, PermissionError) else "put it right"
        raise NoSeed(
            f"the seed of the hidden inputs in {path} cannot be read ({problem.strerror}); it is {_owner(path)}: "
            f"{what}, or give the number with --seed"
        ) from problem
    except ValueError as problem:
        raise NoSeed(f"{path} holds no seed, which is one whole number; remove it and a new one is drawn") from problem


def _owner(path: Path) -> str:
    for known in (path, *path.parents):  # in a folder that is closed to this user, the folder's owner is the one to ask
        with suppress(OSError, KeyError, NotImplementedError):
            return f"{known.owner()}'s"
    return "another user's"


def find_course(start: Path) -> Course:
    """The course that ``start`` lies in: the nearest folder above with an ``nbgrader_config.py``, else ``start``."""
    start = start.resolve()
    for folder in (start, *start.parents):
        if (folder / "nbgrader_config.py").is_file():
            return Course(folder)
    return Course(start)
