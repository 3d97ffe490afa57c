import torch

# %% reference
def predict_only(model, x):
    with torch.no_grad():
        return model(x).clone()

# %% alternative: decorated
@torch.no_grad()
def predict_only(model, x):
    answer = model(x)
    return answer.detach().clone()

# %% alternative: after_the_fact
def predict_only(model, x):
    return model(x).detach().clone()

# %% alternative: inference_mode
def predict_only(model, x):
    with torch.inference_mode():
        answer = model(x)
        return torch.clone(answer)

# %% alternative: eval_and_back
def predict_only(model, x):
    was_training = model.training
    model.eval()
    with torch.no_grad():
        answer = model(x) + 0
    model.train(was_training)
    return answer

# %% alternative: filled
def predict_only(model, x):
    out = None
    with torch.set_grad_enabled(False):
        y = model(x)
        out = torch.empty_like(y)
        out.copy_(y)
    return out

# %% mistake: data_attribute
# You used `.data`: the numbers are not copied, and autograd does not even notice when they are changed. So a wrong gradient can come out without a word.
# ? Which two calls give you numbers that are cut off and copied?
def predict_only(model, x):
    return model(x).data

# %% mistake: data_attribute
def predict_only(model, x):
    y = model(x)
    y = y.data
    return y

# %% mistake: detach_not_clone
# Your answer is cut off from the graph, but its memory is still the model's: `detach` and `no_grad` copy nothing.
# ? If somebody writes into your answer, what else changes?
def predict_only(model, x):
    return model(x).detach()

# %% mistake: detach_not_clone
def predict_only(model, x):
    with torch.no_grad():
        return model(x)

# %% mistake: detach_not_clone
def predict_only(model, x):
    return torch.from_numpy(model(x).detach().numpy())

# %% mistake: leaves_eval
# The model came to you in train mode and is in eval mode now: dropout and batch norm will behave otherwise in the training that goes on.
# ? How can you find out in which mode the model was, and put it back?
def predict_only(model, x):
    model.eval()
    with torch.no_grad():
        return model(x).clone()

# %% mistake: leaves_train
# The model came to you in eval mode and is in train mode now.
# ? How can you find out in which mode the model was before you change it?
def predict_only(model, x):
    model.eval()
    with torch.no_grad():
        answer = model(x).clone()
    model.train()
    return answer

# %% mistake: keeps_graph
# Your answer still drags its graph along: all that is needed to go backward, which nobody will.
# ? Inside which block does PyTorch record nothing?
def predict_only(model, x):
    return model(x)

# %% mistake: keeps_graph
def predict_only(model, x):
    return model(x).clone()

# %% mistake: keeps_graph
def predict_only(model, x):
    with torch.no_grad():
        pass
    return model(x).clone()

# %% mistake: autograd_off
# After your function, autograd stays switched off, for everybody: the next training stops with an error.
# ? What ends at the end of a `with` block, and does not after a plain call?
def predict_only(model, x):
    torch.set_grad_enabled(False)
    return model(x).clone()

# %% mistake: model_frozen
# You switched off the gradients of the model's parameters and left them off, so it can't be trained any more.
# ? Which block switches recording off for a while, without touching the model?
def predict_only(model, x):
    for p in model.parameters():
        p.requires_grad_(False)
    return model(x.detach()).detach().clone()

# %% mistake: not_on_the_device
# Your answer is on the CPU wherever the model's is.
# ? What do `.cpu()` and `.numpy()` do on a GPU?
def predict_only(model, x):
    with torch.no_grad():
        return model(x).cpu().clone()

# %% mistake: not_on_the_device
def predict_only(model, x):
    with torch.no_grad():
        return torch.tensor(model(x).tolist())

# %% mistake: classes
# You returned which output is the largest; the outputs themselves are wanted.
# ? Which shape does the model's answer have?
def predict_only(model, x):
    with torch.no_grad():
        return model(x).argmax(dim=1)

# %% mistake: no_return
# Your function returned None. Did you forget `return`?
# ? What becomes of the answer when your function ends?
def predict_only(model, x):
    with torch.no_grad():
        model(x)

# %% wrong: zeros
def predict_only(model, x):
    with torch.no_grad():
        return torch.zeros_like(model(x))

# %% wrong: the_input
def predict_only(model, x):
    return x.clone()

# %% wrong: trains_on_the_way
def predict_only(model, x):
    was = model.training
    model.train()
    with torch.no_grad():
        answer = model(x).clone()
    model.train(was)
    return answer
