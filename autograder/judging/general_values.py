"""Mistakes that what came back shows by itself: its kind, its shape, its dtype, or how its numbers relate to others."""

from __future__ import annotations

import math

import torch

from autograder.judging.evidence import FEW, by_numbers, every
from autograder.judging.general_mistake import general
from autograder.judging.relations import (
    all_alike,
    always_the_same,
    changed_by,
    compares,
    device_only,
    follows_from_none,
    is_nothing,
    is_transposed,
    logit,
    nearly_right,
    not_finite,
    off_by,
    one_factor_for_all,
    one_number_added,
    other_container,
    other_dtype,
    other_kind,
    other_shape,
    other_shape_and_dtype,
    other_size,
    refusal,
    rounded,
    same_in_another_order,
    several_wanted,
    times,
    told_of_keys,
    whole_times,
    word_not_offered,
)

VALUES = (
    general(
        "accepts_what_does_not_fit",
        "Where the question asks for an error, your code answers all the same. Printing a warning, or returning None "
        "or a text, raises nothing.",
        "Which line of yours notices that the input does not fit, and does it `raise`?",
        every(refusal),
    ),
    general(
        "nothing_returned",
        "Your function gives nothing back: what it returns is None. `print` only shows a value; `return` hands it on.",
        "Does every way through your function end with `return` and a value?",
        every(compares(is_nothing), follows_from_none),
    ),
    general(
        "no_tensor",
        "What comes back is no tensor, so it lies on no device: plain numbers, say, or an array of NumPy.",
        "Where do `item`, `float`, `tolist` or `numpy` turn your tensor into something else?",
        every(lambda failure: failure.what == "no tensor came back" and failure.compared[0] != "None"),
    ),
    general(
        "made_on_the_cpu",
        "On the CPU this works, on a GPU it would not: something in it is made on the CPU, or moved there, while the "
        "input lies elsewhere.",
        "Which tensors do you make yourself, or bring over by `.cpu()` or `.numpy()`, and on which device are they?",
        every(device_only),
    ),
    general(
        "rows_and_columns_exchanged",
        "Your table has rows and columns exchanged.",
        "What stands in one row of the answer, and what in one column?",
        every(compares(is_transposed)),
    ),
    general(
        "other_shape",
        "There are as many numbers as wanted, but in another shape than was asked for.",
        "Which shape does the question ask for, and what do `squeeze`, `reshape` or `keepdim` make of yours?",
        every(other_shape),
    ),
    general(
        "other_dtype",
        "All your numbers are right, but they are of another kind (dtype) than was asked for.",
        "Which dtype does your answer have, and where does it get it from?",
        every(compares(other_dtype)),
    ),
    general(
        "other_shape_and_dtype",
        "All your numbers are right, but neither the shape nor the dtype is the one that was asked for.",
        "What do `.shape` and `.dtype` of your answer say?",
        every(compares(other_shape_and_dtype)),
    ),
    general(
        "other_container",
        "All your numbers are right, but they come in another form: a list where a tensor was asked for, say, or "
        "tensors for plain numbers.",
        "What does `type(...)` say of your answer, and what does the question ask for?",
        every(compares(other_container)),
    ),
    general(
        "not_finite",
        "NaN or infinite numbers came back.",
        "Is there a logarithm of 0, a division by 0, an `exp` of a large number, or a rate with which the numbers "
        "grow at every step?",
        every(not_finite),
    ),
    general(
        "sign_wrong",
        "All your numbers are right but for their sign.",
        "Which difference is asked for: a − b or b − a?",
        by_numbers(times(-1.0)),
    ),
    general(
        "half_of_it",
        "All your numbers are half of what is wanted.",
        "Is there a factor 2 in the formula, from the derivative of a square, say?",
        by_numbers(times(0.5)),
    ),
    general(
        "twice_as_much",
        "All your numbers are twice what is wanted.",
        "Which factor 2 is too much, or what should be halved?",
        by_numbers(times(2.0)),
    ),
    general(
        "logarithm_of_another_base",
        "All your numbers are right but for the base of the logarithm: the natural one, `log`, was asked for.",
        "What is log(e), and what do `log10` and `log2` say of e?",
        lambda failures: by_numbers(times(1 / math.log(10)))(failures) or by_numbers(times(1 / math.log(2)))(failures),
    ),
    general(
        "a_whole_number_of_times_too_large",
        "All your numbers are a whole number of times too large.",
        "Is there a sum where a mean is asked for, or is something added once for each row?",
        whole_times(lambda factor: factor),
    ),
    general(
        "a_whole_number_of_times_too_small",
        "All your numbers are too small, by a whole number.",
        "Is there a mean where a sum is asked for, or do you divide by more than the question says?",
        whole_times(lambda factor: 1 / factor),
    ),
    general(
        "complement",
        "All your numbers are 1 minus what is wanted: the probability of the other case, or a sign turned inside a "
        "sigmoid.",
        "Of which case do you give the share or the probability?",
        by_numbers(changed_by(lambda wanted: 1 - wanted), at_least=FEW),
    ),
    general(
        "one_sigmoid_too_many",
        "All your numbers are the sigmoid of what is wanted.",
        "How often is the sigmoid taken, and how often should it be?",
        by_numbers(changed_by(torch.sigmoid), at_least=FEW),
    ),
    general(
        "sigmoid_missing",
        "All your numbers are scores: the sigmoid that would make probabilities of them is missing.",
        "Between which two numbers must a probability lie, and do yours?",
        by_numbers(changed_by(logit), at_least=FEW),
    ),
    general(
        "exponential_of_it",
        "All your numbers are e to the power of what is wanted: a logarithm is missing, or an `exp` too much.",
        "Is the number itself asked for, or its logarithm?",
        by_numbers(changed_by(torch.exp), at_least=FEW),
    ),
    general(
        "logarithm_of_it",
        "All your numbers are the logarithm of what is wanted.",
        "Is the number itself asked for, or its logarithm?",
        by_numbers(changed_by(torch.log), at_least=FEW),
    ),
    general(
        "square_of_it",
        "All your numbers are the square of what is wanted: a root is missing.",
        "Is a spread asked for or a variance, a length or its square?",
        by_numbers(changed_by(torch.square), at_least=2),
    ),
    general(
        "root_of_it",
        "All your numbers are the square root of what is wanted.",
        "Is the square root part of the formula?",
        by_numbers(changed_by(torch.sqrt), at_least=2),
    ),
    general(
        "one_divided_by_it",
        "All your numbers are 1 divided by what is wanted.",
        "Which number stands above the line, and which below?",
        by_numbers(changed_by(torch.reciprocal), at_least=2),
    ),
    general(
        "without_the_sign",
        "All your numbers are right, but negative ones have lost their sign.",
        "Where do you take `abs`, a square or a norm, and what becomes of a negative number there?",
        by_numbers(changed_by(torch.abs), at_least=FEW),
    ),
    general(
        "negatives_cut_off",
        "All your numbers are right, but where a negative one is wanted there is 0.",
        "Where does a ReLU, or a `clamp`, cut negative numbers off?",
        by_numbers(changed_by(torch.relu), at_least=FEW),
    ),
    general(
        "rounded",
        "Your numbers are rounded, or cut off at the point; they are asked for as they are.",
        "Where do you round, or make whole numbers of them?",
        rounded,
    ),
    general(
        "one_too_large",
        "What you give is too large by one.",
        "Does your counting begin at 0 or at 1, and is the last one counted twice?",
        off_by(1),
    ),
    general(
        "one_too_small",
        "What you give is too small by one.",
        "Does your counting begin at 0 or at 1, and does it leave the last one out?",
        off_by(-1),
    ),
    general(
        "one_factor_for_all",
        "All your numbers are right but for one and the same factor.",
        "By what do you multiply or divide all of them, and what does the question say there?",
        one_factor_for_all,
    ),
    general(
        "nearly_right",
        "Your numbers are nearly right: they differ from those wanted in their last digits only.",
        "Is there a detour through float32, an epsilon that was added, or a constant with too few digits?",
        lambda failures: nearly_right(failures) and not rounded(failures),
    ),
    general(
        "one_number_added_to_all",
        "All your numbers are off by one and the same amount.",
        "Which number is added to all of them, or forgotten: a bias, or a largest value that was subtracted?",
        one_number_added,
    ),
    general(
        "in_another_order",
        "The numbers are the right ones, but in another order.",
        "In which order does the question want them, and where does yours change?",
        by_numbers(same_in_another_order, at_least=FEW),
    ),
    general(
        "one_number_throughout",
        "All the numbers that come back are one and the same; different ones are wanted.",
        "What in your answer is the same for every row, or is computed over all rows at once?",
        by_numbers(all_alike),
    ),
    general(
        "always_the_same",
        "The same answer comes back, whatever is asked.",
        "Which of the arguments does your answer depend on?",
        always_the_same,
    ),
    general(
        "not_all_came_back",
        "Not everything that was asked for came back, or not as separate values: more than one is wanted.",
        "How many values does the question want, and what stands behind your `return`?",
        every(several_wanted),
    ),
    general(
        "word_not_offered",
        "You give a word that the question does not offer, or spell one otherwise.",
        "Which words does the question name, letter by letter, capitals too?",
        every(word_not_offered),
    ),
    general(
        "other_keys",
        "The dict has other keys than those that were asked for.",
        "Which keys does the question name, letter by letter?",
        every(told_of_keys),
    ),
    general(
        "other_size",
        "What comes back has another number of values than was asked for.",
        "How many are wanted, and where do yours get lost, or come in addition: in a loop, a fixed size, or by "
        "broadcasting?",
        every(compares(other_size)),
    ),
    general(
        "another_kind_of_value",
        "What comes back is of another kind than was asked for, such as a number for a list, a list for a number, or "
        "a model for either.",
        "What does `type(...)` say of your answer, and what does the question ask for?",
        every(other_kind),
    ),
)  # fmt: skip
