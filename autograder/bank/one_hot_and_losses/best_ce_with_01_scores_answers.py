import math
import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def best_ce_with_01_scores(k):
    return math.log(math.e + k - 1) - 1

double_sigmoid_floor = {1: math.log(1 + math.exp(-1)), 0: math.log(2)}

# %% alternative: by_the_loss
def best_ce_with_01_scores(k):
    scores = torch.zeros(1, k)
    scores[0, 0] = 1.0
    return F.cross_entropy(scores, torch.tensor([0]))

double_sigmoid_floor = {
    1: F.binary_cross_entropy_with_logits(torch.tensor(1.0), torch.tensor(1.0)),
    0: F.binary_cross_entropy_with_logits(torch.tensor(0.0), torch.tensor(0.0)),
}

# %% alternative: numpy
def best_ce_with_01_scores(k):
    return -np.log(np.exp(1) / (np.exp(1) + (k - 1) * np.exp(0)))

double_sigmoid_floor = dict([(0, -np.log(1 - 0.5)), (1, -np.log(1 / (1 + np.exp(-1))))])

# %% alternative: numbers_to_four_digits
best_ce_with_01_scores = lambda k: math.log1p((k - 1) / math.e)
double_sigmoid_floor = {1: 0.3133, 0: 0.6931}

# %% alternative: pushed_to_the_limit
def best_ce_with_01_scores(k):
    row = torch.cat([torch.ones(1), torch.zeros(k - 1)])
    return -torch.log_softmax(row, 0)[0].item()

def floor_for(target, score):
    p = torch.sigmoid(torch.tensor(score))
    return F.binary_cross_entropy_with_logits(p, torch.tensor(target)).item()

double_sigmoid_floor = {1.0: floor_for(1.0, 50.0), 0.0: floor_for(0.0, -50.0)}

# %% mistake: says_zero
# You say that the loss can reach zero. With scores that are cut off at 0 and 1 it cannot: softmax (or a second sigmoid) never gets sure.
# ? Which probability does softmax give the true class for the scores (1, 0, 0)?
def best_ce_with_01_scores(k):
    return 0.0

double_sigmoid_floor = {1: 0.0, 0: 0.0}

# %% mistake: uses_k_not_k_minus_1
# You counted k classes with the score 0; one of the k classes is the true one, and has the score 1.
# ? In a row of k scores with a single 1, how many zeros are there?
def best_ce_with_01_scores(k):
    return math.log(math.e + k) - 1

double_sigmoid_floor = {1: math.log(1 + math.exp(-1)), 0: math.log(2)}

# %% mistake: forgets_the_true_score
# Your answer is ln(e + k − 1): the score of the true class, which is 1, was not subtracted.
# ? The loss is ln(sum of exp of all scores) minus which score?
def best_ce_with_01_scores(k):
    return math.log(math.e + k - 1)

double_sigmoid_floor = {1: math.log(1 + math.exp(-1)), 0: math.log(2)}

# %% mistake: chance_loss_instead
# Your answer is ln(k): the loss of a forecast that gives all classes the same probability.
# ? Is that the best row of zeros and ones, or one that knows nothing?
def best_ce_with_01_scores(k):
    return math.log(k)

double_sigmoid_floor = {1: math.log(2), 0: math.log(2)}

# %% mistake: swapped_floors
# Your two floors changed places: for target 1 the first sigmoid can come close to 1, for target 0 only close to 0.
# ? What is σ(0), and which loss does that give for target 0?
def best_ce_with_01_scores(k):
    return math.log(math.e + k - 1) - 1

double_sigmoid_floor = {0: math.log(1 + math.exp(-1)), 1: math.log(2)}

# %% mistake: same_floor_twice
# Your two floors are equal: for target 0, the second sigmoid gets a number close to 0, not close to −1.
# ? How low can a sigmoid get, and what is the sigmoid of that?
def best_ce_with_01_scores(k):
    return math.log(math.e + k - 1) - 1

double_sigmoid_floor = {1: math.log(1 + math.exp(-1)), 0: math.log(1 + math.exp(-1))}

# %% mistake: says_zero
def best_ce_with_01_scores(k):
    return math.log(math.e + k - 1) - 1

double_sigmoid_floor = {1: 0.0, 0: 0.0}

# %% mistake: probability_only
# Your answer is the probability of the true class, e / (e + k − 1); the loss is minus its logarithm.
# ? Should the best loss rise or fall when there are more classes?
def best_ce_with_01_scores(k):
    return math.e / (math.e + k - 1)

double_sigmoid_floor = {1: math.log(1 + math.exp(-1)), 0: math.log(2)}

# %% mistake: inner_sigmoid_1_for_both
# For target 0 you let the inner sigmoid go to 1, as for target 1; but that is the worst score for this target.
# ? To which end should z go if the target is 0?
def best_ce_with_01_scores(k):
    return math.log(math.e + k - 1) - 1

double_sigmoid_floor = {1: math.log(1 + math.exp(-1)), 0: math.log(1 + math.e)}

# %% wrong: constant
def best_ce_with_01_scores(k):
    return 0.5514447

double_sigmoid_floor = {1: 0.5514, 0: 0.5514}
