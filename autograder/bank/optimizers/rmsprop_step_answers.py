import torch


# %% reference
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (s.sqrt() + eps), s


# %% alternative: methods
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    mean_square = s.mul(alpha).addcmul(g, g, value=1 - alpha)
    return w.addcdiv(g, mean_square.sqrt().add(eps), value=-lr), mean_square


# %% alternative: lerp
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = torch.lerp(g * g, s, alpha)
    step = lr * g / (torch.sqrt(s) + eps)
    return w - step, s


# %% alternative: optimizer
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    p = torch.nn.Parameter(w.clone())
    opt = torch.optim.RMSprop([p], lr=lr, alpha=alpha, eps=eps)
    opt.state[p] = {"step": torch.tensor(0.0), "square_avg": s.clone()}
    p.grad = g.clone()
    opt.step()
    return p.detach(), opt.state[p]["square_avg"]


# %% alternative: moved_towards_the_square
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = g**2 + alpha * (s - g**2)
    return [w - lr / (s**0.5 + eps) * g, s]

# %% mistake: adagrad
# You summed the squares without forgetting. That is Adagrad: its s only grows, and its steps only shrink.
# ? What share of the old s should be left after a step?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = s + g**2
    return w - lr * g / (s.sqrt() + eps), s


# %% mistake: eps_inside_sqrt
# Your eps stands under the root. PyTorch adds it after the root has been taken: √s + eps.
# ? What is the denominator where s is 0: eps, or its root?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (s + eps).sqrt(), s


# %% mistake: eps_inside_sqrt
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2 + eps
    return w - lr * g / s.sqrt(), s


# %% mistake: eps_missing
# eps is missing from your denominator.
# ? What happens where the gradient has been 0 so far?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / s.sqrt(), s


# %% mistake: no_square
# Your running mean is that of the gradient, not of its square.
# ? What does the MS in RMSprop stand for?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g
    return w - lr * g / (s.abs().sqrt() + eps), s


# %% mistake: no_square
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g
    return w - lr * g / (s.sqrt() + eps), s


# %% mistake: no_sqrt
# You divided by the mean square itself; wanted is its root.
# ? What does the R in RMSprop stand for?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (s + eps), s


# %% mistake: swapped_alpha
# alpha and 1 − alpha have changed places: the old mean should have the weight alpha.
# ? With alpha = 0.99, does one new gradient change s a little or almost completely?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = (1 - alpha) * s + alpha * g**2
    return w - lr * g / (s.sqrt() + eps), s


# %% mistake: share_missing
# The new square went in whole. A running mean gives it the weight 1 − alpha.
# ? What do the two weights of a mean add up to?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + g**2
    return w - lr * g / (s.sqrt() + eps), s


# %% mistake: old_mean
# You divided by the root of the old s. First s takes in the new gradient, then w moves.
# ? By what does the very first step divide, when s is still 0?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    step = lr * g / (s.sqrt() + eps)
    return w - step, alpha * s + (1 - alpha) * g**2


# %% mistake: corrected
# You divided s by 1 − alpha, like a bias correction. That belongs to Adam; RMSprop takes s as it is.
# ? Which of the two optimizers counts its steps?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / ((s / (1 - alpha)).sqrt() + eps), s


# %% mistake: ascent
# Your step goes uphill: it was added to w.
# ? Does the gradient point towards a smaller or a larger loss?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w + lr * g / (s.sqrt() + eps), s


# %% mistake: sign_lost
# Your step has lost the sign of the gradient: all of w moves down.
# ? Which way should w move where the gradient is negative?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g.abs() / (s.sqrt() + eps), s


# %% mistake: gradient_missing
# The gradient is missing from your step: it is divided by the root, not replaced by it.
# ? What stands above the fraction's line?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr / (s.sqrt() + eps), s


# %% mistake: squares_from_norm
# You took one mean square for the whole tensor. Each number has a running mean of its own.
# ? What shape should s have?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * (g**2).mean()
    return w - lr * g / (s.sqrt() + eps), s


# %% mistake: swapped
# You returned s first and w second.
# ? In which order does the statement want them?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return s, w - lr * g / (s.sqrt() + eps)


# %% mistake: only_w
# Only w came back. The caller needs the new s too.
# ? From where should the next call know the running mean?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (s.sqrt() + eps)


# %% mistake: changes_arguments
# Your function changed a tensor that it was given. `-=`, `*=`, `+=` and names that end in `_` work in place.
# ? Which operation makes a new tensor instead?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    w -= lr * g / (s.sqrt() + eps)
    return w, s


# %% mistake: changes_arguments
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s.mul_(alpha).addcmul_(g, g, value=1 - alpha)
    return w - lr * g / (s.sqrt() + eps), s


# %% mistake: changes_arguments
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s *= alpha
    s += (1 - alpha) * g**2
    w -= lr * g / (s.sqrt() + eps)
    return w, s


# %% wrong: on_the_cpu
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return torch.tensor((w - lr * g / (s.sqrt() + eps)).tolist()), s


# %% wrong: constant_alpha
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = 0.99 * s + 0.01 * g**2
    return w - lr * g / (s.sqrt() + eps), s


# %% wrong: sgd
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    return w - lr * g, s


# %% wrong: constant_eps
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (s.sqrt() + 1e-8), s

# %% mistake: one_root_for_all
# You divide all gradients by one root, that of the sum. Each number of w is divided by the root of its own s.
# ? What shape should the divisor have?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g / (s.sum().sqrt() + eps), s

# %% mistake: keeps_the_root
# You keep the root of s. What is kept is the running mean of the squares; the root is for the step only.
# ? Which of the two goes into the next step?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = torch.sqrt(alpha * s + (1 - alpha) * g**2)
    return w - lr * g / (s + eps), s

# %% mistake: sign_of_the_gradient
# You divide each gradient by its own size, so only its sign is left. It is divided by the root of the running mean s.
# ? What does the s of earlier steps do in your move?
def rmsprop_step(w, s, g, lr, alpha=0.99, eps=1e-8):
    s = alpha * s + (1 - alpha) * g**2
    return w - lr * g.sign(), s
