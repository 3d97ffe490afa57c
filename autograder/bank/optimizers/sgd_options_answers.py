import torch


# %% reference
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% alternative: optimizer
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    p = torch.nn.Parameter(w.clone())
    opt = torch.optim.SGD([p], lr=lr, momentum=m, nesterov=nesterov, dampening=dampening, weight_decay=weight_decay)
    if v is not None:
        opt.state[p]["momentum_buffer"] = v.clone()
    p.grad = g.clone()
    opt.step()
    return p.detach(), opt.state[p]["momentum_buffer"]


# %% alternative: in_steps
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    d = g.clone()
    if weight_decay != 0:
        d += weight_decay * w
    if v is None:
        v = d.clone()
    else:
        v = v * m
        v += (1 - dampening) * d
    if nesterov:
        d = d + m * v
    else:
        d = v
    return w - lr * d, v


# %% alternative: by_numbers
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    slope = (g + weight_decay * w).flatten().tolist()
    old = None if v is None else v.flatten().tolist()
    ws, vs = [], []
    for i, p in enumerate(w.flatten().tolist()):
        speed = slope[i] if old is None else m * old[i] + (1 - dampening) * slope[i]
        ws.append(p - lr * (slope[i] + m * speed if nesterov else speed))
        vs.append(speed)
    return torch.tensor(ws).reshape(w.shape), torch.tensor(vs).reshape(w.shape)


# %% mistake: dampens_first_step
# Your first step is dampened. In PyTorch the first velocity is the whole gradient; dampening begins with the second step.
# ? What is v after a step for which v was None?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = (1 - dampening) * g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: dampens_first_step
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    if v is None:
        v = torch.zeros_like(w)
    g = g + weight_decay * w
    v = m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: decay_after_step
# Your weight decay acts on w beside the step, and the velocity does not know of it. That is what AdamW does; SGD adds weight_decay · w to the gradient first, so that it goes into the velocity.
# ? Which line comes first in the statement's list?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d - lr * weight_decay * w, v


# %% mistake: decay_after_step
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    w = w - lr * d
    return w - lr * weight_decay * w, v


# %% mistake: decay_after_step
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w * (1 - weight_decay) - lr * d, v


# %% mistake: decay_after_step
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return (w - lr * d) * (1 - weight_decay), v


# %% mistake: decay_raises_w
# Your weight decay makes w larger: it was subtracted from the gradient.
# ? A step goes against the gradient. What must the gradient hold so that w shrinks?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g - weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: decay_missing
# `weight_decay` has no effect in your answer.
# ? Where do you add weight_decay · w?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: decay_by_loss
# Your weight decay is twice as strong as PyTorch's: it adds weight_decay · w, which is the gradient of weight_decay/2 · w².
# ? Which number stands before w in the statement's first line?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + 2 * weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: ignores_nesterov
# `nesterov` has no effect in your answer: w moves as plain momentum does. So it is too if g + m · v takes the velocity from before the step.
# ? Along what does w move with nesterov=True, and which v stands in it?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = v
    return w - lr * d, v


# %% mistake: ignores_nesterov
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    old = torch.zeros_like(w) if v is None else v
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * old if nesterov else v
    return w - lr * d, v


# %% mistake: nesterov_without_gradient
# With Nesterov you moved along m · v; the gradient itself is missing.
# ? What is added to m · v in the statement's third line?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = m * v if nesterov else v
    return w - lr * d, v


# %% mistake: nesterov_twice
# With Nesterov you moved along g + v; wanted is g + m · v.
# ? Does the look-ahead take the whole velocity, or m times it?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + v if nesterov else v
    return w - lr * d, v


# %% mistake: nesterov_in_memory
# With Nesterov you put the look-ahead g + m · v into the velocity that is handed on. It is for this move only.
# ? Which v does the next step need?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    if nesterov:
        v = g + m * v
    return w - lr * v, v


# %% mistake: ignores_dampening
# `dampening` has no effect in your answer.
# ? By what is the new gradient multiplied from the second step on?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: dampens_memory
# You dampened the old velocity. Dampening makes the share of the new gradient smaller: (1 − dampening) · g.
# ? Which of the two summands does dampening multiply?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * (1 - dampening) * v + g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: dampening_itself
# You multiplied the new gradient by `dampening`; the factor is 1 − dampening.
# ? What should dampening = 0 do?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + dampening * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: dampens_the_move
# You made the whole move smaller. Dampening only makes the share of the new gradient in the velocity smaller.
# ? Does (1 − dampening) stand in the line of the velocity or in that of the move?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + g
    d = g + m * v if nesterov else v
    return w - lr * (1 - dampening) * d, v


# %% mistake: crashes_on_none
# Your function stopped in the first step, where v is None: None can't be multiplied.
# ? What is the first velocity?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: first_step_is_lost
# In the first step w did not move.
# ? Which lines does your function skip when v is None?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    if v is None:
        return w, g
    v = m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: lr_inside_velocity
# The learning rate is inside your velocity. PyTorch remembers plain gradients and multiplies by lr at the end.
# ? What did question 3 say about the place of lr?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = lr * g if v is None else m * v + lr * (1 - dampening) * g
    return w - (lr * g + m * v if nesterov else v), v


# %% mistake: ascent
# Your step goes uphill: it was added to w.
# ? Does the gradient point towards a smaller or a larger loss?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w + lr * d, v


# %% mistake: only_w
# Only w came back. The caller needs the new velocity too.
# ? From where should the next call know the velocity?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d


# %% mistake: changes_arguments
# Your function changed a tensor that it was given. `-=`, `*=`, `+=` and names that end in `_` work in place.
# ? Which operation makes a new tensor instead?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g += weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    return w - lr * d, v


# %% mistake: changes_arguments
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    d = g + m * v if nesterov else v
    w -= lr * d
    return w, v


# %% mistake: changes_arguments
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g.add(w, alpha=weight_decay)
    v = g if v is None else v.mul_(m).add_(g, alpha=1 - dampening)
    d = g.add(v, alpha=m) if nesterov else v
    return w - lr * d, v


# %% wrong: plain
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    return w - lr * g, g


# %% wrong: nothing
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    return w, v

# %% mistake: nesterov_adds_velocity_twice
# With Nesterov you move along v + m · v. It is the gradient to which m · v is added: g + m · v.
# ? Which two things does the look ahead add up?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w
    v = g if v is None else m * v + (1 - dampening) * g
    move = v + m * v if nesterov else v
    return w - lr * move, v

# %% mistake: decays_by_the_square
# You add weight_decay · w². The decay is in proportion to the weight: weight_decay · w.
# ? What is the slope of the penalty weight_decay/2 · w²?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay * w**2
    v = g if v is None else m * v + (1 - dampening) * g
    move = g + m * v if nesterov else v
    return w - lr * move, v

# %% mistake: half_the_decay
# Your decay is half as large as it should be: g + weight_decay · w, without a half.
# ? What is the slope of weight_decay/2 · w²?
def sgd_options(w, v, g, lr, m, nesterov=False, dampening=0.0, weight_decay=0.0):
    g = g + weight_decay / 2 * w
    v = g if v is None else m * v + (1 - dampening) * g
    move = g + m * v if nesterov else v
    return w - lr * move, v
