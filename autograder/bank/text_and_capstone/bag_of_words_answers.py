from collections import Counter

import numpy as np
import torch

# %% reference
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>"))
            if column is not None:
                counts[row, column] += 1
    return counts

# %% alternative: counter
def bag_of_words(docs, vocab, device="cpu"):
    rows = []
    for doc in docs:
        row = [0.0] * len(vocab)
        for word, count in Counter(doc).items():
            if word in vocab:
                row[vocab[word]] += count
            elif "<unk>" in vocab:
                row[vocab["<unk>"]] += count
        rows.append(row)
    return torch.tensor(rows, dtype=torch.float32, device=device).reshape(len(docs), len(vocab))

# %% alternative: bincount
def bag_of_words(docs, vocab, device="cpu"):
    unknown = vocab.get("<unk>")
    counts = torch.zeros(len(docs), len(vocab))
    for row, doc in enumerate(docs):
        numbers = [vocab.get(word, unknown) for word in doc]
        numbers = torch.tensor([number for number in numbers if number is not None], dtype=torch.int64)
        counts[row] = torch.bincount(numbers, minlength=len(vocab)).float()
    return counts.to(device)

# %% alternative: numpy
def bag_of_words(docs, vocab, device="cpu"):
    counts = np.zeros((len(docs), len(vocab)), dtype=np.float32)
    for i, doc in enumerate(docs):
        for word in doc:
            j = vocab[word] if word in vocab else vocab.get("<unk>", -1)
            if j >= 0:
                counts[i, j] += 1
    return torch.from_numpy(counts).to(device)

# %% alternative: index_put
def bag_of_words(docs, vocab, device="cpu"):
    pairs = [(i, vocab.get(w, vocab.get("<unk>"))) for i, doc in enumerate(docs) for w in doc]
    pairs = [pair for pair in pairs if pair[1] is not None]
    counts = torch.zeros(len(docs), len(vocab))
    if pairs:
        rows, columns = torch.tensor(pairs).T
        counts.index_put_((rows, columns), torch.ones(len(pairs)), accumulate=True)
    return counts.to(device)

# %% mistake: binary_presence
# You noted only whether a word is there; wanted is how often.
# ? What should stand in the row of ["tea", "tea"]?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>"))
            if column is not None:
                counts[row, column] = 1
    return counts

# %% mistake: binary_presence
def bag_of_words(docs, vocab, device="cpu"):
    rows = [[float(word in doc) for word in sorted(vocab, key=vocab.get)] for doc in docs]
    return torch.tensor(rows, device=device).reshape(len(docs), len(vocab))

# %% mistake: crashes_on_unknown
# Your function stops at a word that the vocabulary does not have.
# ? What does `vocab.get(word)` give for a word that is not there?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab[word]
            if column is not None:
                counts[row, column] += 1
    return counts

# %% mistake: crashes_on_unknown
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab[word] if word in vocab else vocab["<unk>"]
            if column is not None:
                counts[row, column] += 1
    return counts

# %% mistake: transposed
# Your matrix has a row for each word; wanted is a row for each document.
# ? What should `len(counts)` be: the number of documents, or of words?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(vocab), len(docs), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>"))
            if column is not None:
                counts[column, row] += 1
    return counts

# %% mistake: int_dtype
# Your counts are whole numbers. The layers of a network want float32.
# ? Which dtype does `torch.zeros(2, 3)` have?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), dtype=torch.int64, device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>"))
            if column is not None:
                counts[row, column] += 1
    return counts

# %% mistake: ignores_unk
# The vocabulary has a column for unknown words, `<unk>`, and you left it empty.
# ? Where should a word go that is not in the vocabulary, if there is such a column?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word)
            if column is not None:
                counts[row, column] += 1
    return counts

# %% mistake: unk_always
# Your matrix has a column too many: unknown words have a column only where the vocabulary has the word `<unk>`.
# ? How many columns has a vocabulary of five words?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab) + 1, device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>", len(vocab)))
            if column is not None:
                counts[row, column] += 1
    return counts

# %% mistake: last_column_for_unknown
# Unknown words were counted in the last column: an index of −1 is the last one.
# ? What is `row[-1]`?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>", -1))
            if column is not None:
                counts[row, column] += 1
    return counts

# %% mistake: frequencies
# You divided by the length of the document; wanted are the counts themselves.
# ? What should the numbers of a row add up to?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>"))
            if column is not None:
                counts[row, column] += 1
    return counts / counts.sum(1, keepdim=True).clamp(min=1)

# %% mistake: one_row_for_all
# You added up all documents; each should have a row of its own.
# ? What shape should the answer have?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(vocab), device=device)
    for doc in docs:
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>"))
            if column is not None:
                counts[column] += 1
    return counts

# %% mistake: order_of_the_dict
# Your columns stand in the order in which the dict holds its words. The column of a word is the number that the dict gives for it.
# ? What is `vocab[word]`?
def bag_of_words(docs, vocab, device="cpu"):
    columns = {word: number for number, word in enumerate(vocab)}
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = columns.get(word, columns.get("<unk>"))
            if column is not None:
                counts[row, column] += 1
    return counts

# %% mistake: order_of_the_dict
def bag_of_words(docs, vocab, device="cpu"):
    rows = [[float(doc.count(word)) for word in vocab] for doc in docs]
    return torch.tensor(rows, device=device).reshape(len(docs), len(vocab))

# %% mistake: columns_of_the_words
# Your columns are made from the documents, not from the vocabulary. A model that was trained with one vocabulary can't read columns of another.
# ? Where does your function use `vocab`?
def bag_of_words(docs, vocab, device="cpu"):
    words = sorted({word for doc in docs for word in doc})
    rows = [[float(doc.count(word)) for word in words] for doc in docs]
    return torch.tensor(rows, device=device).reshape(len(docs), len(words))

# %% mistake: parts_of_words
# You counted texts inside texts: "egg" stands in "egghead" too, and is another word.
# ? What is `"egghead".count("egg")`?
def bag_of_words(docs, vocab, device="cpu"):
    rows = []
    for doc in docs:
        text = " ".join(doc)
        rows.append([float(text.count(word)) for word in sorted(vocab, key=vocab.get)])
    return torch.tensor(rows, device=device).reshape(len(docs), len(vocab))

# %% mistake: first_document_only
# Your function returns after the first document.
# ? In which round of the loop does it return?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>"))
            if column is not None:
                counts[row, column] += 1
        return counts

# %% mistake: ignores_device
# Your tensor is always on the CPU: `device` is not used.
# ? Which argument of `torch.zeros` says where the tensor is made?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab))
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>"))
            if column is not None:
                counts[row, column] += 1
    return counts

# %% mistake: stops_on_empty
# Without documents your answer has lost its second dimension.
# ? Which shape has a matrix with no rows and five columns?
def bag_of_words(docs, vocab, device="cpu"):
    if not docs:
        return torch.zeros(0, device=device)
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            column = vocab.get(word, vocab.get("<unk>"))
            if column is not None:
                counts[row, column] += 1
    return counts

# %% wrong: zeros
def bag_of_words(docs, vocab, device="cpu"):
    return torch.zeros(len(docs), len(vocab), device=device)

# %% wrong: list_of_lists
def bag_of_words(docs, vocab, device="cpu"):
    return [[float(doc.count(word)) for word in sorted(vocab, key=vocab.get)] for doc in docs]

# %% mistake: unknown_in_the_first_column
# Unknown words were counted in column 0. They have the column of `<unk>`, if the vocabulary has it, and none otherwise.
# ? Which number does `vocab` give for `<unk>`?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            if word in vocab:
                counts[row, vocab[word]] += 1
            elif "<unk>" in vocab:
                counts[row, 0] += 1
    return counts

# %% mistake: unknown_in_the_first_column
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            if word in vocab:
                counts[row, vocab[word]] += 1
            else:
                counts[row, 0] += 1
    return counts

# %% mistake: unknown_once
# In the column of `<unk>` you noted only whether there is an unknown word; wanted is how many there are.
# ? What is the difference between `= 1` and `+= 1`?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            if word in vocab:
                counts[row, vocab[word]] += 1
            elif "<unk>" in vocab:
                counts[row, vocab["<unk>"]] = 1
    return counts

# %% mistake: vocabulary_grows
# Unknown words were put into the vocabulary, so the matrix has more columns than a model expects, and the caller's dict has changed.
# ? What is the size of the vocabulary before and after your function?
def bag_of_words(docs, vocab, device="cpu"):
    for doc in docs:
        for word in doc:
            vocab.setdefault(word, len(vocab))
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            if word in vocab:
                counts[row, vocab[word]] += 1
            elif "<unk>" in vocab:
                counts[row, vocab["<unk>"]] += 1
    return counts

# %% mistake: adds_the_number
# You add the word's number to its count; each occurrence counts 1.
# ? What should a word with the number 5 count that occurs once?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), len(vocab), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            if word in vocab:
                counts[row, vocab[word]] += vocab[word]
            elif "<unk>" in vocab:
                counts[row, vocab["<unk>"]] += 1
    return counts

# %% mistake: a_column_too_few
# Your matrix has as many columns as the greatest number says. Numbers begin with 0, so there is one column more.
# ? How many columns have the numbers 0, 1 and 2?
def bag_of_words(docs, vocab, device="cpu"):
    counts = torch.zeros(len(docs), max(vocab.values()), device=device)
    for row, doc in enumerate(docs):
        for word in doc:
            if word in vocab:
                counts[row, vocab[word]] += 1
            elif "<unk>" in vocab:
                counts[row, vocab["<unk>"]] += 1
    return counts
