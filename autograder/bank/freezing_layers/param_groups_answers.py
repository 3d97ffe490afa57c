import torch
from torch import nn

# %% reference
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    ids = {id(p) for p in head.parameters()}
    body = [p for p in model.parameters() if id(p) not in ids]
    return [{"params": body, "lr": lr_body}, {"params": list(head.parameters()), "lr": lr_head}]

# %% alternative: by_name_and_generators
def param_groups(model, lr_body, lr_head):
    head = [name for name, m in model.named_modules() if isinstance(m, nn.Linear)][-1] + "."
    return (
        {"lr": lr_head, "params": (p for n, p in model.named_parameters() if n.startswith(head))},
        {"lr": lr_body, "params": (p for n, p in model.named_parameters() if not n.startswith(head))},
    )

# %% alternative: one_group_each
def param_groups(model, lr_body, lr_head):
    head = model[-1] if isinstance(model, nn.Sequential) else model.head
    last = list(head.parameters())
    groups = []
    for p in model.parameters():
        in_head = any(p is q for q in last)
        groups.append({"params": p, "lr": lr_head if in_head else lr_body})
    return groups

# %% mistake: overlap
# A parameter is in more than one of your groups; an optimiser refuses such groups.
# ? Which parameters does `parameters()` of a whole model give?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    return [{"params": list(model.parameters()), "lr": lr_body}, {"params": list(head.parameters()), "lr": lr_head}]

# %% mistake: missing_bias
# Some biases are in no group, so they would never learn.
# ? How many tensors does a linear layer learn?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    ids = {id(p) for p in head.parameters()}
    body = [p for p in model.parameters() if id(p) not in ids]
    return [{"params": body, "lr": lr_body}, {"params": [head.weight], "lr": lr_head}]

# %% mistake: same_rate
# All your parameters have one and the same learning rate, so body and head would take equal steps.
# ? Which of the two rates belongs to which group?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    ids = {id(p) for p in head.parameters()}
    body = [p for p in model.parameters() if id(p) not in ids]
    return [{"params": body, "lr": lr_body}, {"params": list(head.parameters()), "lr": lr_body}]

# %% mistake: swapped
# Your body has the head's learning rate, and your head has the body's.
# ? Which of the two has learned much already, and should take the smaller steps?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    ids = {id(p) for p in head.parameters()}
    body = [p for p in model.parameters() if id(p) not in ids]
    return [{"params": body, "lr": lr_head}, {"params": list(head.parameters()), "lr": lr_body}]

# %% mistake: sets_of_parameters
# A group's parameters came as a set. A set has no order, and torch's optimisers refuse it: give a list.
# ? What does torch.optim.SGD(param_groups(...)) say?
def param_groups(model, lr_body, lr_head):
    head = set([m for m in model.modules() if isinstance(m, nn.Linear)][-1].parameters())
    return [{"params": set(model.parameters()) - head, "lr": lr_body}, {"params": head, "lr": lr_head}]

# %% mistake: last_two_tensors
# You took the model's last two tensors for the head. They need not belong to its last linear layer: a norm may come after it, or it may have no bias.
# ? Which parameters does a model list last that has a norm behind its head?
def param_groups(model, lr_body, lr_head):
    params = list(model.parameters())
    return [{"params": params[:-2], "lr": lr_body}, {"params": params[-2:], "lr": lr_head}]

# %% mistake: without_lr
# A group came without its rate. Each dict needs both: "params" and "lr".
# ? Where would the optimiser find the rate of this group?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    ids = {id(p) for p in head.parameters()}
    return [{"params": [p for p in model.parameters() if id(p) not in ids]}, {"params": list(head.parameters()), "lr": lr_head}]

# %% mistake: returns_an_optimizer
# You returned an optimiser. The list of dicts is asked for, from which an optimiser can be made.
# ? What do you give to torch.optim.SGD?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    ids = {id(p) for p in head.parameters()}
    body = [p for p in model.parameters() if id(p) not in ids]
    return torch.optim.SGD([{"params": body, "lr": lr_body}, {"params": list(head.parameters()), "lr": lr_head}])

# %% wrong: head_only
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    return [{"params": list(head.parameters()), "lr": lr_head}]

# %% wrong: head_rate_for_all
def param_groups(model, lr_body, lr_head):
    return [{"params": list(model.parameters()), "lr": lr_head}]

# %% wrong: empty
def param_groups(model, lr_body, lr_head):
    return []

# %% mistake: head_bias_in_body
# The bias of your head is in the body's group, so it has the body's learning rate.
# ? Which tensors make up the last linear layer?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    body = [p for p in model.parameters() if p is not head.weight]
    return [{"params": body, "lr": lr_body}, {"params": [head.weight], "lr": lr_head}]

# %% mistake: freezes_the_body
# Your function froze the body. It should learn, slowly: only the groups are asked for, and nothing of the model changes.
# ? What does a learning rate do to a parameter that gets no gradient?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    own = {id(p) for p in head.parameters()}
    body = [p for p in model.parameters() if id(p) not in own]
    for p in body:
        p.requires_grad = False
    return [{"params": body, "lr": lr_body}, {"params": list(head.parameters()), "lr": lr_head}]

# %% mistake: linear_layers_only
# Parameters that belong to no linear layer are in no group, such as those of normalisation layers or of the model itself.
# ? What lists *all* parameters of a model?
def param_groups(model, lr_body, lr_head):
    *body, head = [m for m in model.modules() if isinstance(m, nn.Linear)]
    return [{"params": [p for m in body for p in m.parameters()], "lr": lr_body}, {"params": list(head.parameters()), "lr": lr_head}]

# %% mistake: trainable_only
# Frozen parameters are in no group. They may be thawed later; every parameter was asked for.
# ? Which condition of yours leaves a parameter out?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    own = {id(p) for p in head.parameters()}
    return [{"params": [p for p in model.parameters() if id(p) not in own and p.requires_grad], "lr": lr_body}, {"params": list(head.parameters()), "lr": lr_head}]

# %% mistake: names_for_parameters
# The groups hold names; an optimiser needs the parameters themselves.
# ? What does `model.named_parameters()` give beside each name?
def param_groups(model, lr_body, lr_head):
    head = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)][-1]
    names = [n for n, _ in model.named_parameters()]
    return [{"params": [n for n in names if not n.startswith(head)], "lr": lr_body}, {"params": [n for n in names if n.startswith(head)], "lr": lr_head}]

# %% mistake: no_list
# What comes back is no list of dicts: a dict of groups, or a single group, is nothing that an optimiser takes.
# ? What does the example give to `torch.optim.SGD`?
def param_groups(model, lr_body, lr_head):
    head = [m for m in model.modules() if isinstance(m, nn.Linear)][-1]
    own = {id(p) for p in head.parameters()}
    return {"body": {"params": [p for p in model.parameters() if id(p) not in own], "lr": lr_body}, "head": {"params": list(head.parameters()), "lr": lr_head}}

# %% mistake: by_the_name_head
# The head was looked for by its name. Only some models call it `head`; it is the last linear layer, whatever its name.
# ? What are the layers of an `nn.Sequential` called?
def param_groups(model, lr_body, lr_head):
    head = [p for n, p in model.named_parameters() if "head" in n]
    return [{"params": [p for n, p in model.named_parameters() if "head" not in n], "lr": lr_body}, {"params": head, "lr": lr_head}]

# %% mistake: names_that_begin_alike
# A parameter of another layer has the head's rate: its name begins like that of the head.
# ? Which of `head.bias` and `head_norm.bias` begins with "head", and which with "head."?
def param_groups(model, lr_body, lr_head):
    head = [n for n, m in model.named_modules() if isinstance(m, nn.Linear)][-1]
    named = list(model.named_parameters())
    return [
        {"params": [p for n, p in named if not n.startswith(head)], "lr": lr_body},
        {"params": [p for n, p in named if n.startswith(head)], "lr": lr_head},
    ]
