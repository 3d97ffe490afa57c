"""Heavy parts of packages are not imported for grading, and are there for whoever asks."""

from __future__ import annotations

import subprocess
import sys

GRADES = """
import sys, tempfile
import autograder.commands.grade
from autograder.gradebook.database import connect
connect(tempfile.mkdtemp() + "/book.db").dispose()
never = [name for name in ("rfc3987_syntax", "nbconvert", "jupyter_server", "nbgrader.apps") if name in sys.modules]
assert not never, f"imported without need: {never}"
left = [name for name, module in sys.modules.items() if type(module).__name__ == "_StandIn"]
assert not left, f"still standing there: {left}"

import jsonschema
conforms = jsonschema.FormatChecker().conforms
assert conforms("http://school.example/\\u00e9", "iri") and not conforms("ht tp://a", "iri")
import nbgrader, nbgrader.server_extensions.formgrader as real
assert nbgrader.load_formgrader is not real.load_jupyter_server_extension
assert hasattr(real, "handlers") or real.__file__
from nbgrader.apps import AutogradeApp
"""
ALREADY_THERE = """
import nbgrader.server_extensions.formgrader as real, rfc3987_syntax as grammar, sys
import autograder.commands.grade
from autograder.light_imports import jsonschema_without_grammar, nbgrader_without_server
nbgrader_without_server()
jsonschema_without_grammar()
assert sys.modules["rfc3987_syntax"] is grammar
assert sys.modules["nbgrader.server_extensions.formgrader"] is real
import nbgrader
assert nbgrader.load_formgrader is real.load_jupyter_server_extension
"""


def run(code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_what_grading_never_uses_is_not_imported() -> None:
    run(GRADES)


def test_what_is_there_already_stays() -> None:
    run(ALREADY_THERE)
