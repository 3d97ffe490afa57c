"""The preprocessor that stands where nbgrader's Execute stood, in ``c.Autograde.autograde_preprocessors``."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from traitlets import Bool, Enum, Integer, List, Unicode

from autograder.course.assignment import assignment_names
from autograder.course.layout import find_course
from autograder.integrations.nbgrader.allowed import (
    Allowed,
    course_policy,
    environment_for,
    missed,
    module_path,
    preloaded,
)
from autograder.integrations.nbgrader.confined_kernel import ConfinedKernel
from autograder.integrations.nbgrader.course_notebook import ExecuteConfined
from autograder.integrations.nbgrader.not_graded import NotGraded as NotGraded
from autograder.integrations.nbgrader.warm import start_afresh, warm_kernels
from autograder.integrations.nbgrader.work_folder import LaidOut, NoRoom, bring_back, lay_out
from autograder.session.interpreter import SandboxError
from autograder.session.kernels import ConfinedFork
from autograder.session.slots import own_slot


class GradeInSandbox(ExecuteConfined):
    """Grades an assignment of this course; runs the notebooks of any other in the sandbox, cell by cell.

    It is an ``Execute``: ``c.Execute.timeout`` and ``--no-execute`` mean what they always meant.
    """

    device = Enum(("auto", "cpu", "cuda"), "cpu", help="Where answers are computed.").tag(config=True)
    unsafe_trusted = Bool(False, help="Run code that you trust without confinement; grades are stamped.").tag(
        config=True
    )
    sandbox = Enum(
        ("course", "strict"),
        "course",
        help="Notebooks with tests of their own run in a confined Jupyter kernel that may start processes (course), or "
        "in one confined process that may not, and has no sockets (strict).",
    ).tag(config=True)
    readable = List(
        Unicode(), help="Files and folders that notebooks may read, from the course's folder or with ~ or absolute."
    ).tag(config=True)
    environment = List(Unicode(), help="Environment variables that notebooks get, by name.").tag(config=True)
    memory_mib = Integer(4096, help="Memory in MiB for all processes of one notebook together.").tag(config=True)
    work_mib = Integer(1024, help="MiB for all files that a notebook has beside it and makes.").tag(config=True)

    require = Enum(("full", "partial"), "partial", help="The least isolation; full refuses less.").tag(config=True)
    carry_forward = Bool(True, help="Ask once more with a stand-in for an earlier, wrong answer that is called.").tag(
        config=True
    )

    def preprocess(self, nb: Any, resources: Any, km: Any = None) -> tuple[Any, Any]:
        """Give the notebook its outputs, which nbgrader then scores."""
        names = resources["nbgrader"]
        if names["assignment"] in assignment_names() and names["notebook"] == names["assignment"]:
            from autograder.integrations.nbgrader.bank_notebook import grade_notebook

            found = grade_notebook(nb, names, self._submitted(names), self._root(), self._graders())
            graded, flags = found
            self._warn(names, flags)
            return graded, resources
        _require_python(nb, names)
        if self.unsafe_trusted:
            done: tuple[Any, Any] = super().preprocess(nb, resources, km)
            return done
        if self.sandbox == "strict":
            from autograder.integrations.nbgrader.strict_notebook import run_strictly

            folder = Path(resources.get("metadata", {}).get("path") or ".")
            self._warn(
                names, run_strictly(nb, folder, self._root(), self.require, self.timeout, dict(self.error_on_timeout))
            )
            return nb, resources
        self._warn(names, self._run_in_kernel(nb, resources))
        return nb, resources

    def _run_in_kernel(self, nb: Any, resources: Any) -> list[str]:
        """Run a notebook of any course; what a person should look at."""
        names = resources["nbgrader"]
        beside = Path(resources["metadata"]["path"]).absolute()
        allowed, hidden = self.allowed(), self.hidden()
        policy = course_policy(allowed, hidden, os.path.realpath(self._folder("autograded_directory")))
        work = os.path.realpath(beside)
        given = "\n".join(cell.source for cell in nb.cells if _is_the_course_s(cell))
        preload = preloaded("\n".join(cell.source for cell in nb.cells if cell.cell_type == "code"))
        kernels = warm_kernels(policy, preload, module_path(hidden), work, self.require)
        environment = environment_for(allowed, given, hidden)
        forks: list[tuple[ConfinedFork, LaidOut]] = []

        def begin() -> ConfinedKernel:
            fork = kernels.fork(work, own_slot())
            forks.append((fork, LaidOut({})))
            forks[-1] = (fork, lay_out(beside, self._submitted(names), fork.files))
            return ConfinedKernel(kernels, fork, environment)

        try:
            flags = self.run_confined(nb, resources, begin)
            flags += bring_back(forks[-1][1], forks[-1][0].folder, beside) if forks else []
        except SandboxError:
            start_afresh(kernels)
            raise
        except NoRoom as problem:
            raise NotGraded(
                f"{problem.filename} and what else lies beside the notebook does not fit into {self.work_mib} MiB "
                f"({problem.strerror}): raise c.GradeInSandbox.work_mib, or name it in "
                "c.GradeInSandbox.readable and let the notebooks read it where it lies"
            ) from problem
        finally:
            for fork, _laid_out in forks:
                kernels.end(fork)
                fork.release()
        return [*flags, *missed(nb, environment, policy, work)]

    def _graders(self) -> tuple[str, bool, str, bool]:
        """How graders of this course work: device, whether code is trusted, the least isolation, errors carried."""
        return self.device, self.unsafe_trusted, self.require, self.carry_forward

    def _warn(self, names: Any, lines: list[str]) -> None:
        for line in lines:
            self.log.warning("%s: %s", names["student"], line)

    def allowed(self) -> Allowed:
        """What the course's settings allow its notebooks."""
        root = str(self._courses().root)
        readable = [os.path.normpath(os.path.join(root, os.path.expanduser(path))) for path in self.readable]
        datasets = os.path.join(root, "datasets")
        readable += [datasets] if os.path.isdir(datasets) else []
        return Allowed(tuple(readable), tuple(self.environment), self.memory_mib << 20, self.work_mib << 20)

    def hidden(self) -> tuple[str, ...]:
        """What no notebook may read: the course's folders but for its data, its gradebook and its settings."""
        kinds = ("source", "release", "submitted", "autograded", "feedback", "solution")
        folders = [self._folder(f"{kind}_directory") for kind in kinds if hasattr(self._courses(), f"{kind}_directory")]
        database = str(self._courses().db_url).removeprefix("sqlite:///")
        files = [] if "://" in database else [database]
        return (*folders, *files, *(str(path) for path in find_course(Path(self._courses().root)).secrets))

    def _folder(self, trait: str) -> str:
        """One of nbgrader's folders of this course, without students and assignments."""
        return os.path.join(os.path.abspath(self._courses().root), str(getattr(self._courses(), trait)))

    def _submitted(self, names: Any) -> Path:
        courses = self._courses()
        return Path(courses.format_path(courses.submitted_directory, names["student"], names["assignment"]))

    def _courses(self) -> Any:
        """nbgrader's CourseDirectory; the exporter that owns this preprocessor belongs to a converter that has it."""
        owner = self if hasattr(self, "coursedir") else self.parent
        while owner is not None and getattr(owner, "coursedir", None) is None:
            owner = owner.parent
        if owner is None:
            raise NotGraded("this preprocessor runs inside `nbgrader autograde` only")
        return owner.coursedir

    def _root(self) -> Path:
        return find_course(Path(self._courses().root)).root


def _is_the_course_s(cell: Any) -> bool:
    """Whether nbgrader has put the course's own text into a cell, whatever a student wrote there."""
    marks = cell.metadata.get("nbgrader", {})
    return cell.cell_type == "code" and not marks.get("solution") and bool(marks.get("grade") or marks.get("locked"))


def _require_python(nb: Any, names: Any) -> None:
    language = nb.metadata.get("kernelspec", {}).get("language") or nb.metadata.get("language_info", {}).get("name")
    if language and str(language).lower() not in ("python", "python3", "ipython"):
        raise NotGraded(f"{names['notebook']}.ipynb is written in {language}: only Python is run in the sandbox")
