import math

import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% alternative: autograd
def mle(flips):
    return flips.sum() / len(flips)


def mle_by_gd(flips, lr, steps):
    z = torch.zeros((), requires_grad=True)
    y = flips.float()
    thetas = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(z.expand(len(y)), y)
        loss.backward()
        with torch.no_grad():
            z -= lr * z.grad
        z.grad = None
        thetas.append(torch.sigmoid(z.detach()))
    return thetas

# %% alternative: numpy
def mle(flips):
    return np.mean(flips.numpy())


def mle_by_gd(flips, lr, steps):
    f = flips.numpy().astype(float)
    z, out = 0.0, np.empty(steps)
    for t in range(steps):
        z -= lr * np.mean(1 / (1 + np.exp(-z)) - f)
        out[t] = 1 / (1 + np.exp(-z))
    return out

# %% alternative: chain_rule
def mle(flips):
    heads = sum(1 for flip in flips if flip == 1)
    return heads / flips.numel()


def mle_by_gd(flips, lr, steps):
    k, n = int(flips.sum()), len(flips)
    z = torch.tensor(0.0, dtype=torch.float64)
    thetas = torch.zeros(steps, dtype=torch.float64)
    for t in range(steps):
        theta = z.sigmoid()
        slope = -(k / theta - (n - k) / (1 - theta)) / n
        z = z - lr * slope * theta * (1 - theta)
        thetas[t] = z.sigmoid()
    return thetas

# %% mistake: descends_wrong_way
# Your θ moves away from the share of heads: the step goes uphill on the loss.
# ? With 7 heads in 10, should θ grow from 0.5, or shrink?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z + lr * (theta - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: unbounded_theta
# θ left the range from 0 to 1, or takes other steps: move a score z, and take θ = sigmoid(z). If you do that, your steps are far too long: the share of heads is wanted, k/n, and not their number.
# ? Which numbers can sigmoid(z) give, whatever z is?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    theta, thetas = 0.5, []
    for _ in range(steps):
        theta = theta - lr * -(share / theta - (1 - share) / (1 - theta))
        thetas.append(theta)
    return thetas

# %% mistake: unbounded_theta
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    y = flips.float()
    theta = torch.tensor(0.5, requires_grad=True)
    thetas = []
    for _ in range(steps):
        loss = -(y * torch.log(theta) + (1 - y) * torch.log(1 - theta)).mean()
        loss.backward()
        with torch.no_grad():
            theta -= lr * theta.grad
        theta.grad = None
        thetas.append(theta.item())
    return thetas

# %% mistake: n_minus_1
# You divided by n − 1. The most likely θ is the share of heads, k/n.
# ? What is your estimate for four heads in four flips?
def mle(flips):
    return float(flips.sum() / (len(flips) - 1))


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: adds_one
# You added a head and a tail that nobody saw. The most likely θ is k/n.
# ? What is the share of heads in four heads of four flips?
def mle(flips):
    return float((flips.sum() + 1) / (len(flips) + 2))


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: share_of_tails
# You counted the tails. 1 is a head.
# ? Which θ do many heads speak for: a large or a small one?
def mle(flips):
    return float((flips == 0).sum() / len(flips))


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: count_not_share
# You give the number of heads. θ is a probability.
# ? Can a probability be 7?
def mle(flips):
    return int(flips.sum())


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: sum_not_mean
# Your steps are n times too long: the loss is the mean over the flips, not their sum.
# ? If every flip were there twice, should the step double?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share) * len(flips)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: returns_the_score
# Your list holds the scores z. The thetas, sigmoid(z), are wanted.
# ? Which function makes a probability of a score?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, zs = 0.0, []
    for _ in range(steps):
        z = z - lr * (1 / (1 + math.exp(-z)) - share)
        zs.append(z)
    return zs

# %% mistake: thetas_before_the_step
# Your thetas are those before each step: they begin with 0.5.
# ? Is 0.5 the θ after the first step?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share)
        thetas.append(theta)
    return thetas

# %% mistake: one_too_many
# The start 0.5 is in your list too. Only the thetas after the steps are wanted.
# ? How many thetas are there after one step?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, [0.5]
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: only_the_last
# You return one θ. The θ after each step is wanted, as a list.
# ? What does your function return after 30 steps?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas[-1]

# %% mistake: sigmoid_prime_extra
# Your steps are shortened by θ · (1 − θ). For the log-likelihood this factor cancels; it stays for the squared error.
# ? What is the derivative of −ln θ · k/n − ln(1 − θ) · (1 − k/n) with respect to z?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    z, thetas = 0.0, []
    for _ in range(steps):
        theta = 1 / (1 + math.exp(-z))
        z = z - lr * (theta - share) * theta * (1 - theta)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: accumulated
# The first step is right, the next ones are not: `backward()` adds each gradient to all earlier ones.
# ? What is in `z.grad` just before your second `backward()`?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    y = flips.float()
    z = torch.zeros((), requires_grad=True)
    thetas = []
    for _ in range(steps):
        loss = F.binary_cross_entropy_with_logits(z.expand(len(y)), y)
        loss.backward()
        with torch.no_grad():
            z -= lr * z.grad
        thetas.append(torch.sigmoid(z).item())
    return thetas

# %% wrong: jumps_there
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    return [mle(flips)] * steps

# %% wrong: clamped
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share = flips.float().mean().item()
    theta, thetas = 0.5, []
    for _ in range(steps):
        theta = theta + lr * (share / theta - (1 - share) / (1 - theta))
        theta = min(max(theta, 0.01), 0.99)
        thetas.append(theta)
    return thetas

# %% wrong: visible_value
def mle(flips):
    return 0.7


def mle_by_gd(flips, lr, steps):
    return [0.7] * steps

# %% mistake: starts_at_half
# Your score starts at 0.5. Its start is z = 0; it is θ that starts at 0.5.
# ? What is sigmoid(0)?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), 0.5, []
    for _ in range(steps):
        z -= lr * (1 / (1 + math.exp(-z)) - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: another_number_of_steps
# You make a step more, or less, than `steps` says; with each step comes one θ.
# ? How often does your loop run for steps = 3?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), 0.0, []
    for _ in range(steps + 1):
        z -= lr * (1 / (1 + math.exp(-z)) - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: another_number_of_steps
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), 0.0, []
    for _ in range(1, steps):
        z -= lr * (1 / (1 + math.exp(-z)) - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: lr_ignored
# Your steps have always the same rate: the argument `lr` is not used.
# ? Where in your code does `lr` occur?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), 0.0, []
    for _ in range(steps):
        z -= 2.0 * (1 / (1 + math.exp(-z)) - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: starts_anew
# Each of your steps starts at z = 0 again, so all thetas are those after one step.
# ? Where does `z = 0` belong: before the loop, or inside of it?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), 0.0, []
    for _ in range(steps):
        z = 0.0
        z -= lr * (1 / (1 + math.exp(-z)) - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: theta_of_the_start
# Your steps all use the θ of the start. It changes with z, so it must be computed anew in each step.
# ? What is θ when the second step begins?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), 0.0, []
    theta = 1 / (1 + math.exp(-z))
    for _ in range(steps):
        z -= lr * (theta - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: returns_in_the_loop
# Your list has one θ only: the function returns inside of its loop.
# ? How far is your `return` indented?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), 0.0, []
    for _ in range(steps):
        z -= lr * (1 / (1 + math.exp(-z)) - share)
        thetas.append(1 / (1 + math.exp(-z)))
        return thetas

# %% mistake: unbounded_theta
# Of a score; the steps are so long that sigmoid says 0 or 1.
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), 0.0, []
    for _ in range(steps):
        z -= lr * (1 / (1 + math.exp(-z)) - int(flips.sum()))
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% mistake: losses_for_thetas
# Your list holds the loss after each step; the thetas are wanted.
# ? Is the first number of your list nearer to ln 2 or to θ?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    z, losses = torch.zeros((), requires_grad=True), []
    for _ in range(steps):
        loss = F.binary_cross_entropy(torch.sigmoid(z).expand(len(flips)), flips.float())
        loss.backward()
        with torch.no_grad():
            z -= lr * z.grad
            z.grad.zero_()
        losses.append(loss.item())
    return losses

# %% mistake: same_tensor_each_time
# Your list holds the same tensor again and again, and what is changed in it is changed everywhere. Note a number, or a new tensor, after each step.
# ? After `list.append(theta)`, is a copy of theta in the list, or theta itself?
def mle(flips):
    return flips.float().mean().item()


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), torch.zeros(1), []
    theta = torch.sigmoid(z)
    for _ in range(steps):
        z -= lr * (theta - share)
        torch.sigmoid(z, out=theta)
        thetas.append(theta)
    return thetas

# %% mistake: floor_division
# `//` cuts the share off to a whole number. The most likely θ is k/n.
# ? What is 7 // 10 in Python, and what is 7 / 10?
def mle(flips):
    return flips.sum() // len(flips)


def mle_by_gd(flips, lr, steps):
    share, z, thetas = flips.float().mean().item(), 0.0, []
    for _ in range(steps):
        z -= lr * (1 / (1 + math.exp(-z)) - share)
        thetas.append(1 / (1 + math.exp(-z)))
    return thetas

# %% alternative: optimiser
def mle(flips):
    return torch.bincount(flips, minlength=2)[1] / len(flips)


def mle_by_gd(flips, lr, steps):
    z = torch.zeros((), requires_grad=True)
    optimiser = torch.optim.SGD([z], lr=lr)
    thetas = []
    for _ in range(steps):
        optimiser.zero_grad()
        F.binary_cross_entropy_with_logits(z.expand(len(flips)), flips.float()).backward()
        optimiser.step()
        thetas.append(torch.sigmoid(z).item())
    return thetas
