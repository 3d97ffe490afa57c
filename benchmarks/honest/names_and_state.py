"""Habits with names and with the process's state: reused, redefined, shadowed, deleted, changed settings."""

from __future__ import annotations

from benchmarks.honest.draft import Habit

T01, T02, T03, T04, T05 = (
    "01-tensors",
    "02-autograd",
    "03-parameter-counting",
    "04-activations",
    "05-one-hot-and-losses",
)
T06, T07, T08, T09 = "06-manual-weight-updates", "07-linear-regression", "08-likelihood", "09-network-2-3-1"
T10, T11, T12, T13 = "10-data", "11-training-loops", "12-optimizers", "13-freezing-layers"
T14, T15 = "14-text-and-capstone", "15-beyond-dense-layers"

REUSED, REDEFINED, SHADOWED, STATE = "a name used again", "a helper redefined", "a shadowed import", "a setting changed"
GONE = "deleted or reset"


HABITS = (
    Habit("products-unpacked", REUSED, T01, lambda nb: nb.below(
        "products", "products, total = products(torch.ones(2, 2), torch.ones(2, 2))\nprint(products, total)")),
    Habit("like-in-a-loop", REUSED, T01, lambda nb: nb.last("for like in ['int', 'float']:\n    print(like)")),
    Habit("curve-of-a-plot", REUSED, T02, lambda nb: nb.below(
        "curve", "curve = curve(torch.sin, 0.0, 3.0, 5)\nfig, ax = plt.subplots()\nax.plot(curve[0], curve[1])\nplt.show()")),
    Habit("clear-as-a-flag", REUSED, T02, lambda nb: nb.last("clear, accumulate = True, itertools.accumulate",
                                                            "import itertools\nclear = not clear")),
    Habit("softmax-of-a-table", REUSED, T04, lambda nb: nb.below("softmax", "softmax = softmax(torch.randn(3, 4))\nsoftmax")),
    Habit("head-of-a-frame", REUSED, T04, lambda nb: nb.last("import pandas as pd\nhead = pd.DataFrame({'a': [1]}).head()")),
    Habit("predict-walrus", REUSED, T07, lambda nb: nb.below(
        "predict", "if (predict := predict(torch.ones(2, 2), torch.ones(2), 0.0)).sum() > 0:\n    print(predict)")),
    Habit("split-of-a-text", REUSED, T10, lambda nb: nb.last("split = 'a b'.split()\nfor twins in split:\n    pass")),
    Habit("fit-in-a-with", REUSED, T11, lambda nb: nb.last(
        "import io\nwith io.StringIO('x') as fit:\n    encode = fit.read()")),
    Habit("regime-in-a-comprehension", REUSED, T12, lambda nb: nb.below(
        "regime", "regimes = {lr: regime(lr, 1.0) for lr in (0.05, 0.5, 1.5, 3.0)}\nfor lr, regime in regimes.items():\n"
        "    print(lr, regime)")),
    Habit("embed-matched", REUSED, T14, lambda nb: nb.last(
        "match {'embed': 3}:\n    case {'embed': embed}:\n        print(embed)")),
    Habit("dropout-a-layer", REUSED, T15, lambda nb: nb.below("dropout", "dropout = nn.Dropout(0.3)\ndropout(torch.ones(4))")),
    Habit("batch-norm-global", REUSED, T15, lambda nb: nb.last(
        "def build():\n    global batch_norm\n    batch_norm = nn.BatchNorm1d(3)\n\nbuild()")),

    Habit("mle-again-by-sums", REDEFINED, T08, lambda nb: nb.last("def mle(heads, tails):\n    return heads / (heads + tails)")),
    Habit("perceptron-step-with-margin", REDEFINED, T07, lambda nb: nb.last(
        "def step(z, margin):\n    return (z > margin).float()\n\nstep(torch.ones(2), 0.5)")),
    Habit("normal-equation-of-text", REDEFINED, T07, lambda nb: nb.below(
        "normal_equation", "def normal_equation():\n    return 'theta = (AᵀA)⁻¹ Aᵀ y'\n\nprint(normal_equation())")),
    Habit("sigmoid-on-numpy", REDEFINED, T04, lambda nb: nb.below(
        "derivatives", "def sigmoid(x):\n    return 1 / (1 + np.exp(-np.asarray(x)))\n\nsigmoid([0, 1])")),
    Habit("deep-net-for-a-plot", REDEFINED, T04, lambda nb: nb.below(
        "gradient_ratio", "def deep_net(width):\n    return nn.Linear(width, width)\n\ndeep_net(3)")),
    Habit("words-helper-for-a-print", REDEFINED, T14, lambda nb: nb.last(
        "def tokenise(text, n):\n    return text.split()[:n]\n\nbuild_vocab = dict\ntokenise('a b c', 2)")),
    Habit("cosine-of-an-angle", REDEFINED, T14, lambda nb: nb.below(
        "cosine", "def cosine(angle):\n    return math.cos(angle)\n\ncosine(0.0)")),
    Habit("chance-in-percent", REDEFINED, T05, lambda nb: nb.last("chance_loss = lambda k: f'{100 / k:.0f} %'\nchance_loss(4)")),
    Habit("baseline-of-medians", REDEFINED, T11, lambda nb: nb.last(
        "def baseline_rmse(y):\n    return y.median()\n\nbaseline_rmse(torch.arange(5.0))")),
    Habit("net-of-another-size", REDEFINED, T09, lambda nb: nb.last(
        "class Net231(nn.Module):\n    def __init__(self, hidden):\n        super().__init__()\n"
        "        self.layer = nn.Linear(2, hidden)\n\nNet231(4)")),
    Habit("global-settings-of-two-parts", REDEFINED, T09, lambda nb: (
        nb.begin("train_231", "CONFIG = {'lr': 0.01, 'epochs': 500}"),
        nb.edit("train_231", "epochs=500, lr=0.01", "epochs=CONFIG['epochs'], lr=CONFIG['lr']"),
        nb.last("CONFIG = {'lr': 5.0}\nCONFIG.clear()"))),
    Habit("global-looked-up-late", REDEFINED, T13, lambda nb: (
        nb.begin("default_bound", "POWER = 0.5"), nb.edit("default_bound", "n_in**0.5", "n_in**POWER"),
        nb.last("POWER = 'on'\nprint(POWER)"))),

    Habit("torch-is-a-word", SHADOWED, T01, lambda nb: nb.last("torch = 'a stick with a flame'\nprint(torch)")),
    Habit("np-is-a-count", SHADOWED, T08, lambda nb: nb.last("np = 3\nmath = 'hard'\nF, nn = 1, 2")),
    Habit("len-and-list", SHADOWED, T10, lambda nb: nb.last("len = 4\nlist = [1, 2]\ntuple = (1, 2)\ntype = 'x'\nround = 3")),
    Habit("sorted-and-set", SHADOWED, T14, lambda nb: nb.last("sorted = [1]\nset = {1}\nmin, max, re = 0, 1, None\ndict = {}")),
    Habit("isinstance-of-a-class", SHADOWED, T13, lambda nb: nb.last("id = 7\nisinstance = None\nvars = {}\nsetattr = 3")),
    Habit("copy-and-itertools", SHADOWED, T12, lambda nb: nb.last("copy = 'of the table'\nitertools, abs = 0, 0")),
    Habit("F-is-a-force", SHADOWED, T05, lambda nb: nb.below("one_hot", "F = 9.81 * 2.0\nm = 2.0\nF / m", "import torch.nn.functional as F")),
    Habit("super-and-range", SHADOWED, T15, lambda nb: nb.last("range = (0, 5)\nsuper = 'fine'\nfloat = 1.5\nint = 2\nsum = 10")),

    Habit("float64-at-the-top", STATE, T03, lambda nb: nb.first("torch.set_default_dtype(torch.float64)")),
    Habit("float64-in-the-middle", STATE, T07, lambda nb: nb.below("predict", "torch.set_default_dtype(torch.double)")),
    Habit("gradients-off-at-the-end", STATE, T02, lambda nb: nb.last("torch.set_grad_enabled(False)")),
    Habit("gradients-off-between", STATE, T06, lambda nb: nb.below(
        "zero_grads", "torch.set_grad_enabled(False)\nprint(fit_line.__name__) if 'fit_line' in globals() else None",
        "torch.set_grad_enabled(True)")),
    Habit("inference-mode-entered", STATE, T11, lambda nb: nb.last("mode = torch.inference_mode()\nmode.__enter__()")),
    Habit("autocast-entered", STATE, T09, lambda nb: nb.last("cast = torch.autocast('cpu')\ncast.__enter__()")),
    Habit("default-device-meta", STATE, T13, lambda nb: nb.last("torch.set_default_device('meta')\ntorch.ones(2)")),
    Habit("numpy-raises", STATE, T14, lambda nb: nb.first("np.seterr(all='raise')\nnp.random.seed(0)")),
    Habit("warnings-are-errors", STATE, T08, lambda nb: nb.first("import warnings\nwarnings.simplefilter('error')")),
    Habit("print-options", STATE, T01, lambda nb: nb.first(
        "torch.set_printoptions(precision=1, sci_mode=True, threshold=2)\nnp.set_printoptions(precision=1)")),
    Habit("anomaly-detection", STATE, T15, lambda nb: nb.first("torch.autograd.set_detect_anomaly(True)")),
    Habit("deterministic", STATE, T12, lambda nb: nb.first(
        "torch.use_deterministic_algorithms(True)\ntorch.manual_seed(0)\ntorch.set_num_threads(2)")),
    Habit("matmul-medium", STATE, T09, lambda nb: nb.first("torch.set_float32_matmul_precision('medium')")),
    Habit("recursion-and-locale", STATE, T10, lambda nb: nb.first(
        "import locale, os, sys\nsys.setrecursionlimit(200)\nos.environ['PYTHONHASHSEED'] = '3'\nlocale.setlocale(locale.LC_ALL, 'C')")),
    Habit("print-patched", STATE, T05, lambda nb: nb.first(
        "import builtins\n_print = builtins.print\nbuiltins.print = lambda *a, **k: _print('>', *a, **k)\nprint('hello')")),
    Habit("pandas-options", STATE, T11, lambda nb: nb.first(
        "pd.set_option('display.max_rows', 3)\npd.options.mode.copy_on_write = True\nplt.style.use('ggplot')")),
    Habit("working-folder-changed", STATE, T10, lambda nb: nb.last("import os\nos.makedirs('plots', exist_ok=True)\nos.chdir('plots')")),
    Habit("tensor-repr-patched", STATE, T01, lambda nb: nb.first(
        "torch.Tensor.__repr__ = lambda self, **k: f'T{tuple(self.shape)}'\ntorch.ones(2)")),

    Habit("reset-at-the-end", GONE, T02, lambda nb: nb.last("%reset -f")),
    Habit("answers-deleted", GONE, T12, lambda nb: nb.last("del gd_quadratic, regime, adam_step\nimport gc\ngc.collect()")),
    Habit("all-globals-deleted", GONE, T08, lambda nb: nb.last(
        "for name in [n for n in globals() if not n.startswith('_')]:\n    if name not in ('name', 'In', 'Out'):\n"
        "        del globals()[name]")),
    Habit("helper-deleted", GONE, T04, lambda nb: nb.below("derivatives", "del d_relu, d_leaky, d_tanh, d_sigmoid")),
    Habit("module-purged", GONE, T06, lambda nb: nb.last("import sys\nsys.modules.pop('copy', None)\ndel F, nn")),
    Habit("weights-of-a-class-patched", GONE, T13, lambda nb: nb.last("nn.Linear = None\nnn.Module.parameters = None\ndel nn")),
)  # fmt: skip
