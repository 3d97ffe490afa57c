import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * (1 - p), p - y


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% alternative: autograd
def loss_gradients(z, y):
    slopes = []
    for loss_of in (lambda s: ((torch.sigmoid(s) - y) ** 2).sum(), lambda s: F.binary_cross_entropy_with_logits(s, y, reduction="sum")):
        s = z.clone().requires_grad_()
        slopes.append(torch.autograd.grad(loss_of(s), s)[0])
    return slopes


mse_is_differentiable = True
mse_is_convex = False

# %% alternative: numpy
def loss_gradients(z, y):
    z, y = z.numpy().astype(float), y.numpy().astype(float)
    p = 1 / (1 + np.exp(-z))
    return 2 * (p - y) * p * (1 - p), p - y


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% alternative: by_kind_of_sample
def loss_gradients(z, y):
    p, q = torch.sigmoid(z), torch.sigmoid(-z)
    ce = torch.where(y == 1, -q, p)
    return 2 * ce * p * q, ce


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: mse_not_differentiable
# The squared error of a sigmoid is a chain of smooth functions: it has a derivative everywhere. You have just computed it.
# ? At which z would there be no slope?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * (1 - p), p - y


def mse_is_differentiable():
    return False


def mse_is_convex():
    return False

# %% mistake: mse_convex
# A convex function has a slope that never falls. This slope is near 0 far to the left, then −0.30 or so, then near 0 again.
# ? For y = 1: is the slope of the squared error at z = −4 smaller or larger than at z = −1?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * (1 - p), p - y


def mse_is_differentiable():
    return True


def mse_is_convex():
    return True

# %% mistake: missing_sigmoid_prime
# Your slope of the squared error lacks the factor p · (1 − p): it is the derivative with respect to p, not to z.
# ? What is the derivative of sigmoid(z) with respect to z?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y), p - y


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: missing_sigmoid_prime
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y), (p - y) / (p * (1 - p))


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: sigmoid_prime_twice
# Your slope of the cross-entropy has a factor p · (1 − p) too many: it cancels against the derivative of the logarithm.
# ? What is 1/p times p · (1 − p)?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * (1 - p), (p - y) * p * (1 - p)


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: factor_two_missing
# Your slope of the squared error is half of what it should be: the derivative of r² is 2 · r.
# ? What is d(r²)/dr?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return (p - y) * p * (1 - p), p - y


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: sign_flipped
# Your slopes have the wrong sign.
# ? If p is too small, should the loss grow or shrink where z grows?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (y - p) * p * (1 - p), y - p


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: swapped
# The two slopes are swapped: first the squared error, then the cross-entropy.
# ? Which of the two is nearly 0 where the model is confidently wrong?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return p - y, 2 * (p - y) * p * (1 - p)


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: mean_over_the_batch
# Your slopes are divided by the number of samples. Each sample has a loss of its own here.
# ? Should the slope of one sample change if others join the batch?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * (1 - p) / len(z), (p - y) / len(z)


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: one_slope_for_all
# You return one number for each loss. Each sample has a slope of its own here.
# ? How many slopes are there for four samples?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return (2 * (p - y) * p * (1 - p)).mean(), (p - y).mean()


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: one_slope_for_all
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return (2 * (p - y) * p * (1 - p)).sum(), (p - y).sum()


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: losses_not_slopes
# You return the losses themselves. Their derivatives with respect to z are wanted.
# ? Is the squared error of a sure mistake near 1, and its slope?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return (p - y) ** 2, F.binary_cross_entropy(p, y, reduction="none")


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: no_sigmoid
# You compare y with the score z. The probability is p = sigmoid(z).
# ? What is the probability for z = −4?
def loss_gradients(z, y):
    return 2 * (z - y), z - y


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% wrong: visible_values
def loss_gradients(z, y):
    return torch.tensor([-0.034678, -0.25, -0.000635, 0.086066]), torch.tensor([-0.982014, -0.5, -0.017986, 0.952574])


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% wrong: nothing
def loss_gradients(z, y):
    return None


mse_is_differentiable = None
mse_is_convex = None

# %% wrong: changes_the_scores
def loss_gradients(z, y):
    p = torch.sigmoid_(z)
    return 2 * (p - y) * p * (1 - p), p - y


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: gradients_added_up
# Your second `backward()` added its gradient to the first one: `z.grad` holds the sum of both.
# ? What must be done with `z.grad` between two calls of `backward()`?
def loss_gradients(z, y):
    z = z.clone().requires_grad_()
    p = torch.sigmoid(z)
    ((p - y) ** 2).sum().backward(retain_graph=True)
    mse = z.grad
    torch.nn.functional.binary_cross_entropy(p, y, reduction="sum").backward()
    return mse, z.grad


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: gradients_added_up
def loss_gradients(z, y):
    z = z.clone().requires_grad_()
    p = torch.sigmoid(z)
    ((p - y) ** 2).sum().backward(retain_graph=True)
    mse = z.grad.clone()
    torch.nn.functional.binary_cross_entropy(p, y, reduction="sum").backward()
    return mse, z.grad.clone()


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: cross_entropy_falls
# Your slope of the cross-entropy has the wrong sign: it is p − y.
# ? If y is 1 and p is too small, should the loss grow or shrink where z grows?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * (1 - p), y - p


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: no_sigmoid
def loss_gradients(z, y):
    return 2 * (z - y) * z * (1 - z), z - y


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: brackets_missing
# In your slope of the squared error the brackets around 1 − p are missing.
# ? What is 0.5 * 1 - 0.5 in Python, and what is 0.5 * (1 - 0.5)?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * 1 - p, p - y


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: mean_of_the_second
# One of your two slopes is a single number: a mean or a sum was taken. Each sample has slopes of its own here.
# ? How many slopes are there for four samples?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * (1 - p), (p - y).mean()


def mse_is_differentiable():
    return True


def mse_is_convex():
    return False

# %% mistake: both_facts
# Both statements are judged wrongly. The squared error of a sigmoid is a chain of smooth functions, so it has a derivative everywhere; but its slope rises and falls again, so it is not convex.
# ? For y = 1: is the slope at z = −4 smaller or larger than at z = −1?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * (1 - p), p - y


def mse_is_differentiable():
    return False


def mse_is_convex():
    return True

# %% mistake: texts_for_flags
# The two statements are answered with texts: True and False are written without quotes.
# ? What is `bool("False")`?
def loss_gradients(z, y):
    p = torch.sigmoid(z)
    return 2 * (p - y) * p * (1 - p), p - y


def mse_is_differentiable():
    return "True"


def mse_is_convex():
    return "False"

# %% alternative: jacobians
def loss_gradients(z, y):
    def squared(z):
        return (torch.sigmoid(z) - y) ** 2

    def entropy(z):
        return F.binary_cross_entropy_with_logits(z, y, reduction="none")

    return tuple(torch.func.jacrev(loss)(z).diagonal() for loss in (squared, entropy))


mse_is_differentiable, mse_is_convex = True, False
