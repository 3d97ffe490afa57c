#!/usr/bin/env bash
# One student who copied a test cell ends `nbgrader autograde` for the whole class, with words about an old version.
#
# Copying a cell in an editor copies its metadata, so two cells then have one grade_id. nbgrader has a preprocessor for that: DeduplicateIds
# warns, and takes the duplicate's nbgrader metadata away. But it leaves an empty dictionary in their place. The check of versions that comes
# next looks for a schema_version in it, finds none, and takes the notebook for one of an old format. Unlike other failures of
# one submission, that error is not passed over: the run ends, and those who come later in the alphabet are not graded.
# The advice that is printed, `nbgrader update .`, is about files of the instructor's, which are not old.
#
# Seen with nbgrader 0.9.6, Python 3.11. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "nbgrader==0.9.6" "jupyterlab==4.6.6" "sqlalchemy==2.1.9"
export PATH="$folder/venv/bin:$PATH" HOME="$folder"
cd "$folder"
nbgrader quickstart course >/dev/null 2>&1
cd course
nbgrader generate_assignment ps1 >/dev/null 2>&1
for student in ada bob; do
  mkdir -p "submitted/$student"
  cp -r release/ps1 "submitted/$student/"
done
python - <<'PYTHON'
import copy

import nbformat

path = "submitted/ada/ps1/problem2.ipynb"
notebook = nbformat.read(path, 4)
place = next(k for k, cell in enumerate(notebook.cells) if cell.metadata.get("nbgrader", {}).get("grade"))
twin = copy.deepcopy(notebook.cells[place])
twin.pop("id", None)
notebook.cells.insert(place + 1, nbformat.from_dict(twin))
nbformat.write(notebook, path)
PYTHON
code=0
nbgrader autograde ps1 >said.txt 2>&1 || code=$?
grep -E "exists multiple times|old version" said.txt
graded=$(find autograded -name "*.ipynb" | cut -d/ -f2 | sort -u | tr '\n' ' ')
echo "exit $code; graded: ${graded:-nobody}"
[ "$code" != 0 ] && [ -z "$graded" ] || { echo "bob is graded now"; exit 1; }
grep -q "old version" said.txt || { echo "it says something else now"; exit 1; }
