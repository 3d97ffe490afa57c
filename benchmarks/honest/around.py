"""Habits with what lies around an answer: packages, magics, files, time, errors, outputs."""

from __future__ import annotations

from benchmarks.honest.draft import Draft, Habit
from benchmarks.honest.names_and_state import T01, T02, T03, T04, T05, T06, T07, T08, T09, T10, T11, T12, T13, T14, T15

PACKAGES, MAGICS, FILES, SLOW, STOPS = "packages", "magics and commands", "own files", "slow cells", "cells that stop"
OUTPUTS = "outputs"
NO_WRITER = dict.fromkeys(("kernel", "stock"), "torch itself asks for TensorBoard: nothing stands in for that at home")


def _fat_outputs(nb: Draft) -> None:
    """Ten megabytes of old outputs in the file."""
    for cell in nb.cells[-3:]:
        if cell.cell_type == "code":
            text = "0.123456789 " * 300_000
            cell.outputs = [{"output_type": "stream", "name": "stdout", "text": text}]  # type: ignore[assignment]


HABITS = (
    Habit("seaborn-at-the-top", PACKAGES, T11, lambda nb: nb.begin("rmse_usd", "import seaborn as sns\nsns.set_theme()")),
    Habit("sklearn-in-a-cell", PACKAGES, T10, lambda nb: nb.begin(
        "standardise", "from sklearn.preprocessing import StandardScaler\nscaler = StandardScaler()")),
    Habit("scipy-for-a-check", PACKAGES, T08, lambda nb: nb.end("nll", "from scipy.special import xlogy")),
    Habit("torchinfo-summary", PACKAGES, T03, lambda nb: nb.below(
        "build_mlp", "from torchinfo import summary\nsummary(build_mlp([2, 3, 1]), (4, 2))")),
    Habit("jaxtyping-in-annotations", PACKAGES, T05, lambda nb: (
        nb.begin("from_one_hot", "from jaxtyping import Float, Int\nfrom torch import Tensor"),
        nb.edit("from_one_hot", "(oh)", "(oh: Float[Tensor, 'n k']) -> Int[Tensor, 'n']"))),
    Habit("tensorboard-writer", PACKAGES, T09, lambda nb: nb.first(
        "from torch.utils.tensorboard import SummaryWriter\nwriter = SummaryWriter()\nLR = 0.01"),
          unlike=NO_WRITER),
    Habit("widgets", PACKAGES, T02, lambda nb: nb.last(
        "import ipywidgets as widgets\nwidgets.interact(lambda x=3: x)")),
    Habit("torchvision-unused", PACKAGES, T15, lambda nb: nb.begin("max_pool", "from torchvision import datasets, transforms")),
    Habit("try-import", PACKAGES, T12, lambda nb: nb.first(
        "try:\n    import wandb\n    wandb.init(project='first')\nexcept Exception as e:\n    wandb = None\n    print('no wandb', e)")),
    Habit("tqdm-in-an-answer", PACKAGES, T07, lambda nb: (
        nb.begin("slope_gd", "from tqdm.auto import tqdm"), nb.edit("slope_gd", "range(steps)", "tqdm(range(steps))"))),
    Habit("tqdm-with-postfix", PACKAGES, T06, lambda nb: (
        nb.begin("train_manual", "from tqdm import trange"),
        nb.edit("train_manual", "in range(steps)", "in trange(steps, leave=False, desc='train', unit='step')"))),
    Habit("typing-extensions", PACKAGES, T13, lambda nb: nb.begin("rows_identical", "from typing_extensions import TypedDict, override")),

    Habit("timed-answer", MAGICS, T01, lambda nb: nb.begin("safe_mean", "%%time")),
    Habit("timeit-answer", MAGICS, T15, lambda nb: nb.begin("embedding", "%%timeit -n 1 -r 1"), unlike={
        "kernel": "%%timeit keeps no definition at home", "stock": "the same"}),
    Habit("captured-answer", MAGICS, T02, lambda nb: nb.begin("partials", "%%capture out")),
    Habit("autoreload", MAGICS, T04, lambda nb: nb.first("%load_ext autoreload\n%autoreload 2\n%matplotlib inline")),
    Habit("config-inline", MAGICS, T11, lambda nb: nb.first("%config InlineBackend.figure_format = 'retina'\n%precision 3")),
    Habit("run-a-helper", MAGICS, T12, lambda nb: (
        nb.files.update({"helper.py": "def half(x):\n    return x / 2\n"}), nb.first("%run helper.py\nhalf(3)"),
        nb.begin("regime", "assert half(2) == 1"))),
    Habit("who-and-time", MAGICS, T05, lambda nb: nb.last("%who\n%time sum(range(10))\n%timeit -n1 -r1 math.sqrt(2)\n%env A=1\n%pwd")),
    Habit("shell-and-answer", MAGICS, T03, lambda nb: nb.begin("first_mismatch", "!ls -la\nfiles = !ls\n%pip list")),
    Habit("question-mark", MAGICS, T13, lambda nb: (nb.begin("save", "torch.save?"), nb.last("nn.Linear??\n?torch.load"))),
    Habit("javascript-and-html", MAGICS, T14, lambda nb: nb.last("%%html\n<b>done</b>", "%%javascript\nalert(1)", "%%latex\n$x$", "%%markdown\n# x")),
    Habit("bash-cell", MAGICS, T10, lambda nb: nb.first("%%bash\necho hello\ndate")),
    Habit("debug-and-pdb", MAGICS, T09, lambda nb: nb.last("%pdb off\n%xmode Plain\n%colors NoColor\n%history -n 1-2")),
    Habit("prun-answer-call", MAGICS, T06, lambda nb: nb.below("n_updates", "%prun -q n_updates(10, 3, 2)\n%lsmagic")),
    Habit("memory-magic-not-there", MAGICS, T08, lambda nb: nb.first("%load_ext memory_profiler\n%memit 1 + 1\nSEEN = 1")),

    Habit("written-module", FILES, T04, lambda nb: nb.above(
        "leaky_relu", f"%%writefile mylib.py\nimport torch\n{nb.to_blank('leaky_relu')}", "from mylib import leaky_relu"),
          unlike={"stock": "to Python the blank below replaces it", "kernel": "the same; `check` takes the answer"}),
    Habit("module-beside", FILES, T14, lambda nb: (
        nb.files.update({"text_tools.py": "import re\ndef words(text):\n    return re.findall(r\"[a-z0-9]+(?:'[a-z0-9]+)*\", text.lower())\n"}),
        nb.write("tokenise", "from text_tools import words\n\ndef tokenise(text):\n    return words(text)"))),
    Habit("package-beside", FILES, T07, lambda nb: (
        nb.files.update({"lib/__init__.py": "", "lib/lines.py": "def line(X, w, b):\n    return (X * w).sum(dim=-1) + b\n"}),
        nb.write("predict", "from lib.lines import line\n\ndef predict(X, w, b):\n    return line(X, w, b)"))),
    Habit("module-reloaded", FILES, T15, lambda nb: (
        nb.files.update({"sizes.py": "def conv(n, k, s, p):\n    return (n + 2 * p - k) // s + 1\n"}),
        nb.first("import importlib\nimport sizes\nimportlib.reload(sizes)"),
        nb.edit("conv_size", "return (n + 2 * padding - kernel) // stride + 1", "return sizes.conv(n, kernel, stride, padding)"))),
    Habit("own-data", FILES, T10, lambda nb: (
        nb.files.update({"numbers.csv": "a,b\n1,2\n"}), nb.first("table = pd.read_csv('numbers.csv')\ntable.to_csv('copy.csv')"),
        nb.begin("batch_sizes", "assert len(pd.read_csv('copy.csv')) == 1"))),
    Habit("saved-and-loaded", FILES, T13, lambda nb: nb.below(
        "save", "m = nn.Linear(2, 2)\nsave(m, 'model.pt')\nrestore(m, 'model.pt')\ntorch.save(m, 'whole.pt')")),
    Habit("pathlib-beside", FILES, T09, lambda nb: nb.first(
        "from pathlib import Path\nHERE = Path.cwd()\nOUT = HERE / 'out'\nOUT.mkdir(exist_ok=True)\n(OUT / 'log.txt').write_text('x')\n"
        "print(sorted(p.name for p in HERE.iterdir()))")),
    Habit("json-settings", FILES, T12, lambda nb: (
        nb.files.update({"config.json": "{\"small\": 0.9}"}), nb.first("import json\nconfig = json.load(open('config.json'))"),
        nb.edit("regime", "0.9", "config['small']"))),
    Habit("pickled-between", FILES, T08, lambda nb: nb.first(
        "import pickle, tempfile\nwith tempfile.NamedTemporaryFile(suffix='.pkl', delete=False) as f:\n    pickle.dump({'a': 1}, f)\n"
        "pickle.load(open(f.name, 'rb'))")),
    Habit("dataset-by-the-release-path", FILES, T11, lambda nb: nb.first("salaries = pd.read_csv('datasets/salaries.csv')\nlen(salaries)")),
    Habit("logging-to-a-file", FILES, T02, lambda nb: (
        nb.begin("grad_at", "import logging\nlogging.basicConfig(filename='run.log', level=logging.DEBUG, force=True)\nlog = logging.getLogger(__name__)"),
        nb.edit("grad_at", "def grad_at(f, x0):\n", "def grad_at(f, x0):\n    log.debug('grad_at %s', x0)\n"))),

    Habit("slow-cell-at-the-end", SLOW, T03, lambda nb: nb.last("import time\nt = time.time()\nwhile time.time() - t < 2:\n    sum(range(1000))")),
    Habit("sleeps", SLOW, T05, lambda nb: nb.below("one_hot", "import time\ntime.sleep(1.5)")),
    Habit("trains-for-fun", SLOW, T09, lambda nb: nb.end(
        "train_231", "fun = Net231()\ntrain_231(fun, torch.rand(20, 2), torch.ones(20, 1), epochs=1500)")),
    Habit("grid-search", SLOW, T12, lambda nb: nb.below(
        "gd_quadratic", "best = min(((abs(gd_quadratic(1.0, 3.0, lr / 1000, 50)), lr) for lr in range(1, 1500)))")),

    Habit("assert-of-an-old-try", STOPS, T01, lambda nb: nb.end("products", "assert products(torch.ones(1), torch.ones(1))[0] == 2")),
    Habit("syntax-error-in-scratch", STOPS, T06, lambda nb: nb.below("sgd_step", "for p in params\n    print(p)")),
    Habit("error-at-the-top", STOPS, T14, lambda nb: nb.first("print(undefined_name)", "1 / 0", "raise SystemExit")),
    Habit("shapes-that-do-not-fit", STOPS, T03, lambda nb: nb.below("linear", "linear(torch.ones(2, 3), torch.ones(4, 5), torch.ones(4))")),
    Habit("backward-twice", STOPS, T02, lambda nb: nb.below("curve", "x = torch.ones(1, requires_grad=True)\ny = x * x\ny.backward()\ny.backward()")),
    Habit("interrupted", STOPS, T11, lambda nb: nb.last("raise KeyboardInterrupt", "exit()", "quit()")),
    Habit("file-not-there", STOPS, T10, lambda nb: nb.begin("twins", "try:\n    pd.read_csv('/content/zoo.csv')\nexcept OSError:\n    print('not here')")),
    Habit("async-cell", STOPS, T07, lambda nb: nb.first("import asyncio\nawait asyncio.sleep(0.01)\nasync def nap():\n    return 3\nx = await nap()")),
    Habit("warning-heavy", STOPS, T08, lambda nb: nb.end("likelihood", "import warnings\nfor _ in range(50):\n    warnings.warn('careful')")),

    Habit("ten-megabytes-of-outputs", OUTPUTS, T04, _fat_outputs),
    Habit("prints-a-lot", OUTPUTS, T15, lambda nb: nb.first("for k in range(20000):\n    print(k, 'x' * 60)")),
    Habit("plots-inside-an-answer", OUTPUTS, T07, lambda nb: nb.edit(
        "slope_gd", "return ws, losses", "plt.figure()\n    plt.plot(losses)\n    plt.title('loss')\n    plt.show()\n    return ws, losses")),
    Habit("clear-output", OUTPUTS, T12, lambda nb: (
        nb.begin("escape", "from IPython.display import clear_output, display, HTML"),
        nb.edit("escape", "            x, v = 3.0, 0.0\n", "            x, v = 3.0, 0.0\n            clear_output(wait=True); display(lr)\n"))),
    Habit("unicode-prints", OUTPUTS, T05, lambda nb: nb.edit(
        "chance_loss", "def chance_loss(k):\n", "def chance_loss(k):\n    print(f'zufällig: ln {k} ≈ 🎲 \\ud83d' if k < 0 else f'🎲 ln {k}')\n")),
    Habit("progress-by-carriage-return", OUTPUTS, T06, lambda nb: nb.edit(
        "fit_line", "losses.append(", "print(f'\\rstep {len(losses)}', end='', flush=True)\n        losses.append(")),
    Habit("rich-table", OUTPUTS, T11, lambda nb: nb.last("pd.DataFrame(np.random.rand(500, 30)).style.highlight_max()", "salaries = 1\nsalaries")),
)  # fmt: skip
