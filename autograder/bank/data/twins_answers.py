import numpy as np
import pandas as pd
import torch

# %% reference
def twins(X_train, X_test):
    known = {tuple(row[1:]) for row in X_train}
    return sum(tuple(row[1:]) in known for row in X_test)

# %% alternative: two_loops
def twins(X_train, X_test):
    count = 0
    for row in X_test:
        for other in X_train:
            if row[1:] == other[1:]:
                count += 1
                break
    return count

# %% alternative: pandas
def twins(X_train, X_test):
    if not X_train or not X_test:
        return 0
    train, test = (pd.DataFrame(rows).drop(columns=0) for rows in (X_train, X_test))
    merged = test.merge(train.drop_duplicates(), how="left", indicator=True)
    return int((merged["_merge"] == "both").sum())

# %% alternative: numpy
def twins(X_train, X_test):
    if len(X_test) == 0:
        return 0
    a = np.array([row[1:] for row in X_train])
    b = np.array([row[1:] for row in X_test])
    return (b[:, None, :] == a[None, :, :]).all(axis=2).any(axis=1).sum()

# %% alternative: torch
def twins(X_train, X_test):
    if not X_test:
        return torch.tensor(0)
    a, b = (torch.tensor([row[1:] for row in rows]) for rows in (X_train, X_test))
    return (b[:, None] == a).all(-1).any(-1).sum()

# %% mistake: uses_names
# You compare the rows with their names, so an animal counts as known only if it has the same name. The model never sees the name.
# ? Which columns does the model look at?
def twins(X_train, X_test):
    known = {tuple(row) for row in X_train}
    return sum(tuple(row) in known for row in X_test)

# %% mistake: uses_names
def twins(X_train, X_test):
    known = {row[0] for row in X_train}
    return sum(row[0] in known for row in X_test)

# %% mistake: counts_pairs_twice
# You count pairs: a test row with two twins among the train rows counts twice.
# ? How many test rows are there, and could your answer be larger?
def twins(X_train, X_test):
    return sum(row[1:] == other[1:] for row in X_test for other in X_train)

# %% mistake: counts_train_rows
# You count the train rows that have a twin among the test rows. We asked for test rows.
# ? Which rows are the test?
def twins(X_train, X_test):
    known = {tuple(row[1:]) for row in X_test}
    return sum(tuple(row[1:]) in known for row in X_train)

# %% mistake: counts_kinds
# You count different sets of features. Two test rows with the same features are two test rows.
# ? What does a set do with things that come twice?
def twins(X_train, X_test):
    return len({tuple(row[1:]) for row in X_train} & {tuple(row[1:]) for row in X_test})

# %% mistake: counts_the_strangers
# You count the test rows that have no twin.
# ? Is a row with a twin counted by your condition, or one without?
def twins(X_train, X_test):
    known = {tuple(row[1:]) for row in X_train}
    return sum(tuple(row[1:]) not in known for row in X_test)

# %% mistake: stops_at_the_first
# You return at the first twin, so the others are not counted.
# ? Where in the loop does your `return` stand?
def twins(X_train, X_test):
    known = {tuple(row[1:]) for row in X_train}
    count = 0
    for row in X_test:
        if tuple(row[1:]) in known:
            count += 1
            return count
    return count

# %% wrong: list_of_names
def twins(X_train, X_test):
    known = {tuple(row[1:]) for row in X_train}
    return [row[0] for row in X_test if tuple(row[1:]) in known]

# %% mistake: share_for_a_number
# You return a share. Asked for is the number of rows.
# ? What should come out if 5 of 14 test rows have a twin?
def twins(X_train, X_test):
    known = {tuple(row[1:]) for row in X_train}
    return sum(tuple(row[1:]) in known for row in X_test) / max(1, len(X_test))

# %% wrong: the_example
def twins(X_train, X_test):
    return 3

# %% mistake: twins_within_the_test
# You look for rows that the test holds twice. A twin is a train row with the same features.
# ? Which two tables must be compared?
def twins(X_train, X_test):
    rows = [tuple(row[1:]) for row in X_test]
    return len(rows) - len(set(rows))

# %% mistake: order_ignored
# Rows count as twins for you if they hold the same numbers in any order; each number belongs to its own feature.
# ? Is an animal with 4 legs and no hair a twin of one with 0 legs and 4 hairs?
def twins(X_train, X_test):
    known = {tuple(sorted(row[1:])) for row in X_train}
    return sum(tuple(sorted(row[1:])) in known for row in X_test)

# %% mistake: row_by_row
# You compare the first test row with the first train row, the second with the second, and so on. A twin may stand anywhere.
# ? With how many train rows must each test row be compared?
def twins(X_train, X_test):
    return sum(test[1:] == train[1:] for test, train in zip(X_test, X_train))
