import numpy as np
import torch
from torch import nn

# %% reference
def rows_identical(model):
    for layer in model.modules():
        if isinstance(layer, nn.Linear) and layer.out_features > 1:
            w = layer.weight.detach()
            if torch.allclose(w, w[:1].expand_as(w)):
                return True
    return False

# %% alternative: numpy
def rows_identical(model):
    weights = [m.weight.detach().numpy() for m in model.modules() if isinstance(m, nn.Linear)]
    return any(len(w) > 1 and np.allclose(w, w[0]) for w in weights)

# %% alternative: spread
def rows_identical(model):
    found = torch.tensor(False)
    for name, p in model.named_parameters():
        if p.dim() == 2 and p.shape[0] >= 2:
            found = found | ((p.max(dim=0).values - p.min(dim=0).values).max() < 1e-6)
    return found

# %% alternative: loops
def rows_identical(model):
    for layer in model.modules():
        if not isinstance(layer, nn.Linear):
            continue
        rows = layer.weight.tolist()
        if len(rows) == 1:
            continue
        if all(abs(a - b) < 1e-5 for row in rows[1:] for a, b in zip(row, rows[0])):
            return True
    return False

# %% mistake: compares_layers
# You seem to compare whole layers with one another; two layers may be alike although the units in each are different.
# ? Which numbers belong to one unit of a linear layer?
def rows_identical(model):
    weights = [m.weight for m in model.modules() if isinstance(m, nn.Linear)]
    return any(a.shape == b.shape and torch.allclose(a, b) for a, b in zip(weights, weights[1:]))

# %% mistake: biases_too
# You ask for equal biases as well. A constant start shows in the rows of the weights; the question is about them alone.
# ? Can two units with the same weights have different biases?
def rows_identical(model):
    for module in model.modules():
        if isinstance(module, nn.Linear) and module.out_features > 1:
            same = torch.allclose(module.weight, module.weight[:1].expand_as(module.weight))
            if module.bias is not None:
                same = same and torch.allclose(module.bias, module.bias[:1].expand_as(module.bias))
            if same:
                return True
    return False

# %% wrong: always
def rows_identical(model):
    return True

# %% wrong: never
def rows_identical(model):
    return False

# %% mistake: single_row_counts
# A layer of one unit makes you answer True. A single row has no other that it could be a copy of.
# ? How many rows must a layer have before two can be alike?
def rows_identical(model):
    return any(torch.allclose(m.weight, m.weight[0]) for m in model.modules() if isinstance(m, nn.Linear))

# %% mistake: compares_columns
# You compare the columns of a weight, which belong to inputs. Each unit has one row.
# ? What is the shape of layer.weight, and which of the two sizes counts the units?
def rows_identical(model):
    return any(
        m.in_features > 1 and torch.allclose(m.weight, m.weight[:, :1].expand_as(m.weight))
        for m in model.modules() if isinstance(m, nn.Linear)
    )

# %% mistake: all_numbers_alike
# You ask whether all numbers of a layer are one and the same. After some training each row has different numbers, and the rows are still copies.
# ? Which numbers are compared with which?
def rows_identical(model):
    return any(m.out_features > 1 and len(set(m.weight.flatten().tolist())) == 1 for m in model.modules() if isinstance(m, nn.Linear))

# %% mistake: first_layer_only
# You look at the first linear layer only. One layer of copies anywhere in the model is enough.
# ? Does your loop go on after the first layer?
def rows_identical(model):
    layer = next(m for m in model.modules() if isinstance(m, nn.Linear))
    return layer.out_features > 1 and torch.allclose(layer.weight, layer.weight[:1].expand_as(layer.weight))

# %% mistake: some_rows
# You answer True where only some rows are alike: two of them, or neighbours. All rows of a layer must be.
# ? With which row do you compare each of the others?
def rows_identical(model):
    for m in model.modules():
        if isinstance(m, nn.Linear) and len(torch.unique(m.weight.detach(), dim=0)) < m.out_features:
            return True
    return False

# %% mistake: some_rows
def rows_identical(model):
    return any(
        isinstance(m, nn.Linear) and m.out_features > 1 and torch.allclose(m.weight[0], m.weight[1])
        for m in model.modules()
    )

# %% mistake: some_rows
def rows_identical(model):
    for m in model.modules():
        if isinstance(m, nn.Linear):
            for a, b in zip(m.weight, m.weight[1:]):
                if torch.allclose(a, b, atol=1e-5):
                    return True
    return False

# %% mistake: compares_sums
# You compare one number of each row, its mean or sum. Different rows can have the same.
# ? Which numbers must agree before two rows are copies?
def rows_identical(model):
    for m in model.modules():
        if isinstance(m, nn.Linear) and m.out_features > 1:
            means = m.weight.mean(dim=1)
            if torch.allclose(means, means[:1].expand_as(means), atol=1e-6):
                return True
    return False

# %% mistake: near_is_not_equal
# You take rows that are merely near one another for copies.
# ? How large a difference does your comparison allow?
def rows_identical(model):
    for m in model.modules():
        if isinstance(m, nn.Linear) and m.out_features > 1:
            if torch.allclose(m.weight, m.weight[:1].expand_as(m.weight), atol=0.1):
                return True
    return False

# %% mistake: to_the_last_bit
# Rows were compared to the last bit. Rows that are equal but for rounding count as the same.
# ? What do `==`, `torch.equal` and `torch.allclose` say of 0.1 + 0.2 and 0.3?
def rows_identical(model):
    for m in model.modules():
        if isinstance(m, nn.Linear) and m.out_features >= 2 and bool((m.weight == m.weight[0]).all()):
            return True
    return False

# %% mistake: every_layer
# You ask whether all layers have rows that are alike; one such layer is enough.
# ? Which of `any` and `all` means "some layer"?
def rows_identical(model):
    layers = [m for m in model.modules() if isinstance(m, nn.Linear) and m.out_features > 1]
    return all(torch.allclose(m.weight, m.weight[0]) for m in layers)

# %% mistake: outer_layers_only
# Layers inside other modules are not looked at.
# ? What do `model.children()` and `model.modules()` list?
def rows_identical(model):
    for m in model.children():
        if isinstance(m, nn.Linear) and len(m.weight) > 1 and torch.allclose(m.weight, m.weight[0]):
            return True
    return False

# %% mistake: two_rows_do_not_count
# A layer of two units is passed over. Two rows can be copies of one another already.
# ? From how many rows on is there something to compare?
def rows_identical(model):
    for m in model.modules():
        if isinstance(m, nn.Linear) and m.out_features > 2:
            if torch.allclose(m.weight, m.weight[:1].expand_as(m.weight)):
                return True
    return False

# %% mistake: some_columns
# You answer True where the rows agree in some of their numbers. They are copies if they agree in all.
# ? Which of `any` and `all`, or of the smallest and the largest difference, says that two rows are the same?
def rows_identical(model):
    for m in model.modules():
        if isinstance(m, nn.Linear) and m.out_features > 1:
            if torch.isclose(m.weight, m.weight[0]).all(dim=0).any():
                return True
    return False

# %% mistake: sign_of_the_difference
# The differences are compared with their sign: a difference far below 0 counts as none.
# ? Is −0.5 smaller than 0.00001, and which function takes the sign away?
def rows_identical(model):
    for m in model.modules():
        if isinstance(m, nn.Linear) and m.out_features > 1:
            if (m.weight - m.weight[0]).max() < 1e-6:
                return True
    return False

# %% mistake: sign_of_the_difference
def rows_identical(model):
    for m in model.modules():
        if isinstance(m, nn.Linear) and m.out_features > 1:
            if (m.weight[0] - m.weight).max() < 1e-6:
                return True
    return False

# %% mistake: other_kinds_too
# The weights of layers that are not linear were compared as well, such as those of a norm, which all start at 1.
# ? Which modules does your condition let through?
def rows_identical(model):
    for m in model.modules():
        if hasattr(m, "weight") and len(m.weight) > 1:
            if torch.allclose(m.weight, m.weight[:1].expand_as(m.weight)):
                return True
    return False
