import numpy as np
import torch


# %% reference
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% alternative: methods
def momentum_step(w, v, g, lr, m):
    velocity = v.mul(m).add(g)
    return [w.sub(velocity, alpha=lr), velocity]


def convention_quiz():
    return dict(torch="A", same_if_lr_is_constant=True, same_if_lr_changes=False, lr_of_c=1)


# %% alternative: copies
def momentum_step(w, v, g, lr, m):
    w, v = w.clone(), v.clone()
    v *= m
    v += g
    w -= lr * v
    return w, v


def convention_quiz():
    m = 0.9
    answers = {"torch": "A"}
    answers["same_if_lr_is_constant"] = True
    answers["same_if_lr_changes"] = not True
    answers["lr_of_c"] = 0.1 / (1 - m)
    return answers


# %% alternative: numpy
def momentum_step(w, v, g, lr, m):
    w, v, g = np.asarray(w), np.asarray(v), np.asarray(g)
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% alternative: optimizer
def momentum_step(w, v, g, lr, m):
    p = torch.nn.Parameter(w.clone())
    opt = torch.optim.SGD([p], lr=lr, momentum=m)
    opt.state[p]["momentum_buffer"] = v.clone()
    p.grad = g.clone()
    opt.step()
    return p.detach(), opt.state[p]["momentum_buffer"]


def convention_quiz():
    return {"lr_of_c": 1.0, "torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False}


# %% alternative: flags_of_numpy
def momentum_step(w, v, g, lr, m):
    velocity = torch.add(g, v, alpha=m)
    return [torch.sub(w, velocity, alpha=lr), velocity]


def convention_quiz():
    rates = np.array([0.1, 0.1])
    constant = rates[0] == rates[1]  # a NumPy flag, and no plain True
    return {"torch": "A", "same_if_lr_is_constant": constant, "same_if_lr_changes": ~constant, "lr_of_c": torch.tensor(1.0)}

# %% mistake: lr_inside_velocity
# The learning rate is inside your velocity: v = m · v + lr · g, w − v. That is another convention (B); PyTorch remembers plain gradients and multiplies by lr at the end.
# ? If lr is made ten times smaller, is what you remember from earlier steps made smaller too?
def momentum_step(w, v, g, lr, m):
    v = m * v + lr * g
    return w - v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: lr_inside_velocity
def momentum_step(w, v, g, lr, m):
    v = m * v - lr * g
    return w + v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: ema
# You take the average (1 − m) · g + m · v, as Adam does. PyTorch's SGD adds the whole gradient.
# ? What is v after the first step, if it was zero: g or a tenth of it?
def momentum_step(w, v, g, lr, m):
    v = m * v + (1 - m) * g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: ema
def momentum_step(w, v, g, lr, m):
    v = torch.lerp(v, g, m)
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: velocity_reset
# Your velocity forgets the steps before: it does not hold m times the old velocity.
# ? Where does the `v` that was given to your function come into the new one?
def momentum_step(w, v, g, lr, m):
    v = torch.zeros_like(w)
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: velocity_reset
def momentum_step(w, v, g, lr, m):
    return w - lr * (m * v + g), v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: ascent
# Your step goes uphill: lr · v was added to w.
# ? Does the gradient point towards a smaller or a larger loss?
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w + lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: old_velocity
# w moved along the old velocity. First the velocity takes in the new gradient, then w moves along it.
# ? How far does w move in the very first step, when v is still zero?
def momentum_step(w, v, g, lr, m):
    return w - lr * v, m * v + g


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: no_decay
# Your velocity keeps all of the old one: m is missing, so it grows without end.
# ? What is left of a gradient from ten steps ago?
def momentum_step(w, v, g, lr, m):
    v = v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: momentum_on_gradient
# You multiplied the new gradient by m; it is the old velocity that fades.
# ? Which of the two should weigh less with every step?
def momentum_step(w, v, g, lr, m):
    v = v + m * g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: lr_missing
# w moved by the whole velocity: the learning rate was left out.
# ? Where does `lr` stand in your step?
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: nesterov
# That is Nesterov's look-ahead: it adds the gradient once more. Here the plain form is wanted; Nesterov's comes in question 4.
# ? Along what does w move in the plain form: along v, or along g + m · v with the new v?
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * (g + m * v), v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: swapped
# You returned the velocity first and w second.
# ? In which order does the statement want them?
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return v, w - lr * v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: only_w
# Only w came back. The caller needs the new velocity too: it goes into the next step.
# ? From where should the next call know the velocity?
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: changes_arguments
# Your function changed a tensor that it was given. `-=`, `*=`, `+=` and names that end in `_` work in place.
# ? Which operation makes a new tensor instead?
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    w -= lr * v
    return w, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: changes_arguments
def momentum_step(w, v, g, lr, m):
    v.mul_(m).add_(g)
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% mistake: changes_arguments
def momentum_step(w, v, g, lr, m):
    v *= m
    v += g
    w -= lr * v
    return w, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% wrong: quiz_b
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "B", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}


# %% wrong: quiz_never_differs
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": True, "lr_of_c": 1.0}


# %% wrong: quiz_same_rate
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 0.1}


# %% wrong: quiz_by_letters
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": "yes", "same_if_lr_changes": "no", "lr_of_c": 1.0}


# %% wrong: quiz_missing
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {}


# %% wrong: constant_momentum
def momentum_step(w, v, g, lr, m):
    v = 0.9 * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}

# %% mistake: quiz_takes_another_rule
# In your quiz PyTorch's SGD follows another rule than it does. Try a few steps of each beside `torch.optim.SGD`.
# ? Where does PyTorch multiply by lr: in the velocity, or in the move?
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "B", "same_if_lr_is_constant": True, "same_if_lr_changes": False, "lr_of_c": 1.0}

# %% mistake: quiz_same_at_any_rate
# In your quiz A and B agree even if lr changes. The velocity of B still holds the steps of the old rate.
# ? In the example above, do both rules end at the same w?
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": True, "same_if_lr_changes": True, "lr_of_c": 1.0}

# %% mistake: quiz_never_the_same
# In your quiz A and B differ even if lr never changes. Then the velocity of B is lr times that of A, and the moves are equal.
# ? In the example above, what do both rules give with lr = 0.1 all the way?
def momentum_step(w, v, g, lr, m):
    v = m * v + g
    return w - lr * v, v


def convention_quiz():
    return {"torch": "A", "same_if_lr_is_constant": False, "same_if_lr_changes": False, "lr_of_c": 1.0}
