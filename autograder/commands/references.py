"""``autograder references``: the reference numbers, written to ``references/`` or computed again and compared."""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

from autograder.authoring.references import differences, references_of
from autograder.course.assignment import assignment_names, load_assignment
from autograder.course.layout import find_course

_LIST = re.compile(r"\[\s+([^\[\]{}]*?)\s+\]")


def _one_line_a_list(text: str) -> str:
    return _LIST.sub(lambda found: "[" + " ".join(found[1].split()) + "]", text)


def references_command(assignments: list[str], check: bool) -> int:
    """Write the numbers of ``assignments``, or all; with ``check`` compare. 0 if all is well, else 1."""
    folder = find_course(Path.cwd()).root / "references"
    failed = False
    for name in assignments or assignment_names():
        path = folder / f"{name}.json"
        if check and not path.is_file():
            print(f"{name}: there are no references yet; run `autograder references {name}`", file=sys.stderr)
            failed = True
            continue
        made = references_of(load_assignment(name))
        tests = [test for question in made["questions"].values() for test in question.values()]
        if not check:
            folder.mkdir(exist_ok=True)
            path.write_text(_one_line_a_list(json.dumps(made, indent=1)) + "\n", "utf-8")
            print(f"{name}: {len(tests)} tests written", flush=True)
            continue
        old = json.loads(path.read_text("utf-8"))
        faults = list(differences(old, made))
        failed = failed or bool(faults)
        for fault in faults:
            print(f"{name}: {fault}", file=sys.stderr)
        if not faults:
            with_ = ", ".join(f"{key} {value}" for key, value in old["made_with"].items())
            print(f"{name}: {len(tests)} tests as they were ({with_})", flush=True)
    return 1 if failed else 0
