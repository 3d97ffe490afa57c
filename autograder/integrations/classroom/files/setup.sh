#!/usr/bin/env bash
# Gradescope runs this once, when the image is built: installs the course's grader, in its tested versions.
# Any of Gradescope's Ubuntu images will do; 24.04 is the quickest, since it has a Python that is new enough.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

fits() { "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] < (3, 14))' 2>/dev/null; }
find_python() {
  for name in python3.12 python3.13 python3.11 python3; do
    if fits "$name"; then command -v "$name"; return; fi
  done
  return 1
}
add() { apt-get install -y -qq --no-install-recommends "$@" 2>/dev/null; }

python=$(find_python) || {
  apt-get update -qq
  add python3 python3-venv || true
  find_python >/dev/null || add python3.12 python3.12-venv || {  # Ubuntu 22.04 has 3.10 alone
    add software-properties-common && add-apt-repository -y ppa:deadsnakes/ppa && add python3.12 python3.12-venv
  } || true
  python=$(find_python) || {
    echo "The grader needs Python 3.11 to 3.13: choose Ubuntu 24.04 as the base image." >&2
    exit 1
  }
}
cd /autograder/source
"$python" -m venv /autograder/venv
/autograder/venv/bin/python -m pip install --quiet --constraint constraints.txt --editable .
# The answers and the seed are for the grader alone, also where this kernel lacks one of the sandbox's layers.
chmod -R go= autograder/bank .autograder
/autograder/venv/bin/autograder doctor || echo "This machine cannot confine students' code: nothing will be graded." >&2
