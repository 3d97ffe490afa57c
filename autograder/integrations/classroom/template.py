"""``autograder classroom template``: the repository that students start from, and the bundle for Classroom 50.

Nothing secret is in either: every file, and every file inside the wheels, is searched for answers and hidden tests
before anything is written.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from autograder.authoring.release.leaks import find_leaks
from autograder.authoring.release.visible_code import NotReleasable
from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.configuration import course_here
from autograder.course.layout import PACKAGE, Course
from autograder.errors import UsageError
from autograder.integrations.classroom.alone import standing_alone
from autograder.integrations.classroom.installer import raw_address, with_installer

Files = dict[PurePosixPath, bytes]

FILES = Path(__file__).resolve().parent / "files"
PACKAGING = PACKAGE.parent / "packaging"
_FOR_STUDENTS = ("jupyterlab", "ipykernel", "numpy", "pandas", "matplotlib", "torch")
# On Linux the default wheels of PyTorch bring some gigabytes of CUDA, which no exercise needs: here they are without.
CPU_INDEX = "--extra-index-url https://download.pytorch.org/whl/cpu"
_TEXTS = (".py", ".json", ".ipynb", ".txt", ".yml", ".md", ".toml", ".csv")


def template_command(name: str, folder: Path, wheels: Path | None, repository: str | None = None) -> int:
    """Write the template repository of an assignment into ``folder``, which must be empty or new."""
    course = course_here()
    raw_address(repository, "")  # refused before the wheels are built
    files = template_files(course, load_assignment(name).name, _wheels(course, wheels), repository)
    _write(files, folder)
    print(f"the template repository of {name} is in {folder}: {len(files)} files, nothing secret found in them")
    return 0


def classroom50_command(name: str, folder: Path, wheels: Path | None) -> int:
    """Write the autograder for Classroom 50 into ``folder``, which is CLASSROOM/autograders/ASSIGNMENT there."""
    load_assignment(name)
    course = course_here()
    files = {PurePosixPath("autograder.py"): filled("autograder50.py", name)}
    files |= _installation(course, _wheels(course, wheels), PurePosixPath("."))
    _refuse_leaks(files)
    _write(files, folder)
    print(f"the autograder of {name} for Classroom 50 is in {folder}")
    return 0


def wheels_command(folder: Path) -> int:
    """Write what students install into ``folder``, which must be empty or new: with this course's recorded checks."""
    files = {PurePosixPath(wheel.name): wheel.read_bytes() for wheel in _wheels(course_here(), None)}
    _refuse_leaks(files)
    _write(files, folder)
    print(f"in {folder}: {' and '.join(map(str, files))}, nothing secret found in them")
    return 0


def template_files(course: Course, name: str, wheels: list[Path], repository: str | None = None) -> Files:
    """Every file of the template repository.

    Args:
        repository: its address on GitHub, for notebooks that are opened alone.

    Raises:
        NotReleasable: the assignment is not released, or something secret is in a file.
    """
    released = course.root / "release" / name
    if not (released / f"{name}.ipynb").is_file():
        raise NotReleasable(f"there is no release/{name}/{name}.ipynb: run `autograder release {name}`")
    files: Files = {
        PurePosixPath("README.md"): filled("README.md", name),
        PurePosixPath(".gitignore"): filled("gitignore", name),
        PurePosixPath(".github/workflows/classroom.yml"): filled("classroom.yml", name),
        PurePosixPath(".devcontainer/devcontainer.json"): filled("devcontainer.json", name),
        PurePosixPath(".devcontainer/Dockerfile"): filled("Dockerfile", name),
    }
    for path in sorted(path for path in released.rglob("*") if path.is_file()):
        held = path.read_bytes()
        inside = path.relative_to(released).as_posix()
        files[PurePosixPath(inside)] = standing_alone(held) if path.suffix == ".ipynb" else held
    for path in data_of(course, name):
        files[PurePosixPath("datasets") / path.name] = path.read_bytes()
    files |= _installation(course, wheels, PurePosixPath(".autograder"))
    student = next(path for path in files if path.name.startswith("firststeps_autograder_student-"))
    notebook = PurePosixPath(f"{name}.ipynb")
    files[notebook] = with_installer(files[notebook], str(student), CPU_INDEX, repository)
    wanted = ["# Installs JupyterLab and the checks: python -m pip install -r requirements.txt"]
    wanted += [CPU_INDEX, "--constraint .autograder/constraints.txt", f"./{student}", *_FOR_STUDENTS]
    files[PurePosixPath("requirements.txt")] = _lines(wanted)
    _refuse_leaks(files)
    return files


def data_of(course: Course, name: str) -> list[Path]:
    """The data sets that an assignment needs: those its notebook names, and those whose card names it."""
    folder = course.root / "datasets"
    notebook = (course.root / "release" / name / f"{name}.ipynb").read_text("utf-8")
    card = folder / "README.md"
    rows = [line for line in card.read_text("utf-8").splitlines() if f"`{name}`" in line] if card.is_file() else []
    return [
        path
        for path in sorted(folder.glob("*.csv"))
        if f"datasets/{path.name}" in notebook or any(f"`{path.name}`" in row for row in rows)
    ]


def _installation(course: Course, wheels: list[Path], folder: PurePosixPath) -> Files:
    """The wheels, what CI installs, and the versions of everything, as they were tested."""
    files: Files = {folder / wheel.name: wheel.read_bytes() for wheel in wheels}
    constraints = course.root / "constraints.txt"
    pins = constraints.read_text("utf-8") if constraints.is_file() else ""
    files[folder / "constraints.txt"] = pins.encode("utf-8")
    # A path in a file of requirements counts from where pip is started: the repository, or the bundle.
    paths = [f"./{folder / wheel.name}" for wheel in wheels]
    wanted = ["# What CI installs.", CPU_INDEX, "--constraint constraints.txt", *paths]
    files[folder / "requirements-ci.txt"] = _lines(wanted)
    return files


def _wheels(course: Course, folder: Path | None) -> list[Path]:
    """The two wheels in ``folder``, or built from ``packaging/`` with the course's recorded checks."""
    if folder is not None:
        return _both(folder)
    if not PACKAGING.is_dir():
        raise UsageError(f"there is no {PACKAGING} to build the student's wheel from: name a folder with --wheels")
    return _both(build_wheels(Path(tempfile.mkdtemp(prefix="wheels-")), course.own_checks))


def build_wheels(folder: Path, own_checks: Path | None = None) -> Path:
    """Build the student's wheel and that of CI into ``folder``.

    Args:
        own_checks: what a course has recorded for itself, in place of what the package ships.
    """
    with tempfile.TemporaryDirectory(prefix="wheels-from-") as scratch:
        packaging = PACKAGING if own_checks is None else _with_own_checks(Path(scratch), own_checks)
        sources = [str(packaging / part) for part in ("student", "ci")]
        command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", str(folder), *sources]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        said = [line for line in done.stderr.splitlines() if line.strip()]
        raise NotReleasable("the student's wheel cannot be built:\n  " + "\n  ".join(said[-8:]))
    return folder


def _with_own_checks(scratch: Path, own: Path) -> Path:
    """A copy of what the wheels are built from, in which a course's recorded checks are in the place of ours."""
    shutil.copytree(PACKAGING, scratch / "packaging")
    shutil.copytree(PACKAGE, scratch / "autograder", ignore=shutil.ignore_patterns("bank", "__pycache__"))
    generated = scratch / "autograder" / "student" / "generated"
    for visible in (own / "visible").iterdir():
        shutil.rmtree(generated / "visible" / visible.name, ignore_errors=True)
    shutil.copytree(own, generated, ignore=shutil.ignore_patterns("__pycache__"), dirs_exist_ok=True)
    return scratch / "packaging"


def _both(folder: Path) -> list[Path]:
    names = ("firststeps_autograder_student", "firststeps_autograder_student_ci")
    found = [max(folder.glob(f"{name}-*.whl"), default=None) for name in names]
    if None in found:
        raise UsageError(
            f"{folder} must hold the wheels firststeps_autograder_student-*.whl and "
            "firststeps_autograder_student_ci-*.whl"
        )
    return [wheel for wheel in found if wheel is not None]


def _refuse_leaks(files: Files) -> None:
    texts = dict(_texts(files))
    found = list(find_leaks(texts, [load_assignment(name) for name in assignment_names()]))
    if found:
        raise NotReleasable("cannot be given to students:\n" + "\n".join(f"  {line}" for line in found))


def _texts(files: Files) -> Iterator[tuple[str, str]]:
    for path, content in files.items():
        if path.suffix == ".whl":
            with tempfile.TemporaryFile() as file:
                file.write(content)
                with zipfile.ZipFile(file) as wheel:
                    for name in wheel.namelist():
                        if name.endswith(_TEXTS):
                            yield f"{path}/{name}", wheel.read(name).decode("utf-8")
        elif path.suffix in _TEXTS:
            yield str(path), content.decode("utf-8")


def filled(file: str, name: str) -> bytes:
    """A file of this package's, with the assignment's name where it belongs."""
    text = (FILES / file).read_text("utf-8")
    return re.sub("@(ASSIGNMENT|NOTEBOOK)@", lambda m: f"{name}.ipynb" if m[1] == "NOTEBOOK" else name, text).encode()


def _lines(lines: list[str]) -> bytes:
    return ("\n".join(lines) + "\n").encode("utf-8")


def _write(files: Files, folder: Path) -> None:
    if folder.exists() and any(entry.name != ".git" for entry in folder.iterdir()):
        raise UsageError(f"{folder} is not empty; name a new folder, or an empty repository")
    for path, content in files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
