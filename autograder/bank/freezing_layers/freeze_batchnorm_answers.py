import types

import torch
from torch import nn

# %% reference
def freeze_batchnorm(model):
    for layer in model.modules():
        if isinstance(layer, nn.modules.batchnorm._BatchNorm):
            layer.eval()
            layer.train = lambda mode=True, layer=layer: layer

# %% alternative: no_momentum
def freeze_batchnorm(model):
    for layer in model.modules():
        if isinstance(layer, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d)):
            layer.momentum = 0.0
    return model

# %% alternative: not_tracking
def freeze_batchnorm(model):
    for layer in model.modules():
        if "BatchNorm" in type(layer).__name__:
            layer.track_running_stats = False
            layer.requires_grad_(False)

# %% alternative: model_train_patched
def freeze_batchnorm(model):
    norms = [m for m in model.modules() if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d, nn.BatchNorm3d))]

    def train(self, mode=True):
        type(self).train(self, mode)
        for norm in norms:
            norm.eval()
        return self

    model.train = types.MethodType(train, model)
    return model.train(model.training)

# %% alternative: hook
def freeze_batchnorm(model):
    def to_eval(module, inputs):
        module.eval()

    for module in model.modules():
        if isinstance(module, nn.modules.batchnorm._BatchNorm):
            module.register_forward_pre_hook(to_eval)

# %% mistake: requires_grad_only
# A running mean or variance still moved at once, in train mode: they are buffers, and follow each batch without any gradient.
# ? In which mode does a BatchNorm layer update its statistics, and does your code reach every such layer?
def freeze_batchnorm(model):
    for layer in model.modules():
        if isinstance(layer, nn.modules.batchnorm._BatchNorm):
            layer.weight.requires_grad = False
            layer.bias.requires_grad = False

# %% mistake: eval_until_train
# The statistics stood still at first, but after `model.train()` they moved again.
# ? What does `model.train()` do to every module inside the model?
def freeze_batchnorm(model):
    for layer in model.modules():
        if isinstance(layer, nn.modules.batchnorm._BatchNorm):
            layer.eval()

# %% mistake: one_kind_only
# A kind of BatchNorm was passed over. There are three, for inputs of different shapes: 1d, 2d and 3d.
# ? Of which classes are the norms of the model that you were given?
def freeze_batchnorm(model):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm2d):
            m.momentum = 0.0

# %% mistake: one_kind_only
def freeze_batchnorm(model):
    for m in model.modules():
        if isinstance(m, nn.BatchNorm1d):
            m.momentum = 0.0

# %% wrong: model_never_trains
def freeze_batchnorm(model):
    model.eval()
    for layer in model.modules():
        layer.train = lambda mode=True, layer=layer: layer

# %% wrong: only_1d
def freeze_batchnorm(model):
    for layer in model.modules():
        if isinstance(layer, nn.BatchNorm1d):
            layer.eval()
            layer.train = lambda mode=True, layer=layer: layer

# %% wrong: top_level_only
def freeze_batchnorm(model):
    for layer in model.children():
        if isinstance(layer, nn.modules.batchnorm._BatchNorm):
            layer.momentum = 0.0

# %% wrong: nothing
def freeze_batchnorm(model):
    return model

# %% mistake: one_kind_only
def freeze_batchnorm(model):
    for m in model.modules():
        if isinstance(m, (nn.BatchNorm1d, nn.BatchNorm2d)):
            m.momentum = 0.0

# %% mistake: no_mode_for_the_rest
# Other modules no longer follow `model.train()` or `model.eval()`: Dropout, say, stays as it is. Only the norms should ignore them.
# ? Of which modules do you replace `train`?
def freeze_batchnorm(model):
    for layer in model.modules():
        if isinstance(layer, nn.modules.batchnorm._BatchNorm):
            layer.eval()
        layer.train = lambda mode=True, layer=layer: layer

# %% mistake: thaws_the_rest
# What was frozen in the rest of the model is trainable now. Its flags should stay as they were.
# ? On which parameters do you set `requires_grad`?
def freeze_batchnorm(model):
    for p in model.parameters():
        p.requires_grad = True
    for layer in model.modules():
        if isinstance(layer, nn.modules.batchnorm._BatchNorm):
            layer.momentum = 0.0
            layer.requires_grad_(False)

# %% mistake: freezes_the_rest
# The rest of the model is frozen now, where only the norms' statistics should stand still.
# ? On which parameters do you set `requires_grad`?
def freeze_batchnorm(model):
    for layer in model.modules():
        if isinstance(layer, nn.modules.batchnorm._BatchNorm):
            layer.momentum = 0.0
    model.requires_grad_(False)
