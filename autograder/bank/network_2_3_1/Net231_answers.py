import torch
from torch import nn
import torch.nn.functional as F

# %% reference
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(torch.relu(self.hidden(x))))

# %% alternative: sequential_inside
class Net231(nn.Module):
    def __init__(self):
        super(Net231, self).__init__()
        self.net = nn.Sequential(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())

    def forward(self, x):
        return self.net(x)

# %% alternative: is_a_sequential
class Net231(nn.Sequential):
    def __init__(self):
        super().__init__(nn.Linear(2, 3), nn.ReLU(), nn.Linear(3, 1), nn.Sigmoid())

# %% alternative: own_parameters
class Net231(nn.Module):
    def __init__(self, n_in=2, n_hidden=3, n_out=1):
        super().__init__()
        self.b_out = nn.Parameter(torch.zeros(n_out))
        self.w_out = nn.Parameter(torch.randn(n_hidden, n_out) * 0.5)
        self.b_hid = nn.Parameter(torch.zeros(n_hidden))
        self.w_hid = nn.Parameter(torch.randn(n_in, n_hidden) * 0.5)

    def forward(self, x):
        h = (x @ self.w_hid + self.b_hid).clamp(min=0)
        z = h @ self.w_out + self.b_out
        return 1 / (1 + torch.exp(-z))

# %% alternative: module_list
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = nn.ModuleList([nn.Linear(2, 3), nn.Linear(3, 1)])
        self.register_buffer("steps", torch.tensor(0))

    def forward(self, x):
        first, last = self.layers
        return F.sigmoid(last(F.relu(first(x))))

# %% mistake: super_not_called
# The layers could not be stored: `nn.Module` was not set up before they were assigned.
# ? Which line must come first in `__init__`, before any layer?
class Net231(nn.Module):
    def __init__(self):
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(torch.relu(self.hidden(x))))

# %% mistake: super_not_called
class Net231(nn.Module):
    def __init__(self):
        super().__init__
        self.W1 = nn.Parameter(torch.randn(3, 2))
        self.b1 = nn.Parameter(torch.zeros(3))
        self.W2 = nn.Parameter(torch.randn(1, 3))
        self.b2 = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return torch.sigmoid(torch.relu(x @ self.W1.T + self.b1) @ self.W2.T + self.b2)

# %% mistake: hidden_wrong
# The network has another number of hidden units: its parameters are not 13 in number, as those of 2-3-1 are (2-4-1, say, has 17).
# ? How many hidden units does each of the three numbers in 2-3-1 ask for?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 4)
        self.output = nn.Linear(4, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(torch.relu(self.hidden(x))))

# %% mistake: softmax_output
# The last step is a softmax, which shares a 1 out: over the single score of a row it is always exactly 1, and over the rows it makes the points compete with each other.
# ? Which function turns one score into a probability?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.softmax(self.output(torch.relu(self.hidden(x))), dim=-1)

# %% mistake: softmax_output
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.softmax(self.output(torch.relu(self.hidden(x))), dim=0)

# %% mistake: no_output_sigmoid
# The outputs are scores of any size: the sigmoid at the end is missing.
# ? Can your network answer −2 or 3? What should a probability be?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return self.output(torch.relu(self.hidden(x)))

# %% mistake: relu_after_output
# No output is ever below 0.5: a ReLU after the output layer turns every negative score into 0, and sigmoid(0) is 0.5.
# ? How could this network ever answer "surely class 0"?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(torch.relu(self.output(torch.relu(self.hidden(x)))))

# %% mistake: relu_after_output
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(torch.relu(self.output(self.hidden(x))))

# %% mistake: layers_in_list
# The network has no parameters at all, so an optimiser would have nothing to train: `nn.Module` finds only layers and `nn.Parameter`s that are attributes from `__init__` on: no plain tensors, no layers in a Python list, none made inside `forward`, and nothing of an `__init__` that is spelled otherwise.
# ? Where and how can the layers be stored so that `parameters()` finds them?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.layers = [nn.Linear(2, 3), nn.Linear(3, 1)]

    def forward(self, x):
        return torch.sigmoid(self.layers[1](torch.relu(self.layers[0](x))))

# %% mistake: no_activation
# The outputs are those of a network without ReLU: two linear layers in a row are only one linear layer.
# ? What happens to a hidden unit whose value is negative?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(self.hidden(x)))

# %% mistake: sigmoid_hidden
# The outputs are those of a network with a sigmoid in the hidden layer, where a ReLU was asked for.
# ? Which activation belongs to the hidden layer, and which to the output?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(torch.sigmoid(self.hidden(x))))

# %% mistake: keeps_the_hidden_layer
# Your forward stores what it computes on the module (`self.h = ...`). It keeps the whole graph of the last batch alive, and such a model cannot be copied. Use a local variable.
# ? Who needs the hidden values after forward has returned?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        self.h = torch.relu(self.hidden(x))
        return torch.sigmoid(self.output(self.h))

# %% wrong: constant
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.full((len(x), 1), 0.5)

# %% mistake: another_activation
# The hidden layer has another activation than ReLU, such as tanh, LeakyReLU or GELU.
# ? What does ReLU make of −2, and what does yours?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(torch.tanh(self.hidden(x))))

# %% mistake: another_activation
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(F.leaky_relu(self.hidden(x))))

# %% mistake: another_activation
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(F.gelu(self.hidden(x))))

# %% mistake: another_activation
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(F.elu(self.hidden(x))))

# %% mistake: another_activation
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(F.softplus(self.hidden(x))))

# %% mistake: another_activation
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(F.silu(self.hidden(x))))

# %% mistake: another_activation
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(self.hidden(x).abs()))

# %% mistake: bias_missing
# A layer has no bias: 13 numbers are 6 + 3 for the hidden layer and 3 + 1 for the output.
# ? Which argument of `nn.Linear` takes the bias away?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1, bias=False)

    def forward(self, x):
        return torch.sigmoid(self.output(torch.relu(self.hidden(x))))

# %% mistake: other_layers
# The network has other layers than 2-3-1 asks for: one too many, two outputs, a BatchNorm, or sizes in another order.
# ? Which two layers lie between 2 inputs, 3 hidden units and 1 output, and which size does each take first?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 2)

    def forward(self, x):
        return torch.softmax(self.output(torch.relu(self.hidden(x))), dim=1)

# %% mistake: without_a_graph
# The output does not hang together with the parameters, so nothing could be trained.
# ? Which line makes numbers that no gradient flows through: `no_grad`, `detach`, a new tensor?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    @torch.no_grad()
    def forward(self, x):
        return torch.sigmoid(self.output(torch.relu(self.hidden(x))))

# %% mistake: hidden_detached
# The hidden layer gets no gradient: it is cut off from the output, by `detach` or `.data`, say.
# ? How does the loss reach the first layer's weights?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(torch.relu(self.hidden(x)).detach()))

# %% mistake: decides_already
# The output is 0 or 1. The probability itself is asked for: rounding and `> 0.5` come later, and no gradient flows through them.
# ? What is the slope of `round`?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(torch.relu(self.hidden(x)))).round()

# %% mistake: decides_already
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return (torch.sigmoid(self.output(torch.relu(self.hidden(x)))) > 0.5).float()

# %% mistake: relu_on_the_input
# The ReLU stands before the first layer; it belongs after it.
# ? What happens to a negative input, and what to a hidden unit whose value is negative?
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.sigmoid(self.output(self.hidden(torch.relu(x))))

# %% wrong: clamped
class Net231(nn.Module):
    def __init__(self):
        super().__init__()
        self.hidden = nn.Linear(2, 3)
        self.output = nn.Linear(3, 1)

    def forward(self, x):
        return torch.clamp(self.output(torch.relu(self.hidden(x))), 0, 1)
