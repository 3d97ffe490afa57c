"""Two teachers of one group: neither shuts a student's folder to the other."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from autograder.nbgrader.shared_folders import share_student_folders


@pytest.mark.parametrize(("mode", "wanted"), [(0o2775, 0o2775), (0o755, 0o755)], ids=["a group's", "one teacher's"])
@pytest.mark.parametrize("part", ["autograded", "feedback"])
def test_a_students_folder_is_shared_where_the_course_is(part: str, mode: int, wanted: int, tmp_path: Path) -> None:
    folder = tmp_path / part / "ada"
    folder.mkdir(parents=True)
    folder.chmod(0o755)
    folder.parent.chmod(mode)
    share_student_folders(
        assignment="hw1", student="*", notebooks=[str(tmp_path / "autograded" / "ada" / "hw1" / "hw1.ipynb")]
    )
    assert stat.S_IMODE(folder.stat().st_mode) == wanted
