import numpy as np
import pandas as pd

# %% reference
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2"}
    return (leaks & set(df.columns)) - {target}

# %% alternative: by_target
def leaky_columns(df, target):
    known = {
        "salary_in_usd": ["salary", "salary_currency"],
        "repaid": ["reminders_sent", "last_payment_day"],
        "price": ["listing_id", "price_per_m2"],
    }
    return {name for name in known[target] if name in df.columns}

# %% alternative: what_is_fine
def leaky_columns(df, target):
    fine = ["work_year", "experience_level", "job_title", "remote_ratio", "company_size", "income", "age", "amount",
            "months", "rooms", "area", "year_built", "floor", target]
    return [name for name in df.columns if name not in fine]

# %% alternative: words_in_names
def leaky_columns(df, target):
    found = set()
    for name in df.columns:
        if name != target and (name.startswith(("salary", "price", "reminders", "last_")) or name.endswith("_id")):
            found.add(name)
    return frozenset(found)

# %% mistake: keeps_salary
# `salary` is the same money in another currency. With it, the model needs no features at all, only the exchange rates.
# ? Could you know the salary before you know what it is worth in dollars?
def leaky_columns(df, target):
    leaks = {"salary_currency", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2"}
    return (leaks & set(df.columns)) - {target}

# %% mistake: keeps_currency
# `salary_currency` stays. It says in which money the salary was paid, which is known only when the salary is.
# ? On the day of the prediction, who would know the currency of a salary that nobody has named?
def leaky_columns(df, target):
    leaks = {"salary", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2"}
    return (leaks & set(df.columns)) - {target}

# %% mistake: drops_everything
# Every column but the target is called leaky. Then nothing is left to predict from.
# ? What would you ask somebody whose salary you should guess?
def leaky_columns(df, target):
    return set(df.columns) - {target}

# %% mistake: drops_year
# The year is called leaky. It is known before the salary is, so it may be used.
# ? On the day of the prediction: is the year known?
def leaky_columns(df, target):
    leaks = {"work_year", "year_built", "salary", "salary_currency", "reminders_sent", "last_payment_day",
             "listing_id", "price_per_m2"}
    return (leaks & set(df.columns)) - {target}

# %% mistake: drops_year
def leaky_columns(df, target):
    leaks = {"work_year", "salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id",
             "price_per_m2"}
    return (leaks & set(df.columns)) - {target}

# %% mistake: names_the_target
# The target itself is in your set. It is what we want to predict, and is taken out in any case.
# ? Which columns did we ask about: all, or all but the target?
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2"}
    return (leaks & set(df.columns)) | {target}

# %% mistake: keeps_the_number_of_the_row
# `listing_id` stays. It only numbers the rows: a model can learn each row by heart with it, and knows nothing about the next.
# ? What does the number of a new listing say about its price?
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "price_per_m2"}
    return (leaks & set(df.columns)) - {target}

# %% mistake: keeps_what_comes_later
# A column that is filled in only after the loan was given stays. On the day of the decision it is empty.
# ? When is a reminder sent: before the loan is given, or after?
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "listing_id", "price_per_m2"}
    return (leaks & set(df.columns)) - {target}

# %% mistake: keeps_what_comes_later
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "listing_id", "price_per_m2"}
    return (leaks & set(df.columns)) - {target}

# %% mistake: keeps_what_comes_later
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "last_payment_day", "listing_id", "price_per_m2"}
    return (leaks & set(df.columns)) - {target}

# %% mistake: keeps_price_per_m2
# `price_per_m2` stays. It was computed from the price: times the area, it is the price.
# ? How would you compute it for a flat whose price you don't know?
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id"}
    return (leaks & set(df.columns)) - {target}

# %% mistake: names_what_is_not_there
# Your set names columns that this table does not have.
# ? Where in your code do you look at `df.columns`?
def leaky_columns(df, target):
    known = {
        "salary_in_usd": {"salary", "salary_currency"},
        "repaid": {"reminders_sent", "last_payment_day"},
        "price": {"listing_id", "price_per_m2"},
    }
    return known[target]

# %% mistake: changes_the_table
# Columns are taken out of the table that was given. Whoever called your function still needs them.
# ? What do `df.pop` and `inplace=True` do with the table?
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2"}
    df.pop(target)
    return leaks & set(df.columns)

# %% wrong: nothing_leaks
def leaky_columns(df, target):
    return set()

# %% wrong: one_table
def leaky_columns(df, target):
    return {"salary", "salary_currency"}

# %% wrong: the_clean_table
def leaky_columns(df, target):
    return df.drop(columns=["salary", "salary_currency"], errors="ignore")

# %% mistake: the_other_way_round
# Your set holds the columns that may be used; those that leak are asked for.
# ? Would you give the columns of your set to a model, or keep them from it?
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2"}
    return set(df.columns) - leaks - {target}

# %% mistake: honest_columns_named
# A column is called leaky that is known on the day of the prediction: about the flat, the customer or the contract itself.
# ? Which of the columns that you name could not be filled in on that day?
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2", "area"}
    return leaks & set(df.columns)

# %% mistake: honest_columns_named
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2", "job_title"}
    return leaks & set(df.columns)

# %% mistake: honest_columns_named
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2", "amount", "months"}
    return leaks & set(df.columns)

# %% mistake: all_names_in_one
# Your set holds all columns of the table, and names of other tables besides: `|` puts two sets together, `&` gives what both have.
# ? What is {1, 2} & {2, 3}, and what {1, 2} | {2, 3}?
def leaky_columns(df, target):
    leaks = {"salary", "salary_currency", "reminders_sent", "last_payment_day", "listing_id", "price_per_m2"}
    return leaks | set(df.columns)
