"""More of all kinds: cells taken apart and put together, metadata rewritten, names bound in rarer ways, packages."""

from __future__ import annotations

from benchmarks.honest.draft import Draft, Habit
from benchmarks.honest.names_and_state import T01, T02, T03, T04, T05, T06, T07, T08, T09, T10, T11, T12, T13, T14, T15


def raw(nb: Draft) -> None:
    # whole notebook's metadata & code cell for one converted to raw then back w/out metadata
    c = nb.answer("sgd_step")
    i = nb.place("sgd_step")
    nb.cells.remove(c)
    nb.add(i, c.source)
    t = nb.place("test-sgd_step")
    s = nb.cells[t].source
    del nb.cells[t]
    nb.add(t, s)


def two_kernels(nb: Draft) -> None:
    nb.notebook.metadata["kernelspec"] = {
        "name": "conda-env-dl-py",
        "display_name": "Python [conda env:dl]",
        "language": "python",
    }
    nb.notebook.metadata["language_info"] = {"name": "python", "version": "3.8.2"}


def slides(nb: Draft) -> None:
    for c in nb.cells:
        c.metadata["slideshow"] = {"slide_type": "slide"}
        c.metadata["tags"] = ["hide"]
        c.metadata["scrolled"] = True


def nbgrader_old(nb: Draft) -> None:
    for c in nb.cells:
        m = c.metadata.get("nbgrader")
        if m:
            m.pop("task", None)
            m["schema_version"] = 1


def locked_changed(nb: Draft) -> None:
    for c in nb.cells:
        m = c.metadata.get("nbgrader")
        if m and m.get("solution"):
            m["locked"] = True


def solution_false(nb: Draft) -> None:
    for c in nb.cells:
        m = c.metadata.get("nbgrader")
        if m and m.get("solution") and c.cell_type == "code":
            m["solution"] = False


def grade_ids_renumbered(nb: Draft) -> None:
    for k, c in enumerate(nb.cells):
        m = c.metadata.get("nbgrader")
        if m:
            m["grade_id"] = f"cell-{k:08x}"


def swapped_ids(nb: Draft) -> None:
    a, b = nb.answer("tanh"), nb.answer("sigmoid")
    a.metadata["nbgrader"]["grade_id"], b.metadata["nbgrader"]["grade_id"] = "sigmoid", "tanh"


def markdown_and_back(nb: Draft) -> None:
    c = nb.answer("one_hot")
    c.metadata.clear()


def code_in_markdown_fence(nb: Draft) -> None:
    nb.say(0, "```python\ndef mse(a, b):\n    return 3\n```")


def setup_moved(nb: Draft) -> None:
    c = nb.cells[nb.place("setup")]
    nb.cells.remove(c)
    nb.cells.append(c)
    nb.add(0, c.source)


def merged_cells(nb: Draft) -> None:
    # Lab's "merge cells": answer + check + next answer in one, metadata of the first
    i = nb.place("conv_size")
    j = nb.place("as_dense")
    nb.cells[i].source = "\n\n".join(c.source for c in nb.cells[i : j + 1] if c.cell_type == "code")
    del nb.cells[i + 1 : j + 1]


def split_mid(nb: Draft) -> None:
    # class split in two: second part monkeypatches
    nb.write(
        "LogisticRegression",
        "class LogisticRegression(nn.Module):\n    def __init__(self, n_features):\n        super().__init__()\n        self.linear = nn.Linear(n_features, 1)\n    def forward(self, x):\n        return self.linear(x)",
    )
    nb.between(
        "LogisticRegression",
        "def proba(self, x):\n    return torch.sigmoid(self(x))\nLogisticRegression.proba = proba",
        "LogisticRegression.predict = lambda self, x: (self(x) > 0).long()",
    )


def reopened_class(nb: Draft) -> None:
    nb.write(
        "LogisticRegression",
        "class LogisticRegression(nn.Module):\n    def __init__(self, n_features):\n        super().__init__()\n        self.linear = nn.Linear(n_features, 1)\n    def forward(self, x):\n        return self.linear(x)",
    )
    nb.between(
        "LogisticRegression",
        "class LogisticRegression(LogisticRegression):\n    def proba(self, x):\n        return torch.sigmoid(self(x))",
        "class LogisticRegression(LogisticRegression):\n    def predict(self, x):\n        return (self(x) > 0).long()",
    )


def blank_methods_kept(nb: Draft) -> None:
    nb.between("TableDataset", nb.answer("TableDataset").source)
    nb.to_blank("TableDataset")


def half_blank(nb: Draft) -> None:
    # two functions in one question; student answers one in the blank cell and another in own cell above
    src = nb.answer("first_mismatch").source
    a, b = src.split("\n\n\n", 1)
    bl = nb.blank("first_mismatch").split("\n\n\n", 1)
    nb.write("first_mismatch", a + "\n\n\n" + bl[1])
    nb.above("first_mismatch", b)


def quiz_above(nb: Draft) -> None:
    nb.above(
        "slice_copy",
        "alias_quiz = dict(slice=True, slice_clone=False, from_numpy=True, torch_tensor=False, to_numpy=True, plus_zero=False)",
    )


def quiz_direct(nb: Draft) -> None:
    a = nb.answer("slice_copy").source.split("\n\n\n")[0]
    nb.write("slice_copy", a)
    nb.between(
        "slice_copy",
        "alias_quiz = dict(slice=True, slice_clone=False, from_numpy=True, torch_tensor=False, to_numpy=True, plus_zero=False)",
    )


def quiz_above_blank(nb: Draft) -> None:
    src = nb.answer("slice_copy").source.split("\n\n\n")
    bl = nb.blank("slice_copy").split("\n\n\n")
    nb.write("slice_copy", "\n\n\n".join([src[0], *bl[1:]]))
    nb.above(
        "slice_copy",
        "alias_quiz = dict(slice=True, slice_clone=False, from_numpy=True, torch_tensor=False, to_numpy=True, plus_zero=False)",
    )


def dict_above_blank(nb: Draft) -> None:
    nb.to_blank("int_ok")
    nb.above(
        "int_ok",
        "int_ok = dict(relu=True, sigmoid=True, tanh=True, leaky_relu=False, softmax=False, mean=False, requires_grad=False)",
    )


K = "cells and names of many kinds"
HABITS = (

 Habit("raw-and-back", K, T06,raw), Habit("conda-kernel", K, T06,two_kernels), Habit("slides", K, T06,slides), Habit("old-schema", K, T06,nbgrader_old),
 Habit("locked-changed", K, T03,locked_changed), Habit("solution-false", K, T03,solution_false), Habit("ids-renumbered", K, T03,grade_ids_renumbered), Habit("half-blank", K, T03,half_blank),
 Habit("swapped-ids", K, T04,swapped_ids), Habit("marks-of-one-gone", K, T05,markdown_and_back), Habit("fence", K, T05,code_in_markdown_fence), Habit("setup-moved", K, T05,setup_moved),
 Habit("merged-cells", K, T15,merged_cells), Habit("class-patched", K, T08,split_mid), Habit("class-reopened", K, T08,reopened_class), Habit("class-below-blank", K, T10,blank_methods_kept),
 Habit("quiz-above", K, T01,quiz_above), Habit("quiz-direct", K, T01,quiz_direct), Habit("quiz-above-blank", K, T01,quiz_above_blank), Habit("dict-above-blank", K, T01,dict_above_blank),
 Habit("rich-print", K, T04,lambda nb:(nb.first("from rich import print"),nb.edit("softmax","    return","    print(x)\n    return"))),
 Habit("icecream", K, T04,lambda nb:(nb.first("try:\n    from icecream import ic\nexcept ImportError:\n    ic = lambda *a: None"),nb.edit("sigmoid","    return","    ic(x)\n    return"))),
 Habit("einops-import", K, T15,lambda nb:nb.begin("convolve","import einops\nfrom einops import rearrange")),
 Habit("polars-plotly", K, T10,lambda nb:nb.begin("twins","import polars as pl\nimport plotly.express as px\nfrom sklearn.model_selection import train_test_split")),
 Habit("lightning", K, T10,lambda nb:nb.begin("make_loaders","import pytorch_lightning as L\nimport lightning\nfrom torchmetrics import Accuracy\nimport torchtext, torchaudio")),
 Habit("kagglehub", K, T10,lambda nb:nb.first("import kagglehub\npath = kagglehub.dataset_download('x/y')\nprint(path)")),
 Habit("dotenv-requests", K, T14,lambda nb:nb.begin("tokenise","import requests, nltk\nfrom dotenv import load_dotenv\nnltk.download('punkt')\nr = requests.get('https://example.org')")),
 Habit("spacy-transformers", K, T14,lambda nb:nb.begin("build_vocab","import spacy\nfrom transformers import AutoTokenizer\ntok = AutoTokenizer.from_pretrained('bert')")),
 Habit("gradio", K, T14,lambda nb:nb.last("import gradio as gr\ngr.Interface(fn=tokenise, inputs='text', outputs='text').launch()")),
 Habit("time-limit-decorator", K, T12,lambda nb:nb.begin("escape","import signal\nsignal.signal(signal.SIGALRM, lambda *a: None)\nsignal.alarm(100)")),
 Habit("nested-event-loop", K, T12,lambda nb:nb.first("import nest_asyncio, asyncio\nnest_asyncio.apply()")),
 Habit("walrus-global", K, T12,lambda nb:nb.last("print(regime := 3, escape := 4)")),
 Habit("type-alias-names", K, T13,lambda nb:nb.last("type_ = int\nfreeze: bool = True\nsave: str\nrestore: 'x' = 1")),
 Habit("except-as-name", K, T13,lambda nb:nb.last("try:\n    1 / 0\nexcept ZeroDivisionError as finetune:\n    pass")),
 Habit("import-as-name", K, T13,lambda nb:nb.last("import math as freeze\nfrom copy import copy as save")),
 Habit("class-as-name", K, T09,lambda nb:nb.last("class train_231:\n    pass\n\nasync def dead_units():\n    ...\ndead_units")),
 Habit("star-unpack-name", K, T09,lambda nb:nb.last("first, *label_floor = [1, 2, 3]\n(Net231, (fit_bump, x)) = 1, (2, 3)")),
 Habit("for-else-name", K, T11,lambda nb:nb.last("for i, fit in enumerate('ab'):\n    pass\nelse:\n    evaluate = 1\nwith open('x', 'w') as diagnose:\n    pass")),
 Habit("setattr-main", K, T11,lambda nb:nb.last("import sys\nsetattr(sys.modules['__main__'], 'encode', 3)\nglobals().update(rmse_usd=1)")),
 Habit("exec-name", K, T02,lambda nb:nb.last("exec('curve = 3')\nlocals()['partials'] = 2")),
 Habit("run-file-name", K, T02,lambda nb:(nb.files.update({"x.py":"curve = 3\npartials = 4\n"}),nb.last("%run x.py"))),
 Habit("loadpy-name", K, T02,lambda nb:nb.last("%run -i nothere.py","from math import *\nimport math\nvars(math).update(sqrt=3)")),
 Habit("torch-function-replaced", K, T07,lambda nb:nb.last("torch.zeros = lambda *a, **k: None\ntorch.cat = 3\nF.mse_loss = None")),
 Habit("math-replaced", K, T08,lambda nb:nb.last("math.log = lambda x: 0\nimport builtins\nbuiltins.len = lambda x: 3")),
 Habit("nn-linear-subclass", K, T09,lambda nb:nb.last("class Linear(nn.Linear):\n    def reset_parameters(self):\n        nn.init.zeros_(self.weight)\n        nn.init.zeros_(self.bias)\nnn.Linear = Linear")),
 Habit("init-patched-top", K, T09,lambda nb:nb.first("_init = nn.Linear.reset_parameters\ndef noisy(self):\n    _init(self)\n    print('new layer', self)\nnn.Linear.reset_parameters = noisy")),
 Habit("module-call-patched", K, T13,lambda nb:nb.first("_call = nn.Module.__call__\ndef spy(self, *a, **k):\n    out = _call(self, *a, **k)\n    return out\nnn.Module.__call__ = spy")),
 Habit("tensor-eq-patched", K, T01,lambda nb:nb.last("torch.Tensor.__eq__ = lambda a, b: True\ntorch.Tensor.__hash__ = lambda s: 1")),
 Habit("lovely-tensors", K, T01,lambda nb:nb.first("import lovely_tensors as lt\nlt.monkey_patch()")),
 Habit("tensor-method-added", K, T01,lambda nb:(nb.first("torch.Tensor.mean_f = lambda self: self.float().mean() if not self.is_floating_point() else self.mean()"),nb.write("safe_mean","def safe_mean(t):\n    return t.mean_f()"))),
 Habit("wrong-half", "wrong", T03,lambda nb:(half_blank(nb),nb.cells.pop(nb.place("first_mismatch") - 1)),("first_mismatch",)),
 Habit("wrong-swapped", "wrong", T04,lambda nb:(swapped_ids(nb),nb.edit("tanh","0.5","0.4")),("sigmoid",)),
 Habit("wrong-merged", "wrong", T15,lambda nb:(nb.edit("conv_size","n + 2","n + 1"),merged_cells(nb)),("conv_size",)),
 Habit("wrong-reopened", "wrong", T08,lambda nb:(reopened_class(nb),nb.last("x=1"),[c.update(source=c.source.replace("> 0","< 0")) for c in nb.cells if "LogisticRegression(LogisticRegression)" in c.source]),("LogisticRegression",)),
 Habit("wrong-dict", "wrong", T01,lambda nb:(dict_above_blank(nb),[c.update(source=c.source.replace("mean=False","mean=True")) for c in nb.cells if c.source.startswith("int_ok = ")]),("int_ok",)),
)  # fmt: skip
