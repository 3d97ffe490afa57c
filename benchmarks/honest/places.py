"""Habits with where an answer stands, and with what editors, converters and merges make of a notebook."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

import nbformat

from benchmarks.honest.draft import Draft, Habit, grade_id_of
from benchmarks.honest.names_and_state import T01, T02, T03, T04, T05, T06, T07, T08, T09, T10, T11, T12, T13, T14, T15

ELSEWHERE, ORDER, MARKS, MERGED = "an answer elsewhere", "cells added or moved", "metadata changed", "merged"
NO_MARKS = "nbgrader knows a cell by its metadata alone"
OVERWRITES = "nbgrader writes its own test cell over the student's"
BLANKED = {"stock": "to Python the blank below replaces it", "kernel": "the same; `check` takes the answer"}
NOT_SHOWN = "no test cell is there to show it"


def _moved(question: str, where: Callable[[Draft], int]) -> Callable[[Draft], None]:
    def change(nb: Draft) -> None:
        source = nb.to_blank(question)
        nb.add(where(nb), source)

    return change


def _all_in_one(nb: Draft) -> None:
    solved = [
        cell for cell in nb.cells if cell.metadata.get("nbgrader", {}).get("solution") and cell.cell_type == "code"
    ]
    sources = [nb.to_blank(grade_id_of(cell)) for cell in solved]
    nb.first("\n\n".join(sources))


def _into_the_test(nb: Draft) -> None:
    source = nb.to_blank("perceptron_update")
    test = nb.cells[nb.place("test-perceptron_update")]
    test.source = f"{source}\n\n{test.source}"


def _split(question: str) -> Callable[[Draft], None]:
    """Each definition of an answer in a cell of its own."""

    def change(nb: Draft) -> None:
        first, *rest = re.split(r"\n\n\n(?=def |class |try:)", nb.answer(question).source)
        assert rest
        nb.write(question, first)
        nb.between(question, *rest)

    return change


def _doubled(nb: Draft) -> None:
    nb.cells.insert(nb.place("nll") + 1, nbformat.from_dict(json.loads(json.dumps(nb.answer("nll")))))


def _without_metadata(nb: Draft) -> None:
    for cell in nb.cells:
        cell.metadata.clear()


def _new_ids(nb: Draft) -> None:
    for number, cell in enumerate(nb.cells):
        cell.id = f"x{number}"


def _saved_by(kind: str) -> Callable[[Draft], None]:
    """As other programs save a notebook again."""

    def change(nb: Draft) -> None:
        meta = nb.notebook.metadata
        for number, cell in enumerate(nb.cells):
            own = {
                "colab": {"id": f"c{number}", "outputId": "7f", "colab": {"base_uri": "https://localhost:8080/"}},
                "vscode": {"vscode": {"languageId": "python"}, "tags": []},
                "kaggle": {
                    "trusted": True,
                    "_uuid": f"{number:032x}",
                    "execution": {"iopub.status.busy": "2026-11-01"},
                },
                "databricks": {"application/vnd.databricks.v1+cell": {"nuid": f"{number}", "title": ""}},
                "deepnote": {"cell_id": f"{number:032x}", "deepnote_cell_type": "code"},
            }[kind]
            if kind in ("databricks", "deepnote"):
                cell.metadata.clear()
            cell.metadata.update(own)
        meta["kernelspec"] = {"name": f"{kind}-env", "display_name": f"Python of {kind}"}
        if kind == "databricks":
            meta.pop("kernelspec")
            meta["application/vnd.databricks.v1+notebook"] = {"language": "python", "notebookName": nb.assignment}
        nb.notebook.nbformat_minor = 4 if kind != "colab" else 0
        for cell in nb.cells:
            cell.pop("id", None)

    return change


def _jupytext(nb: Draft) -> None:
    """Through a script and back: no ids, no metadata, no outputs, magics commented out and back."""
    _without_metadata(nb)
    nb.notebook.metadata = nbformat.from_dict(
        {"jupytext": {"formats": "ipynb,py:percent"}, "kernelspec": nb.notebook.metadata["kernelspec"]}
    )
    for cell in nb.cells:
        cell.source = cell.source.rstrip() + "\n"


def _format_3(nb: Draft) -> None:
    cells = []
    for cell in nb.cells:
        if cell.cell_type == "code":
            cells.append({"cell_type": "code", "input": cell.source, "outputs": [], "collapsed": False, "language": "python",
                          "metadata": dict(cell.metadata), "prompt_number": 3})  # fmt: skip
        else:
            cells.append({"cell_type": cell.cell_type, "source": cell.source, "metadata": dict(cell.metadata)})
    nb.text = json.dumps({"metadata": {"name": nb.assignment}, "nbformat": 3, "nbformat_minor": 0,
                          "worksheets": [{"cells": cells, "metadata": {}}]})  # fmt: skip


def _as_lines(nb: Draft) -> None:
    """With a byte order mark, Windows line ends and sources as lists."""
    node = json.loads(nbformat.writes(nb.notebook))
    for cell in node["cells"]:
        cell["source"] = [line.replace("\n", "\r\n") for line in "".join(cell["source"]).splitlines(keepends=True)]
    nb.text = "\ufeff" + json.dumps(node)


def _test_deleted(nb: Draft) -> None:
    del nb.cells[nb.place("test-finetune")]


def _conflict_beside(nb: Draft) -> None:
    """An unresolved merge in a scratch cell touches no question."""
    nb.last("<<<<<<< HEAD\nprint('mine')\n=======\nprint('theirs')\n>>>>>>> origin/main")


def _reordered(nb: Draft) -> None:
    """The last question is done first."""
    at = nb.place("before_after")
    pair = nb.cells[at : at + 2]
    del nb.cells[at : at + 2]
    nb.cells[nb.place("sgd_step") : nb.place("sgd_step")] = pair


HABITS = (
    Habit("own-cell-above", ELSEWHERE, T06, _moved("sgd_step", lambda nb: nb.place("sgd_step")), unlike=BLANKED),
    Habit("own-cell-below-the-blank", ELSEWHERE, T08, _moved("boundary", lambda nb: nb.place("boundary") + 1)),
    Habit("at-the-top", ELSEWHERE, T11, _moved("diagnose", lambda nb: nb.place("setup") + 1), unlike=BLANKED),
    Habit("class-above-its-blank", ELSEWHERE, T10, _moved("TableDataset", lambda nb: nb.place("TableDataset")), unlike=BLANKED),
    Habit("all-answers-in-one-cell", ELSEWHERE, T12, _all_in_one, unlike=BLANKED),
    Habit("in-the-test-cell", ELSEWHERE, T07, _into_the_test, unlike={"stock": OVERWRITES}),
    Habit("in-the-neighbours-cell", ELSEWHERE, T15, lambda nb: nb.begin("conv_size", nb.to_blank("convolve"))
          if nb.end("convolve", "") is None and nb.place("convolve") < nb.place("conv_size") else None,
          unlike={"kernel": "its check stood above it", "stock": "the test cell stands above the answer"}),
    Habit("one-cell-a-function", ELSEWHERE, T04, _split("derivatives")),
    Habit("class-and-quiz-apart", ELSEWHERE, T10, _split("AddMult")),
    Habit("answer-above-blank-in-one-cell", ELSEWHERE, T02, lambda nb: nb.end("mean_grad", nb.blank("mean_grad")), unlike=BLANKED),
    Habit("under-an-if", ELSEWHERE, T01, lambda nb: nb.write(
        "adjust", "if True:\n    def adjust(temps, adj):\n        return temps + adj")),
    Habit("by-exec", ELSEWHERE, T03, lambda nb: nb.write(
        "count_linear", "exec('''\ndef count_linear(n_in, n_out, bias=True):\n    return n_in * n_out + n_out * bool(bias)\n''')")),
    Habit("old-try-renamed", ELSEWHERE, T05, lambda nb: nb.above("mse", "def mse_old(pred, target):\n    return (pred - target).abs().mean()",
                                                            "mse = mse_old  # first try\nmse(torch.ones(2), torch.zeros(2))")),
    Habit("old-try-in-text", ELSEWHERE, T09, lambda nb: nb.begin(
        "label_floor", "'''\ndef label_floor(y):\n    return 0.5\n'''\n# def label_floor(y): return 1\n")),

    Habit("questions-done-backwards", ORDER, T06, _reordered, unlike={
        "kernel": "`sgd_step` is not there yet at its place", "stock": "the same"}),
    Habit("scratch-everywhere", ORDER, T13, lambda nb: [nb.add(k, f"scratch_{k} = {k}\nscratch_{k}") for k in range(len(nb.cells), 2, -3)]),
    Habit("empty-cells", ORDER, T14, lambda nb: [nb.add(k, "", "# nothing yet") for k in range(len(nb.cells), 2, -4)]),
    Habit("checked-in-a-loop", ORDER, T09, lambda nb: nb.last("for q in ('Net231', 'dead_units', 'label_floor'):\n    print(check(q))", "check()")),
    Habit("checked-between", ORDER, T12, lambda nb: nb.between("adam_step", "check('adam_step')", "hint('adam_step')", "check(5)")),
    Habit("imports-again-and-again", ORDER, T05, lambda nb: [nb.above(q, "import torch\nfrom torch import nn\nfrom autograder import *")
                                                           for q in ("mse", "cross_entropy", "chance_loss")]),
    Habit("notes-between", ORDER, T01, lambda nb: [nb.say(k, "*my notes*: `x = 3`") for k in range(len(nb.cells), 2, -2)]),
    Habit("test-cell-deleted", ORDER, T13, _test_deleted, unlike={
        "kernel": NOT_SHOWN, "stock": "nbgrader gives no marks for a deleted test cell", "check": NOT_SHOWN}),

    Habit("no-metadata", MARKS, T11, _without_metadata, unlike={"stock": NO_MARKS}),
    Habit("new-ids", MARKS, T02, _new_ids),
    Habit("saved-by-colab", MARKS, T15, _saved_by("colab")),
    Habit("saved-by-vscode", MARKS, T08, _saved_by("vscode")),
    Habit("saved-by-kaggle", MARKS, T10, _saved_by("kaggle")),
    Habit("saved-by-databricks", MARKS, T14, _saved_by("databricks"), unlike={"stock": NO_MARKS}),
    Habit("saved-by-deepnote", MARKS, T04, _saved_by("deepnote"), unlike={"stock": NO_MARKS}),
    Habit("through-jupytext", MARKS, T07, _jupytext, unlike={"stock": NO_MARKS}),
    Habit("format-3", MARKS, T03, _format_3, unlike={"stock": "nbgrader refuses format 3", "kernel": "Jupyter asks first"}),
    Habit("byte-order-mark", MARKS, T12, _as_lines, unlike={"stock": "nbformat reads no byte order mark", "kernel": "the same"}),

    Habit("doubled-answer", MERGED, T08, _doubled, unlike={"stock": "nbgrader refuses a cell that is there twice"}),
    Habit("pulled-blank-below", MERGED, T13, lambda nb: nb.between("freeze", nb.blank("freeze")), unlike=BLANKED),
    Habit("pulled-blank-at-the-end", MERGED, T07, lambda nb: nb.last(nb.blank("slope_gd"))),
    Habit("conflict-in-a-scratch-cell", MERGED, T01, _conflict_beside),
)  # fmt: skip
