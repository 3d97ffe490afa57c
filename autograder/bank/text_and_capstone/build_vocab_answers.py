from collections import Counter

import numpy as np

# %% reference
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    words = sorted(word for word, count in counts.items() if count >= min_count)
    return {word: index for index, word in enumerate(words)}

# %% alternative: plain_dict
def build_vocab(train_docs, min_count):
    counts = {}
    for doc in train_docs:
        for word in doc:
            counts[word] = counts.get(word, 0) + 1
    vocab = {}
    for word in sorted(counts):
        if counts[word] >= min_count:
            vocab[word] = len(vocab)
    return vocab

# %% alternative: numpy
def build_vocab(train_docs, min_count):
    words, counts = np.unique(sum(train_docs, []), return_counts=True)
    return dict(zip(words[counts >= min_count].tolist(), range(len(words))))

# %% alternative: counting_lists
def build_vocab(train_docs, min_count):
    every = [word for doc in train_docs for word in doc]
    kept = sorted({word for word in every if every.count(word) >= min_count})
    return dict(map(reversed, enumerate(kept)))

# %% mistake: from_test_too
# Your vocabulary holds words that are not in `train_docs`: they come from somewhere else in the notebook or from an earlier call, or were added, such as `<unk>`.
# ? Which names does your function use that are not its arguments?
test_docs = [["soup", "umbrella"], ["umbrella"], ["umbrella", "soup"]]


def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs + test_docs for word in doc)
    words = sorted(word for word, count in counts.items() if count >= min_count)
    return {word: index for index, word in enumerate(words)}

# %% mistake: from_test_too
counts = Counter()


def build_vocab(train_docs, min_count):
    for doc in train_docs:
        counts.update(doc)
    words = sorted(word for word, count in counts.items() if count >= min_count)
    return {word: index for index, word in enumerate(words)}

# %% mistake: unsorted
# Your words are numbered as they first occur, or by how often they do. Alphabetical order makes the numbers independent of the order of the texts.
# ? What does `sorted(...)` give of a set or of a dict?
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    words = [word for word, count in counts.items() if count >= min_count]
    return {word: index for index, word in enumerate(words)}

# %% mistake: by_frequency
# Your words are not in alphabetical order, but ordered by how often they occur, or not at all.
# ? In which order does the statement want them?
def build_vocab(train_docs, min_count):
    counts = Counter(sorted(word for doc in train_docs for word in doc))
    words = [word for word, count in counts.most_common() if count >= min_count]
    return {word: index for index, word in enumerate(words)}

# %% mistake: min_count_strict
# You left out words that occur exactly `min_count` times; "at least" keeps them.
# ? Should it be `>` or `>=`?
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    words = sorted(word for word, count in counts.items() if count > min_count)
    return {word: index for index, word in enumerate(words)}

# %% mistake: ignores_min_count
# Every word is in your vocabulary, however rare it is.
# ? Where does your function use `min_count`?
def build_vocab(train_docs, min_count):
    words = sorted({word for doc in train_docs for word in doc})
    return {word: index for index, word in enumerate(words)}

# %% mistake: counts_documents
# You counted in how many documents a word is; wanted is how often it occurs in all of them.
# ? How often does "tea" occur if one text says "tea tea tea"?
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in set(doc))
    words = sorted(word for word, count in counts.items() if count >= min_count)
    return {word: index for index, word in enumerate(words)}

# %% mistake: in_one_document
# You counted in each document for itself: a word that occurs once in each of three texts occurs three times.
# ? Over what does your counter run?
def build_vocab(train_docs, min_count):
    words = sorted({word for doc in train_docs for word in doc if doc.count(word) >= min_count})
    return {word: index for index, word in enumerate(words)}

# %% mistake: one_based
# Your numbers begin with 1. They will be columns of a matrix, and the first column is number 0.
# ? What is the first number that `enumerate` gives?
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    words = sorted(word for word, count in counts.items() if count >= min_count)
    return {word: index for index, word in enumerate(words, start=1)}

# %% mistake: number_to_word
# Your dict leads from numbers to words; wanted is the way from a word to its number.
# ? What do you want to look up: `vocab["tea"]` or `vocab[3]`?
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    words = sorted(word for word, count in counts.items() if count >= min_count)
    return dict(enumerate(words))

# %% mistake: list_of_words
# A list of words came back; wanted is a dict from each word to its number.
# ? How would you find the column of a word in a list of ten thousand?
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    return sorted(word for word, count in counts.items() if count >= min_count)

# %% mistake: counts_for_numbers
# Your dict tells how often each word occurs; wanted is the word's number in the alphabetical list.
# ? Which column should belong to the alphabetically first word?
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    return {word: counts[word] for word in sorted(counts) if counts[word] >= min_count}

# %% mistake: letters
# Your vocabulary is made of letters, not of words: you went through each word as well.
# ? What does `for x in "tea"` give?
def build_vocab(train_docs, min_count):
    counts = Counter(letter for doc in train_docs for word in doc for letter in word)
    words = sorted(word for word, count in counts.items() if count >= min_count)
    return {word: index for index, word in enumerate(words)}

# %% mistake: gaps
# Your numbers have gaps: the words were numbered before the rare ones were left out.
# ? What is the greatest number, and how many words are there?
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    return {word: index for index, word in enumerate(sorted(counts)) if counts[word] >= min_count}

# %% wrong: empty
def build_vocab(train_docs, min_count):
    return {}

# %% wrong: min_count_two
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    words = sorted(word for word, count in counts.items() if count >= 2)
    return {word: index for index, word in enumerate(words)}

# %% mistake: from_test_too
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    words = ["<unk>", *sorted(word for word in counts if counts[word] >= min_count)]
    return {word: number for number, word in enumerate(words)}

# %% mistake: unsorted
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    kept = [word for word, count in counts.most_common() if count >= min_count]
    return {word: number for number, word in enumerate(kept)}

# %% mistake: backwards
# Your words are numbered from the end of the alphabet.
# ? What does `reverse=True` do?
def build_vocab(train_docs, min_count):
    counts = Counter(word for doc in train_docs for word in doc)
    kept = sorted((word for word in counts if counts[word] >= min_count), reverse=True)
    return {word: number for number, word in enumerate(kept)}

# %% mistake: one_document_only
# You counted one document; all of them count.
# ? Which documents does your loop, or your `Counter`, see?
def build_vocab(train_docs, min_count):
    counts = Counter(train_docs[0])
    kept = sorted(word for word in counts if counts[word] >= min_count)
    return {word: number for number, word in enumerate(kept)}
