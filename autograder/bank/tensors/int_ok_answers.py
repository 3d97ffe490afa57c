import torch
import torch.nn.functional as F
from torch import nn

# %% reference
def _works(function):
    try:
        function(torch.tensor([-1, 0, 2]))
    except RuntimeError:
        return False
    return True

int_ok = {
    "relu": _works(torch.relu),
    "sigmoid": _works(torch.sigmoid),
    "tanh": _works(torch.tanh),
    "leaky_relu": _works(lambda t: F.leaky_relu(t, 0.01)),
    "softmax": _works(lambda t: torch.softmax(t, dim=0)),
    "mean": _works(torch.mean),
    "requires_grad": _works(lambda t: t.requires_grad_()),
}

# %% alternative: looked_up
int_ok = {"relu": True, "sigmoid": True, "tanh": True, "leaky_relu": False, "softmax": False, "mean": False, "requires_grad": False}

# %% alternative: three_of_seven
int_ok = {name: name in ("relu", "sigmoid", "tanh") for name in
          ["mean", "softmax", "relu", "tanh", "requires_grad", "leaky_relu", "sigmoid"]}

# %% alternative: layers
int_ok = {}
for _name, _layer in {"relu": nn.ReLU(), "sigmoid": nn.Sigmoid(), "tanh": nn.Tanh(), "leaky_relu": nn.LeakyReLU(0.05),
                      "softmax": nn.Softmax(dim=0), "mean": torch.mean}.items():
    try:
        _layer(torch.tensor([1, -2, 3]))
        int_ok[_name] = True
    except Exception:
        int_ok[_name] = False
int_ok["requires_grad"] = False

# %% alternative: function
def int_ok():
    return dict(relu=1, sigmoid=1, tanh=1, leaky_relu=0, softmax=0, mean=0, requires_grad=0)

# %% mistake: all_need_float
# You say that nothing takes whole numbers. Three of the seven do: PyTorch turns the numbers into floats itself, or needs no fractions.
# ? What does `torch.sigmoid(torch.tensor([0, 1]))` answer?
int_ok = {"relu": False, "sigmoid": False, "tanh": False, "leaky_relu": False, "softmax": False, "mean": False, "requires_grad": False}

# %% mistake: all_accept_int
# You say that everything takes whole numbers. Four of the seven raise an error.
# ? What does `torch.tensor([1, 2]).mean()` say?
int_ok = {"relu": True, "sigmoid": True, "tanh": True, "leaky_relu": True, "softmax": True, "mean": True, "requires_grad": True}

# %% mistake: relu_refuses
# You say that ReLU refuses whole numbers. It only compares with 0, and that needs no fractions.
# ? What does `torch.relu(torch.tensor(-1))` answer, and with which dtype?
int_ok = {"relu": False, "sigmoid": True, "tanh": True, "leaky_relu": False, "softmax": False, "mean": False, "requires_grad": False}

# %% mistake: sigmoid_refuses
# You say that sigmoid or tanh refuses whole numbers. Both turn them into float32 on their own.
# ? Which dtype has `torch.tanh(torch.tensor([0, 1]))`?
int_ok = {"relu": True, "sigmoid": False, "tanh": False, "leaky_relu": False, "softmax": False, "mean": False, "requires_grad": False}

# %% mistake: sigmoid_refuses
int_ok = {"relu": True, "sigmoid": False, "tanh": True, "leaky_relu": False, "softmax": False, "mean": False, "requires_grad": False}

# %% mistake: sigmoid_refuses
int_ok = {"relu": True, "sigmoid": True, "tanh": False, "leaky_relu": False, "softmax": False, "mean": False, "requires_grad": False}

# %% mistake: leaky_like_relu
# You say that LeakyReLU takes whole numbers, since ReLU does. But it multiplies by a fraction, and refuses.
# ? What would −1 · 0.01 be as a whole number?
int_ok = {"relu": True, "sigmoid": True, "tanh": True, "leaky_relu": True, "softmax": False, "mean": False, "requires_grad": False}

# %% mistake: softmax_like_sigmoid
# You say that softmax takes whole numbers, since sigmoid does. It does not turn them into floats, and raises an error.
# ? What does `torch.softmax(torch.tensor([0, 1]), dim=0)` say?
int_ok = {"relu": True, "sigmoid": True, "tanh": True, "leaky_relu": False, "softmax": True, "mean": False, "requires_grad": False}

# %% mistake: activations_all_alike
# You say that all five activations take whole numbers. LeakyReLU and softmax don't.
# ? Which of the five did you try?
int_ok = {"relu": True, "sigmoid": True, "tanh": True, "leaky_relu": True, "softmax": True, "mean": False, "requires_grad": False}

# %% mistake: mean_takes_int
# You say that a mean of whole numbers works. PyTorch refuses: it does not guess which dtype the answer should have.
# ? What did question 4 have to do before it could take the mean?
int_ok = {"relu": True, "sigmoid": True, "tanh": True, "leaky_relu": False, "softmax": False, "mean": True, "requires_grad": False}

# %% mistake: grad_of_int
# You say that whole numbers can require a gradient. A gradient says what a tiny change does, and whole numbers can't change by a tiny bit.
# ? What does `torch.tensor(2, requires_grad=True)` say?
int_ok = {"relu": True, "sigmoid": True, "tanh": True, "leaky_relu": False, "softmax": False, "mean": False, "requires_grad": True}

# %% mistake: mean_takes_int
int_ok = {"relu": True, "sigmoid": True, "tanh": True, "leaky_relu": False, "softmax": False, "mean": True, "requires_grad": True}

# %% mistake: activations_refuse
# You say that no activation takes whole numbers. ReLU, sigmoid and tanh do.
# ? What do the three answer for `torch.tensor([0, 1])`?
int_ok = {"relu": False, "sigmoid": False, "tanh": False, "leaky_relu": False, "softmax": False, "mean": True, "requires_grad": False}

# %% mistake: upside_down
# Every entry is the wrong way round: True means that the line runs.
# ? Does `int_ok["mean"]` ask whether it works, or whether it fails?
int_ok = {"relu": False, "sigmoid": False, "tanh": False, "leaky_relu": True, "softmax": True, "mean": True, "requires_grad": True}

# %% wrong: texts
int_ok = dict.fromkeys(["relu", "sigmoid", "tanh", "leaky_relu", "softmax", "mean", "requires_grad"], "yes")

# %% wrong: a_list
int_ok = [True, True, True, False, False, False, False]

# %% mistake: texts_for_flags
# Your entries are texts: True and False are written without quotes.
# ? What is `bool("False")`?
int_ok = {"relu": "True", "sigmoid": "True", "tanh": "True", "leaky_relu": "False", "softmax": "False", "mean": "False", "requires_grad": "False"}

# %% mistake: results_for_flags
# Your entries are what the lines answer; wanted is True for a line that runs, and False for one that raises an error.
# ? What should `int_ok["relu"]` say: what ReLU makes of whole numbers, or whether it takes them?
int_ok = {}
for _name, _line in {"relu": torch.relu, "sigmoid": torch.sigmoid, "tanh": torch.tanh}.items():
    int_ok[_name] = _line(torch.tensor([-1, 0, 2]))
int_ok.update(leaky_relu=False, softmax=False, mean=False, requires_grad=False)

# %% mistake: only_grad_refused
# You say that everything but the gradient takes whole numbers. LeakyReLU, softmax and the mean refuse them too.
# ? Which of these three did you try?
int_ok = {"relu": True, "sigmoid": True, "tanh": True, "leaky_relu": True, "softmax": True, "mean": True, "requires_grad": False}

# %% wrong: smooth_ones_refuse
int_ok = {"relu": True, "sigmoid": False, "tanh": False, "leaky_relu": True, "softmax": False, "mean": False, "requires_grad": False}

# %% wrong: relu_and_mean_mixed_up
int_ok = {"relu": False, "sigmoid": True, "tanh": True, "leaky_relu": False, "softmax": False, "mean": True, "requires_grad": True}
