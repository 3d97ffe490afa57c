"""Wrong notebooks in honest clothes: each must lose marks at every door, in the questions that it names."""

from __future__ import annotations

from benchmarks.honest.draft import Habit
from benchmarks.honest.names_and_state import T01, T02, T03, T04, T05, T06, T07, T08, T09, T10, T11, T12, T13, T14, T15
from benchmarks.honest.styles import TIMER

WRONG = "wrong"

HABITS = (
    Habit("wrong-products-reused", WRONG, T01, lambda nb: (
        nb.edit("products", "A @ B", "A @ B.T @ B"), nb.last("products = 1")), ("products",)),
    Habit("wrong-curve-float64", WRONG, T02, lambda nb: (
        nb.first("torch.set_default_dtype(torch.float64)"), nb.edit("curve", "x.grad", "2 * x.grad")), ("curve",)),
    Habit("wrong-count-cached", WRONG, T03, lambda nb: nb.write(
        "count_linear", "import functools\n@functools.lru_cache\ndef count_linear(n_in, n_out, bias=True):\n    return n_in * n_out + n_out"),
        ("count_linear",)),
    Habit("wrong-partial-above-blank", WRONG, T04, lambda nb: (
        nb.to_blank("leaky_relu"), nb.above("leaky_relu", "import functools\nleaky_relu = functools.partial(torch.where, True)")), ("leaky_relu",)),
    Habit("forbidden-in-a-helper", WRONG, T05, lambda nb: nb.write(
        "cross_entropy", "def _ce(*a):\n    return F.cross_entropy(*a)\n\ndef cross_entropy(logits, labels):\n    return _ce(logits, labels)"),
        ("cross_entropy",)),
    Habit("forbidden-in-an-object", WRONG, T05, lambda nb: nb.write(
        "one_hot", "class Hot:\n    def __call__(self, labels, num_classes, dtype=torch.float32):\n"
        "        if ((labels < 0) | (labels >= num_classes)).any():\n            raise ValueError('labels')\n"
        "        return F.one_hot(labels, num_classes).to(dtype)\n\none_hot = Hot()"), ("one_hot",)),
    Habit("forbidden-by-alias", WRONG, T15, lambda nb: nb.write(
        "max_pool", "from torch.nn.functional import max_pool2d as pool\n\ndef max_pool(x, size, stride=None):\n"
        "    return pool(x[None], size, stride)[0]"), ("max_pool",)),
    Habit("wrong-step-timed", WRONG, T06, lambda nb: nb.write(
        "sgd_step", f"{TIMER}\ndef sgd_step(params, lr):\n    with torch.no_grad():\n        for p in params:\n            p += lr * p.grad"),
        ("sgd_step", "before_after", "train_manual")),  # in the others the error is carried forward
    Habit("wrong-in-own-cell", WRONG, T07, lambda nb: (
        nb.to_blank("predict"), nb.above("predict", "def predict(X, w, b):\n    return X @ w")), ("predict",)),
    Habit("blank-with-a-note", WRONG, T08, lambda nb: (nb.to_blank("nll"), nb.below("nll", "# I will do it tomorrow")), ("nll",)),
    Habit("wrong-twice", WRONG, T09, lambda nb: (
        nb.edit("label_floor", "math.log(p)", "math.log2(p)"),
        nb.last("def label_floor(y):\n    return 0.69")), ("label_floor",)),
    Habit("wrong-without-metadata", WRONG, T10, lambda nb: (
        nb.edit("batch_sizes", "and not drop_last", "or drop_last"), [cell.metadata.clear() for cell in nb.cells]), ("batch_sizes",)),
    Habit("swallows-everything", WRONG, T11, lambda nb: nb.write(
        "rmse_usd", "def rmse_usd(*args):\n    try:\n        return undefined\n    except BaseException:\n        return 0.0"), ("rmse_usd",)),
    Habit("table-of-the-visible", WRONG, T12, lambda nb: nb.write(
        "regime", "seen = {}\ndef regime(lr, lam):\n    return seen.setdefault((lr, lam), 'slow')"), ("regime",)),
    Habit("constant-object", WRONG, T13, lambda nb: nb.write(
        "default_bound", "class Always(float):\n    def __eq__(self, other):\n        return True\n    __hash__ = float.__hash__\n\n"
        "def default_bound(n_in):\n    return Always(0.5)"), ("default_bound",)),
    Habit("wrong-float64-inside", WRONG, T14, lambda nb: nb.edit(
        "tf_idf", "return ", "return 1.001 * "), ("tf_idf",)),
    Habit("check-patched", WRONG, T03, lambda nb: (
        nb.first("check = lambda q=None: 'right so far'"),
        nb.write("count_mlp", "def count_mlp(sizes):\n    return sum(sizes)")), ("count_mlp",)),
    Habit("deleted-before-its-test", WRONG, T06, lambda nb: nb.between("n_updates", "del n_updates"), ("n_updates",)),
    Habit("reset-before-its-test", WRONG, T01, lambda nb: nb.between("like", "del like"), ("like",)),
    Habit("async-answer", WRONG, T03, lambda nb: nb.edit("count_linear", "def count_linear", "async def count_linear"), ("count_linear",)),
    Habit("prints-instead", WRONG, T08, lambda nb: nb.edit("boundary", "return ", "return print"), ("boundary",)),
    Habit("generator-instead", WRONG, T12, lambda nb: nb.write(
        "gd_quadratic", "def gd_quadratic(lam, w0, lr, steps):\n    yield w0 * (1 - lr * lam) ** steps"), ("gd_quadratic",)),
    Habit("no-grad-on-the-wrong-one", WRONG, T02, lambda nb: nb.edit("grad_at", "def grad_at", "@torch.no_grad()\ndef grad_at"), ("grad_at", "relu_grad")),
    Habit("conflict-in-the-answer", WRONG, T02, lambda nb: nb.write(
        "predict_only", f"<<<<<<< HEAD\n{nb.answer('predict_only').source}\n=======\n{nb.blank('predict_only')}\n>>>>>>> main"), ("predict_only",)),
)  # fmt: skip
