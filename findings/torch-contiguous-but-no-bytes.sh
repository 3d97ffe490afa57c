#!/usr/bin/env bash
# A contiguous tensor that cannot be viewed as bytes.
#
# The stride of a dimension of size 1 says nothing about where elements lie, so PyTorch calls a tensor contiguous whatever that stride is, and
# `contiguous()` gives it back as it is. `view(torch.uint8)`, the usual way to a tensor's bytes, looks at that very stride and raises. Code
# that serialises by `t.contiguous().view(torch.uint8)` works until somebody cuts a column with one row out of a matrix. A plain
# `clone()` keeps the stride as well; `clone(memory_format=torch.contiguous_format)` sets it.
#
# Seen with torch 2.13.0 on the CPU, Python 3.11. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "torch==2.13.0" "numpy<3"
"$folder/venv/bin/python" - <<'PYTHON'
import torch

column = torch.zeros(2, 12)[:-1, -1]
same = column.contiguous()
print(f"torch {torch.__version__}: shape {tuple(column.shape)}, stride {same.stride()}, contiguous: {same.is_contiguous()}")
assert same.is_contiguous() and same.stride() == (12,), "contiguous() sets the stride now"
try:
    same.view(torch.uint8)
except RuntimeError as problem:
    print(f"view(torch.uint8): {problem}")
else:
    raise AssertionError("it can be viewed as bytes now")
plain, asked = column.clone(), column.clone(memory_format=torch.contiguous_format)
print(f"clone(): stride {plain.stride()}; with memory_format=torch.contiguous_format: {asked.stride()}")
assert plain.stride() == (12,) and asked.stride() == (1,), "clone() keeps or sets other strides now"
assert asked.view(torch.uint8).numel() == 4
PYTHON
