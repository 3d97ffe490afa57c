"""The version of the students' wheels: the package's, and a digest of their files: a mended check is a new version."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parents[1] / "autograder"


def _files(wheel: str) -> list[Path]:
    """What the pyproject.toml of a wheel takes from the package, in order."""
    text = (Path(__file__).resolve().parent / wheel / "pyproject.toml").read_text("utf-8")
    chosen = [_PACKAGE / name for name in re.findall(r'^"\.\./\.\./autograder/([^"]+)"', text, re.M)]
    files = [file for path in chosen for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()]
    return sorted(file for file in files if "__pycache__" not in file.parts)


def _digest() -> str:
    """Eight hexadecimal digits of everything in the wheels (both: they are released together)."""
    digest = hashlib.sha256()
    for file in sorted({*_files("student"), *_files("ci")}):
        digest.update(f"{file.relative_to(_PACKAGE).as_posix()}\0".encode())
        digest.update(file.read_bytes())
    return digest.hexdigest()[:8]


_base = re.search(r'__version__ = "([^"]+)"', (_PACKAGE / "version.py").read_text("utf-8"))
assert _base is not None
__version__ = f"{_base[1]}+{_digest()}"
