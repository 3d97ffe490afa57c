"""``autograder import otter``: a course of otter-grader's, as nbgrader's and this engine's."""

from __future__ import annotations

from pathlib import Path

from autograder.authoring.otter.course import import_course


def import_otter(folder: Path, target: Path) -> int:
    """Write the course and tell what became of it; 0, for what could not be taken over is listed and not lost."""
    done = import_course(folder, target)
    for assignment in done:
        print(
            f"{assignment.name}: {assignment.questions} questions, {assignment.tests} tests, "
            f"{assignment.points:g} points -> {target / 'source' / assignment.name}"
        )
        for line in assignment.left:
            print(f"  not taken over  {line}")
    names = " ".join(assignment.name for assignment in done)
    print(f"\nnext, in {target}: nbgrader generate_assignment NAME  (for {names}), then autograder grade NAME")
    return 0
