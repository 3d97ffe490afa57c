import math

import numpy as np
import torch
import torch.nn.functional as F

# %% reference
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% alternative: normalize
def tf_idf(counts):
    n = counts.shape[0]
    df = counts.bool().float().sum(dim=0)
    idf = ((1 + n) / (1 + df)).log() + 1
    return F.normalize(counts * idf, p=2, dim=1)

# %% alternative: safe_division
def tf_idf(counts):
    present = torch.where(counts > 0, 1.0, 0.0)
    idf = math.log(1 + len(counts)) - torch.log1p(present.sum(0)) + 1
    weighed = torch.mul(counts, idf.unsqueeze(0))
    length = torch.sqrt((weighed**2).sum(1, keepdim=True))
    return torch.where(length > 0, weighed / length, torch.zeros_like(weighed))

# %% alternative: frequencies_first
def tf_idf(counts):
    share = counts / counts.sum(1, keepdim=True).clamp(min=1)
    df = torch.count_nonzero(counts, dim=0)
    weighed = share * (torch.log((1 + len(counts)) / (1 + df)) + 1)
    return torch.nan_to_num(weighed / torch.linalg.vector_norm(weighed, dim=1, keepdim=True))

# %% mistake: plain_idf
# Your idf is ln(N/df), as many books have it. Here it is ln((1 + N)/(1 + df)) + 1: with the plain one a word that stands in every document would count nothing.
# ? What is ln(3/3)?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log(len(counts) / df)
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: plain_idf
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log(len(counts) / df.clamp(min=1))
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: plain_idf
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log(len(counts) / (1 + df))
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: no_plus_one
# The + 1 behind the logarithm is missing: a word that stands in every document would count nothing.
# ? What is ln((1 + 3)/(1 + 3)) + 1?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df))
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: unsmoothed
# The two 1s inside the fraction are missing: it is (1 + N)/(1 + df).
# ? What happens at a word that stands in no document?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log(len(counts) / df) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: unsmoothed
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log(len(counts) / df.clamp(min=1)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: plus_one_inside
# Your + 1 stands inside the logarithm; it belongs behind it.
# ? Where does the bracket of ln( ... ) close?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df) + 1)
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: df_is_total_count
# Your df counts how often the word occurs; it should count in how many documents it does.
# ? In how many documents is a word that stands three times in one and nowhere else?
def tf_idf(counts):
    df = counts.sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: no_l2
# Your rows do not have the length 1: they were not divided by the root of their sum of squares.
# ? What is the sum of squares of a row?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed

# %% mistake: l1_rows
# Your rows add up to 1; wanted is that their squares do.
# ? What is the length of the vector (0.5, 0.5)?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.sum(1, keepdim=True).clamp(min=1e-12)

# %% mistake: squared_length
# You divided by the sum of squares; the length is its root.
# ? How long is the vector (3, 4)?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / (weighed**2).sum(1, keepdim=True).clamp(min=1e-12)

# %% mistake: l2_columns
# You divided the columns by their length; wanted are rows of length 1.
# ? Along which dimension do the words of one document stand?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=0, keepdim=True).clamp(min=1e-12)

# %% mistake: l2_of_all
# You divided by one length for the whole matrix; each row has its own.
# ? How many lengths are there in a matrix of five rows?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm().clamp(min=1e-12)

# %% mistake: log10
# Your logarithm has the base 10; ln is the natural one.
# ? Which function of torch is ln?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log10((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: log2
# Your logarithm has the base 2; ln is the natural one.
# ? Which function of torch is ln?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log2((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: no_idf
# Your numbers do not depend on how rare a word is: the idf is missing, or it was counted along the rows, so that each row has one number for all its words, which the division by the length takes out again.
# ? Is there one idf for each word, and is it multiplied in?
def tf_idf(counts):
    return counts / counts.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: no_idf
def tf_idf(counts):
    df = (counts > 0).sum(1, keepdim=True)
    idf = torch.log((1 + counts.shape[1]) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: presence
# How often a word stands in a document has no effect: you used only whether it is there.
# ? By what is the idf multiplied?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = (counts > 0) * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: divided_by_idf
# You divided by the idf, so rare words weigh least. It is multiplied.
# ? Which word says more about a text: one that is everywhere, or a rare one?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts / idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: nan_on_empty_row
# A document without words became NaN: its length is 0, and 0/0 is not a number.
# ? What should a row of zeros become?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True)

# %% mistake: changes_counts
# Your function changed the counts that it was given. `*=` and `/=` work in place.
# ? Which operation makes a new tensor instead?
def tf_idf(counts):
    df = (counts > 0).sum(0)
    counts *= torch.log((1 + len(counts)) / (1 + df)) + 1
    counts /= counts.norm(dim=1, keepdim=True).clamp(min=1e-12)
    return counts

# %% wrong: on_the_cpu
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log((1 + len(counts)) / (1 + df)) + 1
    weighed = counts * idf
    return torch.tensor((weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)).tolist())

# %% wrong: three_documents
def tf_idf(counts):
    df = (counts > 0).sum(0)
    idf = torch.log(4 / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% wrong: counts
def tf_idf(counts):
    return counts

# %% wrong: through_numpy
def tf_idf(counts):
    c = counts.numpy()
    w = c * (np.log((1 + len(c)) / (1 + (c > 0).sum(0))) + 1)
    length = np.linalg.norm(w, axis=1, keepdims=True)
    return torch.from_numpy((w / np.maximum(length, 1e-12)).astype(np.float32))

# %% mistake: words_for_documents
# N is the number of documents, the rows. You took the number of words, the columns, or the sum of all counts.
# ? Which of `counts.shape[0]`, `counts.shape[1]` and `counts.sum()` is the number of documents?
def tf_idf(counts):
    df = (counts > 0).sum(dim=0)
    idf = torch.log((1 + counts.shape[1]) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: words_for_documents
def tf_idf(counts):
    df = (counts > 0).sum(dim=0)
    idf = torch.log((1 + counts.sum()) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: lengths_of_the_counts
# Your rows were divided by the length that the counts have. First comes the idf, then the division, so that the length is 1 in the end.
# ? What is the length of the rows that you return?
def tf_idf(counts):
    df = (counts > 0).sum(dim=0)
    idf = torch.log((1 + counts.shape[0]) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / counts.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: fraction_upside_down
# Your fraction stands on its head: frequent words weigh most. 1 + N belongs above the bar.
# ? Which word should weigh more: one that is in every document, or one that is in one?
def tf_idf(counts):
    df = (counts > 0).sum(dim=0)
    idf = torch.log((1 + df) / (1 + counts.shape[0])) + 1
    weighed = counts * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: brackets_missing
# Your + 1 is added to every entry of the table, since the brackets around the idf are missing: words that are not in a document weigh something too.
# ? What is 0 * 2 + 1 in Python, and what is 0 * (2 + 1)?
def tf_idf(counts):
    df = (counts > 0).sum(dim=0)
    idf = torch.log((1 + counts.shape[0]) / (1 + df)) + 1
    weighed = counts * torch.log((1 + counts.shape[0]) / (1 + df)) + 1
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: logarithm_of_the_counts
# You took a logarithm of the counts too, as some books do. Here the counts count as they are.
# ? How much more should a word weigh that stands there twice?
def tf_idf(counts):
    df = (counts > 0).sum(dim=0)
    idf = torch.log((1 + counts.shape[0]) / (1 + df)) + 1
    weighed = torch.log1p(counts) * idf
    return weighed / weighed.norm(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: largest_is_one
# You divided each row by its largest entry. Its length is the root of the sum of its squares.
# ? What is the length of (3, 4), and what its largest entry?
def tf_idf(counts):
    df = (counts > 0).sum(dim=0)
    idf = torch.log((1 + counts.shape[0]) / (1 + df)) + 1
    weighed = counts * idf
    return weighed / weighed.amax(dim=1, keepdim=True).clamp(min=1e-12)

# %% mistake: shares_by_softmax
# You took a softmax of each row: words that are not there get a share as well. Wanted is a division by the row's length.
# ? What should stand where a count is 0?
def tf_idf(counts):
    df = (counts > 0).sum(dim=0)
    idf = torch.log((1 + counts.shape[0]) / (1 + df)) + 1
    weighed = counts * idf
    return torch.softmax(weighed, dim=1)
