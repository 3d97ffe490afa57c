#!/usr/bin/env bash
# `import pandas` starts a thread, if another package is installed.
#
# pandas imports pyarrow where it finds it, and pyarrow's allocator starts a background thread when it is loaded. So the same program has one thread on
# one machine and two on another, by a package that it never names: enough for `unshare(CLONE_NEWUSER)` to fail, and for Python 3.12's warning at
# `fork`. numpy's own threads are kept out of the count.
#
# Seen with pandas 3.1.1 and pyarrow 26.0.1 on Linux, Python 3.11. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "pandas==3.1.1" "numpy<3"
count='
import os, sys
import pandas
threads = [open(f"/proc/self/task/{task}/comm").read().strip() for task in os.listdir("/proc/self/task")]
print("pandas", pandas.__version__, "and pyarrow" if "pyarrow" in sys.modules else "alone", threads)
sys.exit(len(threads))
'
threads() { OPENBLAS_NUM_THREADS=1 "$folder/venv/bin/python" -c "$count"; }  # their number is the exit code
without=0; threads || without=$?
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "pyarrow==26.0.1"
with=0; threads || with=$?
[ "$without" = 1 ] || { echo "pandas alone has $without threads"; exit 1; }
[ "$with" -gt 1 ] || { echo "with pyarrow there is one thread only, now"; exit 1; }
