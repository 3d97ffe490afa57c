import numpy as np
import torch


# %% reference
def escape():
    return 0.3, 0.8


# %% alternative: search
def escape():
    for lr in (0.05, 0.1, 0.2, 0.3):
        for m in (0.5, 0.8, 0.9):
            x, v = 3.0, 0.0
            for _ in range(60):
                v = m * v + 0.4 * x**3 - 2 * x + 0.6
                x = x - lr * v
            if abs(x + 2.373) < 0.15:
                return lr, m


# %% alternative: autograd
def escape():
    def height(x):
        return x * (0.6 + x * (0.1 * x * x - 1))

    best, found = float("inf"), None
    for lr in (0.1, 0.2, 0.3):
        for m in (0.7, 0.85):
            x = torch.tensor(3.0, requires_grad=True)
            opt = torch.optim.SGD([x], lr=lr, momentum=m)
            for _ in range(60):
                opt.zero_grad()
                height(x).backward()
                opt.step()
            if height(x).item() < best:
                best, found = height(x).item(), (lr, m)
    return found


# %% alternative: array
def escape():
    return np.array([0.2, 0.85])


# %% alternative: list
def escape():
    return [torch.tensor(0.15), torch.tensor(0.9)]


# %% alternative: known_pair
def escape():
    return (0.2, 0.9)


# %% mistake: no_momentum
# Without momentum the walk ends in the nearer minimum: it has no speed with which to get over the hill.
# ? What does m = 0 leave of the velocity from the steps before?
def escape():
    return 0.1, 0.0


# %% mistake: too_little_momentum
# There is momentum, but not enough of it for this learning rate: the walk never gets over the hill.
# ? What happens if you raise m, or the learning rate with it?
def escape():
    return 0.1, 0.5


# %% mistake: diverges
# The walk runs away to infinity: the learning rate and the momentum together are too large.
# ? How steep is f where |x| is large, and how long are your steps there?
def escape():
    return 0.3, 0.9


# %% mistake: overshoots_back
# The walk gets over the hill, but comes back over it again and ends on the side where it began.
# ? How could the walk lose its speed sooner on the far side?
def escape():
    return 0.4, 0.85


# %% mistake: still_moving
# The walk gets over the hill, but after 60 steps it is still swinging, more than 0.15 away from the minimum.
# ? Does a larger or a smaller m let the swinging die away sooner?
def escape():
    return 0.1, 0.95


# %% mistake: swapped
# Your two numbers are in the wrong order: as (lr, m) they don't arrive, exchanged they do.
# ? Which of them comes first in the statement?
def escape():
    return 0.8, 0.3


# %% mistake: lr_does_it
# Your learning rate is so large that the walk leaves the nearer minimum without momentum too. The statement wants it to stay there with m = 0.
# ? Where does the walk end with the same lr and m = 0?
def escape():
    return 0.52, 0.4


# %% mistake: momentum_is_1
# With m = 1 or more nothing is ever forgotten, and the walk never comes to rest; m must be below 1.
# ? What share of the speed should be lost in each step?
def escape():
    return 0.2, 1.0


# %% mistake: returns_the_place
# A place came back, not a learning rate and a momentum.
# ? What are the two numbers that the statement asks for?
def escape():
    return -2.373


# %% wrong: nothing
def escape():
    pass


# %% mistake: negative_rate
# Your learning rate is not above 0: the walk goes uphill.
# ? Which sign must lr have, so that x moves against the slope?
def escape():
    return -0.1, 0.9

# %% mistake: steps_too_short
# With steps as short as yours the walk arrives nowhere in 60 of them, with momentum or without.
# ? Where is the walk after 60 steps with your lr and m = 0?
def escape():
    return 0.001, 0.9
