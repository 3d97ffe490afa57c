import numpy as np
import torch
from torch import nn

# %% reference
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% alternative: lstsq
def normal_equation(X, y):
    A = torch.hstack((X, torch.ones(len(X), 1))).double()
    theta = torch.linalg.lstsq(A, y.double().unsqueeze(1), driver="gelsd").solution.squeeze(1)
    return theta[:-1].float(), theta[-1].item()


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(n_features))
        self.b = nn.Parameter(torch.zeros(1))

    def forward(self, X):
        return X @ self.w + self.b

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        self.w = nn.Parameter(w)
        self.b = nn.Parameter(torch.tensor([b]))

# %% alternative: numpy
def normal_equation(X, y):
    A = np.column_stack([X.numpy(), np.ones(len(X))]).astype(float)
    theta, *_ = np.linalg.lstsq(A, y.numpy().astype(float), rcond=None)
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.layer = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.layer(X)[..., 0]

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        self.layer.load_state_dict({"weight": torch.tensor(w[None]).float(), "bias": torch.tensor([b]).float()})

# %% alternative: centred
def normal_equation(X, y):
    mean_x, mean_y = X.mean(dim=0), y.mean()
    w = torch.linalg.pinv(X - mean_x) @ (y - mean_y)
    return w, mean_y - w @ mean_x


class LinearRegression(nn.Linear):
    def __init__(self, n_features):
        super().__init__(n_features, 1)

    def forward(self, X):
        return super().forward(X).flatten()

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        self.weight.data = w.reshape(1, -1)
        self.bias.data = b.reshape(1)
        return self

# %% alternative: one_parameter
def normal_equation(X, y):
    A = torch.column_stack([X, torch.ones(len(X))])
    theta = torch.linalg.lstsq(A, y[:, None], driver="gelsd").solution[:, 0]
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.theta = nn.Parameter(torch.randn(n_features + 1))

    def forward(self, X):
        return torch.column_stack([X, torch.ones(len(X))]) @ self.theta

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.theta.copy_(torch.cat([w, b.reshape(1)]))

# %% mistake: inverse_on_singular
# Where the features depend on each other, AᵀA has no inverse: your function stops there, or what comes back fits nothing.
# ? The second feature of the four loads is the first plus one. What does that do to the columns of A?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.inv(A.T @ A) @ A.T @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: inverse_on_singular
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1).double()
    theta = torch.linalg.solve(A.T @ A, A.T @ y.double())
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: no_intercept
# Your line goes through the origin: it has no intercept b.
# ? What does your line predict where all features are 0?
def normal_equation(X, y):
    return torch.linalg.pinv(X) @ y, 0.0


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: no_intercept
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1, bias=False)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
        return self

# %% mistake: intercept_is_the_mean
# Your b is the mean of y. That is right only where the mean of every feature is 0.
# ? What does your line predict for the mean of the features, and what should it?
def normal_equation(X, y):
    w = torch.linalg.pinv(X - X.mean(dim=0)) @ (y - y.mean())
    return w, y.mean()


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: bias_not_apart
# w holds the bias as well: it has one number too many.
# ? How many weights belong to X, and which number of theta is b?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta, theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        w = w[:-1]
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: bias_first
# The column of ones stands first in your A, but you take the last number for b.
# ? To which column of A does each number of theta belong?
def normal_equation(X, y):
    A = torch.cat([torch.ones(len(X), 1), X], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: column_output
# forward gives shape (N, 1). The targets have shape (N,), and so should the predictions.
# ? What shape has (prediction − y) with shapes (N, 1) and (N,)?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: column_weights
# w has shape (d, 1); one number for each feature has shape (d,).
# ? What shape has X @ w for w of shape (d, 1)?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y.reshape(-1, 1)
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: plain_tensors
# Your module has no parameters: its numbers are plain tensors, which PyTorch does not list, train or move.
# ? What makes a tensor into a parameter of a module?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.w = torch.zeros(n_features)
        self.b = torch.zeros(())

    def forward(self, X):
        return X @ self.w + self.b

    def fit(self, X, y):
        self.w, self.b = normal_equation(X, y)
        return self

# %% mistake: fit_not_stored
# fit leaves the module as it was: what it found is not put into the parameters.
# ? Which tensors does forward compute with?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        return w, b

# %% mistake: super_not_called
# PyTorch stopped: `super().__init__()` must come first in `__init__`.
# ? Who sets up the place where a module keeps its layers?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: loses_gradients
# After fit the parameters ask for no gradients any more.
# ? What does `torch.no_grad()` spare you?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.requires_grad_(False)
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% wrong: squeeze_everything
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze()

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% wrong: visible_values
def normal_equation(X, y):
    return torch.full((X.shape[1],), 2.5), 2.5


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% wrong: mean_only
def normal_equation(X, y):
    return torch.zeros(X.shape[1]), y.mean()


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))
        return self

# %% mistake: reads_b_first
# The ones stand last in A, so b is the last number of θ; you read it from the front.
# ? Which column of A belongs to b, and so which number of θ?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[1:], theta[0]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
            self.linear.bias.fill_(float(b))

# %% mistake: fit_forgets_the_bias
# fit puts the weights into the module and leaves its bias as it was drawn.
# ? Which parameters does the module have, and which of them does fit set?
def normal_equation(X, y):
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    theta = torch.linalg.pinv(A) @ y
    return theta[:-1], theta[-1]


class LinearRegression(nn.Module):
    def __init__(self, n_features):
        super().__init__()
        torch.manual_seed(0)
        self.linear = nn.Linear(n_features, 1)

    def forward(self, X):
        return self.linear(X).squeeze(-1)

    def fit(self, X, y):
        w, b = normal_equation(X, y)
        with torch.no_grad():
            self.linear.weight.copy_(w.reshape(1, -1))
