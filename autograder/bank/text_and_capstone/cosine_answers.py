import math

import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    others = [other for other in vocab if other != word]
    return max(others, key=lambda other: cosine(E[vocab[word]], E[vocab[other]]).item())

# %% alternative: library
def cosine(a, b):
    return F.cosine_similarity(a, b, dim=0)


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% alternative: asks_first
def cosine(a, b):
    lengths = torch.sqrt((a**2).sum()) * torch.sqrt((b**2).sum())
    if lengths == 0:
        return torch.zeros_like(lengths)
    return torch.dot(a, b) / lengths


def nearest(word, vocab, E):
    best, value = None, -2
    for other, number in vocab.items():
        if other == word:
            continue
        now = float(cosine(E[vocab[word]], E[number]))
        if now > value:
            best, value = other, now
    return best

# %% alternative: unit_vectors
def cosine(a, b):
    return F.normalize(a, dim=0) @ F.normalize(b, dim=0)


def nearest(word, vocab, E):
    unit = F.normalize(E, dim=1)
    order = (unit @ unit[vocab[word]]).argsort(descending=True).tolist()
    names = {number: other for other, number in vocab.items()}
    return next(names[number] for number in order if names[number] != word)

# %% mistake: dot_only
# That is the dot product: it grows with the lengths of the vectors. A cosine lies between −1 and 1.
# ? What should come out for a and 3 · a?
def cosine(a, b):
    return a @ b


def nearest(word, vocab, E):
    others = [other for other in vocab if other != word]
    return max(others, key=lambda other: cosine(E[vocab[word]], E[vocab[other]]).item())

# %% mistake: dot_only
def cosine(a, b):
    return (a * b).sum()


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% mistake: nan_on_zero
# With a vector of zeros your answer is NaN: 0/0 is not a number. It should be 0.
# ? What could stand in the denominator in place of 0?
def cosine(a, b):
    return (a @ b) / (a.norm() * b.norm())


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% mistake: nan_on_zero
def cosine(a, b):
    return (a @ b) / (a.norm() * b.norm())


def nearest(word, vocab, E):
    others = [other for other in vocab if other != word]
    return max(others, key=lambda other: cosine(E[vocab[word]], E[vocab[other]]).item())

# %% mistake: one_length
# You divided by one length only; both count.
# ? What should come out for a and 3 · a?
def cosine(a, b):
    return (a @ b) / a.norm().clamp(min=1e-12)


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% mistake: squared_lengths
# You divided by the squares of the lengths: their roots are missing.
# ? How long is the vector (3, 4)?
def cosine(a, b):
    return (a @ b) / ((a @ a) * (b @ b)).clamp(min=1e-12)


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% mistake: absolute
# Your answer is never negative: opposite directions should give −1.
# ? Are "hot" and "cold" as alike as two equal words?
def cosine(a, b):
    return ((a @ b) / (a.norm() * b.norm()).clamp(min=1e-12)).abs()


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% mistake: distance
# That is the cosine distance, 1 − cos; wanted is the cosine itself.
# ? What should come out for two equal vectors: 1 or 0?
def cosine(a, b):
    return 1 - (a @ b) / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% mistake: euclid
# That is the distance between the two points; the cosine asks only for their directions.
# ? What should come out for a and 3 · a?
def cosine(a, b):
    return (a - b).norm()


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% mistake: mean_products
# You took the mean of the products; the dot product is their sum.
# ? By what is your answer too small?
def cosine(a, b):
    return (a * b).mean() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% mistake: returns_itself
# The nearest word to a word came out as that word itself. It must be left out.
# ? What is the cosine of a vector with itself?
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    return max(vocab, key=lambda other: cosine(E[vocab[word]], E[vocab[other]]).item())

# %% mistake: nearest_by_dot
# You compared dot products, so a long vector wins although it points elsewhere.
# ? Which of the two functions of this question leaves lengths out?
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    others = [other for other in vocab if other != word]
    return max(others, key=lambda other: (E[vocab[word]] @ E[vocab[other]]).item())

# %% mistake: nearest_by_distance
# You compared distances between points. Here the direction counts, not the length.
# ? Which of the two functions of this question leaves lengths out?
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    others = [other for other in vocab if other != word]
    return min(others, key=lambda other: (E[vocab[word]] - E[vocab[other]]).norm().item())

# %% mistake: farthest
# You took a word that points the other way: the one that is least alike, or one whose cosine lost its minus. Alike words have a large cosine.
# ? Is a cosine near 1 or near −1 that of two words that are alike?
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    others = [other for other in vocab if other != word]
    return min(others, key=lambda other: cosine(E[vocab[word]], E[vocab[other]]).item())

# %% mistake: returns_index
# You returned the number of the word; wanted is the word.
# ? Which dict leads from words to numbers, and how do you go back?
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    others = [other for other in vocab if other != word]
    return vocab[max(others, key=lambda other: cosine(E[vocab[word]], E[vocab[other]]).item())]

# %% mistake: order_of_the_dict
# You took the rows of E in alphabetical order. The row of a word is the number that `vocab` gives for it.
# ? Which row belongs to a word: its place in the dict, or `vocab[word]`?
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    words = sorted(vocab)
    others = [i for i, other in enumerate(words) if other != word]
    return words[max(others, key=lambda i: cosine(E[vocab[word]], E[i]).item())]

# %% wrong: list_for_words
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    return [other for other in vocab if other != word]

# %% wrong: first_word
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    return next(other for other in vocab if other != word)

# %% wrong: on_the_cpu
def cosine(a, b):
    return torch.tensor(float((a @ b) / (a.norm() * b.norm()).clamp(min=1e-12)))


def nearest(word, vocab, E):
    others = [other for other in vocab if other != word]
    return max(others, key=lambda other: cosine(E[vocab[word]], E[vocab[other]]).item())

# %% wrong: always_one
def cosine(a, b):
    return torch.ones((), device=a.device)


def nearest(word, vocab, E):
    alike = F.cosine_similarity(E, E[vocab[word]][None], dim=1)
    alike[vocab[word]] = -2
    best = alike.argmax().item()
    return next(other for other, number in vocab.items() if number == best)

# %% mistake: place_in_the_dict
# You took the word that stands at that place in the dict; its number is what the dict says, not where it stands.
# ? Which word has the number 2 in `{"tea": 2, "cake": 0, "hat": 1}`?
def cosine(a, b):
    lengths = a.norm() * b.norm()
    return (a * b).sum() / lengths.clamp(min=1e-12)


def nearest(word, vocab, E):
    alike = torch.stack([cosine(E[vocab[word]], row) for row in E])
    alike[vocab[word]] = -2
    return list(vocab)[int(alike.argmax())]

# %% mistake: brackets_missing
# The brackets around the two lengths are missing: you divided by one and multiplied by the other.
# ? What is 48 / 5 * 10 in Python, and what is 48 / (5 * 10)?
def cosine(a, b):
    return (a @ b) / a.norm().clamp(min=1e-12) * b.norm()


def nearest(word, vocab, E):
    return max((other for other in vocab if other != word), key=lambda other: float(F.cosine_similarity(E[vocab[other]], E[vocab[word]], dim=0)))

# %% mistake: lengths_added
# You divided by the sum of the lengths; their product is wanted.
# ? What is the cosine of a vector with itself, in your code?
def cosine(a, b):
    return (a * b).sum() / (a.norm() + b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    return max((other for other in vocab if other != word), key=lambda other: float(F.cosine_similarity(E[vocab[other]], E[vocab[word]], dim=0)))

# %% mistake: angle
# That is the angle itself; wanted is its cosine.
# ? Which number should come out for two vectors of the same direction?
def cosine(a, b):
    return torch.arccos((a @ b) / (a.norm() * b.norm()).clamp(min=1e-12))


def nearest(word, vocab, E):
    return max((other for other in vocab if other != word), key=lambda other: float(F.cosine_similarity(E[vocab[other]], E[vocab[word]], dim=0)))

# %% mistake: not_added_up
# You return a number for each place: the products must be added up.
# ? How many numbers is a · b?
def cosine(a, b):
    return a * b / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    return max((other for other in vocab if other != word), key=lambda other: float(F.cosine_similarity(E[vocab[other]], E[vocab[word]], dim=0)))

# %% mistake: farthest
# The sign is lost.
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    return max((other for other in vocab if other != word), key=lambda other: abs(float(cosine(E[vocab[other]], E[vocab[word]]))))

# %% mistake: only_above_zero
# Where no other word has a cosine above 0 your function finds none. Start below every cosine, at −infinity say.
# ? What is the nearest of two words if both point away?
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    best, largest = None, 0.0
    for other in vocab:
        alike = float(cosine(E[vocab[other]], E[vocab[word]]))
        if other != word and alike > largest:
            best, largest = other, alike
    return best

# %% mistake: word_and_cosine
# You returned the word together with its cosine; the word alone is wanted.
# ? How many things stand behind your `return`?
def cosine(a, b):
    return (a * b).sum() / (a.norm() * b.norm()).clamp(min=1e-12)


def nearest(word, vocab, E):
    return max(((other, float(cosine(E[vocab[other]], E[vocab[word]]))) for other in vocab if other != word), key=lambda pair: pair[1])
