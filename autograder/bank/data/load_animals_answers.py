import csv

import numpy as np
import pandas as pd
import torch

# %% reference
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% alternative: csv_module
def load_animals(path):
    classes = ("mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate")
    with open(path) as file:
        rows = list(csv.reader(file))[1:]
    X = torch.tensor([[float(value) for value in row[1:-1]] for row in rows])
    y = torch.tensor([classes.index(row[-1]) for row in rows])
    return X, y, classes

# %% alternative: map_and_iloc
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    df = pd.read_csv(path, index_col=0)
    y = df["type"].map({name: number for number, name in enumerate(classes)})
    X = torch.from_numpy(df.iloc[:, :-1].values).float()
    return X, torch.from_numpy(y.values).long(), classes

# %% alternative: categorical
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    df = pd.read_csv(path)
    label = df.pop("type")
    df.pop("animal_name")
    codes = pd.Categorical(label, categories=classes).codes
    return torch.tensor(df.values.astype(np.float32)), torch.tensor(codes.astype(np.int64)), classes

# %% mistake: name_included
# X has a column too many: the name, turned into a number. By its name a model learns each animal by heart, and nothing about animals.
# ? How many features does the table have, and how many columns has your X?
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    table["animal_name"] = pd.factorize(table["animal_name"])[0]
    X = torch.tensor(table.drop(columns=["type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: name_included
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    table["animal_name"] = table["animal_name"].astype("category").cat.codes
    X = torch.tensor(table.drop(columns=["type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: label_leak
# The label itself is among the features. A model that sees the answer scores 100 % and has learned nothing.
# ? Which column must a model never see?
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    table["type"] = [classes.index(kind) for kind in table["type"]]
    X = torch.tensor(table.drop(columns=["animal_name"]).to_numpy(), dtype=torch.float32)
    return X, torch.tensor(table["type"].to_numpy()), classes

# %% mistake: label_leak
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    label = pd.factorize(table["type"])[0]
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    table["type"] = label
    X = torch.tensor(table.drop(columns=["animal_name"]).to_numpy(), dtype=torch.float32)
    return X, y, classes

# %% mistake: int_features
# X holds whole numbers. A linear layer has float32 weights and refuses them.
# ? What dtype does pandas give to a column of zeros and ones?
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy())
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: double_features
# X is float64, NumPy's usual kind. A linear layer has float32 weights and refuses it.
# ? Which dtype does `torch.tensor` take over from a NumPy array?
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy().astype(float))
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: one_based
# The labels run from 1 to 7. With seven outputs, cross-entropy wants 0 to 6: it knows no class 7.
# ? What is the number of the first class?
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) + 1 for kind in table["type"]])
    return X, y, classes

# %% mistake: alphabetical_classes
# The classes are numbered by the alphabet. The order was stated: mammal is 0 and bird is 1.
# ? Who chose the order of your classes: you, or a function?
def load_animals(path):
    table = pd.read_csv(path)
    classes = sorted(["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"])
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: alphabetical_classes
def load_animals(path):
    table = pd.read_csv(path)
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor(table["type"].astype("category").cat.codes.to_numpy().astype("int64"))
    return X, y, classes

# %% mistake: alphabetical_classes
def load_animals(path):
    table = pd.read_csv(path)
    classes = sorted(set(table["type"]))
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: order_of_the_file
# The classes are numbered as they come in the file, so another file gives other numbers to the same classes.
# ? What is the number of "mammal" in a file that starts with a bird?
def load_animals(path):
    table = pd.read_csv(path)
    y, classes = pd.factorize(table["type"])
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    return X, torch.tensor(y), list(classes)

# %% mistake: order_of_the_file
def load_animals(path):
    table = pd.read_csv(path)
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    y = pd.factorize(table["type"])[0]
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    return X, torch.tensor(y), classes

# %% mistake: only_classes_in_the_file
# The classes are only those that come in this file. A class that is missing here would shift the numbers of all behind it.
# ? How many class names do you return for a file with fish and birds only?
def load_animals(path):
    table = pd.read_csv(path)
    order = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    classes = [name for name in order if name in set(table["type"])]
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: drops_twins
# Some rows are gone: animals whose features are alike. They are different animals all the same.
# ? How many rows has the file, and how many has your X?
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path).drop(columns=["animal_name"]).drop_duplicates()
    X = torch.tensor(table.drop(columns=["type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: float_labels
# The labels are real numbers. Classes are whole numbers: int64.
# ? Which dtype does cross-entropy want for class numbers?
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]], dtype=torch.float32)
    return X, y, classes

# %% mistake: a_feature_is_missing
# X has fewer than sixteen columns: a feature was cut off together with the name or the label.
# ? Which columns does `iloc[:, 1:-2]` leave out?
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    X = torch.tensor(table.iloc[:, 1:-2].to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: a_feature_is_missing
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    X = torch.tensor(table.iloc[:, 2:-1].to_numpy(), dtype=torch.float32)
    y = torch.tensor([classes.index(kind) for kind in table["type"]])
    return X, y, classes

# %% mistake: header_is_lost
# The first animal is missing: its line was taken for the header, or skipped with it.
# ? Does `pd.read_csv` count the line of the names as a row?
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    with open(path) as file:
        rows = [line.strip().split(",") for line in file][2:]
    X = torch.tensor([[float(value) for value in row[1:-1]] for row in rows])
    y = torch.tensor([classes.index(row[-1]) for row in rows])
    return X, y, classes

# %% wrong: names_of_labels
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    return X, list(table["type"]), classes

# %% wrong: two_parts
def load_animals(path):
    classes = ["mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate"]
    table = pd.read_csv(path)
    X = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    return X, torch.tensor([classes.index(kind) for kind in table["type"]])

# %% wrong: returns_the_table
def load_animals(path):
    return pd.read_csv(path)
