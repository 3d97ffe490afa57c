#!/usr/bin/env bash
# The old constructors see neither the default device nor a function mode.
#
# Inside `with torch.device("meta")` torch.zeros(2) lands on meta, but torch.FloatTensor(2), torch.LongTensor([1]) and even torch.Tensor(2) land on
# the CPU, without a warning, and a TorchFunctionMode, which is shown every function that makes or takes tensors, is shown none of the
# three. So a check of "does this code follow the device?" that works through either is blind to code of the old days.
#
# Seen with torch 2.13.0 on the CPU, Python 3.11. Fails if that changes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/python" -m pip install --quiet --disable-pip-version-check "torch==2.13.0" "numpy<3"
"$folder/venv/bin/python" - <<'PYTHON'
import torch
from torch.overrides import TorchFunctionMode


class Seen(TorchFunctionMode):
    def __init__(self):
        super().__init__()
        self.names = []

    def __torch_function__(self, func, types, args=(), kwargs=None):
        self.names.append(getattr(func, "__name__", "?"))
        return func(*args, **(kwargs or {}))


makers = {
    "torch.zeros(2)": lambda: torch.zeros(2),
    "torch.FloatTensor(2)": lambda: torch.FloatTensor(2),
    "torch.LongTensor([1])": lambda: torch.LongTensor([1]),
    "torch.Tensor(2)": lambda: torch.Tensor(2),
}
print(f"torch {torch.__version__}, inside torch.device('meta') and a function mode:")
for name, make in makers.items():
    with torch.device("meta"), Seen() as seen:
        made = make()
    device = made.device.type
    print(f"  {name:24} lands on {device:5} the mode saw: {seen.names or 'nothing'}")
    new = name == "torch.zeros(2)"
    assert device == ("meta" if new else "cpu"), name
    assert bool(seen.names) == new, name
PYTHON
