#!/usr/bin/env bash
# Making an optimizer imports PyTorch's compiler.
#
# `import torch` does not load torch._dynamo, the compiler's front end. Making a torch.optim.SGD, which compiles nothing, does: the first
# optimizer of a process loads hundreds of modules more. A server that forks once for each job pays for it in each fork, or
# carries the memory in every one of them, if it makes an optimizer before or after the fork.
#
# Seen with torch 2.13.0 on the CPU, Python 3.11. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "torch==2.13.0" "numpy<3"
"$folder/venv/bin/python" - <<'PYTHON'
import sys

import torch

layer = torch.nn.Linear(2, 2)
assert "torch._dynamo" not in sys.modules, "it is imported with torch itself now"
before = len(sys.modules)
torch.optim.SGD(layer.parameters(), lr=0.1)
more = len(sys.modules) - before
print(f"torch {torch.__version__}: one optimizer made, {more} modules more, torch._dynamo among them: {'torch._dynamo' in sys.modules}")
assert "torch._dynamo" in sys.modules, "an optimizer is made without the compiler now"
assert more > 300, f"only {more} modules more"
PYTHON
