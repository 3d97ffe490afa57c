#!/usr/bin/env bash
# Gradescope runs this once, when the image is built: installs the course's grader, in its tested versions.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends python3 python3-venv
cd /autograder/source
python3 -m venv /autograder/venv
/autograder/venv/bin/python -m pip install --quiet --constraint constraints.txt --editable .
# The answers and the seed are for the grader alone, also where this kernel lacks one of the sandbox's layers.
chmod -R go= autograder/bank .autograder
/autograder/venv/bin/autograder doctor || echo "This machine cannot confine students' code: nothing will be graded." >&2
