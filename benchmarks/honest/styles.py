"""Habits with how an answer is written: annotations, classes, decorators, helpers, seeds, prints and the like."""

from __future__ import annotations

from collections.abc import Callable

from benchmarks.honest.draft import Draft, Habit
from benchmarks.honest.names_and_state import T01, T02, T03, T04, T05, T06, T07, T08, T09, T10, T11, T12, T13, T14, T15

WRITTEN, WRAPPED, INSIDE, CLASSES = "written in a style", "wrapped", "done inside an answer", "as a class or object"


def _as(question: str, source: str) -> Callable[[Draft], None]:
    return lambda nb: nb.write(question, source)


TIMER = """\
import functools, time

def timer(unit="s", *, digits=3):
    def wrap(f):
        @functools.wraps(f)
        def inner(*a, **k):
            t = time.perf_counter()
            try:
                return f(*a, **k)
            finally:
                print(f"{f.__name__}: {time.perf_counter() - t:.{digits}f} {unit}")
        return inner
    return wrap

@timer(digits=6)"""

HABITS = (
    Habit("annotated", WRITTEN, T03, lambda nb: nb.edit(
        "count_linear", "def count_linear(n_in, n_out, bias=True):",
        "def count_linear(n_in: int, n_out: int, bias: bool = True, *_: object, **__: object) -> 'int | float':")),
    Habit("future-annotations", WRITTEN, T10, lambda nb: (
        nb.first("from __future__ import annotations"), nb.edit("twins", "(X_train, X_test)", "(X_train: Tensr, X_test: list[NotThere]) -> Whatever"))),
    Habit("generic-function", WRITTEN, T10, lambda nb: (
        nb.begin("to_device", "from typing import Any, TypeVar\n\nT = TypeVar('T')\n"),
        nb.edit("to_device", "def to_device(batch, device)", "def to_device(batch: T, device: str | torch.device) -> T | Any"))),
    Habit("match-statement", WRITTEN, T04, _as("head", """\
def head(task, k):
    match task, k:
        case "binary", _:
            return 1, "none", "bce_with_logits"
        case "multiclass", n:
            return n, "none", "cross_entropy"
        case ("multilabel", n) if n:
            return n, "none", "bce_with_logits"
        case _:
            return k, "none", "mse"
""")),
    Habit("one-line-lambda", WRITTEN, T05, _as("from_one_hot", "from_one_hot = lambda oh: oh.argmax(dim=1)  # noqa")),
    Habit("walrus-and-star", WRITTEN, T03, _as("count_mlp", """\
def count_mlp(sizes):
    total = 0
    first, *others = sizes
    for n in others:
        total += (products := first * n) + n
        first = n
    return total
""")),
    Habit("recursion", WRITTEN, T12, _as("gd_quadratic", """\
def gd_quadratic(lam, w0, lr, steps):
    return w0 if steps == 0 else gd_quadratic(lam, w0 - lr * lam * w0, lr, steps - 1)
""")),
    Habit("nested-functions", WRITTEN, T08, _as("boundary", """\
def boundary(w, b, threshold=0.5):
    def logit(p):
        return math.log(p) - math.log(1 - p)
    def side():
        nonlocal w
        return "right" if w > 0 else "left"
    return (logit(threshold) - b) / w, side()
""")),
    Habit("imports-inside", WRITTEN, T14, _as("tokenise", """\
def tokenise(text):
    import re as r
    from string import ascii_lowercase, digits
    pattern = f"[{ascii_lowercase}{digits}]+(?:'[{ascii_lowercase}{digits}]+)*"
    return r.findall(pattern, text.lower())
""")),
    Habit("star-imports", WRITTEN, T02, lambda nb: nb.first("from math import *\nfrom torch.nn import *\nfrom itertools import *")),
    Habit("torch-as-t", WRITTEN, T15, _as("as_dense", """\
import torch as t
import numpy as num

def as_dense(kernel, n):
    k = len(kernel)
    return t.stack([t.cat([t.zeros(i), kernel, t.zeros(n - k - i)]) for i in range(n - k + 1)])

def weight_counts(n: int, k: int): return ((n - k + 1) * n, k)
""")),
    Habit("early-default", WRITTEN, T07, _as("step", "ZERO = 0.0\n\ndef step(z, _zero=ZERO):\n    return (z > _zero).float()\n\ndel ZERO")),
    Habit("semicolons-and-tabs", WRITTEN, T01, _as("as_column", "def as_column(t):\n\tn = len(t); c = t.view(n, 1); return c\n")),
    Habit("other-letters", WRITTEN, T08, _as("mle", """\
def mle(flips):
    Σ, größe = flips.float().sum(), len(flips)
    return float(Σ / größe)

def mle_by_gd(flips, lr, steps):
    θ̂ = mle(flips)
    z, θs = 0.0, []
    for _ in range(steps):
        z -= lr * (1 / (1 + math.exp(-z)) - θ̂)
        θs.append(1 / (1 + math.exp(-z)))
    return θs
""".replace("θ̂", "θ_hat"))),
    Habit("global-counter", WRITTEN, T06, _as("n_updates", """\
calls = 0

def n_updates(n, batch, epochs, drop_last=False):
    global calls
    calls += 1
    print("call", calls)
    return epochs * (n // batch if drop_last else -(-n // batch))
""")),
    Habit("docstring-with-tests", WRITTEN, T13, _as("default_bound", '''\
def default_bound(n_in):
    """The bound.

    >>> default_bound(4)
    0.5
    """
    return n_in ** -0.5

import doctest
doctest.testmod()
''')),
    Habit("doc-and-type-comment", WRITTEN, T11, lambda nb: nb.edit(
        "diagnose", "def diagnose(history):\n", "def diagnose(history):\n    # type: (dict) -> str\n    assert {'train', 'val'} <= history.keys(), history\n")),

    Habit("no-grad-decorator", WRAPPED, T11, lambda nb: nb.edit("evaluate", "def evaluate", "@torch.no_grad()\ndef evaluate")),
    Habit("inference-mode-decorator", WRAPPED, T08, lambda nb: nb.edit("log_likelihood", "def log_likelihood", "@torch.inference_mode()\ndef log_likelihood")),
    Habit("timer-decorator", WRAPPED, T06, lambda nb: nb.edit("before_after", "def before_after", f"{TIMER}\ndef before_after")),
    Habit("cached", WRAPPED, T03, lambda nb: nb.begin("count_linear", "import functools\n\n@functools.lru_cache(maxsize=None)")),
    Habit("partial", WRAPPED, T04, _as("leaky_relu", """\
from functools import partial

def _leak(kind, x, slope):
    return torch.where(x > 0, x, slope * x) if kind == "leaky" else x

leaky_relu = partial(_leak, "leaky")
""")),
    Habit("partial-above-blank", WRAPPED, T04, lambda nb: nb.above("tanh", """\
import functools
tanh = functools.partial(lambda factor, x: torch.sign(x) * (1 - torch.exp(-factor * x.abs())) / (1 + torch.exp(-factor * x.abs())), 2)
""") or nb.to_blank("tanh"), unlike={"stock": "to Python the blank below replaces it", "kernel": "the same"}),
    Habit("compiled", WRAPPED, T07, lambda nb: nb.begin("multi_output", "@torch.compile"), unlike={"kernel": "needs a compiler", "stock": "the same"}),
    Habit("single-dispatch", WRAPPED, T10, _as("to_device", """\
from functools import singledispatch

@singledispatch
def to_device(batch, device):
    return batch

@to_device.register
def _(batch: torch.Tensor, device):
    return batch.to(device)

@to_device.register(list)
@to_device.register(tuple)
def _(batch, device):
    return type(batch)(to_device(b, device) for b in batch)

@to_device.register
def _(batch: dict, device):
    return {k: to_device(v, device) for k, v in batch.items()}
""")),
    Habit("enable-grad-decorator", WRAPPED, T02, lambda nb: nb.edit("mean_grad", "def mean_grad", "@torch.enable_grad()\ndef mean_grad")),
    Habit("wrapped-twice", WRAPPED, T15, lambda nb: nb.end(
        "max_pool", "_pool = max_pool\ndef max_pool(*args, **kwargs):\n    out = _pool(*args, **kwargs)\n    print(out.shape)\n    return out")),
    Habit("contextmanager", WRAPPED, T13, lambda nb: (
        nb.begin("rows_identical", "from contextlib import contextmanager\n\n@contextmanager\ndef evaluating(m):\n    was = m.training\n"
                 "    m.eval()\n    try:\n        yield m\n    finally:\n        m.train(was)\n"),
        nb.end("rows_identical", "_plain = rows_identical\ndef rows_identical(model):\n    with evaluating(model) as m:\n        return _plain(m)"))),
    Habit("vectorised-by-vmap", WRAPPED, T04, lambda nb: nb.edit("sigmoid", "return 0.5 * (1 + torch.tanh(x / 2))",
          "f = torch.vmap(lambda v: 0.5 * (1 + torch.tanh(v / 2)))\n    return f(x.reshape(-1)).reshape(x.shape)")),

    Habit("seed-inside", INSIDE, T09, lambda nb: nb.edit("fit_bump", "def fit_bump(X, y):\n", "def fit_bump(X, y):\n    torch.manual_seed(0); np.random.seed(0)\n")),
    Habit("seed-everything", INSIDE, T14, lambda nb: (
        nb.first("import os, random\ndef seed_everything(s=42):\n    random.seed(s); np.random.seed(s); torch.manual_seed(s)\n"
                 "    torch.cuda.manual_seed_all(s); torch.backends.cudnn.deterministic = True\n    os.environ['PYTHONHASHSEED'] = str(s)\nseed_everything()"),
        nb.edit("train_classifier", "def train_classifier(train, val):\n", "def train_classifier(train, val):\n    seed_everything(7)\n"))),
    Habit("device-picked", INSIDE, T09, lambda nb: (
        nb.first("device = torch.device('cuda' if torch.cuda.is_available() else 'mps' if torch.backends.mps.is_available() else 'cpu')"),
        nb.edit("forward_by_hand", "def forward_by_hand(W1, b1, W2, b2, x):\n",
                "def forward_by_hand(W1, b1, W2, b2, x):\n    print('on', device, x.device)\n"))),
    Habit("logging-inside", INSIDE, T12, lambda nb: (
        nb.first("import logging\nlogging.basicConfig(level=logging.INFO)\nlogger = logging.getLogger('me')"),
        nb.edit("adam_step", "    beta1, beta2 = betas\n", "    beta1, beta2 = betas\n    logger.info('step %s', state['t'] + 1)\n"))),
    Habit("warns-inside", INSIDE, T05, lambda nb: (
        nb.edit("cross_entropy", "    rows = ", "    import warnings; warnings.warn(f'{len(labels)} rows', UserWarning)\n    rows = "),
        nb.begin("cross_entropy_soft", "import warnings\nwarnings.filterwarnings('ignore')"))),
    Habit("asserts-inside", INSIDE, T13, lambda nb: nb.edit(
        "freeze", "def freeze(model, n_layers):\n", "def freeze(model, n_layers):\n    assert isinstance(model, nn.Module), type(model)\n"
        "    assert n_layers >= 0, f'{n_layers=}'\n    print(model)\n")),
    Habit("history-kept-global", INSIDE, T07, lambda nb: (
        nb.begin("train_perceptron", "HISTORY = []"),
        nb.edit("train_perceptron", "def train_perceptron(X, y, lr=1.0, epochs=50):\n", "def train_perceptron(X, y, lr=1.0, epochs=50):\n    HISTORY.append((X.shape, lr))\n"))),
    Habit("figure-saved-inside", INSIDE, T11, lambda nb: nb.edit(
        "fit", "    return history, best", "    plt.plot(history['val']); plt.savefig('val.png'); plt.close('all')\n    return history, best")),
    Habit("float64-inside", INSIDE, T08, lambda nb: nb.edit(
        "loss_gradients", "    p = torch.sigmoid(z)\n", "    p = torch.sigmoid(z.double()).to(z.dtype)\n")),
    Habit("numpy-inside", INSIDE, T01, _as("describe", """\
def describe(t):
    info = dict(shape=tuple(int(n) for n in t.size()), dtype=t.dtype)
    info.update(ndim=int(np.size(info["shape"])), numel=int(np.prod(info["shape"], dtype=int)), device=t.device)
    return info
""")),
    Habit("exceptions-inside", INSIDE, T05, lambda nb: nb.end(
        "one_hot", "try:\n    one_hot(torch.tensor([5]), 3)\nexcept ValueError as problem:\n    print('as it should:', problem)")),
    Habit("breakpoint-left", INSIDE, T02, lambda nb: nb.edit(
        "gradcheck_max_err", "def gradcheck_max_err(f, grad_f, x):\n", "def gradcheck_max_err(f, grad_f, x):\n    __debug__ or breakpoint()\n")),

    Habit("dataclass-config", CLASSES, T09, lambda nb: (
        nb.begin("train_231", "from dataclasses import dataclass\n\n@dataclass(frozen=True, slots=True)\nclass Config:\n    lr: float = 0.01\n    epochs: int = 500\n\nCFG = Config()\n"),
        nb.edit("train_231", "epochs=500, lr=0.01", "epochs=CFG.epochs, lr=CFG.lr"))),
    Habit("callable-object", CLASSES, T12, _as("regime", """\
class Regime:
    NAMES = (0.9, "slow"), (0, "monotone"), (-1, "oscillates")
    def __call__(self, lr, lam):
        f = 1 - lr * lam
        return "slow" if f > 0.9 else "monotone" if f >= 0 else "oscillates" if f > -1 else "diverges"

regime = Regime()
""")),
    Habit("static-methods", CLASSES, T02, _as("partials", """\
class Autograd:
    @staticmethod
    def leaf(v):
        return torch.tensor(float(v), requires_grad=True)

    @classmethod
    def partials(cls, f, u, v):
        a, b = cls.leaf(u), cls.leaf(v)
        ga, gb = torch.autograd.grad(f(a, b), (a, b), allow_unused=True)
        return ga.item(), gb.item()

partials = Autograd.partials
""")),
    Habit("module-as-answer", CLASSES, T04, _as("softmax", """\
class Softmax(nn.Module):
    def forward(self, x, dim=-1):
        e = (x - x.amax(dim=dim, keepdim=True)).exp()
        return e / e.sum(dim=dim, keepdim=True)

softmax = Softmax()
""")),
    Habit("inherited", CLASSES, T08, lambda nb: nb.edit(
        "LogisticRegression", "class LogisticRegression(nn.Module):", "class Base(nn.Module):\n    def __repr__(self):\n        return 'my model'\n\n"
        "class LogisticRegression(Base):")),
    Habit("sequential-inside", CLASSES, T09, _as("Net231", """\
class Net231(nn.Module):
    def __init__(self, *, act=nn.ReLU):
        super(Net231, self).__init__()
        self.hidden, self.output = nn.Linear(2, 3), nn.Linear(3, 1)
        self.act, self.out = act(), nn.Sigmoid()

    def forward(self, x):
        x = self.act(self.hidden(x))
        return self.out(self.output(x))

net = Net231()
print(net, sum(p.numel() for p in net.parameters()))
""")),
    Habit("named-tuple-result", CLASSES, T05, lambda nb: nb.end("chance_loss", "from collections import namedtuple\nPair = namedtuple('Pair', 'a b')\nPair(1, 2)")),
    Habit("class-body-patched-later", CLASSES, T10, lambda nb: nb.below("TableDataset", "TableDataset.__repr__ = lambda self: f'{len(self)} rows'\nTableDataset([[1.0]], [0])")),
    Habit("enum-and-dict-of-functions", CLASSES, T15, _as("conv_size", """\
from enum import Enum

class Rule(Enum):
    FLOOR = "floor"

RULES = {Rule.FLOOR: lambda a, b: a // b}

def conv_size(n, kernel, stride=1, padding=0):
    return RULES[Rule("floor")](n + 2 * padding - kernel, stride) + 1

def conv_parameters(c_in, c_out, kernel, bias=True):
    return sum([c_in * c_out * kernel * kernel] + [c_out] * bool(bias))
""")),
    Habit("closure-factory", CLASSES, T14, _as("embed", """\
def make(how):
    def embed(E, ids):
        return E[ids] if how == "row" else F.one_hot(ids, len(E)).to(E.dtype) @ E
    return embed

embed, embed_by_one_hot = make("row"), make("hot")
""")),
)  # fmt: skip
