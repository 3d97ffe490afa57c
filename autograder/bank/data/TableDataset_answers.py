import numpy as np
import torch
from torch import nn
from torch.utils.data import Dataset, TensorDataset

# %% reference
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

# %% alternative: converts_each_item
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X, self.y = np.asarray(X), np.asarray(y)

    def __len__(self):
        return self.X.shape[0]

    def __getitem__(self, i):
        return torch.tensor(self.X[i]).float(), torch.tensor(self.y[i]).long()

# %% alternative: tensor_dataset
class TableDataset(TensorDataset):
    def __init__(self, X, y):
        super().__init__(torch.tensor(np.array(X), dtype=torch.float), torch.tensor(np.array(y), dtype=torch.long))

# %% alternative: checks_the_place
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.rows = [torch.tensor(list(map(float, row))) for row in X]
        self.labels = [torch.tensor(int(label)) for label in y]

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return torch.stack(self.rows[i]), torch.stack(self.labels[i])
        if not -len(self) <= i < len(self):
            raise IndexError(f"there is no row {i}")
        return self.rows[i], self.labels[i]

# %% mistake: numpy_out
# An item holds NumPy arrays or plain numbers. A network wants tensors.
# ? What does `type(dataset[0][0])` say?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = np.asarray(X, dtype=np.float32)
        self.y = np.asarray(y, dtype=np.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

# %% mistake: numpy_out
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X, self.y = X, y

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

# %% mistake: label_first
# The label comes first and the features second. Every loop in this course reads `for x, y in loader`.
# ? Which of the two parts of an item does `x` get?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.y[i], self.X[i]

# %% mistake: never_raises_index_error
# A place behind the last row gives an item too, so a loop over the dataset never ends. Python stops a loop at the first IndexError.
# ? What does your dataset answer when it is asked for row `len(dataset)`?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        if isinstance(i, slice):
            return self.X[i], self.y[i]
        return self.X[i % len(self)], self.y[i % len(self)]

# %% mistake: never_raises_index_error
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        i = i % len(self)
        return self.X[i], self.y[i]

# %% mistake: int_features
# The features keep the dtype that they came with. A linear layer has float32 weights, and refuses whole numbers and float64.
# ? What is the dtype of `dataset[0][0]`?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

# %% mistake: int_features
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X)
        self.y = torch.as_tensor(y)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

# %% mistake: float_labels
# The labels became floats. Classes are whole numbers: cross-entropy wants int64.
# ? Which dtype does a class number need?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.float32)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

# %% mistake: double_features
# The features are float64, which is what Python and NumPy make of numbers. A layer's weights are float32.
# ? Which of `.float()` and `.double()` gives float32?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float64)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

# %% mistake: label_in_a_row
# The label is a tensor of shape (1,) where a single number of shape () was wanted. Batches of such labels get one dimension too many.
# ? How do `y[i]` and `y[i:i + 1]` differ?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)[:, None]

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], self.y[i]

# %% mistake: counts_columns
# The length is the number of columns. A dataset is as long as it has rows.
# ? Which entry of `X.shape` counts the rows?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return self.X.shape[1]

    def __getitem__(self, i):
        return self.X[i], self.y[i]

# %% mistake: plain_label
# The label is a plain Python number where an int64 tensor was wanted.
# ? What does `self.y[i]` give, and what does `int(...)` make of it?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i], int(self.y[i]) if not isinstance(i, slice) else self.y[i]

# %% mistake: features_only
# Your items are the features alone. The label belongs to them.
# ? How many things are in the pair of the example?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)

    def __len__(self):
        return len(self.X)

    def __getitem__(self, i):
        return self.X[i]

# %% wrong: first_row_always
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[0], self.y[0]

# %% mistake: no_negative_places
# A negative i is refused or gives another row. It counts from the end, as in a list.
# ? Which row of a list is `rows[-1]`?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        if i < 0 or i >= len(self):
            raise IndexError(i)
        return self.X[i], self.y[i]

# %% wrong: arrays_only
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X, self.y = X, y

    def __len__(self):
        return self.X.shape[0]

    def __getitem__(self, i):
        return torch.as_tensor(self.X[i]).float(), torch.as_tensor(self.y[i]).long()

# %% mistake: items_shifted
# Your item i is row i − 1. Rows are counted from 0, as in a list.
# ? Which row should `dataset[0]` give?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return self.X[i - 1], self.y[i - 1]

# %% mistake: items_as_dicts
# Your items are dicts. A pair is asked for: first the features, then the label.
# ? What does `x, y = dataset[0]` unpack?
class TableDataset(Dataset):
    def __init__(self, X, y):
        self.X = torch.as_tensor(X, dtype=torch.float32)
        self.y = torch.as_tensor(y, dtype=torch.int64)

    def __len__(self):
        return len(self.y)

    def __getitem__(self, i):
        return {"x": self.X[i], "y": self.y[i]}
