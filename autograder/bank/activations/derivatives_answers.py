import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% alternative: autograd
def slope_of(f):
    def slope(x):
        leaf = x.detach().clone().requires_grad_()
        f(leaf).sum().backward()
        return leaf.grad
    return slope

derivatives = {
    "sigmoid": slope_of(torch.sigmoid),
    "tanh": slope_of(torch.tanh),
    "relu": slope_of(torch.relu),
    "leaky": slope_of(lambda x: F.leaky_relu(x, 0.01)),
}

# %% alternative: lambdas
derivatives = {}
derivatives["relu"] = lambda x: torch.heaviside(x, torch.zeros_like(x))
derivatives["leaky"] = lambda x: 0.01 + 0.99 * (x > 0).to(x.dtype)
derivatives["tanh"] = lambda x: 1 / torch.cosh(x) ** 2
derivatives["sigmoid"] = lambda x: torch.sigmoid(x) * torch.sigmoid(-x)

# %% alternative: numpy
def _with_numpy(f):
    return lambda x: f(x.numpy()).astype(x.numpy().dtype)

derivatives = {
    "sigmoid": _with_numpy(lambda a: np.exp(-a) / (1 + np.exp(-a)) ** 2),
    "tanh": _with_numpy(lambda a: 1 - np.tanh(a) ** 2),
    "relu": _with_numpy(lambda a: np.where(a > 0, 1.0, 0.0)),
    "leaky": _with_numpy(lambda a: np.where(a > 0, 1.0, 0.01)),
}

# %% alternative: vmap
derivatives = {
    name: (lambda x, f=f: torch.func.vjp(f, x)[1](torch.ones_like(x))[0])
    for name, f in {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu,
                    "leaky": lambda x: F.leaky_relu(x, 0.01)}.items()
}

# %% mistake: s_times_1_minus_x
# In the slope of the sigmoid, σ and x are mixed: it is σ·(1 − σ), with σ in both places.
# ? What is σ(0)·(1 − σ(0)), and what does your formula give far from 0?
def d_sigmoid(x):
    return torch.sigmoid(x) * (1 - x)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: s_times_1_minus_x
def d_sigmoid(x):
    return x * (1 - torch.sigmoid(x))

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: value_expected
# Your formula is right if it is given the value of the function; but it is given x.
# ? Where does your code compute σ(x), or tanh(x), before it uses it?
def d_sigmoid(x):
    return x * (1 - x)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: value_expected
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - x ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: value_expected
def d_sigmoid(x):
    return x * (1 - x)

def d_tanh(x):
    return 1 - x ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: tanh_as_sigmoid
# You gave tanh the formula of the sigmoid. For tanh it is 1 − tanh².
# ? How steep is tanh at 0?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    t = torch.tanh(x)
    return t * (1 - t)

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: tanh_as_sigmoid
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: square_missing
# In the slope of tanh the square is missing: it is 1 − tanh².
# ? How steep should tanh be far to the left: 2, or almost 0?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x)

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: factor_missing
# In the slope of the sigmoid a factor is missing: it is σ·(1 − σ), and you have one of the two.
# ? How steep should the sigmoid be far to the left: 1, or almost 0?
def d_sigmoid(x):
    return 1 - torch.sigmoid(x)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: relu_one_at_zero
# At 0 you give ReLU (or LeakyReLU) the slope of the right side. PyTorch takes that of the left side.
# ? Which comparison is false at 0 itself: `>` or `>=`?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x >= 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: relu_one_at_zero
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x >= 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: relu_one_at_zero
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x >= 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x >= 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: value_not_slope
# One of your functions answers the activation itself; wanted is its slope.
# ? What is σ(0), and how steep is σ at 0?
def d_sigmoid(x):
    return torch.sigmoid(x)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: value_not_slope
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return torch.tanh(x)

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: value_not_slope
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return torch.relu(x)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: value_not_slope
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return F.leaky_relu(x, 0.01)

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: value_not_slope
def d_sigmoid(x):
    return torch.sigmoid(x)

def d_tanh(x):
    return torch.tanh(x)

def d_relu(x):
    return torch.relu(x)

def d_leaky(x):
    return F.leaky_relu(x, 0.01)

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: flags_for_numbers
# The slope of ReLU came back as True and False; slopes are numbers, of the dtype of x.
# ? Into which dtype should the flags be turned?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return x > 0

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: flags_for_numbers
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).int()

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: float32_always
# The slopes are right, but of float32 whatever x is.
# ? What should the dtype be for a float64 x?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).float()

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: float32_always
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.tensor(1.0), torch.tensor(0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: float32_always
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).float()

def d_leaky(x):
    return torch.where(x > 0, torch.tensor(1.0), torch.tensor(0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: zero_on_the_left
# You gave LeakyReLU the slope 0 on the left. That little slope of 0.01 is all that makes it leaky.
# ? What is the slope of 0.01·x?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return (x > 0).to(x.dtype)

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: slope_times_x
# Left of 0 your slope of LeakyReLU still has x in it: it is 0.01 everywhere there.
# ? What is the derivative of 0.01·x?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), 0.01 * x)

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: minus_on_the_left
# Left of 0 the slope has a minus. Neither ReLU nor LeakyReLU falls there.
# ? Does 0.01·x rise or fall as x grows?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, -0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: minus_on_the_left
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return torch.sign(x)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: sigmoid_plus
# In the slope of the sigmoid a sign is wrong: it is σ·(1 − σ), a minus in the bracket.
# ? Can the slope be larger than ¼?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 + s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: sigmoid_plus
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 + torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% wrong: ones
def d_sigmoid(x):
    return torch.ones_like(x)

def d_tanh(x):
    return torch.ones_like(x)

def d_relu(x):
    return torch.ones_like(x)

def d_leaky(x):
    return torch.ones_like(x)

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: values_for_functions
# The dict holds numbers, and not functions: whoever uses it can ask for no slope at another x.
# ? What is the difference between `d_relu` and `d_relu(x)`?
derivatives = {"sigmoid": 0.25, "tanh": 1.0, "relu": 1.0, "leaky": 1.0}

# %% mistake: factor_missing
# 1 / (1 + e) written out.
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return torch.exp(-x) / (1 + torch.exp(-x))

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: brackets_missing
# In the slope of the sigmoid the brackets are missing: σ·1 − σ is 0 everywhere.
# ? What is 0.5 * 1 - 0.5 in Python, and what is 0.5 * (1 - 0.5)?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * 1 - s

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: square_inside
# You took tanh of x²; wanted is the square of tanh(x).
# ? Which comes first in tanh²(x): the square or the tanh?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x ** 2)

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: tenth_for_hundredth
# On the left your LeakyReLU has the slope 0.1; here it is 0.01, as in PyTorch.
# ? What should −2 become: −0.2 or −0.02?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.1))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: changes_x
# The slopes are right, but x is written over: afterwards your function's caller has lost it. Work on a copy.
# ? Into which tensor does `x[x > 0] = 1` write?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    x[x > 0] = 1
    x[x <= 0] = 0
    return x

def d_leaky(x):
    positive = x > 0
    x[:] = 0.01
    x[positive] = 1
    return x

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: overwritten
# Your second assignment writes over the first: after it, the 0.01 on the left is above 0 itself.
# ? What is `x > 0` where x has just become 0.01?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    slope = x.clone()
    slope[slope <= 0] = 0.01
    slope[slope > 0] = 1
    return slope

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% mistake: entries_swapped
# The slopes of the sigmoid and of tanh have changed places.
# ? Which of the two is steeper at 0?
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return (x > 0).to(x.dtype)

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_tanh, "tanh": d_sigmoid, "relu": d_relu, "leaky": d_leaky}

# %% wrong: half_at_zero
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s * (1 - s)

def d_tanh(x):
    return 1 - torch.tanh(x) ** 2

def d_relu(x):
    return torch.heaviside(x, torch.tensor(0.5, dtype=x.dtype))

def d_leaky(x):
    return torch.where(x > 0, torch.ones_like(x), torch.full_like(x, 0.01))

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}

# %% alternative: two_numbers
def d_sigmoid(x):
    s = torch.sigmoid(x)
    return s - s.square()

def d_tanh(x):
    return (1 + x.tanh()) * (1 - x.tanh())

def d_relu(x):
    return torch.clamp(torch.sign(x), min=0)

def d_leaky(x):
    return torch.where(x > 0, 1.0, 0.01).to(x.dtype)

derivatives = {"sigmoid": d_sigmoid, "tanh": d_tanh, "relu": d_relu, "leaky": d_leaky}
