"""What simple methods reach on the data sets: the numbers of their cards, measured before any threshold is set.

``python benchmarks/dataset_baselines.py`` prints, for each data set and method, the least, the middle and the largest
of twelve splits (animals, salaries) or of twelve sets of new reviews. Needs torch, NumPy and pandas.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
import torch
from torch import nn

from autograder.bank.reviews import BAD, GOOD, reviews

DATASETS = Path(__file__).resolve().parents[1] / "datasets"
RUNS = 12
CLASSES = ("mammal", "bird", "reptile", "fish", "amphibian", "insect", "invertebrate")


def show(what: str, values: list[float]) -> None:
    """One line of the table."""
    low, middle, high = np.quantile(values, [0, 0.5, 1])
    print(f"{what:58s} {low:10.3f} {middle:10.3f} {high:10.3f}", flush=True)


def trained(
    model: nn.Module, x: torch.Tensor, y: torch.Tensor, loss: Callable[..., torch.Tensor], **how: float
) -> None:
    """Full-batch Adam."""
    optimizer = torch.optim.Adam(model.parameters(), lr=how["lr"])
    for _ in range(int(how["steps"])):
        optimizer.zero_grad()
        loss(model(x), y).backward()
        optimizer.step()


def animals() -> None:
    """Accuracy on the fifth of each class that was held out."""
    table = pd.read_csv(DATASETS / "animals.csv")
    x = torch.tensor(table.drop(columns=["animal_name", "type"]).to_numpy(), dtype=torch.float32)
    y = torch.tensor([CLASSES.index(kind) for kind in table["type"]])
    found: dict[str, list[float]] = {}
    for seed in range(RUNS):
        order = np.random.default_rng(seed).permutation(len(y))
        test = torch.tensor(
            np.concatenate([[i for i in order if y[i] == k][: round(0.2 * int((y == k).sum()))] for k in range(7)])
        )
        train = torch.tensor([i for i in range(len(y)) if i not in set(test.tolist())])
        most = y[train].bincount().argmax()
        found.setdefault("majority class", []).append(float((y[test] == most).float().mean()))
        nearest = torch.cdist(x[test], x[train]).argmin(dim=1)
        found.setdefault("nearest neighbour", []).append(float((y[train][nearest] == y[test]).float().mean()))
        mean, std = x[train].mean(0), x[train].std(0)
        z = (x - mean) / std.clamp_min(1e-6)
        for name, sizes in (("linear", (16, 7)), ("16-16-7 network", (16, 16, 7))):
            torch.manual_seed(seed)
            layers = [m for a, b in pairwise(sizes) for m in (nn.Linear(a, b), nn.ReLU())]
            model = nn.Sequential(*layers[:-1])
            trained(model, z[train], y[train], nn.functional.cross_entropy, lr=0.01, steps=300)
            right = model(z[test]).argmax(1) == y[test]
            found.setdefault(f"{name}, Adam .01, 300 steps", []).append(float(right.float().mean()))
    for name, values in found.items():
        show(f"animals: accuracy, {name}", values)


def salaries() -> None:
    """Root mean squared error in dollars on 120 of 600 rows, least squares on different features."""
    table = pd.read_csv(DATASETS / "salaries.csv")
    y = table["salary_in_usd"].to_numpy(float)
    level = table["experience_level"].map({"EN": 0, "MI": 1, "SE": 2, "EX": 3})
    wrong = table["experience_level"].map({"EN": 0, "EX": 1, "MI": 2, "SE": 3})
    size = table["company_size"].map({"S": 0, "M": 1, "L": 2}).fillna(1)
    nominal = pd.get_dummies(table[["employment_type", "job_title", "employee_residence", "company_location"]])
    rest = [table["work_year"], table["remote_ratio"], size, nominal.to_numpy(float)]
    paid = pd.get_dummies(table["salary_currency"]).to_numpy(float) * table[["salary"]].to_numpy(float)
    features = {
        "level alone, in order": np.c_[level],
        "level alone, alphabetical": np.c_[wrong],
        "honest features": np.column_stack([level, *rest]),
        "honest features, level alphabetical": np.column_stack([wrong, *rest]),
        "with salary and currency (leaky)": np.column_stack([level, *rest, paid]),
    }
    found: dict[str, list[float]] = {}
    for seed in range(RUNS):
        order = np.random.default_rng(seed).permutation(len(y))
        train, test = order[:480], order[480:]
        plain = float(np.sqrt(((y[test] - y[train].mean()) ** 2).mean()))
        found.setdefault("mean of the train rows", []).append(plain)
        for name, columns in features.items():
            x = np.column_stack([columns, np.ones(len(y))]).astype(float)
            error = y[test] - x[test] @ np.linalg.lstsq(x[train], y[train], rcond=None)[0]
            found.setdefault(name, []).append(float(np.sqrt((error**2).mean())))
            found.setdefault(f"R2, {name}", []).append(1 - float((error**2).mean()) / plain**2)
    for name, values in found.items():
        show(f"salaries: {'' if name.startswith('R2') else 'RMSE, '}{name}", values)


def tokens(text: str) -> list[str]:
    """Lower-case words."""
    return re.findall(r"[a-z0-9']+", text.lower())


def review_texts() -> None:
    """Accuracy on 300 new reviews, trained on the first 300 of the file."""
    table = pd.read_csv(DATASETS / "reviews.csv")
    train = list(zip(table["text"][:300], table["label"][:300], strict=True))
    vocabulary = {word: i for i, word in enumerate(sorted({word for text, _ in train for word in tokens(text)}))}

    def counts(rows: list[tuple[str, int]]) -> torch.Tensor:
        x = torch.zeros(len(rows), len(vocabulary))
        for i, (text, _) in enumerate(rows):
            for word in tokens(text):
                if word in vocabulary:
                    x[i, vocabulary[word]] += 1
        return x

    found: dict[str, list[float]] = {}
    labels = torch.tensor([float(label) for _, label in train])
    for seed in range(RUNS):
        test = reviews(300, 100 + seed, list(table["text"]))
        wanted = torch.tensor([label for _, label in test])
        found.setdefault("majority class", []).append(float((wanted == 1).float().mean()))
        good, bad = ([word.split()[-1] for word in words["any"]] for words in (GOOD, BAD))
        said = [sum(w in text for w in good) >= sum(w in text for w in bad) for text, _ in test]
        found.setdefault("seven good and seven bad words", []).append(
            float((torch.tensor(said) == wanted).float().mean())
        )
        for name, most in (("counts", 99), ("presence", 1)):
            torch.manual_seed(seed)
            model = nn.Sequential(nn.Linear(len(vocabulary), 1), nn.Flatten(0))
            loss = nn.functional.binary_cross_entropy_with_logits
            trained(model, counts(train).clamp(max=most), labels, loss, lr=0.01, steps=200)
            right = (model(counts(test).clamp(max=most)) > 0) == wanted
            found.setdefault(f"logistic on {name}, Adam .01, 200 steps", []).append(float(right.float().mean()))
    for name, values in found.items():
        show(f"reviews: accuracy, {name}", values)


if __name__ == "__main__":
    torch.set_num_threads(1)
    print(f"{'':58s} {'least':>10s} {'middle':>10s} {'largest':>10s}")
    animals()
    salaries()
    review_texts()
