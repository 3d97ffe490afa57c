import torch
from torch import nn

# %% reference
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% alternative: own_parameters
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(n_features, 1))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return x @ self.w + self.b

    def proba(self, x):
        return 1 / (1 + torch.exp(-self.forward(x)))

    def predict(self, x):
        return (self.proba(x) > 0.5).float()

# %% alternative: subclass_of_linear
class LogisticRegression(nn.Linear):
    def __init__(self, n_features):
        super().__init__(n_features, 1)

    def proba(self, x):
        return self(x).sigmoid()

    @torch.no_grad()
    def predict(self, x):
        return self.proba(x).round().int()

# %% alternative: flags
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super(LogisticRegression, self).__init__()
        self.net = nn.Sequential(nn.Linear(n_features, 1))
        self.link = nn.Sigmoid()

    def forward(self, x):
        z = self.net(x)
        return z

    def proba(self, x):
        return self.link(self.net(x))

    def predict(self, x):
        return self.proba(x) > 0.5

# %% alternative: one_tensor_for_all
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.theta = nn.Parameter(torch.zeros(n_features + 1, 1))

    def forward(self, x):
        return torch.cat([torch.ones_like(x[:, :1]), x], dim=1) @ self.theta

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self.proba(x) > 0.5).long()

# %% alternative: bias_at_the_end
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.weights = nn.Linear(n_features + 1, 1, bias=False)

    def forward(self, x):
        return self.weights(torch.nn.functional.pad(x, (0, 1), value=1.0))

    def proba(self, x):
        return 1 / (1 + torch.exp(-self.forward(x)))

    def predict(self, x):
        return (self.forward(x) > 0).float()

# %% mistake: forward_returns_labels
# forward gives zeros and ones. It should give the scores; a step has no slope, so nothing could be trained.
# ? What is the gradient of a step?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return (self.linear(x) > 0).float()

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: forward_returns_labels
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return (self.linear(x) > 0).float()

    def proba(self, x):
        return torch.sigmoid(self.linear(x))

    def predict(self, x):
        return self(x).long()

# %% mistake: sigmoid_in_forward
# forward gives probabilities. It should give the scores, before the sigmoid; proba adds the sigmoid.
# ? Which loss wants scores, and how often is the sigmoid applied then?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return torch.sigmoid(self.linear(x))

    def proba(self, x):
        return self(x)

    def predict(self, x):
        return (self(x) > 0.5).long()

# %% mistake: sigmoid_in_forward
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return torch.sigmoid(self.linear(x))

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: argmax_on_one_column
# Your labels come from argmax. With a single column the largest is always number 0. Compare the score with 0.
# ? How many columns has the score, and which numbers can argmax give?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return self(x).argmax(dim=1)

# %% mistake: argmax_on_one_column
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return self(x).argmax(dim=1, keepdim=True)

# %% mistake: half_on_the_score
# You compare the score with 0.5. The probability is compared with 0.5, or the score with 0.
# ? Which probability belongs to the score 0?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0.5).long()

# %% mistake: no_sigmoid
# proba gives the scores themselves. A probability lies between 0 and 1.
# ? Which function makes a probability of a score?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return self(x)

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: softmax_on_one_column
# proba is 1 everywhere: a softmax over one column always is. One score gets a sigmoid.
# ? What is exp(z) divided by the sum of exp over a single z?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.softmax(self(x), dim=1)

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: softmax_over_the_batch
# Your probabilities depend on the other rows: a softmax over the batch adds up to 1 over the samples.
# ? Should the probability of one sample change if others join the batch?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.softmax(self(x), dim=0)

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: flat_output
# What comes back has shape (N,). Here scores, probabilities and labels keep their column: (N, 1).
# ? Which shape does nn.Linear(n, 1) give?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x).squeeze(1)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: flat_output
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long().squeeze()

# %% mistake: flat_output
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x)).squeeze(1)

    def predict(self, x):
        return (self(x) > 0).long().squeeze(1)

# %% mistake: no_bias
# The bias is missing: there are as many parameters as features.
# ? What is the score of a sample of zeros?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1, bias=False)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: two_outputs
# Your layer has two outputs. For yes or no one score is enough.
# ? How many parameters are there for 3 features and one output?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 2)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.softmax(self(x), dim=1)

    def predict(self, x):
        return self(x).argmax(dim=1)

# %% mistake: super_not_called
# PyTorch stopped: `super().__init__()` must come first in `__init__`.
# ? Who sets up the place where a module keeps its layers?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: labels_upside_down
# Your labels are the wrong way round: 1 where the probability is below 0.5.
# ? Which label should a sample with probability 0.9 get?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) < 0).long()

# %% mistake: layer_made_in_forward
# Your module has no parameters: it keeps a layer that is made in `__init__`, or an `nn.Parameter`; no plain tensor, and no layer that `forward` makes anew each time.
# ? What does `list(model.parameters())` show?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.n_features = n_features

    def forward(self, x):
        return nn.Linear(self.n_features, 1)(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% wrong: constant_probability
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.full((len(x), 1), 0.5)

    def predict(self, x):
        return (self(x) > 0).long()

# %% wrong: labels_of_ones
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return torch.ones(len(x), 1)

# %% wrong: relative_to_the_batch
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > self(x).mean()).long()

# %% wrong: no_module
def LogisticRegression(n_features):
    return None

# %% mistake: half_is_yes
# A probability of exactly 0.5 became a 1; only what is above 0.5 is one.
# ? Which label does the example give a score of 0?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self.proba(x) >= 0.5).long()

# %% mistake: layer_made_in_forward
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.w = torch.randn(n_features, 1, requires_grad=True)
        self.b = torch.zeros(1, requires_grad=True)

    def forward(self, x):
        return x @ self.w + self.b

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: size_written_down
# Your layer has three inputs, whatever `n_features` says.
# ? Where in your `__init__` does `n_features` occur?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(3, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: in_and_out_swapped
# The layer's two sizes have changed places: first come the features that go in, then the one score that comes out.
# ? What do the two numbers of `nn.Linear(3, 1)` mean?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(1, n_features)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: hidden_layer
# There are two layers in your model. A logistic regression is a single line: n_features + 1 numbers.
# ? How many parameters should there be for 3 features?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.first = nn.Linear(n_features, n_features)
        self.second = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.second(self.first(x))

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: minus_one_for_no
# Your labels are −1 and 1. A no is 0 here.
# ? What is the sign of a negative score, and which label should it get?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return torch.sign(self(x))

# %% mistake: relu_on_the_score
# Your scores are never below 0: a ReLU cuts them off, so no probability is below one half.
# ? Which score belongs to the probability 0.1?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return torch.relu(self.linear(x))

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: tanh_for_sigmoid
# proba runs from −1 to 1: that is tanh. A probability is the sigmoid of the score.
# ? What should the probability be for the score 0?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.tanh(self(x))

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: both_probabilities
# proba gives two columns, for no and for yes. One is wanted: the probability of a 1.
# ? What is the second number if you know the first?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.cat([1 - torch.sigmoid(self(x)), torch.sigmoid(self(x))], dim=1)

    def predict(self, x):
        return (self(x) > 0).long()

# %% mistake: probability_of_the_label
# proba gives how sure the model is of its own label, which is never below one half. Wanted is the probability of a 1.
# ? What should it be for a score of −4: near 0 or near 1?
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, x):
        return self.linear(x)

    def proba(self, x):
        return torch.maximum(torch.sigmoid(self(x)), torch.sigmoid(-self(x)))

    def predict(self, x):
        return (self(x) > 0).long()

# %% alternative: weights_of_their_own
class LogisticRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.w = nn.Parameter(torch.randn(n_features))
        self.b = nn.Parameter(torch.zeros(()))

    def forward(self, x):
        return (x @ self.w + self.b).unsqueeze(-1)

    def proba(self, x):
        return torch.sigmoid(self(x))

    def predict(self, x):
        return self.proba(x) > 0.5
