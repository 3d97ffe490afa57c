"""Unchanged submissions are remembered: who is graded again gets the marks of before, and the others wait for nobody.

What is compared is content: the notebook, the files beside it, when it was handed in, every file of this package (the
tests among them), what the course released, the versions of what computes, the seed and the device. The record lies in
``.autograder``, where no submission can read or write; it is made of what the grader read, before and after grading.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from autograder.course.layout import Course
from autograder.exporters.recorded import NoGrades, grades_file, read_grades
from autograder.gradebook.extensions import extension_seconds
from autograder.gradebook.standing import as_they_stand
from autograder.grader.versions import versions
from autograder.results import Grade, Ungraded
from autograder.submission.files import files_of_release
from autograder.submission.records import Submission

UNCHANGED = "unchanged since it was last graded: that result is remembered"


@dataclass(frozen=True)
class Memory:
    """What was graded before in a gradebook, and of which content.

    Args:
        gradebook: its URL; None for the course's own.
        conditions: the seed, the device, and whatever else the marks depend on.
    """

    course: Course
    assignment: str
    gradebook: str | None
    conditions: tuple[object, ...]

    def known(self, submissions: Iterable[Submission]) -> dict[str, Grade]:
        """The results of those that did not change, by student; none of a run that failed, or that another replaced."""
        keys = self._keys()
        try:
            earlier, _ = read_grades(grades_file(self.course, self.assignment, self.gradebook), self.assignment)
        except NoGrades:
            return {}
        same = {one.student for one in submissions if not one.fault and keys.get(one.student) == self.key_of(one)}
        asked = {result.student: result for result in earlier if result.student in same}
        found: dict[str, Grade] = {}
        for now in as_they_stand(self.course, self.assignment, list(asked.values()), self.gradebook, whole_class=False):
            result = asked[now.student]
            graded = self.course.root / "autograded" / result.student / self.assignment / f"{self.assignment}.ipynb"
            stands = now.standing is not None and now.standing.handed_in and not now.standing.differs
            if isinstance(result, Grade) and not result.failed and stands and graded.is_file():
                found[result.student] = replace(result, intake=(UNCHANGED,), cells=())
        return found

    def keep(self, before: Mapping[str, str], submissions: Sequence[Submission], results: Iterable[object]) -> None:
        """Remember what was graded; not what changed while it was.

        Args:
            before: the keys as they were before anything was graded.
        """
        graded = {result.student for result in results if isinstance(result, Grade) and not result.failed}
        ungraded = {result.student for result in results if isinstance(result, Ungraded)}
        keys = {student: key for student, key in self._keys().items() if student not in ungraded}
        for one in submissions:
            if one.student in graded and before.get(one.student) == self.key_of(one):
                keys[one.student] = before[one.student]
        part = self._file.with_suffix(".part")
        part.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(json.dumps(keys, indent=0, sort_keys=True), "utf-8")
        part.replace(self._file)

    def key_of(self, submission: Submission) -> str:
        """What a submission's marks depend on, as one hash; empty where it cannot be read."""
        digest = hashlib.sha256(self._surroundings)
        try:
            _add(digest, "notebook", submission.notebook)
            for beside in submission.files:
                _add(digest, str(beside.name), beside.path)
            stamp = submission.notebook.parent / "timestamp.txt"
            if stamp.is_file():
                _add(digest, "timestamp", stamp)
        except OSError:
            return ""
        more = extension_seconds(self.course, submission.student, self.assignment)
        digest.update(repr((submission.student, submission.moment, *([more] if more else []))).encode())
        return digest.hexdigest()

    @property
    def _file(self) -> Path:
        return grades_file(self.course, self.assignment, self.gradebook).with_suffix(".keys")

    def _keys(self) -> dict[str, str]:
        try:
            told = json.loads(self._file.read_text("utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(student): str(key) for student, key in told.items()} if isinstance(told, dict) else {}

    @cached_property
    def _surroundings(self) -> bytes:
        digest = hashlib.sha256(repr((self.assignment, versions(), self.conditions)).encode())
        for beside in files_of_release(self.course.root, self.assignment):
            _add(digest, str(beside.name), beside.path)
        return digest.digest()


def _add(digest: hashlib._Hash, name: str, path: Path) -> None:
    content = hashlib.sha256(path.read_bytes()).hexdigest()
    digest.update(f"{name}\0{content}\n".encode("utf-8", "replace"))
