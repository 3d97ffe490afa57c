import torch
from torch import nn


def deep_net(depth, act, seed):
    torch.manual_seed(seed)
    layers = []
    for _ in range(depth):
        layers += [nn.Linear(8, 8, dtype=torch.float32), act()]
    return nn.Sequential(*layers[:-1]), torch.randn(16, 8, dtype=torch.float32)

# %% reference
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[0].weight.grad.norm() / model[-1].weight.grad.norm()).item()

# %% alternative: autograd_grad
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    loss = (model(X) ** 2).mean()
    weights = [p for p in model.parameters() if p.dim() == 2]
    first, *rest = torch.autograd.grad(loss, weights)
    last = rest[-1] if rest else first
    return first.norm() / last.norm()

# %% alternative: sums_of_squares
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    linear = [layer for layer in model if isinstance(layer, nn.Linear)]
    sizes = [(layer.weight.grad ** 2).sum().sqrt() for layer in linear]
    return float(sizes[0] / sizes[-1])

# %% alternative: own_net
def gradient_ratio(depth, act, seed):
    torch.manual_seed(seed)
    linears = [nn.Linear(8, 8) for _ in range(depth)]
    X = torch.randn(16, 8)
    h = X
    for number, linear in enumerate(linears):
        h = linear(h)
        if number < depth - 1:
            h = act()(h)
    nn.functional.mse_loss(h, torch.zeros_like(h)).backward()
    return torch.linalg.norm(linears[0].weight.grad).item() / torch.linalg.norm(linears[-1].weight.grad).item()

# %% alternative: numpy
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    import numpy as np
    grads = [p.grad.numpy() for name, p in model.named_parameters() if name.endswith('weight')]
    return np.linalg.norm(grads[0]) / np.linalg.norm(grads[-1])

# %% mistake: measures_weights
# You compared the weights themselves; asked are their gradients.
# ? Where does `backward()` put the gradient of a weight?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[0].weight.norm() / model[-1].weight.norm()).item()

# %% mistake: grad_of_output
# You compared the gradients of the layers' outputs (or of the input); asked are those of the weights.
# ? Which numbers does training change: outputs or weights?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    kept = []
    h = X
    for layer in model:
        h = layer(h)
        if isinstance(layer, nn.Linear):
            h.retain_grad()
            kept.append(h)
    h.pow(2).mean().backward()
    return (kept[0].grad.norm() / kept[-1].grad.norm()).item()

# %% mistake: grad_of_output
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    X.requires_grad_()
    y = model(X)
    y.retain_grad()
    y.pow(2).mean().backward()
    return (X.grad.norm() / y.grad.norm()).item()

# %% mistake: ratio_inverted
# Your ratio stands on its head: it is the first layer's gradient divided by the last layer's.
# ? Should a gradient that vanishes on its way give a large or a small ratio?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[-1].weight.grad.norm() / model[0].weight.grad.norm()).item()

# %% mistake: bias_gradients
# You compared the gradients of the biases; asked are those of the weights.
# ? Which of a layer's two parameters is a matrix?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[0].bias.grad.norm() / model[-1].bias.grad.norm()).item()

# %% mistake: largest_entry
# You compared the largest entries, or the means; asked are the norms, the roots of the sums of the squares.
# ? What is the norm of (3, 4)?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[0].weight.grad.abs().max() / model[-1].weight.grad.abs().max()).item()

# %% mistake: largest_entry
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[0].weight.grad.abs().mean() / model[-1].weight.grad.abs().mean()).item()

# %% mistake: largest_entry
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[0].weight.grad.abs().sum() / model[-1].weight.grad.abs().sum()).item()

# %% mistake: squared
# Your ratio is squared: a norm has a root.
# ? What is the norm of (3, 4): 25 or 5?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[0].weight.grad.pow(2).sum() / model[-1].weight.grad.pow(2).sum()).item()

# %% mistake: no_backward
# The gradients are None: nobody went backward.
# ? Which call fills `.grad`?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean()
    return (model[0].weight.grad.norm() / model[-1].weight.grad.norm()).item()

# %% mistake: another_loss
# You went backward from another loss: asked is the mean of the squared outputs.
# ? Which number does your `backward()` start from?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).sum().backward()
    return (model[0].weight.grad.norm() / model[-1].weight.grad.norm()).item()

# %% mistake: seed_ignored
# Your answer does not depend on the seed.
# ? Which number do you hand to `deep_net` as the seed?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, 0)
    model(X).pow(2).mean().backward()
    return (model[0].weight.grad.norm() / model[-1].weight.grad.norm()).item()

# %% mistake: next_to_last
# You divided by a layer in the middle; asked is the last one.
# ? Which index does the last layer have?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    linear = [layer for layer in model if isinstance(layer, nn.Linear)]
    return (linear[0].weight.grad.norm() / linear[max(len(linear) - 2, 0)].weight.grad.norm()).item()

# %% mistake: always_sigmoid
# Your answer is the same for every activation: the argument `act` was not used.
# ? What do you hand to `deep_net` as the activation?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, nn.Sigmoid, seed)
    model(X).pow(2).mean().backward()
    return (model[0].weight.grad.norm() / model[-1].weight.grad.norm()).item()

# %% wrong: constant
def gradient_ratio(depth, act, seed):
    return 1e-7

# %% wrong: powers
def gradient_ratio(depth, act, seed):
    return {nn.Sigmoid: 0.1, nn.Tanh: 0.5, nn.ReLU: 0.4}[act] ** (depth - 1)

# %% mistake: bias_among_them
# The gradient of a bias has got into your ratio: for a layer, `parameters()` gives first the weight and then the bias.
# ? Which of a network's parameters is the last one?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    parameters = list(model.parameters())
    return (parameters[0].grad.norm() / parameters[-1].grad.norm()).item()

# %% mistake: bias_among_them
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    norms = [torch.cat([layer.weight.grad.flatten(), layer.bias.grad]).norm() for layer in (model[0], model[-1])]
    return (norms[0] / norms[1]).item()

# %% mistake: activations_counted_out
# Your code asks an activation for its weight: they stand in the network too, between the linear layers, and have numbers of their own.
# ? Which index has the last of 3 linear layers if 2 activations stand between them?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[0].weight.grad.norm() / model[depth - 1].weight.grad.norm()).item()

# %% mistake: activations_counted_out
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    return (model[0].weight.grad.norm() / model[-2].weight.grad.norm()).item()

# %% mistake: another_input
# Your input is another one: `deep_net` gives the 16 rows along with the network.
# ? What are the two things that `deep_net` returns?
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(torch.randn(16, 8)).pow(2).mean().backward()
    return (model[0].weight.grad.norm() / model[-1].weight.grad.norm()).item()

# %% alternative: named_parameters
def gradient_ratio(depth, act, seed):
    model, X = deep_net(depth, act, seed)
    model(X).pow(2).mean().backward()
    norms = [p.grad.norm() for name, p in model.named_parameters() if name.endswith("weight")]
    return norms[0] / norms[-1]
