import numpy as np
import torch

# %% reference
def relu_grad(x):
    return (x > 0).to(x.dtype)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% alternative: where
def relu_grad(x):
    return torch.where(x > 0, torch.ones_like(x), torch.zeros_like(x))

def _slope(function):
    x = torch.tensor(0.0, requires_grad=True)
    function(x).backward()
    return x.grad

tie_quiz = {
    "relu": _slope(torch.relu).item(),
    "maximum": _slope(lambda x: torch.maximum(x, torch.zeros(()))).item(),
    "abs": _slope(torch.abs).item(),
}

# %% alternative: heaviside
def relu_grad(x):
    return torch.heaviside(x, torch.zeros_like(x))

tie_quiz = dict(abs=0, relu=0, maximum=1 / 2)

# %% alternative: clamped_sign
def relu_grad(x):
    return torch.sign(x).clamp(min=0)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% alternative: assigned
def relu_grad(x):
    out = torch.zeros_like(x)
    out[x > 0] = 1
    return out

tie_quiz = {"relu": torch.tensor(0.0), "maximum": torch.tensor(0.5), "abs": torch.tensor(0.0)}

# %% alternative: plain_python
def relu_grad(x):
    flat = [1.0 if number > 0 else 0.0 for number in x.flatten().tolist()]
    return torch.tensor(flat, dtype=x.dtype, device=x.device).reshape(x.shape)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% alternative: numpy
def relu_grad(x):
    return torch.from_numpy(np.where(x.cpu().numpy() > 0, 1.0, 0.0)).to(x)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: one_at_zero
# At 0 you say 1. PyTorch says 0 there, and so should your function.
# ? Which comparison is false at 0 itself: `>` or `>=`?
def relu_grad(x):
    return (x >= 0).to(x.dtype)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: half_at_zero
# At 0 you say one half. That is what `torch.maximum` does with a tie; ReLU has the slope 0 there.
# ? What does autograd say for `torch.relu` at 0?
def relu_grad(x):
    return torch.heaviside(x, torch.full_like(x, 0.5))

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: uses_gt_on_grad
# You compared the gradient of x with 0. Compare x itself; nothing has filled its `.grad`.
# ? Which number decides on which side of the corner you are: x or its gradient?
def relu_grad(x):
    return (x.grad > 0).to(x.dtype)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: uses_autograd
# You let autograd find the slope. Here you are to write it yourself, without `backward` and without `torch.autograd.grad`.
# ? What is the slope of ReLU left of 0, and right of 0?
def relu_grad(x):
    leaf = x.detach().clone().requires_grad_()
    torch.relu(leaf).sum().backward()
    return leaf.grad

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: uses_autograd
def relu_grad(x):
    leaf = x.detach().clone().requires_grad_()
    return torch.autograd.grad(torch.relu(leaf).sum(), leaf)[0]

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: flags_for_numbers
# The answer holds True and False; slopes are numbers, of the dtype of x.
# ? Into which dtype should the flags be turned?
def relu_grad(x):
    return x > 0

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: float32_always
# The slopes are right, but always of one dtype; they should have the dtype of x.
# ? What is `.float()` of a float64 question: float64 or float32?
def relu_grad(x):
    return (x > 0).float()

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: float32_always
def relu_grad(x):
    return (x > 0).double()

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: float32_always
def relu_grad(x):
    return (x > 0).int()

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: value_not_slope
# You returned ReLU itself; wanted is how steep it is.
# ? How much does ReLU grow from 3 to 4, and what is it at 3?
def relu_grad(x):
    return torch.relu(x)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: minus_on_the_left
# Left of 0 you say −1. ReLU is flat there: it does not fall.
# ? How much does ReLU change from −3 to −2?
def relu_grad(x):
    return torch.sign(x)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: not_on_the_device
# The slopes are right, but your code works on the CPU only: a tensor was made anew on the way, or NumPy took part.
# ? On which device is a new tensor made if you do not say `device=x.device`?
def relu_grad(x):
    return torch.tensor([1.0 if number > 0 else 0.0 for number in x.flatten().tolist()], dtype=x.dtype).reshape(x.shape)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: not_on_the_device
def relu_grad(x):
    return torch.from_numpy((x.numpy() > 0).astype(x.numpy().dtype))

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: maximum_like_relu
# In the quiz, you say that `maximum` has the slope 0 at a tie. It shares: each of two equal numbers gets half.
# ? Which of x and 0 is the larger one at 0, and what would be fair?
def relu_grad(x):
    return (x > 0).to(x.dtype)

tie_quiz = {"relu": 0.0, "maximum": 0.0, "abs": 0.0}

# %% mistake: maximum_like_relu
def relu_grad(x):
    return (x > 0).to(x.dtype)

tie_quiz = {"relu": 0.0, "maximum": 1.0, "abs": 0.0}

# %% mistake: relu_not_zero
# In the quiz, the slope of ReLU at 0 is not what autograd says. It is 0.
# ? What does `x.grad` show after `torch.relu(x).backward()` at 0?
def relu_grad(x):
    return (x > 0).to(x.dtype)

tie_quiz = {"relu": 0.5, "maximum": 0.5, "abs": 0.0}

# %% mistake: relu_not_zero
def relu_grad(x):
    return (x > 0).to(x.dtype)

tie_quiz = {"relu": 1.0, "maximum": 0.5, "abs": 0.0}

# %% mistake: abs_not_zero
# In the quiz, the slope of `abs` at 0 is not what autograd says. It takes the middle of −1 and 1.
# ? Which number lies in the middle of the slopes −1 and 1?
def relu_grad(x):
    return (x > 0).to(x.dtype)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 1.0}

# %% mistake: abs_not_zero
def relu_grad(x):
    return (x > 0).to(x.dtype)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.5}

# %% mistake: all_half
# In the quiz, you say one half for all three. Only `maximum` shares a tie.
# ? What does autograd say for each of the three?
def relu_grad(x):
    return (x > 0).to(x.dtype)

tie_quiz = {"relu": 0.5, "maximum": 0.5, "abs": 0.5}

# %% wrong: ones
def relu_grad(x):
    return torch.ones_like(x)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% wrong: zeros
def relu_grad(x):
    return torch.zeros_like(x)

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}

# %% wrong: known_answer
def relu_grad(x):
    return torch.tensor([0.0, 0.0, 0.0, 1.0, 1.0])

tie_quiz = {"relu": 0.0, "maximum": 0.5, "abs": 0.0}
