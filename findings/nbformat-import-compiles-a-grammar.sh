#!/usr/bin/env bash
# `import nbformat` takes ten times as long as soon as a package that it never uses is installed beside it.
#
# nbformat imports jsonschema, and jsonschema, at its import, tries one optional package for each string format that a schema may name.
# One of them is rfc3987-syntax, which JupyterLab's dependencies bring (jupyter-events asks for jsonschema's extra "format-nongpl").
# That package compiles the whole grammar of IRIs, with Lark, when it is imported. The schema of notebooks names no such format. So every
# program that reads a notebook in an environment with JupyterLab pays for a parser that nobody asked for: it is most of what
# `nbgrader --version` computes.
#
# Seen with nbformat 5.10.4, jsonschema 4.26.0, rfc3987-syntax 1.1.0, lark 1.3.1, Python 3.11: 0.15 and 1.7 seconds of CPU. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
install() { "$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "$@"; }
cat > "$folder/timed.py" <<'PYTHON'
import sys, time

started = time.process_time()
import nbformat

print(f"{time.process_time() - started:.3f} {'lark' in sys.modules}")
PYTHON
fastest() { for _ in 1 2 3; do "$folder/venv/bin/python" "$folder/timed.py"; done | sort -n | head -1; }

install "nbformat==5.10.4" "jsonschema==4.26.0"
fastest >/dev/null  # compiles to bytecode
before=$(fastest)
install "rfc3987-syntax==1.1.0" "lark==1.3.1"
after=$(fastest)
echo "import nbformat, CPU seconds, and whether Lark was imported: alone $before, with rfc3987-syntax installed $after"
read -r alone grammar <<<"$before"
read -r beside with_grammar <<<"$after"
[ "$grammar $with_grammar" = "False True" ] || { echo "the grammar is compiled in other cases now"; exit 1; }
awk -v a="$alone" -v b="$beside" 'BEGIN { exit !(b > 4 * a) }' || { echo "it costs less now"; exit 1; }
