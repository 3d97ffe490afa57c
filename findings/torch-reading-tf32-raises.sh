#!/usr/bin/env bash
# Reading a setting raises, because another setting was written.
#
# Since PyTorch 2.9 there are two ways to say how precise float32 products must be: `torch.backends.cuda.matmul.allow_tf32` and
# `torch.set_float32_matmul_precision`, and the newer `fp32_precision`. Once a program has written the new one, merely *reading* the old ones
# raises RuntimeError, on a build without CUDA too. A library that saves and restores the old setting around its own work therefore
# fails in a program that it has nothing to do with.
#
# Seen with torch 2.13.0 on the CPU, Python 3.11. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "torch==2.13.0" "numpy<3"
"$folder/venv/bin/python" - <<'PYTHON'
import torch

print(f"torch {torch.__version__}, CUDA: {torch.version.cuda}")
print("before:", torch.backends.cuda.matmul.allow_tf32, torch.get_float32_matmul_precision())
torch.backends.cuda.matmul.fp32_precision = "tf32"
torch.backends.fp32_precision = "ieee"
for name, read in (
    ("torch.backends.cuda.matmul.allow_tf32", lambda: torch.backends.cuda.matmul.allow_tf32),
    ("torch.get_float32_matmul_precision()", torch.get_float32_matmul_precision),
):
    try:
        value = read()
    except RuntimeError as problem:
        print(f"after, {name}: RuntimeError: {str(problem).split('.')[0]}")
    else:
        raise AssertionError(f"{name} can be read now: {value}")
print("after, the new ones:", torch.backends.cuda.matmul.fp32_precision, torch.backends.fp32_precision)
PYTHON
