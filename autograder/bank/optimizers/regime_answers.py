import math

import numpy as np


# %% reference
def regime(lr, lam):
    s = lr * lam
    if s < 0.1:
        return "slow"
    if s <= 1:
        return "monotone"
    return "oscillates" if s < 2 else "diverges"


# %% alternative: factor
def regime(lr, lam):
    factor = 1 - lr * lam
    if factor <= -1:
        return "diverges"
    elif factor < 0:
        return "oscillates"
    elif factor <= 0.9:
        return "monotone"
    else:
        return "slow"


# %% alternative: limits
def regime(lr, lam):
    if lr >= 2 / lam:
        return "diverges"
    if lr > 1 / lam:
        return "oscillates"
    return "monotone" if lr > 0.1 / lam else "slow"


# %% alternative: numpy
def regime(lr, lam):
    place = np.select([lr * lam < 0.1, lr * lam <= 1, lr * lam < 2], [0, 1, 2], 3)
    return ["slow", "monotone", "oscillates", "diverges"][int(place)]


# %% alternative: tried_out
def regime(lr, lam):
    w = 1 - lr * lam
    return "diverges" if abs(w) >= 1 else "oscillates" if w < 0 else "slow" if w > 0.9 else "monotone"


# %% mistake: limit_is_1_over_lambda
# You let every rate above 1/λ diverge. Between 1/λ and 2/λ a step goes too far, but lands nearer to the minimum than before.
# ? With lr · λ = 1.5, what is |1 − lr · λ|, and does w grow or shrink?
def regime(lr, lam):
    s = lr * lam
    if s < 0.1:
        return "slow"
    return "monotone" if s <= 1 else "diverges"


# %% mistake: limit_is_1_over_lambda
def regime(lr, lam):
    if lr * lam < 0.1:
        return "slow"
    return "monotone" if lr * lam < 1 else "diverges"


# %% mistake: limit_is_1_over_lambda
def regime(lr, lam):
    s = lr * lam
    return "slow" if s < 0.1 else "monotone" if s < 1 else "oscillates" if s == 1 else "diverges"


# %% mistake: never_diverges
# In your answer no rate diverges. A convex bowl is no guarantee: above 2/λ each step lands farther from the minimum than the one before.
# ? With lr · λ = 3, what is 1 − lr · λ, and where is w after five steps?
def regime(lr, lam):
    s = lr * lam
    if s < 0.1:
        return "slow"
    return "monotone" if s <= 1 else "oscillates"


# %% mistake: never_diverges
def regime(lr, lam):
    return "slow" if lr * lam < 0.1 else "monotone"


# %% mistake: never_oscillates
# In your answer no rate oscillates. Above 1/λ the factor 1 − lr · λ is negative, and w changes sides with every step.
# ? With lr · λ = 1.5, on which side of 0 is w after one step?
def regime(lr, lam):
    s = lr * lam
    if s < 0.1:
        return "slow"
    return "monotone" if s < 2 else "diverges"


# %% mistake: never_slow
# In your answer no rate is slow. Below 0.1/λ a step takes away less than a tenth of the distance.
# ? Which word does the statement give to lr · λ = 0.05?
def regime(lr, lam):
    s = lr * lam
    if s <= 1:
        return "monotone"
    return "oscillates" if s < 2 else "diverges"


# %% mistake: border_at_2
# At exactly lr = 2/λ w jumps from w0 to −w0 and back for ever. It never comes nearer, so it counts as "diverges".
# ? Should it be `<` or `<=` at 2/λ?
def regime(lr, lam):
    s = lr * lam
    if s < 0.1:
        return "slow"
    if s <= 1:
        return "monotone"
    return "oscillates" if s <= 2 else "diverges"


# %% mistake: border_at_1
# At exactly lr = 1/λ one step lands on the minimum: w does not change sides, so it counts as "monotone".
# ? Should it be `<` or `<=` at 1/λ?
def regime(lr, lam):
    s = lr * lam
    if s < 0.1:
        return "slow"
    if s < 1:
        return "monotone"
    return "oscillates" if s < 2 else "diverges"


# %% mistake: ignores_lam
# You judge by the learning rate alone. What counts is lr · λ: a rate that is fine for a flat parabola is far too large for a steep one.
# ? Which borders has lr if λ is 10?
def regime(lr, lam):
    if lr < 0.1:
        return "slow"
    if lr <= 1:
        return "monotone"
    return "oscillates" if lr < 2 else "diverges"


# %% mistake: slow_by_lr
# You call a rate slow by its own size. The statement's border is 0.1/λ: on a steep parabola 0.01 can be fast.
# ? Is lr = 0.05 slow where λ is 20?
def regime(lr, lam):
    if lr < 0.1:
        return "slow"
    s = lr * lam
    if s <= 1:
        return "monotone"
    return "oscillates" if s < 2 else "diverges"


# %% mistake: half_lambda
# All your borders lie at twice the right place: the factor of a step is 1 − lr · λ, not 1 − lr · λ/2.
# ? What is the derivative of λ/2 · w²?
def regime(lr, lam):
    s = lr * lam / 2
    if s < 0.1:
        return "slow"
    if s <= 1:
        return "monotone"
    return "oscillates" if s < 2 else "diverges"


# %% mistake: lr_over_lam
# You compare lr with λ or divide one by the other; what counts is their product.
# ? Does a steeper parabola (a larger λ) allow larger or smaller steps?
def regime(lr, lam):
    s = lr / lam
    if s < 0.1:
        return "slow"
    if s <= 1:
        return "monotone"
    return "oscillates" if s < 2 else "diverges"


# %% mistake: factor_misread
# A negative factor with a size above 1 makes w grow, and one between −1 and 0 makes it swing and shrink; you have these two the wrong way round.
# ? With 1 − lr · λ = −0.5, is w after ten steps larger or smaller?
def regime(lr, lam):
    s = lr * lam
    if s < 0.1:
        return "slow"
    if s <= 1:
        return "monotone"
    return "diverges" if s < 2 else "oscillates"


# %% wrong: always_monotone
def regime(lr, lam):
    return "monotone"


# %% wrong: numbers
def regime(lr, lam):
    return 1 - lr * lam


# %% wrong: other_words
def regime(lr, lam):
    return "converges" if lr * lam < 2 else "diverges"


# %% wrong: capitals
def regime(lr, lam):
    s = lr * lam
    return "Slow" if s < 0.1 else "Monotone" if s <= 1 else "Oscillates" if s < 2 else "Diverges"

# %% mistake: words_swapped
# "monotone" and "oscillates" are the wrong way round. Below 1/λ the walk stays on its side; beyond it changes sides.
# ? Which sign has 1 − lr · λ where lr · λ is below 1?
def regime(lr, lam):
    factor = 1 - lr * lam
    if factor > 0.9:
        return "slow"
    if factor >= 0:
        return "oscillates"
    return "monotone" if factor > -1 else "diverges"
