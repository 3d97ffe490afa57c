#!/usr/bin/env bash
# A contiguous tensor that cannot be viewed as bytes.
#
# The stride of a dimension of size 1 says nothing about where elements lie, so PyTorch calls a tensor contiguous whatever that stride is, and
# `contiguous()` gives it back as it is. `view(torch.uint8)`, the usual way to a tensor's bytes, looks at that very stride and raises. Code
# that serialises by `t.contiguous().view(torch.uint8)` works until somebody cuts a column with one row out of a matrix. `clone()` with
# memory_format=torch.contiguous_format keeps the stride too; `t.reshape(-1).clone()` does as well, and `torch.empty(shape).copy_(t)` does not.
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
assert torch.empty(same.shape).copy_(same).view(torch.uint8).numel() == 4
for name, copy in (
    ("clone(memory_format=torch.contiguous_format)", same.clone(memory_format=torch.contiguous_format)),
    ("reshape(-1).clone()", same.reshape(-1).clone()),
):
    print(f"{name}: stride {copy.stride()}")
PYTHON
