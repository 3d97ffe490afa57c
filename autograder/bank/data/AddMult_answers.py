import copy
import functools

import numpy as np
import torch

# %% reference
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x + self.add, y * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample

def order_quiz():
    return (201, 200)

# %% alternative: functions
def AddMult(add, mult):
    return lambda sample: (sample[0] + add, sample[1] * mult)

def Mult(mult):
    return lambda sample: (sample[0] * mult, sample[1] * mult)

def Compose(transforms):
    return lambda sample: functools.reduce(lambda value, transform: transform(value), transforms, sample)

def order_quiz():
    return [201.0, 200.0]

# %% alternative: clones
class AddMult:
    def __init__(self, add, mult):
        self.add = add
        self.mult = mult

    def __call__(self, sample):
        x, y = sample[0].clone(), sample[1].clone()
        x += self.add
        y *= self.mult
        return [x, y]

class Mult:
    def __init__(self, mult):
        self.factor = mult

    def __call__(self, sample):
        return tuple(part * self.factor for part in sample)

class Compose:
    def __init__(self, transforms):
        self.transforms = list(transforms)

    def __call__(self, sample):
        result = copy.deepcopy(sample)
        for t in self.transforms:
            result = t(result)
        return result

def order_quiz():
    x, y = Compose([Mult(100), AddMult(1, 2)])((torch.tensor([2.0, 2.0]), torch.tensor([1.0])))
    return x[0].item(), y[0].item()

# %% alternative: modules
class AddMult(torch.nn.Module):
    def __init__(self, add, mult):
        super().__init__()
        self.add, self.mult = add, mult

    def forward(self, sample):
        return torch.add(sample[0], self.add), torch.mul(sample[1], self.mult)

class Mult(torch.nn.Module):
    def __init__(self, mult):
        super().__init__()
        self.mult = mult

    def forward(self, sample):
        return torch.mul(sample[0], self.mult), torch.mul(sample[1], self.mult)

def Compose(transforms):
    return torch.nn.Sequential(*transforms)

def order_quiz():
    return torch.tensor([201, 200])

# %% mistake: reversed_compose
# The transforms run from the last to the first. `Compose([a, b])` means: first a, then b.
# ? What does [2, 2] become if it is multiplied by 100 before 1 is added?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x + self.add, y * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in reversed(self.transforms):
            sample = transform(sample)
        return sample

def order_quiz():
    return (300, 200)

# %% mistake: reversed_compose
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x + self.add, y * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in reversed(self.transforms):
            sample = transform(sample)
        return sample

def order_quiz():
    return (201, 200)

# %% mistake: mutates_sample
# The sample that was given is changed in place, and with it the data set: in the next epoch the numbers are other ones.
# ? What is the difference between `x += 1` and `x = x + 1`?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        x += self.add
        y *= self.mult
        return x, y

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        x *= self.mult
        y *= self.mult
        return x, y

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample

def order_quiz():
    return (201, 200)

# %% mistake: mutates_sample
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x.add_(self.add), y * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x.mul_(self.mult), y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample

def order_quiz():
    return (201, 200)

# %% mistake: scales_x_only
# `Mult` multiplies x and leaves y as it is. Both parts of the sample are meant.
# ? What does `Mult(100)` make of y = [2]?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x + self.add, y * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample

def order_quiz():
    return (201, 200)

# %% mistake: adds_to_both
# `AddMult` does both to both parts. It adds to x, and it multiplies y.
# ? Which part of the sample does the first number change?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return (x + self.add) * self.mult, (y + self.add) * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample

def order_quiz():
    return (201, 200)

# %% mistake: x_and_y_swapped
# `AddMult` multiplies x and adds to y: the other way round.
# ? Which part of the sample does the first number change?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y + self.add

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample

def order_quiz():
    return (201, 200)

# %% mistake: each_on_the_original
# Every transform gets the sample as it was at first, so only the last one shows.
# ? Where does what one transform returned go?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x + self.add, y * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            result = transform(sample)
        return result

def order_quiz():
    return (201, 200)

# %% mistake: stops_after_the_first
# Only the first transform runs: the `return` stands inside the loop.
# ? How often does your loop go round?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x + self.add, y * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
            return sample

def order_quiz():
    return (201, 200)

# %% mistake: same_in_any_order
# The quiz has the numbers of the first order. In the other one, 1 is added after the multiplication.
# ? What is 2 · 100 + 1?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x + self.add, y * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample

def order_quiz():
    return (300, 200)

# %% wrong: forgets_return
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        x, y = x + self.add, y * self.mult

class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        x, y = x * self.mult, y * self.mult

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            transform(sample)

def order_quiz():
    return (201, 200)

# %% wrong: the_example
class AddMult:
    def __init__(self, add, mult):
        pass

    def __call__(self, sample):
        x, y = sample
        return x + 1, y * 2

class Mult:
    def __init__(self, mult):
        pass

    def __call__(self, sample):
        x, y = sample
        return x * 100, y * 100

class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample

def order_quiz():
    return (201, 200)

# %% mistake: mult_on_both
# AddMult multiplies x as well. It adds to x and multiplies y.
# ? What should AddMult(1, 2) make of x = [2, 2]?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return (x + self.add) * self.mult, y * self.mult


class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult


class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample


def order_quiz():
    return 201, 200

# %% mistake: returns_x_alone
# AddMult returns x alone. A transform takes a pair and returns a pair.
# ? What does the next transform of `Compose` unpack?
class AddMult:
    def __init__(self, add, mult):
        self.add, self.mult = add, mult

    def __call__(self, sample):
        x, y = sample
        return x + self.add


class Mult:
    def __init__(self, mult):
        self.mult = mult

    def __call__(self, sample):
        x, y = sample
        return x * self.mult, y * self.mult


class Compose:
    def __init__(self, transforms):
        self.transforms = transforms

    def __call__(self, sample):
        for transform in self.transforms:
            sample = transform(sample)
        return sample


def order_quiz():
    return 201, 200
