import numpy as np
import torch
from torch import nn
import torch.nn.functional as F

# %% reference
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% alternative: lerp
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if not training:
        return (x - running_mean) * torch.rsqrt(running_var + eps), running_mean, running_var
    var, mean = torch.var_mean(x, dim=0, correction=0)
    n = len(x)
    y = (x - mean) * torch.rsqrt(var + eps)
    return y, torch.lerp(running_mean, mean, momentum), torch.lerp(running_var, var * n / (n - 1), momentum)

# %% alternative: by_hand
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    n = x.shape[0]
    if training:
        mean = x.sum(0) / n
        squares = ((x - mean) ** 2).sum(0)
        var = squares / n
        new_mean = running_mean + momentum * (mean - running_mean)
        new_var = running_var + momentum * (squares / (n - 1) - running_var)
        return [(x - mean) / (var + eps) ** 0.5, new_mean, new_var]
    return [(x - running_mean) / (running_var + eps) ** 0.5, running_mean.clone(), running_var.clone()]

# %% alternative: layer_norm_of_columns
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        y = F.layer_norm(x.T, (len(x),), eps=eps).T
        keep = 1 - momentum
        return y, keep * running_mean + momentum * x.mean(0), keep * running_var + momentum * x.std(0) ** 2
    return torch.div(x - running_mean, torch.sqrt(running_var + eps)), running_mean, running_var

# %% mistake: per_row
# You normalised each row by its own mean: that is layer norm. Batch norm takes a mean for each feature, over the rows.
# ? How many means are there for 5 rows and 3 features?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=1, keepdim=True), x.var(dim=1, unbiased=False, keepdim=True)
        running_mean = (1 - momentum) * running_mean + momentum * x.mean(dim=0)
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: one_mean_for_all
# You took one mean and one variance for the whole table. Each feature has its own.
# ? How many means are there for 5 rows and 3 features?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(), x.var(unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: unbiased_in_the_output
# The output is normalised by a variance that divides by N − 1. There it is N; only the running variance uses N − 1.
# ? What is the variance of the numbers 1 and 3, dividing by N?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: biased_running_variance
# Your running variance moves towards a variance that divides by N. There it is N − 1; only the output uses N.
# ? Which of the two variances is larger?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * var
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: momentum_upside_down
# Your running statistics move almost all the way. With momentum 0.1 a tenth is new and nine tenths stay.
# ? How much of the old mean is left after one batch with momentum 0.1?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = momentum * running_mean + (1 - momentum) * mean
        running_var = momentum * running_var + (1 - momentum) * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: batch_statistics_in_eval
# In use you still normalise by the statistics of the batch. A single row would come out as 0.
# ? Whose mean is used for a single row?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: updates_in_eval
# The running statistics also move where training is False.
# ? Should a forecast change the network?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
    else:
        mean, var = running_mean, running_var
    y = (x - mean) / torch.sqrt(var + eps)
    running_mean = (1 - momentum) * running_mean + momentum * x.mean(dim=0)
    running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    return y, running_mean, running_var

# %% mistake: running_statistics_in_training
# In training you normalise by the running statistics. There the statistics of the batch are used.
# ? What are the mean and the variance of your output in training?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - running_mean) / torch.sqrt(running_var + eps), running_mean, running_var

# %% mistake: running_statistics_stay
# The running statistics do not move in training.
# ? What will be used when training is over?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        pass
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: eps_outside_the_root
# You added eps to the standard deviation. It is added to the variance, under the root.
# ? Where does eps stand in the formula?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / (torch.sqrt(var) + eps), running_mean, running_var

# %% mistake: eps_forgotten
# eps is left out.
# ? What happens to a feature that is the same in every row?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var), running_mean, running_var

# %% mistake: divides_by_the_variance
# You divided by the variance. The standard deviation, its root, is wanted.
# ? What is the variance of your output?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / (var + eps), running_mean, running_var

# %% mistake: mean_not_subtracted
# The mean is not subtracted.
# ? What is the mean of your output in training?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return x / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: running_standard_deviation
# Your running variance moves towards the standard deviation.
# ? What is the square of the standard deviation?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean = (1 - momentum) * running_mean + momentum * mean
        running_var = (1 - momentum) * running_var + momentum * x.std(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: changes_the_input
# The results are right, but the tensors that were given have been changed.
# ? What does somebody see who still holds the old running mean?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean.mul_(1 - momentum).add_(momentum * mean)
        running_var.mul_(1 - momentum).add_(momentum * x.var(dim=0))
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% mistake: changes_the_input
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if training:
        mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
        running_mean *= 1 - momentum
        running_mean += momentum * mean
        running_var *= 1 - momentum
        running_var += momentum * x.var(dim=0)
    else:
        mean, var = running_mean, running_var
    return (x - mean) / torch.sqrt(var + eps), running_mean, running_var

# %% wrong: calls_the_library
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    m, v = running_mean.clone(), running_var.clone()
    return F.batch_norm(x, m, v, None, None, training, momentum, eps), m, v

# %% wrong: uses_the_layer
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    layer = nn.BatchNorm1d(x.shape[1], eps, momentum, affine=False).train(training)
    layer.running_mean, layer.running_var = running_mean.clone(), running_var.clone()
    y = layer(x)
    return y, layer.running_mean, layer.running_var

# %% wrong: nothing
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    return x, running_mean, running_var

# %% wrong: through_numpy
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    a = x.numpy()
    if not training:
        y = (a - running_mean.numpy()) / np.sqrt(running_var.numpy() + eps)
        return torch.tensor(y), running_mean, running_var
    y = (a - a.mean(0)) / np.sqrt(a.var(0) + eps)
    new_mean = (1 - momentum) * running_mean.numpy() + momentum * a.mean(0)
    new_var = (1 - momentum) * running_var.numpy() + momentum * a.var(0, ddof=1)
    return torch.tensor(y), torch.tensor(new_mean), torch.tensor(new_var)

# %% mistake: running_statistics_replaced
# Your running statistics are those of the last batch. They move towards them by the share momentum, and keep the rest of what they were.
# ? What becomes of the old running mean?
def batch_norm(x, running_mean, running_var, training, momentum=0.1, eps=1e-5):
    if not training:
        return (x - running_mean) / torch.sqrt(running_var + eps), running_mean, running_var
    mean, var = x.mean(dim=0), x.var(dim=0, unbiased=False)
    return (x - mean) / torch.sqrt(var + eps), mean, x.var(dim=0)
