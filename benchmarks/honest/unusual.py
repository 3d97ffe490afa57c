"""Rarer habits: what a student of the eighth week has picked up somewhere, and the notebook's own machinery."""

from __future__ import annotations

import copy
from collections.abc import Callable

from benchmarks.honest.draft import Draft, Habit, grade_id_of
from benchmarks.honest.names_and_state import T01, T02, T03, T04, T05, T06, T07, T08, T09, T10, T11, T12, T13, T14, T15

SHELL, TESTS, BOUND, PROCESS, PASTED = (
    "the shell's own machinery", "test cells changed", "bound in another way", "the process", "pasted code",
)  # fmt: skip
NOT_SHOWN = {"kernel": "no test cell is there to show it", "stock": "nbgrader writes its own test cell"}


def _test(question: str, source: str) -> Callable[[Draft], None]:
    def change(nb: Draft) -> None:
        nb.cells[nb.place(f"test-{question}")].source = source

    return change


def _answer_deleted(nb: Draft) -> None:
    """The blank was deleted, and the answer stands in a cell of one's own."""
    cell = nb.answer("decide")
    place = nb.place("decide")
    nb.cells.remove(cell)
    nb.add(place, cell.source)


def _setup_deleted(nb: Draft) -> None:
    cell = nb.cells[nb.place("setup")]
    nb.cells.remove(cell)
    nb.add(0, *cell.source.split("\n\n"))


def _one_cell(nb: Draft) -> None:
    """The whole notebook as one cell, checks and all."""
    sources = [cell.source for cell in nb.cells if cell.cell_type == "code" and grade_id_of(cell)]
    nb.notebook.cells = []
    nb.add(0, "\n\n".join(sources))


def _indented(nb: Draft) -> None:
    cell = nb.answer("mse")
    cell.source = "\n".join(f"    {line}" if line.strip() else line for line in cell.source.split("\n"))


def _prompts(nb: Draft) -> None:
    cell = nb.answer("predict")
    first, *rest = cell.source.split("\n")
    cell.source = "\n".join([f">>> {first}", *(f"... {line}" for line in rest)])


def _marks_of_one_cell_gone(nb: Draft) -> None:
    nb.answer("standardise").metadata.clear()


def _answers_copied_below(nb: Draft) -> None:
    """All answers once more at the end, as a summary."""
    nb.last(*[cell.source for cell in copy.deepcopy(nb.cells) if cell.metadata.get("nbgrader", {}).get("solution")
              and cell.cell_type == "code"])  # fmt: skip


HABITS = (
    Habit("every-line-shown", SHELL, T01, lambda nb: nb.first(
        "from IPython.core.interactiveshell import InteractiveShell\nInteractiveShell.ast_node_interactivity = 'all'", "1\n2\n3")),
    Habit("every-line-shown-by-the-magic", SHELL, T03, lambda nb: nb.first("%config InteractiveShell.ast_node_interactivity = 'all'")),
    Habit("own-error-handler", SHELL, T06, lambda nb: nb.first(
        "def quiet(shell, kind, value, trace, tb_offset=None):\n    print('oh', value)\n\nget_ipython().set_custom_exc((Exception,), quiet)", "1 / 0\nx = 3")),
    Habit("own-events", SHELL, T12, lambda nb: nb.first(
        "import time\ndef before(info):\n    global started\n    started = time.time()\ndef after(result):\n    print(f'{time.time() - started:.1f} s')\n"
        "get_ipython().events.register('pre_run_cell', before)\nget_ipython().events.register('post_run_cell', after)")),
    Habit("own-magic", SHELL, T08, lambda nb: nb.first(
        "from IPython.core.magic import register_cell_magic, register_line_magic\n@register_cell_magic\ndef skip(line, cell):\n    return\n"
        "@register_line_magic\ndef shout(line):\n    return line.upper()", "%%skip\n1 / 0", "%shout hello")),
    Habit("own-cell-magic-above-an-answer", SHELL, T11, lambda nb: (
        nb.first("from IPython.core.magic import register_cell_magic\n@register_cell_magic\ndef noted(line, cell):\n"
                 "    print('running', line)\n    get_ipython().run_cell(cell)"), nb.begin("rmse_usd", "%%noted rmse"))),
    Habit("pylab", SHELL, T07, lambda nb: nb.first("%pylab inline")),
    Habit("last-result", SHELL, T05, lambda nb: (
        nb.first("math.e", "E = _\nprint(Out)\nE_again = _i"), nb.begin("chance_loss", "assert E > 2"))),
    Habit("logstart-and-others", SHELL, T10, lambda nb: nb.last(
        "%logstart -q log.py\n%logstop\n%alias hi echo hi\n%rerun\n%pycat nothing.py\n%reset_selective -f ^twins$\n%autosave 60\n%notebook out.ipynb")),
    Habit("line-magics-by-call", SHELL, T02, lambda nb: nb.first(
        "ip = get_ipython()\nip.run_line_magic('matplotlib', 'inline')\nip.system('ls')\nip.run_cell('a = 3')\nip.ex('b = 4')\nprint(a + b)")),
    Habit("run-another-notebook", SHELL, T13, lambda nb: (
        nb.files.update({"mine/tools.ipynb": '{"cells": [{"cell_type": "code", "source": "half = lambda x: x / 2", "metadata": {}, '
                         '"outputs": [], "execution_count": null}], "metadata": {"kernelspec": {"name": "python3", "display_name": "P", '
                         '"language": "python"}}, "nbformat": 4, "nbformat_minor": 2}'}),
        nb.first("%run mine/tools.ipynb"), nb.begin("default_bound", "assert half(2) == 1"))),
    Habit("display-without-import", SHELL, T14, lambda nb: nb.edit("tokenise", "    return", "    display(text)\n    return")),
    Habit("cd-into-a-folder", SHELL, T09, lambda nb: (nb.files.update({"work/k.txt": "1"}), nb.first("%cd work\nK = int(open('k.txt').read())\n%cd ..\n%cd -"),
                                                     nb.begin("label_floor", "assert K == 1"))),
    Habit("async-with-top-level-for", SHELL, T15, lambda nb: nb.first(
        "import asyncio\nasync def numbers():\n    for k in range(3):\n        yield k\nasync for k in numbers():\n    print(k)\n"
        "results = await asyncio.gather(*[asyncio.sleep(0, k) for k in range(3)])")),
    Habit("source-of-an-answer", SHELL, T04, lambda nb: nb.below("softmax", "import inspect\nprint(inspect.getsource(softmax))\nsoftmax??")),

    Habit("test-timed", TESTS, T03, _test("count_mlp", '%%time\ncheck("count_mlp")')),
    Habit("test-with-prints", TESTS, T06, _test("zero_grads", 'print("now:")\nresult = check("zero_grads")\nresult')),
    Habit("test-commented-out", TESTS, T08, _test("boundary", '# check("boundary")'), unlike=NOT_SHOWN),
    Habit("test-emptied", TESTS, T12, _test("regime", ""), unlike=NOT_SHOWN),
    Habit("test-of-all", TESTS, T02, _test("predict_only", 'check("predict_only")\ncheck()'), unlike={"kernel": "the last line alone is shown"}),
    Habit("test-by-alias", TESTS, T15, lambda nb: nb.last("import autograder as ag\nfrom autograder import check as c, hint as h\nc('dropout')\nag.check(3)\nh(1)\nag.progress()")),
    Habit("tests-all-at-the-end", TESTS, T04, lambda nb: nb.cells.sort(key=lambda cell: grade_id_of(cell).startswith("test-"))),
    Habit("asserts-on-check", TESTS, T05, lambda nb: nb.below("mse", "assert 'right' in repr(check('mse'))\nassert check('mse').score > 0")),
    Habit("answer-cell-deleted", TESTS, T04, _answer_deleted),
    Habit("setup-cell-deleted", TESTS, T09, _setup_deleted),
    Habit("one-cell-lost-its-marks", TESTS, T10, _marks_of_one_cell_gone),
    Habit("one-cell-notebook", TESTS, T03, _one_cell, unlike={"kernel": "the last line alone is shown", "stock": "no test cells"}),
    Habit("answers-again-at-the-end", TESTS, T13, _answers_copied_below),
    Habit("five-hundred-cells", TESTS, T01, lambda nb: nb.last(*[f"x{k} = {k}" for k in range(500)])),

    Habit("by-globals", BOUND, T03, lambda nb: nb.end("count_linear", "globals()['count_linear'] = lambda n_in, n_out, bias=True: n_out * (n_in + bool(bias))")),
    Habit("by-a-loop", BOUND, T08, lambda nb: nb.write(
        "boundary", "for name in ('boundary',):\n    def _f(w, b, threshold=0.5):\n        x = (math.log(threshold / (1 - threshold)) - b) / w\n"
        "        return x, 'right' if w > 0 else 'left'\n    globals()[name] = _f")),
    Habit("by-main", BOUND, T14, lambda nb: nb.end("tokenise", "import __main__\n__main__.tokenise_again = __main__.tokenise\ntokenise = tokenise_again")),
    Habit("by-type", BOUND, T10, lambda nb: nb.end(
        "AddMult", "Mult = type('Mult', (), {'__init__': Mult.__init__, '__call__': Mult.__call__})\nassert Mult(2)((1, 2)) == (2, 4)")),
    Habit("main-guard", BOUND, T06, lambda nb: nb.write(
        "n_updates", "def _n(n, batch, epochs, drop_last=False):\n    return epochs * (n // batch if drop_last else math.ceil(n / batch))\n\n"
        "if __name__ == '__main__':\n    import math\n    n_updates = _n")),
    Habit("else-of-an-import", BOUND, T05, lambda nb: nb.write(
        "from_one_hot", "try:\n    from cupy import argmax as from_one_hot\nexcept ImportError:\n    def from_one_hot(oh):\n        return oh.max(dim=1).indices")),
    Habit("registry", BOUND, T12, lambda nb: (
        nb.first("REGISTRY = {}\ndef register(name):\n    def wrap(f):\n        REGISTRY[name] = f\n        return f\n    return wrap"),
        nb.edit("rmsprop_step", "def rmsprop_step", "@register('rms')\ndef rmsprop_step"), nb.end("rmsprop_step", "rmsprop_step = REGISTRY['rms']"))),
    Habit("abstract-base", BOUND, T10, lambda nb: (
        nb.begin("TableDataset", "from abc import ABC, abstractmethod\nclass Sized(ABC):\n    @abstractmethod\n    def __len__(self): ...\n"),
        nb.edit("TableDataset", "(Dataset)", "(Dataset, Sized)"))),
    Habit("slots-and-properties", BOUND, T10, lambda nb: nb.edit(
        "TableDataset", "    def __len__(self):", "    @property\n    def shape(self):\n        return tuple(self.X.shape)\n\n    def __len__(self):")),
    Habit("scripted", BOUND, T15, lambda nb: nb.write(
        "embedding", "@torch.jit.script\ndef embedding(table: torch.Tensor, ids: torch.Tensor) -> torch.Tensor:\n    return table[ids]\n\n"
        + nb.answer("embedding").source[nb.answer("embedding").source.index("def embedding_gradient"):])),
    Habit("vectorised-by-numpy", BOUND, T13, lambda nb: nb.end("default_bound", "table = np.vectorize(default_bound)(np.arange(1, 5))\ntable")),
    Habit("module-level-layers", BOUND, T09, lambda nb: (
        nb.begin("forward_by_hand", "relu, squash = nn.ReLU(), nn.Sigmoid()"),
        nb.write("forward_by_hand", "relu, squash = nn.ReLU(), nn.Sigmoid()\n\ndef forward_by_hand(W1, b1, W2, b2, x):\n"
                 "    return squash(relu(x @ W1.T + b1) @ W2.T + b2)"))),

    Habit("threads-inside", PROCESS, T07, lambda nb: nb.write(
        "predict", "from concurrent.futures import ThreadPoolExecutor\n\ndef predict(X, w, b):\n    with ThreadPoolExecutor(2) as pool:\n"
        "        return pool.submit(lambda: (X * w).sum(dim=-1) + b).result()")),
    Habit("thread-left-running", PROCESS, T02, lambda nb: nb.first(
        "import threading, time\ndef tick():\n    while True:\n        time.sleep(0.05)\nthreading.Thread(target=tick, daemon=True).start()")),
    Habit("random-of-the-system", PROCESS, T14, lambda nb: nb.first(
        "import getpass, os, platform, secrets, socket, sys, uuid\nprint(platform.platform(), sys.version, os.cpu_count(), uuid.uuid4())\n"
        "secrets.token_hex(4), socket.gethostname(), os.path.expanduser('~'), os.getpid()")),
    Habit("environment", PROCESS, T09, lambda nb: nb.first(
        "import os\nos.environ['CUDA_VISIBLE_DEVICES'] = '0'\nos.environ['KMP_DUPLICATE_LIB_OK'] = 'TRUE'\nos.environ['OMP_NUM_THREADS'] = '4'\n"
        "if torch.cuda.is_available():\n    torch.cuda.empty_cache()")),
    Habit("tracing", PROCESS, T12, lambda nb: nb.first("import atexit, faulthandler, gc, tracemalloc\ntracemalloc.start()\ngc.disable()\natexit.register(print, 'bye')")),
    Habit("stdout-redirected", PROCESS, T11, lambda nb: nb.edit(
        "baseline_rmse", "def baseline_rmse(y_train, y_test):\n", "def baseline_rmse(y_train, y_test):\n    import contextlib, io, sys\n"
        "    with contextlib.redirect_stdout(io.StringIO()):\n        print('hidden')\n    sys.stdout.write('.'); sys.stdout.flush(); print('err', file=sys.stderr)\n")),
    Habit("logging-to-stdout", PROCESS, T06, lambda nb: (
        nb.first("import logging, sys\nlog = logging.getLogger('train')\nlog.addHandler(logging.StreamHandler(sys.stdout))\nlog.setLevel(logging.DEBUG)"),
        nb.edit("train_step", "    return ", "    log.debug('loss %s', loss)\n    return "))),
    Habit("print-as-partial", PROCESS, T05, lambda nb: (
        nb.first("import functools\nprint = functools.partial(print, flush=True, end='\\n\\n')"), nb.edit("mse", "    return ", "    print(pred.shape)\n    return "))),
    Habit("plots-of-all-kinds", PROCESS, T07, lambda nb: nb.first(
        "import matplotlib\nmatplotlib.use('Agg')\nplt.ion()\nplt.rcParams['figure.dpi'] = 200\nfig = plt.figure()\nplt.plot([1, 2])\nplt.savefig('a.png')\n"
        "from IPython.display import Image\nImage('a.png')\nplt.ioff()\nplt.close('all')")),
    Habit("warnings-recorded", PROCESS, T08, lambda nb: nb.edit(
        "log_likelihood", "def log_likelihood(theta, flips):\n", "def log_likelihood(theta, flips):\n    import warnings\n"
        "    with warnings.catch_warnings(record=True):\n        warnings.simplefilter('always')\n        warnings.warn('x')\n")),
    Habit("default-tensor-type", PROCESS, T15, lambda nb: nb.first("torch.set_default_tensor_type(torch.DoubleTensor)")),
    Habit("fork-rng", PROCESS, T13, lambda nb: nb.edit("init_model", "    for layer", "    gen = torch.random.get_rng_state()\n    torch.random.set_rng_state(gen)\n    for layer")),
    Habit("utils-beside", PROCESS, T01, lambda nb: (
        nb.files.update({"utils.py": "print('loading utils')\ndef mean_of(t):\n    return t.float().mean() if not t.is_floating_point() else t.mean()\n"
                         "if __name__ == '__main__':\n    raise SystemExit\n", "model.py": "x = 1\n", "data.py": "y = 2\n"}),
        nb.first("import sys\nsys.path.append('..')\nimport data, model, utils"),
        nb.write("safe_mean", "def safe_mean(t):\n    return utils.mean_of(t)"))),
    Habit("input-until-a-number", PROCESS, T10, lambda nb: nb.first(
        "n = None\nwhile n is None:\n    try:\n        n = int(input('batch size? '))\n    except ValueError:\n        print('again')\nsize = n"),
        unlike={"kernel": "nobody types", "stock": "nobody types"}),

    Habit("indented-cell", PASTED, T05, _indented),
    Habit("pasted-prompts", PASTED, T07, _prompts),
    Habit("colab-form", PASTED, T12, lambda nb: (
        nb.begin("regime", "#@title Regimes { run: \"auto\" }\nSMALL = 0.9 #@param {type:\"slider\", min:0, max:1}"), nb.edit("regime", "> 0.9", "> SMALL"))),
    Habit("vscode-cell-marks", PASTED, T14, lambda nb: nb.begin("tf_idf", "# %% [markdown]\n# # TF-IDF\n# %%\n#region answer")),
    Habit("trailing-question", PASTED, T02, lambda nb: nb.end("curve", "curve?")),
    Habit("form-feed-and-crlf", PASTED, T08, lambda nb: nb.write("mle", nb.answer("mle").source.replace("\n\n\n", "\n\x0c\n\n").replace("\n", "\r\n"))),
    Habit("copilot-comments", PASTED, T11, lambda nb: nb.begin("fit", "# filepath: /home/me/nb.ipynb\n\"\"\"Early stopping.\"\"\"\nfrom __future__ import annotations\n# type: ignore")),

    Habit("wrong-by-globals", "wrong", T03, lambda nb: nb.end("count_linear", "globals()['count_linear'] = lambda n_in, n_out, bias=True: n_out * n_in"), ("count_linear",)),
    Habit("wrong-and-test-emptied", "wrong", T12, lambda nb: (
        _test("regime", "")(nb), nb.edit("regime", "> 0.9", "> 0.99")), ("regime",)),
    Habit("wrong-indented", "wrong", T05, lambda nb: (nb.edit("mse", ".mean()", ".sum()"), _indented(nb)), ("mse",)),
    Habit("wrong-with-threads", "wrong", T07, lambda nb: nb.write(
        "predict", "import threading\n\ndef predict(X, w, b):\n    out = []\n    threading.Thread(target=lambda: out.append(X @ w)).start()\n    return out"), ("predict",)),
    Habit("wrong-one-cell", "wrong", T03, lambda nb: (nb.edit("parameter_table", "p.numel()", "len(p)"), _one_cell(nb)), ("parameter_table",)),
    Habit("forbidden-scripted", "wrong", T15, lambda nb: nb.write(
        "dropout", "import torch.nn.functional as G\nname = 'drop' + 'out'\n\ndef dropout(x, p, training):\n    return getattr(G, name)(x, p, training)"), ("dropout",)),
    Habit("forbidden-by-partial", "wrong", T05, lambda nb: nb.write(
        "cross_entropy", "import functools\ncross_entropy = functools.partial(F.cross_entropy, reduction='mean')"), ("cross_entropy",)),
    Habit("wrong-deleted-answer", "wrong", T04, lambda nb: (_answer_deleted(nb), next(c for c in nb.cells if "def decide" in c.source).update(
        source="def decide(scores, task, threshold=0.5, logits=True):\n    return scores.argmax(dim=1)")), ("decide",)),
)  # fmt: skip
