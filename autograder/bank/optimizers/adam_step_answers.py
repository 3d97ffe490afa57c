import math

import torch


# %% reference
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% alternative: in_place
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    state["t"] += 1
    beta1, beta2 = betas
    state["m"].mul_(beta1).add_(g, alpha=1 - beta1)
    state["v"].mul_(beta2).addcmul_(g, g, value=1 - beta2)
    rate = lr / (1 - beta1 ** state["t"])
    denominator = (state["v"] / (1 - beta2 ** state["t"])).sqrt() + eps
    state["w"] -= rate * state["m"] / denominator
    return state


# %% alternative: as_torch_does
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = torch.lerp(state["m"], g, 1 - betas[0])
    v = state["v"] * betas[1] + (1 - betas[1]) * g * g
    denominator = v.sqrt() / math.sqrt(1 - betas[1] ** t) + eps
    w = state["w"].addcdiv(m, denominator, value=-lr / (1 - betas[0] ** t))
    return dict(state, w=w, m=m, v=v, t=t)


# %% alternative: optimizer
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    p = torch.nn.Parameter(state["w"].clone())
    opt = torch.optim.Adam([p], lr=lr, betas=betas, eps=eps)
    opt.state[p] = {
        "step": torch.tensor(float(state["t"])),
        "exp_avg": state["m"].clone(),
        "exp_avg_sq": state["v"].clone(),
    }
    p.grad = g.clone()
    opt.step()
    return {"w": p.detach(), "m": opt.state[p]["exp_avg"], "v": opt.state[p]["exp_avg_sq"], "t": state["t"] + 1}


# %% mistake: no_bias_correction
# Your running means are not corrected. Both start from zero, so in the first steps they are far too small; m̂ and v̂ make up for that.
# ? What is m after the first step, with β₁ = 0.9, and what is the gradient?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat, v_hat = m, v
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: no_bias_correction
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: no_bias_correction
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: correction_without_t
# You corrected every step as if it were the first: the t is missing in 1 − βᵗ.
# ? Which step is the tenth one corrected for?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0])
    v_hat = v / (1 - betas[1])
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: eps_inside_sqrt
# Your eps stands under the root. It is added after the root has been taken: √v̂ + eps.
# ? What is the denominator where v̂ is 0: eps, or its root?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat + eps).sqrt()
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: eps_before_correction
# You added eps before v was corrected. First comes v̂, then its root, then eps.
# ? Is eps divided by anything in √v̂ + eps?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / ((v.sqrt() + eps) / math.sqrt(1 - betas[1] ** t))
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: eps_missing
# eps is missing from your denominator.
# ? What happens where the gradient has been 0 so far?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / v_hat.sqrt()
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: t_starts_at_0
# You corrected with the old t, which is 0 in the first step: 1 − β⁰ is 0, and dividing by it gives NaN or an error. Count the step first.
# ? What is β to the power of 0?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"]
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t + 1}


# %% mistake: t_starts_at_0
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"]
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    rate = lr * math.sqrt(1 - betas[1] ** t) / (1 - betas[0] ** t)
    w = state["w"] - rate * m / (v.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t + 1}


# %% mistake: t_starts_at_0
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"]
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: t_starts_at_2
# You counted the step twice: the first one is corrected as if it were the second.
# ? What is t in the first step?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** (t + 1))
    v_hat = v / (1 - betas[1] ** (t + 1))
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: t_not_kept
# The t that you hand on does not count the step, so every step is corrected as if it were the first.
# ? What is t in the state that comes back from the first call?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": state["t"]}


# %% mistake: betas_swapped
# The two betas have changed places: the first belongs to the gradient, the second to its square.
# ? Which of the two means has the longer memory?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[1] * state["m"] + (1 - betas[1]) * g
    v = betas[0] * state["v"] + (1 - betas[0]) * g**2
    m_hat = m / (1 - betas[1] ** t)
    v_hat = v / (1 - betas[0] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: no_square
# Your v is a mean of the gradient, not of its square; under the root it gives NaN where it is negative.
# ? Which power of g does v take in?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: no_square
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g.abs()
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: square_of_mean
# You squared the running mean m; v takes in the square of this step's gradient.
# ? Do g² and m² differ where the gradient changes its sign?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * m**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: no_sqrt
# You divided by v̂ itself; wanted is its root.
# ? If all gradients were ten times as large, how much longer should a step be?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: whole_gradient
# The gradient went into m whole, as in SGD's momentum. Adam's m is a mean: it takes in (1 − β₁) · g.
# ? What do the two weights of a mean add up to?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: swapped_weights
# β and 1 − β have changed places: the old mean should have the weight β.
# ? With β = 0.9, does one new gradient change m a little or almost completely?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = (1 - betas[0]) * state["m"] + betas[0] * g
    v = (1 - betas[1]) * state["v"] + betas[1] * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: gradient_for_mean
# w moved along the gradient itself; Adam moves along m̂.
# ? What is m for, if the step does not use it?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * g / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: corrected_means_kept
# You handed on the corrected means. The next step needs m and v as they are; the correction is for this move only.
# ? Would the next call correct them a second time?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m_hat, "v": v_hat, "t": t}


# %% mistake: old_means
# w moved with the old means. First they take in the new gradient, then w moves.
# ? What are m and v before the very first step?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m_hat = state["m"] / (1 - betas[0] ** t)
    v_hat = state["v"] / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: ascent
# Your step goes uphill: it was added to w.
# ? Does the gradient point towards a smaller or a larger loss?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] + lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% mistake: w_not_kept
# The state that you return holds the old w.
# ? Which w should the next step start from?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": state["w"], "m": m, "v": v, "t": t}


# %% mistake: only_w
# Only w came back. The next step needs m, v and t too.
# ? What should the function return, by its first line in the statement?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return w


# %% mistake: returns_nothing
# None came back. Return the new state, also if it is the old dict with new contents.
# ? Does your function end with a `return`?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    state["t"] += 1
    state["m"] = betas[0] * state["m"] + (1 - betas[0]) * g
    state["v"] = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = state["m"] / (1 - betas[0] ** state["t"])
    v_hat = state["v"] / (1 - betas[1] ** state["t"])
    state["w"] = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)


# %% wrong: on_the_cpu
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = torch.tensor((state["w"] - lr * m_hat / (v_hat.sqrt() + eps)).tolist())
    return {"w": w, "m": m, "v": v, "t": t}


# %% wrong: default_lr
def adam_step(state, g, lr=0.01, betas=(0.9, 0.999), eps=1e-8):
    t = state["t"] + 1
    m = betas[0] * state["m"] + (1 - betas[0]) * g
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    m_hat = m / (1 - betas[0] ** t)
    v_hat = v / (1 - betas[1] ** t)
    w = state["w"] - lr * m_hat / (v_hat.sqrt() + eps)
    return {"w": w, "m": m, "v": v, "t": t}


# %% wrong: rmsprop
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    v = betas[1] * state["v"] + (1 - betas[1]) * g**2
    return {"w": state["w"] - lr * g / (v.sqrt() + eps), "m": state["m"], "v": v, "t": state["t"] + 1}


# %% wrong: same_state
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    return state

# %% mistake: sums_for_means
# Your m and v add up the gradients and their squares. A running mean gives the new one the share 1 − β.
# ? What do the two shares of a mean add up to?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    t = state["t"] + 1
    m = beta1 * state["m"] + g
    v = beta2 * state["v"] + g * g
    w = state["w"] - lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
    return {"w": w, "m": m, "v": v, "t": t}

# %% mistake: times_t
# You multiply β by t. The correction is 1 − β to the power of t.
# ? What is 1 − β · t for β = 0.9 and t = 2?
def adam_step(state, g, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * g
    v = beta2 * state["v"] + (1 - beta2) * g * g
    w = state["w"] - lr * (m / (1 - beta1 * t)) / (torch.sqrt(v / (1 - beta2 * t)) + eps)
    return {"w": w, "m": m, "v": v, "t": t}

# %% mistake: another_default
# With numbers that are given your step is right, but a default is another one: lr = 0.001, betas = (0.9, 0.999), eps = 1e-8.
# ? What stands in the brackets of your `def`?
def adam_step(state, g, lr=0.01, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    t = state["t"] + 1
    m = beta1 * state["m"] + (1 - beta1) * g
    v = beta2 * state["v"] + (1 - beta2) * g * g
    w = state["w"] - lr * (m / (1 - beta1**t)) / (torch.sqrt(v / (1 - beta2**t)) + eps)
    return {"w": w, "m": m, "v": v, "t": t}
