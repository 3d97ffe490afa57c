"""``autograder classroom feedback``: a page for each student, as files, or on a branch of the student's repository."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from autograder.course.configuration import course_here
from autograder.errors import UsageError
from autograder.exporters.markdown import student_page
from autograder.exporters.recorded import grades_file, read_grades
from autograder.results import Grade, Ungraded
from autograder.submission.find import find_clones, shown
from autograder.submission.git import GitError, git

_FOOTER = "Graded by your teacher's side, on more inputs than `check` shows. Nothing but the notebook was looked at."
_AUTHOR = {
    "GIT_AUTHOR_NAME": "Autograder", "GIT_AUTHOR_EMAIL": "autograder@localhost",
    "GIT_COMMITTER_NAME": "Autograder", "GIT_COMMITTER_EMAIL": "autograder@localhost",
}  # fmt: skip
# Whoever runs this may push: by their own git settings, and over no protocol that starts a program.
_PUSHING = {"GIT_ALLOW_PROTOCOL": "file:https:ssh", "GIT_TERMINAL_PROMPT": "0"}


def feedback_command(options: argparse.Namespace) -> int:
    """Write or push the pages; 0, or 1 if a page could not be pushed."""
    assignment = options.assignment
    if (options.branch is None) != (options.clones is None) or (options.branch is None and options.output is None):
        raise UsageError("say --output DIR for files, or --clones DIR and --branch NAME for branches, or both")
    results, _device = read_grades(options.grades or grades_file(course_here(), assignment), assignment)
    pages = {result.student: page_of(result) for result in results}
    if options.output is not None:
        for student, page in pages.items():
            target = options.output / student / f"{assignment}.md"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(page, "utf-8", errors="replace")
        print(f"{len(pages)} pages in {options.output}")
    failed = 0
    if options.branch is not None:
        clones = find_clones(assignment, options.clones)
        for student in sorted(pages.keys() & clones.keys()):
            try:
                push_page(clones[student], options.branch, pages[student], f"Feedback on {assignment}")
            except GitError as problem:
                failed += 1
                print(f"autograder: {student}: no feedback was pushed: {shown(problem)}", file=sys.stderr)
        print(f"feedback pushed to {len(pages.keys() & clones.keys()) - failed} repositories, branch {options.branch}")
    return int(failed > 0)


def page_of(result: Grade | Ungraded) -> str:
    """What the student reads."""
    return student_page(result, result.assignment, footer=_FOOTER)


def push_page(clone: Path, branch: str, page: str, message: str) -> None:
    """Push ``FEEDBACK.md`` to ``branch`` of where ``clone`` came from.

    From a fresh repository: nothing of the clone is used but the address of its origin.

    Raises:
        GitError: it could not be pushed.
    """
    url = git(clone, "config", "--local", "--get", "remote.origin.url").decode("utf-8", "replace").strip()
    with tempfile.TemporaryDirectory(prefix="feedback-") as folder:
        _own(folder, "init", "--quiet", "--bare", ".")
        parents: list[str] = []
        try:
            _own(folder, "fetch", "--quiet", "--depth=1", "--", url, f"refs/heads/{branch}")
            parents = ["-p", _own(folder, "rev-parse", "FETCH_HEAD").strip()]
        except GitError:
            pass  # the first feedback
        blob = _own(folder, "hash-object", "-w", "--stdin", stdin=page).strip()
        tree = _own(folder, "mktree", stdin=f"100644 blob {blob}\tFEEDBACK.md\n").strip()
        commit = _own(folder, "commit-tree", tree, *parents, "-m", message).strip()
        _own(folder, "push", "--quiet", "--", url, f"{commit}:refs/heads/{branch}")


def _own(folder: str, *arguments: str, stdin: str = "") -> str:
    """git in a repository of our own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    done = subprocess.run(
        ["git", "-c", "core.hooksPath=/dev/null", *arguments],
        cwd=folder,
        input=stdin.encode("utf-8", "replace"),
        capture_output=True,
        env=environment | _AUTHOR | _PUSHING,
        check=False,
    )
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().splitlines()
        raise GitError(f"git {arguments[0]}: {said[-1] if said else done.returncode}")
    return done.stdout.decode("utf-8", "replace")
