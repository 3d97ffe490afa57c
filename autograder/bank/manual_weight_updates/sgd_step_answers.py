import torch

# %% reference
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad

# %% alternative: add_with_alpha
@torch.no_grad()
def sgd_step(params, lr):
    for p in params:
        if p.grad is None:
            continue
        p.add_(p.grad, alpha=-lr)

# %% alternative: through_data
def sgd_step(params, lr):
    for p in filter(lambda q: q.grad is not None, params):
        p.data = p.data - lr * p.grad

# %% alternative: foreach
def sgd_step(params, lr):
    moving = [p for p in params if p.grad is not None]
    with torch.no_grad():
        torch._foreach_add_(moving, [p.grad for p in moving], alpha=-lr)

# %% alternative: copy
def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            new = p.detach() - p.grad.mul(lr)
            p.detach().copy_(new)

# %% alternative: optimizer
def sgd_step(params, lr):
    torch.optim.SGD(list(params), lr=lr).step()

# %% stand_in
def sgd_step(params, lr):
    torch.optim.SGD(list(params), lr=lr).step()

# %% mistake: ascent
# Your parameters moved uphill: by +lr · gradient instead of −lr · gradient.
# ? Which way does the gradient point: to a larger or to a smaller loss?
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p += lr * p.grad

# %% mistake: bias_forgotten
# The weights moved, but the biases stayed where they were.
# ? Do you update every tensor in `params`, also those with one dimension?
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None and p.dim() > 1:
                p -= lr * p.grad

# %% mistake: lr_missing
# Your parameters moved by the whole gradient: the learning rate was left out.
# ? Where does `lr` appear in your update?
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= p.grad

# %% mistake: rebinding
# Nothing moved. `p = p - ...`, for one, makes a new tensor and gives it the old name; the parameter stays as it was.
# ? Which operation changes the tensor that `p` stands for?
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p = p - lr * p.grad

# %% mistake: last_layer_only
# Only the last layer moved, or only its bias; the parameters before it stayed where they were.
# ? Does your loop reach every parameter, and does the update stand inside it?
def sgd_step(params, lr):
    with torch.no_grad():
        for p in list(params)[-2:]:
            if p.grad is not None:
                p -= lr * p.grad

# %% mistake: last_layer_only
def sgd_step(params, lr):
    for p in params:
        if p.grad is None:
            continue
    p.data = p.data - lr * p.grad

# %% mistake: first_only
# Only the first parameter moved: your function ends after the first round of its loop.
# ? In which round of the loop does your function return?
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad
                return p

# %% mistake: crashes_on_none
# Your function stopped at a parameter without a gradient: its `.grad` is None, which can't be multiplied.
# ? What is `p.grad` for a parameter that `backward()` did not reach, and what should happen to it then?
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            p -= lr * p.grad

# %% mistake: multiplicative
# Your parameters were multiplied, by (1 − lr · gradient) or the like; the step should be subtracted from them.
# ? What happens to a parameter that is 0?
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p *= 1 - lr * p.grad

# %% mistake: multiplicative
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p *= -lr * p.grad

# %% mistake: sign_only
# Your parameters moved by lr in the direction of the gradient's sign, however large the gradient is.
# ? Should a steep slope and a gentle one give the same step?
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params:
            if p.grad is not None:
                p -= lr * p.grad.sign()

# %% mistake: no_no_grad
# Your update was stopped by PyTorch: a parameter that records gradients can't be changed in place while recording is on.
# ? Which block switches the recording off?
def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            p -= lr * p.grad

# %% mistake: switches_autograd_off
# Your step turns autograd off and leaves it off, for the rest of the notebook. `with torch.no_grad():` turns it on again at the end of the block.
# ? What is torch.is_grad_enabled() after your step?
def sgd_step(params, lr):
    torch.set_grad_enabled(False)
    for p in params:
        if p.grad is not None:
            p -= lr * p.grad

# %% wrong: does_nothing
def sgd_step(params, lr):
    return None

# %% wrong: switches_recording_off
def sgd_step(params, lr):
    for p in params:
        p.requires_grad = False
        if p.grad is not None:
            p -= lr * p.grad

# %% wrong: through_numpy
def sgd_step(params, lr):
    for p in params:
        if p.grad is not None:
            p.data = torch.tensor(p.detach().numpy() - lr * p.grad.numpy())

# %% wrong: by_index
def sgd_step(params, lr):
    with torch.no_grad():
        for i in range(len(params)):
            if params[i].grad is not None:
                params[i] -= lr * params[i].grad

# %% wrong: slices
def sgd_step(params, lr):
    with torch.no_grad():
        for p in params[:]:
            if p.grad is not None:
                p -= lr * p.grad

# %% wrong: goes_through_twice
def sgd_step(params, lr):
    slopes = [p.grad for p in params]
    with torch.no_grad():
        for p, slope in zip(params, slopes):
            if slope is not None:
                p -= lr * slope
