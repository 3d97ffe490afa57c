import math

import numpy as np
import torch

# %% reference
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x, "right" if w > 0 else "left"

# %% alternative: torch_logit
def boundary(w, b, threshold=0.5):
    x = (torch.logit(torch.tensor(threshold, dtype=torch.float64)) - b) / w
    side = "left"
    if w > 0:
        side = "right"
    return x, side

# %% alternative: numpy
def boundary(w, b, threshold=0.5):
    shift = -np.log(1 / np.float64(threshold) - 1)
    return [np.divide(shift - b, w), ["left", "right"][int(w > 0)]]

# %% alternative: bisection
def boundary(w, b, threshold=0.5):
    lo, hi = -1e4, 1e4
    for _ in range(200):
        mid = (lo + hi) / 2
        z = max(min(w * mid + b, 500), -500)
        above = 1 / (1 + math.exp(-z)) > threshold
        if above == (w > 0):
            hi = mid
        else:
            lo = mid
    return lo, "right" if w > 0 else "left"

# %% mistake: half_on_logit
# You set the score equal to the threshold. The threshold is a probability: compare it with sigmoid(score).
# ? Which score belongs to the probability 0.5?
def boundary(w, b, threshold=0.5):
    x = (threshold - b) / w
    return x, "right" if w > 0 else "left"

# %% mistake: b_over_w
# The sign of b is wrong: w · x + b = 0 gives x = −b/w.
# ? Put your x into w · x + b: is it 0 for the threshold 0.5?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) + b) / w
    return x, "right" if w > 0 else "left"

# %% mistake: b_over_w
def boundary(w, b, threshold=0.5):
    return b / w, "right" if w > 0 else "left"

# %% mistake: threshold_ignored
# Your boundary is that for 0.5, whatever the threshold is.
# ? If you ask for a probability of 0.9, do you have to go further?
def boundary(w, b, threshold=0.5):
    return -b / w, "right" if w > 0 else "left"

# %% mistake: always_right
# With a negative w the probability falls where x grows: the yes lies to the left.
# ? What is sigmoid(−2 · x) for a large x: near 0 or near 1?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x, "right"

# %% mistake: sides_swapped
# The sides are swapped.
# ? What is sigmoid(2 · x) for a large x: near 0 or near 1?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x, "right" if w < 0 else "left"

# %% mistake: logit_upside_down
# The threshold moves your boundary the wrong way: ln(t / (1 − t)) is wanted, not ln((1 − t) / t).
# ? Which score belongs to the probability 0.9: a positive or a negative one?
def boundary(w, b, threshold=0.5):
    x = (math.log((1 - threshold) / threshold) - b) / w
    return x, "right" if w > 0 else "left"

# %% mistake: w_over_b
# You divided by b. Solve w · x + b = 0 for x.
# ? What is left of w · x + b = 0 when b is on the other side?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - w) / b
    return x, "right" if w > 0 else "left"

# %% mistake: log10
# You used the logarithm to base 10. The sigmoid is made with e, so its inverse is made with ln.
# ? What is ln 9?
def boundary(w, b, threshold=0.5):
    x = (math.log10(threshold / (1 - threshold)) - b) / w
    return x, "right" if w > 0 else "left"

# %% mistake: log_of_threshold
# You took ln t. The inverse of the sigmoid is ln(t / (1 − t)).
# ? Which score belongs to the probability 0.5: 0, or ln 0.5?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold) - b) / w
    return x, "right" if w > 0 else "left"

# %% mistake: sigmoid_of_threshold
# You took the sigmoid of the threshold. Its inverse is wanted: the score whose sigmoid is the threshold.
# ? Which z has sigmoid(z) = 0.5?
def boundary(w, b, threshold=0.5):
    x = (1 / (1 + math.exp(-threshold)) - b) / w
    return x, "right" if w > 0 else "left"

# %% mistake: side_by_b
# You decide the side by b. It depends on w only: on whether the probability grows or falls with x.
# ? Which of the two numbers says whether the curve rises?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x, "right" if b > 0 else "left"

# %% wrong: visible_values
def boundary(w, b, threshold=0.5):
    return 1.5, "right"

# %% wrong: only_x
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x

# %% mistake: brackets_missing
# Only b is divided by w in your formula: all of ln(t / (1 − t)) − b must be.
# ? What is 6 - 4 / 2 in Python, and what is (6 - 4) / 2?
def boundary(w, b, threshold=0.5):
    x = math.log(threshold / (1 - threshold)) - b / w
    return x, "right" if w > 0 else "left"

# %% mistake: brackets_in_the_logarithm
# In the logarithm the brackets are missing: t / 1 − t is 0, whatever t is.
# ? What is 0.5 / 1 - 0.5 in Python, and what is 0.5 / (1 - 0.5)?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / 1 - threshold) - b) / w
    return x, "right" if w > 0 else "left"

# %% mistake: side_by_place
# You decide the side by where the boundary lies. It depends on w only: on whether the probability grows or falls with x.
# ? What is sigmoid(2 · x − 3) for a large x, on whichever side of 0 the boundary lies?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x, "right" if x > 0 else "left"

# %% mistake: side_by_threshold
# You decide the side by the threshold. It depends on w only: on whether the probability grows or falls with x.
# ? Does a higher threshold move the boundary, or turn the curve round?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x, "right" if threshold >= 0.5 else "left"

# %% mistake: side_as_flag
# Your side is a flag; the word "right" or "left" is wanted.
# ? Which word should stand where w > 0?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x, w > 0

# %% mistake: capital
# Your side is written with a capital letter; "right" and "left" are wanted as the question writes them.
# ? Is "Right" the same text as "right" for Python?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x, "Right" if w > 0 else "Left"

# %% mistake: swapped
# The two come in another order: first the boundary, then the side.
# ? What does `x, side = boundary(2, -3)` take as the boundary?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return "right" if w > 0 else "left", x

# %% mistake: distance
# You divided by the size of w: with a negative w the sign of your boundary is wrong.
# ? Put your x into w · x + b: what comes out for w = −2?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) / abs(w)
    return x, "right" if w > 0 else "left"

# %% mistake: multiplied
# You multiplied by w. Solve w · x + b = s for x.
# ? By what must both sides be divided?
def boundary(w, b, threshold=0.5):
    x = (math.log(threshold / (1 - threshold)) - b) * w
    return x, "right" if w > 0 else "left"

# %% mistake: another_default
# Without a threshold you take another one than 0.5.
# ? Which default stands in the first line of the question?
def boundary(w, b, threshold=0.9):
    x = (math.log(threshold / (1 - threshold)) - b) / w
    return x, "right" if w > 0 else "left"

# %% alternative: area_tangent
def boundary(w, b, threshold=0.5):
    x = (2 * math.atanh(2 * threshold - 1) - b) / w
    return x, "right" if w > 0 else "left"
