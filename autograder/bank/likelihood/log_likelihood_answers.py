import math

import numpy as np
import torch

# %% reference
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return k * math.log(theta) + (len(flips) - k) * math.log(1 - theta)

# %% alternative: where
def log_likelihood(theta, flips):
    p = torch.where(flips == 1, theta, 1 - theta)
    return p.log().double().sum()

# %% alternative: numpy
def log_likelihood(theta, flips):
    f = flips.numpy()
    return np.sum(f * np.log(theta) + (1 - f) * np.log(1 - theta))

# %% alternative: loop
def log_likelihood(theta, flips):
    total = 0.0
    for flip in flips.tolist():
        if flip:
            total += math.log(theta)
        else:
            total += math.log1p(-theta)
    return total

# %% alternative: distribution
def log_likelihood(theta, flips):
    return torch.distributions.Bernoulli(torch.tensor(theta)).log_prob(flips.float()).sum()

# %% mistake: log_of_product
# For many flips the product is so small that a float holds 0, and ln 0 is −∞. Take the logarithms first.
# ? What is 0.5 to the power of 10,000, as a float?
def log_likelihood(theta, flips):
    p = torch.where(flips == 1, theta, 1 - theta).prod()
    return torch.log(p)

# %% mistake: log_of_product
def log_likelihood(theta, flips):
    p = 1.0
    for flip in flips.tolist():
        p *= theta if flip else 1 - theta
    return math.log(p)

# %% mistake: log_of_product
def log_likelihood(theta, flips):
    f = flips.numpy()
    return np.log(np.prod(theta**f * (1 - theta) ** (1 - f)))

# %% mistake: log10
# You used the logarithm to base 10. Here it is the natural one, ln.
# ? What is ln 10?
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return k * math.log10(theta) + (len(flips) - k) * math.log10(1 - theta)

# %% mistake: log2
# You used the logarithm to base 2. Here it is the natural one, ln.
# ? What is ln 2?
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return k * math.log2(theta) + (len(flips) - k) * math.log2(1 - theta)

# %% mistake: mean
# You averaged over the flips. The log-likelihood is the sum: more flips, a smaller likelihood.
# ? What is the logarithm of a product: the sum of the logarithms, or their mean?
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return (k * math.log(theta) + (len(flips) - k) * math.log(1 - theta)) / len(flips)

# %% mistake: sign_flipped
# Your answer is positive: that is the negative log-likelihood, a loss. The logarithm of a probability is below zero.
# ? Is ln 0.5 positive or negative?
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return -(k * math.log(theta) + (len(flips) - k) * math.log(1 - theta))

# %% mistake: theta_for_tails
# You gave ln θ to the tails and ln(1 − θ) to the heads. θ is the probability of a head, and 1 is a head.
# ? Which of the two should count more where θ is 0.9?
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return (len(flips) - k) * math.log(theta) + k * math.log(1 - theta)

# %% mistake: tails_left_out
# Only the heads count in your sum. Every tail adds ln(1 − θ).
# ? How probable is a tail?
def log_likelihood(theta, flips):
    return int(flips.sum()) * math.log(theta)

# %% mistake: binomial_coefficient
# You added the logarithm of the binomial coefficient. The flips came in one order.
# ? In how many orders did these flips come?
def log_likelihood(theta, flips):
    n, k = len(flips), int(flips.sum())
    return math.log(math.comb(n, k)) + k * math.log(theta) + (n - k) * math.log(1 - theta)

# %% mistake: no_logarithm
# You give the likelihood itself, without a logarithm.
# ? Can the logarithm of a probability be positive?
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return theta**k * (1 - theta) ** (len(flips) - k)

# %% wrong: clamped
def log_likelihood(theta, flips):
    p = torch.where(flips == 1, theta, 1 - theta).prod()
    return torch.log(p.clamp(min=1e-30))

# %% wrong: visible_value
def log_likelihood(theta, flips):
    return -6.108643

# %% wrong: zero
def log_likelihood(theta, flips):
    return 0.0

# %% mistake: zero_replaced
# For many flips your product is 0, and another number in the place of ln 0 only hides that. Take the logarithms first, then add them.
# ? How large should the log-likelihood of 10,000 flips be if each flip brings −0.67?
def log_likelihood(theta, flips):
    return torch.log(torch.where(flips == 1, theta, 1 - theta).prod() + 1e-12)

# %% mistake: zero_replaced
def log_likelihood(theta, flips):
    return torch.nan_to_num(torch.log(torch.where(flips == 1, theta, 1 - theta).prod()))

# %% mistake: logs_multiplied
# You multiplied logarithms. The logarithm of a product is the sum of the logarithms.
# ? What is ln(a · b), written with ln a and ln b?
def log_likelihood(theta, flips):
    return torch.log(torch.where(flips == 1, theta, 1 - theta)).prod()

# %% mistake: logs_multiplied
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return k * math.log(theta) * (len(flips) - k) * math.log(1 - theta)

# %% mistake: log_of_sum
# You added the probabilities and took the logarithm then. First each logarithm, then their sum.
# ? Is ln(a + b) the same as ln a + ln b?
def log_likelihood(theta, flips):
    return torch.log(torch.where(flips == 1, theta, 1 - theta).sum())

# %% mistake: tails_subtracted
# The tails' part has the wrong sign, or is 1 minus a logarithm: every tail adds ln(1 − θ), which is below zero.
# ? Can one more tail make the flips more probable?
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return k * math.log(theta) - (len(flips) - k) * math.log(1 - theta)

# %% mistake: tails_subtracted
def log_likelihood(theta, flips):
    k = int(flips.sum())
    return k * math.log(theta) + (len(flips) - k) * (1 - math.log(theta))

# %% mistake: all_flips_as_tails
# ln(1 − θ) stands in your sum once for every flip; it belongs to the tails only.
# ? How many tails are there if k of n flips are heads?
def log_likelihood(theta, flips):
    return int(flips.sum()) * math.log(theta) + len(flips) * math.log(1 - theta)

# %% alternative: minus_cross_entropy
def log_likelihood(theta, flips):
    y = flips.double()
    return -torch.nn.functional.binary_cross_entropy(torch.full_like(y, theta), y, reduction="sum")
