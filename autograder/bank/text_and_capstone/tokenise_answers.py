import re
import string

# %% reference
def tokenise(text):
    return re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text.lower())

# %% alternative: by_characters
def tokenise(text):
    text = text.lower()
    words, word = [], ""
    for i, c in enumerate(text):
        inside = c == "'" and word and i + 1 < len(text) and text[i + 1].isalnum()
        if c.isalnum() or inside:
            word += c
        elif word:
            words.append(word)
            word = ""
    return words + [word] if word else words

# %% alternative: split_and_strip
def tokenise(text):
    cleaned = "".join(c if c.isalnum() or c == "'" else " " for c in text.lower())
    return [word.strip("'") for word in cleaned.split() if word.strip("'")]

# %% alternative: finditer
def tokenise(text):
    return [match.group().lower() for match in re.finditer(r"\w+('\w+)*", text)]

# %% mistake: whitespace_only
# You cut at spaces only, so punctuation sticks to the words: "film." and "film" are two words.
# ? Which words does your function find in "A film. A film!"?
def tokenise(text):
    return text.lower().split()

# %% mistake: whitespace_only
def tokenise(text):
    return text.lower().split(" ")

# %% mistake: drops_short
# Words of one letter are missing. (Many ready-made tokenisers drop them; here they are kept.)
# ? Which words does your function find in "I saw a film"?
def tokenise(text):
    return re.findall(r"[a-z0-9](?:'?[a-z0-9])+", text.lower())

# %% mistake: drops_short
def tokenise(text):
    return re.findall(r"\b\w\w+\b", text.lower())

# %% mistake: drops_short
def tokenise(text):
    return [word for word in re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text.lower()) if len(word) > 1]

# %% mistake: keeps_case
# Capital letters are still there, so "Film" and "film" are two words.
# ? Which method of a text makes all letters small?
def tokenise(text):
    return re.findall(r"[A-Za-z0-9]+(?:'[A-Za-z0-9]+)*", text)

# %% mistake: loses_capitals
# Your pattern knows small letters only, and the text was not made lower-case: every capital letter cuts a word or is lost.
# ? What does your pattern find in "Film"?
def tokenise(text):
    return re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text)

# %% mistake: splits_apostrophes
# An apostrophe cuts your words: "isn't" became "isn" and "t".
# ? Which rule speaks of apostrophes?
def tokenise(text):
    return re.findall(r"[a-z0-9]+", text.lower())

# %% mistake: splits_apostrophes
def tokenise(text):
    for sign in string.punctuation:
        text = text.replace(sign, " ")
    return text.lower().split()

# %% mistake: glues_apostrophes
# Punctuation was deleted rather than taken as a gap: "isn't" became "isnt", and what stood on both sides of a hyphen is one word.
# ? Should "well-made" give one word or two, and which rule says so?
def tokenise(text):
    return re.sub(r"[^a-z0-9\s]", "", text.lower()).split()

# %% mistake: glues_apostrophes
def tokenise(text):
    return text.lower().translate(str.maketrans("", "", string.punctuation)).split()

# %% mistake: glues_apostrophes
def tokenise(text):
    return re.findall(r"[a-z0-9]+", text.lower().replace("'", ""))

# %% mistake: keeps_quotes
# Quotation marks stick to your words: an apostrophe belongs to a word only inside it, not at its ends.
# ? What does your function make of 'new' in quotes?
def tokenise(text):
    return re.findall(r"[a-z0-9']+", text.lower())

# %% mistake: drops_digits
# Numbers are missing: digits belong to words too.
# ? What does your function find in "30 pages"?
def tokenise(text):
    return re.findall(r"[a-z]+(?:'[a-z]+)*", text.lower())

# %% mistake: no_repeats
# Each word came back once. Repeated words must stay: they will be counted.
# ? How often does "film" stand in "A film, a film"?
def tokenise(text):
    return list(dict.fromkeys(re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text.lower())))

# %% mistake: sorts
# The words came back in alphabetical order; wanted is the order of the text.
# ? Does your function sort?
def tokenise(text):
    return sorted(re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text.lower()))

# %% mistake: letters
# A list of single characters came back. Going through a text with `for` gives its letters, not its words.
# ? What is `list("tea")`?
def tokenise(text):
    return list(text.lower())

# %% wrong: one_text
def tokenise(text):
    return text.lower()

# %% wrong: the_example
def tokenise(text):
    return ["i", "saw", "a", "film", "a", "film"]

# %% wrong: keeps_hyphens
def tokenise(text):
    return re.findall(r"[a-z0-9]+(?:['-][a-z0-9]+)*", text.lower())

# %% wrong: looks_past_the_end
def tokenise(text):
    text = text.lower()
    words, word = [], ""
    for i, c in enumerate(text):
        if c.isalnum() or (c == "'" and word and text[i + 1].isalnum()):
            word += c
        elif word:
            words.append(word)
            word = ""
    return words + [word] if word else words

# %% mistake: empty_words
# Texts without a letter are among your words: `split` gives an empty text where a gap stands at an end.
# ? What does `re.split(" ", "a ")` give?
def tokenise(text):
    return re.split(r"[^a-z0-9']+", text.lower())

# %% mistake: some_signs_only
# You took out some signs, and others stick to the words: brackets, a semicolon, a hyphen. Everything that belongs to no word separates.
# ? Is it easier to say what a word is made of, or to list all that it is not made of?
def tokenise(text):
    for sign in ".,!?":
        text = text.replace(sign, "")
    return text.lower().split()

# %% mistake: small_words_left_out
# Frequent small words are missing. Here every word stays; later on, TF-IDF makes them weigh less.
# ? Which words of the example came back, and which did not?
def tokenise(text):
    return [word for word in re.findall(r"[a-z0-9]+(?:'[a-z0-9]+)*", text.lower()) if word not in ("a", "the", "i", "is")]

# %% mistake: pairs_for_words
# Your list holds pairs: with brackets in the pattern, `findall` gives what stands in the brackets. `(?:...)` only groups.
# ? What does `re.findall("(a)(b)?", "ab")` give?
def tokenise(text):
    return re.findall(r"([a-z0-9]+)('[a-z0-9]+)?", text.lower())

# %% mistake: drops_digits
def tokenise(text):
    return re.findall(r"\b[a-z]+\b", text.lower())
