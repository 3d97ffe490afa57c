import math

import numpy as np
import torch

# %% reference
def likelihood(theta, flips):
    return torch.where(flips == 1, theta, 1 - theta).prod()

# %% alternative: loop
def likelihood(theta, flips):
    p = 1.0
    for flip in flips:
        p *= theta if flip == 1 else 1 - theta
    return p

# %% alternative: powers
def likelihood(theta, flips):
    heads = int(flips.sum())
    return theta**heads * (1 - theta) ** (len(flips) - heads)

# %% alternative: numpy
def likelihood(theta, flips):
    f = np.array(flips)
    return np.prod(theta**f * (1 - theta) ** (1 - f))

# %% alternative: distribution
def likelihood(theta, flips):
    coin = torch.distributions.Bernoulli(probs=theta)
    return coin.log_prob(flips.float()).sum().exp().reshape(1)

# %% mistake: binomial_coefficient
# You give the probability of so many heads in any order. The flips came in one order, so there is no binomial coefficient.
# ? In how many orders did these flips come?
def likelihood(theta, flips):
    n, k = len(flips), int(flips.sum())
    return math.comb(n, k) * theta**k * (1 - theta) ** (n - k)

# %% mistake: adds
# You added the probabilities of the flips. For one thing *and* another they are multiplied.
# ? Can a probability be larger than 1?
def likelihood(theta, flips):
    return float(torch.where(flips == 1, theta, 1 - theta).sum())

# %% mistake: theta_for_tails
# You gave θ to the tails and 1 − θ to the heads. Here 1 is a head, and θ is the probability of a head.
# ? With θ = 0.2, how probable is a single head?
def likelihood(theta, flips):
    return float(torch.where(flips == 0, theta, 1 - theta).prod())

# %% mistake: tails_left_out
# Only the heads count in your product. A tail has a probability too: 1 − θ.
# ? How probable is one single tail?
def likelihood(theta, flips):
    return theta ** int(flips.sum())

# %% mistake: tails_left_out
def likelihood(theta, flips):
    return float(torch.prod(flips[flips == 1] * theta))

# %% mistake: theta_for_all
# Every flip brings a factor θ in your product, the tails too.
# ? How probable is one single tail?
def likelihood(theta, flips):
    return theta ** len(flips)

# %% mistake: log_likelihood
# You give the logarithm of the likelihood. That is the next question.
# ? Can a probability be negative?
def likelihood(theta, flips):
    return float(torch.where(flips == 1, math.log(theta), math.log(1 - theta)).sum())

# %% mistake: mean_of_the_flips
# You averaged the probabilities. The flips happen one after the other, so their probabilities are multiplied.
# ? Is it as probable to see ten heads as to see one?
def likelihood(theta, flips):
    return float(torch.where(flips == 1, theta, 1 - theta).mean())

# %% mistake: only_the_first_flip
# Only one flip counts in your answer: your function returns inside its loop.
# ? In which round of the loop does your function return?
def likelihood(theta, flips):
    p = 1.0
    for flip in flips:
        p = p * (theta if flip == 1 else 1 - theta)
        return p

# %% mistake: a_zero_among_the_factors
# Your product is 0 as soon as there is a tail, or a head: θ · flip is 0 for a flip of 0.
# ? What is θ · flip for a tail, and what should its factor be?
def likelihood(theta, flips):
    return float((theta * flips).prod())

# %% mistake: one_for_each_flip
# You return a number for each flip; the likelihood is one number for all of them together.
# ? What should be done with the probabilities of the flips?
def likelihood(theta, flips):
    return torch.where(flips == 1, theta, 1 - theta)

# %% wrong: visible_value
def likelihood(theta, flips):
    return 0.032

# %% wrong: theta
def likelihood(theta, flips):
    return theta

# %% mistake: starts_at_zero
# Your product starts at 0, so it stays 0. A product starts at 1, a sum at 0.
# ? What is 0 times θ?
def likelihood(theta, flips):
    p = 0
    for flip in flips:
        p *= theta if flip == 1 else 1 - theta
    return p

# %% mistake: brackets_missing
# The brackets around 1 − θ are missing: Python computes a power, and a product, before a difference.
# ? What is 1 - 0.2 ** 2 in Python, and what is (1 - 0.2) ** 2?
def likelihood(theta, flips):
    heads = int(flips.sum())
    return theta**heads * 1 - theta ** (len(flips) - heads)

# %% mistake: all_flips_as_tails
# The factor 1 − θ stands in your product once for every flip; it belongs to the tails only.
# ? How many tails are there if k of n flips are heads?
def likelihood(theta, flips):
    return theta ** int(flips.sum()) * (1 - theta) ** len(flips)

# %% mistake: overwrites
# For a head, or for a tail, your code starts anew with `=`, and forgets the flips before. Each flip multiplies what there is.
# ? What is in your variable after the second flip?
def likelihood(theta, flips):
    p = 1.0
    for flip in flips:
        if flip == 1:
            p = theta
        else:
            p = p * (1 - theta)
    return p

# %% mistake: a_flip_left_out
# One flip is missing in your product: the first, or the last.
# ? Which indices does your `range` give for three flips?
def likelihood(theta, flips):
    p = 1.0
    for i in range(len(flips) - 1):
        p *= theta if flips[i] == 1 else 1 - theta
    return p

# %% mistake: a_flip_left_out
def likelihood(theta, flips):
    p = 1.0
    for i in range(1, len(flips)):
        p *= theta if flips[i] == 1 else 1 - theta
    return p

# %% mistake: share_of_heads
# You give the share of heads. Asked is how probable these flips are, for the θ that is given.
# ? Where in your code does θ occur?
def likelihood(theta, flips):
    return flips.float().mean()

# %% alternative: counted
def likelihood(theta, flips):
    tails, heads = torch.bincount(flips, minlength=2)
    return theta**heads * (1 - theta) ** tails
