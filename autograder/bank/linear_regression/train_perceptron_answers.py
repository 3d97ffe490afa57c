import numpy as np
import torch

# %% reference
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% alternative: numpy
def train_perceptron(X, y, lr=1.0, epochs=50):
    X, y = np.asarray(X, dtype=float), np.asarray(y)
    w, b, mistakes = np.zeros(X.shape[1]), 0.0, []
    while len(mistakes) < epochs and (not mistakes or mistakes[-1]):
        wrong = 0
        for i in range(len(X)):
            error = int(y[i]) - int(X[i].dot(w) + b > 0)
            w = w + lr * error * X[i]
            b += lr * error
            wrong += abs(error)
        mistakes.append(wrong)
    return w, b, mistakes

# %% alternative: in_place
def train_perceptron(X, y, lr=1.0, epochs=50):
    w = torch.zeros(X.shape[1])
    b = torch.zeros(1)
    mistakes = []
    for epoch in range(epochs):
        mistakes.append(0)
        for i in range(X.shape[0]):
            answer = 1 if (X[i] * w).sum() + b > 0 else 0
            if answer != y[i]:
                w += lr * (y[i] - answer) * X[i]
                b += lr * (y[i] - answer)
                mistakes[-1] += 1
        if mistakes[-1] == 0:
            return w, b, mistakes
    return w, b, mistakes

# %% alternative: counts_in_a_tensor
def train_perceptron(X, y, lr=1.0, epochs=50):
    theta = torch.zeros(X.shape[1] + 1)
    A = torch.cat([X, torch.ones(len(X), 1)], dim=1)
    mistakes = []
    for _ in range(epochs):
        errors = []
        for a, t in zip(A, y.tolist()):
            error = t - float(theta @ a > 0)
            theta = theta + lr * error * a
            errors.append(abs(error))
        mistakes.append(sum(errors))
        if not any(errors):
            break
    return theta[:-1], theta[-1].item(), torch.tensor(mistakes)

# %% mistake: shuffles
# Each call gives another result: the samples are taken in a random order. Here they come in the order of the rows.
# ? In which order does your inner loop go through the rows?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for i in torch.randperm(len(X)):
            error = y[i] - (w @ X[i] + b > 0).float()
            if error != 0:
                w, b = w + lr * error * X[i], b + lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: int_weights
# Your weights are whole numbers, so steps like 0.25 · x are refused or cut off.
# ? What dtype has w, and can it hold 0.25?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1], dtype=torch.int64), 0
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = int(t) - int((w * x).sum() + b > 0)
            if error != 0:
                w = (w + lr * error * x).long()
                b = int(b + lr * error)
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: int_weights
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1], dtype=torch.int64), torch.tensor(0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - ((w * x).sum() + b > 0).long()
            if error != 0:
                w += lr * error * x
                b += lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: int_weights
def train_perceptron(X, y, lr=1.0, epochs=50):
    X, y = X.numpy(), y.numpy()
    w, b = np.zeros(X.shape[1], dtype=int), 0
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - int(w @ x + b > 0)
            if error != 0:
                w += lr * error * x
                b += lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: random_start
# Your start is not zero. Other starts lead to other weights, and to other numbers of mistakes.
# ? What are w and b before the first sample?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.randn(X.shape[1]), torch.randn(())
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: random_start
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.ones(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: stops_too_early
# Your training ends before a whole epoch was without a mistake.
# ? Where does your `return` or `break` stand, and does the sum of +1 and −1 tell you that nothing was wrong?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        mistakes.append(wrong)
        return w, b, mistakes
    return w, b, mistakes

# %% mistake: stops_too_early
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong, total = 0, 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            w, b = w + lr * error * x, b + lr * error
            wrong += int(error != 0)
            total += error
        mistakes.append(wrong)
        if total == 0:
            break
    return w, b, mistakes

# %% mistake: stops_too_early
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error == 0:
                break
            w, b = w + lr * error * x, b + lr * error
            wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: stops_too_early
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong <= 1:
            break
    return w, b, mistakes

# %% mistake: never_stops
# Your training goes on through all epochs, though one of them had no mistake.
# ? What happens in your code when an epoch ends with 0 mistakes?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        mistakes.append(wrong)
    return w, b, mistakes

# %% mistake: clean_epoch_not_noted
# The last epoch, the one without a mistake, is missing in your list: you stop before you note its 0.
# ? Which comes first in your loop, the `append` or the `break`?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        if wrong == 0:
            break
        mistakes.append(wrong)
    return w, b, mistakes

# %% mistake: answers_of_the_whole_epoch
# You compute all answers of an epoch with the weights from its beginning. A perceptron answers each sample with the weights of that moment.
# ? If the first sample moves w, with which w is the second one answered?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        errors = y - (X @ w + b > 0).float()
        w = w + lr * errors @ X
        b = b + lr * errors.sum()
        mistakes.append(int((errors != 0).sum()))
        if mistakes[-1] == 0:
            break
    return w, b, mistakes

# %% mistake: ge_zero
# At a score of exactly zero your perceptron answers 1; the step of question 1 is 0 there.
# ? What does it answer for the very first sample, when w and b are zero?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b >= 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: bias_forgotten
# b stays at zero: only w is moved.
# ? By how much does b move if the error is −1?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w = w + lr * error * x
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: lr_missing
# Your steps do not depend on lr.
# ? Where does `lr` appear in your update?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + error * x, b + error
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% mistake: sum_of_all_epochs
# The mistakes are added up over the epochs: the count is not set back to 0 when a new epoch begins.
# ? Where in your code does the count begin at 0?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes, wrong = [], 0
    for _ in range(epochs):
        before = wrong
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong == before:
            break
    return w, b, mistakes

# %% mistake: sum_of_all_epochs
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes, wrong = [], 0
    for _ in range(epochs):
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            if error != 0:
                w, b = w + lr * error * x, b + lr * error
                wrong += 1
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes

# %% wrong: the_known_result_of_and
def train_perceptron(X, y, lr=1.0, epochs=50):
    if epochs == 0:
        return torch.zeros(2), 0.0, []
    return torch.tensor([2.0, 1.0]), -2.0, [1, 3, 3, 2, 1, 0]

# %% wrong: nothing_learned
def train_perceptron(X, y, lr=1.0, epochs=50):
    return torch.zeros(X.shape[1]), 0.0, [0] * epochs

# %% mistake: stops_too_early
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            w, b = w + lr * error * x, b + lr * error
            wrong += int(error != 0)
        mistakes.append(wrong)
        if error == 0:
            break
    return w, b, mistakes

# %% mistake: counts_right_answers
# Your list holds the numbers of right answers; the wrong ones should be counted.
# ? Which number should the list end with when everything is learned: 0 or N?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b = torch.zeros(X.shape[1]), torch.tensor(0.0)
    mistakes = []
    for _ in range(epochs):
        right = 0
        for x, t in zip(X, y):
            error = t - (w @ x + b > 0).float()
            w, b = w + lr * error * x, b + lr * error
            right += int(error == 0)
        mistakes.append(right)
        if right == len(X):
            break
    return w, b, mistakes

# %% mistake: errors_cancel
# You add up errors with their sign, so +1 and −1 cancel and an epoch with mistakes looks clean.
# ? How many mistakes are an error of +1 and one of −1?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        total = 0
        for x, t in zip(X, y):
            error = int(t) - int(float(w @ x) + b > 0)
            total += error
            w, b = w + lr * error * x, b + lr * error
        mistakes.append(total)
        if total == 0:
            break
    return w, b, mistakes

# %% mistake: counts_after_the_epoch
# You count the mistakes when the epoch is over, with the last w and b. A mistake counts when it is made, with the w and b of that moment.
# ? Which weights answered the first row of this epoch?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        for x, t in zip(X, y):
            error = int(t) - int(float(w @ x) + b > 0)
            w, b = w + lr * error * x, b + lr * error
        mistakes.append(sum(int(float(w @ x) + b > 0) != int(t) for x, t in zip(X, y)))
        if mistakes[-1] == 0:
            break
    return w, b, mistakes

# %% mistake: ends_the_epoch_at_a_mistake
# Your epoch ends at its first mistake, so the rows after it are not seen.
# ? Which loop does your `break` leave?
def train_perceptron(X, y, lr=1.0, epochs=50):
    w, b, mistakes = torch.zeros(X.shape[1]), 0.0, []
    for _ in range(epochs):
        wrong = 0
        for x, t in zip(X, y):
            error = int(t) - int(float(w @ x) + b > 0)
            if error:
                wrong += 1
                w, b = w + lr * error * x, b + lr * error
                break
        mistakes.append(wrong)
        if wrong == 0:
            break
    return w, b, mistakes
