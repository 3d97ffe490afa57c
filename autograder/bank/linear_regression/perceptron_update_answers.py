import numpy as np
import torch

# %% reference
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b > 0).float()
    return w + lr * error * x, b + lr * error

# %% alternative: by_cases
def perceptron_update(w, b, x, y, lr):
    answer = 1 if float(w @ x + b) > 0 else 0
    if answer == y:
        return w, b
    if y == 1:
        return w + lr * x, b + lr
    return w - lr * x, b - lr

# %% alternative: numpy
def perceptron_update(w, b, x, y, lr):
    w, x = np.asarray(w, dtype=np.float64), np.asarray(x, dtype=np.float64)
    error = int(y) - int(np.dot(w, x) + float(b) > 0)
    return w + lr * error * x, float(b) + lr * error

# %% alternative: copies_in_place
def perceptron_update(w, b, x, y, lr):
    w, b = w.clone(), b.clone()
    error = y - int((w * x).sum() + b > 0)
    w += lr * error * x
    b += lr * error
    return [w, b]

# %% alternative: bias_as_a_weight
def perceptron_update(w, b, x, y, lr):
    theta = torch.cat([w, b.reshape(1)])
    a = torch.cat([x, torch.ones(1)])
    theta = theta + lr * (y - torch.heaviside(theta @ a, torch.tensor(0.0))) * a
    return theta[:-1], theta[-1:]

# %% mistake: updates_when_correct
# Your weights also move where the answer is right already.
# ? If the answer equals y, how large is the error?
def perceptron_update(w, b, x, y, lr):
    error = 2 * y - 1
    return w + lr * error * x, b + lr * error

# %% mistake: updates_when_correct
def perceptron_update(w, b, x, y, lr):
    return w + lr * y * x, b + lr * y

# %% mistake: updates_when_correct
def perceptron_update(w, b, x, y, lr):
    answer = (w @ x + b > 0).float()
    error = 1 if y == 1 else -1
    if answer == y:
        error = 1
    return w + lr * error * x, b + lr * error

# %% mistake: bias_forgotten
# w moved, but b stayed where it was.
# ? By how much should b move if the error is 1?
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b > 0).float()
    return w + lr * error * x, b

# %% mistake: sign_flipped
# Your update goes the wrong way: after it, the same mistake is more certain than before.
# ? If the answer was 0 and should be 1, should the score grow or shrink?
def perceptron_update(w, b, x, y, lr):
    error = (w @ x + b > 0).float() - y
    return w + lr * error * x, b + lr * error

# %% mistake: sign_flipped
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b > 0).float()
    return w - lr * error * x, b + lr * error

# %% mistake: sign_flipped
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b > 0).float()
    return w + lr * error * x, b - lr * error

# %% mistake: mutates_input
# The result is right, but the tensors that were given have been changed: `w += ...` works in place.
# ? What does somebody see who still holds the old w?
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b > 0).float()
    w += lr * error * x
    b += lr * error
    return w, b

# %% mistake: mutates_input
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b > 0).float()
    w += lr * error * x
    return w, b + lr * error

# %% mistake: lr_missing
# The learning rate is left out: the step of w or b, or of both, does not depend on it.
# ? Where does `lr` appear in your update?
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b > 0).float()
    return w + error * x, b + error

# %% mistake: lr_missing
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b > 0).float()
    return w + lr * error * x, b + error

# %% mistake: error_of_the_score
# You took y minus the score. The perceptron's error is y minus its answer, which is 0 or 1.
# ? Where does `step` appear in your function?
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b)
    return w + lr * error * x, b + lr * error

# %% mistake: ge_zero
# At a score of exactly zero you answer 1; the step of question 1 is 0 there.
# ? What is step(0)?
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b >= 0).float()
    return w + lr * error * x, b + lr * error

# %% mistake: answer_without_bias
# Your answer is computed without b: the score is w · x + b.
# ? Where does b appear in your score?
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x > 0).float()
    return w + lr * error * x, b + lr * error

# %% mistake: input_forgotten
# Every weight moved by the same amount: the step of a weight is times its own input x.
# ? Should a weight whose input is 0 move?
def perceptron_update(w, b, x, y, lr):
    error = y - (w @ x + b > 0).float()
    return w + lr * error, b + lr * error

# %% wrong: nothing_moves
def perceptron_update(w, b, x, y, lr):
    return w, b

# %% wrong: visible_values
def perceptron_update(w, b, x, y, lr):
    return torch.tensor([1.2, -1.7]), 0.6

# %% wrong: only_upwards
def perceptron_update(w, b, x, y, lr):
    if y == 1 and w @ x + b <= 0:
        return w + lr * x, b + lr
    return w, b

# %% wrong: mean_of_the_products
def perceptron_update(w, b, x, y, lr):
    error = y - ((w * x).mean() + b > 0).float()
    return w + lr * error * x, b + lr * error

# %% mistake: soft_answer
# Your answer is a probability between 0 and 1, so something always moves. A perceptron answers with a step: 0 or 1.
# ? Which function of question 1 makes an answer of the score?
def perceptron_update(w, b, x, y, lr):
    error = y - torch.sigmoid(w @ x + b)
    return w + lr * error * x, b + lr * error

# %% mistake: moves_upwards_only
# Your weights move only where a yes was missed. A no that was missed must move them the other way.
# ? Which sign has the error if y is 0 and the answer 1?
def perceptron_update(w, b, x, y, lr):
    answer = float(w @ x + b > 0)
    if answer != y:
        return w + lr * y * x, b + lr * y
    return w, b

# %% mistake: adds_for_every_error
# You add x after every wrong answer. Where the answer was 1 and should have been 0, it must be taken away.
# ? Which sign has the error if y is 0 and the answer 1?
def perceptron_update(w, b, x, y, lr):
    answer = float(w @ x + b > 0)
    if answer != y:
        return w + lr * x, b + lr
    return w, b
