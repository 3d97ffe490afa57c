"""A synthetic table of salaries in data science, with the columns of the public surveys and no real person in it.

A salary is a product of effects (experience, country, job, size of the company, year) and noise. It is paid in a
currency at a fixed, made-up rate, which is what makes ``salary`` and ``salary_currency`` give ``salary_in_usd`` away.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from typing import NamedTuple

SEED = 11
ROWS = 600
NOISE = 0.40  # standard deviation of the logarithm: about a factor of 1.5 up or down
BASE = 45_000  # dollars: an entry-level data analyst in a middling country, in 2020
IN_DOLLARS = 0.15  # of those who live where another currency is used are paid in dollars
NO_SIZE = 0.03  # of the rows do not say how large the company is

COLUMNS = (
    "work_year", "experience_level", "employment_type", "job_title", "salary", "salary_currency", "salary_in_usd",
    "employee_residence", "remote_ratio", "company_location", "company_size",
)  # fmt: skip


class Option(NamedTuple):
    """One value of a column: how often it comes (in parts), and what it does to the logarithm of a salary."""

    value: str
    parts: int
    effect: float


YEARS = (Option("2020", 18, 0.0), Option("2021", 34, 0.05), Option("2022", 48, 0.10))
LEVELS = (Option("EN", 20, 0.0), Option("MI", 34, 0.35), Option("SE", 36, 0.70), Option("EX", 10, 1.05))
TYPES = (Option("FT", 92, 0.0), Option("PT", 3, -0.6), Option("CT", 3, 0.1), Option("FL", 2, -0.3))
SIZES = (Option("S", 22, -0.20), Option("M", 43, 0.0), Option("L", 35, 0.15))
REMOTE = (Option("0", 24, 0.0), Option("50", 20, 0.0), Option("100", 56, 0.0))
TITLES = (
    Option("Data Analyst", 22, 0.0), Option("Data Scientist", 26, 0.15), Option("Data Engineer", 24, 0.12),
    Option("Machine Learning Engineer", 11, 0.22), Option("BI Analyst", 6, -0.08), Option("Data Architect", 4, 0.30),
    Option("Research Scientist", 4, 0.25), Option("Head of Data", 2, 0.40), Option("Computer Vision Engineer", 1, 0.2),
)  # fmt: skip
COUNTRIES = (
    Option("US", 46, 0.35), Option("GB", 10, 0.10), Option("DE", 9, 0.08), Option("CA", 7, 0.12), Option("FR", 6, 0.0),
    Option("ES", 5, -0.15), Option("IN", 7, -0.75), Option("BR", 4, -0.60), Option("PL", 3, -0.30),
    Option("MX", 2, -0.50), Option("JP", 1, 0.05),
)  # fmt: skip
# The currency of a country, what one unit of it is worth in dollars, and to what salaries in it are rounded.
MONEY = {
    "US": ("USD", 1.0, 1_000), "GB": ("GBP", 1.25, 1_000), "DE": ("EUR", 1.08, 1_000), "FR": ("EUR", 1.08, 1_000),
    "ES": ("EUR", 1.08, 1_000), "CA": ("CAD", 0.75, 1_000), "IN": ("INR", 0.0125, 50_000), "BR": ("BRL", 0.2, 1_000),
    "PL": ("PLN", 0.25, 1_000), "MX": ("MXN", 0.05, 10_000), "JP": ("JPY", 0.0075, 100_000),
}  # fmt: skip


Draw = Callable[[], float]


def rows(count: int = ROWS, seed: int = SEED) -> list[tuple[object, ...]]:
    """The header, then ``count`` rows, the same for the same seed."""
    draw = random.Random(seed).random  # the one method that Python promises to keep the same
    return [COLUMNS, *(_row(draw) for _ in range(count))]


def _row(draw: Draw) -> tuple[object, ...]:
    year, level, kind, title = (_one(draw, options) for options in (YEARS, LEVELS, TYPES, TITLES))
    home, size, remote = (_one(draw, options) for options in (COUNTRIES, SIZES, REMOTE))
    firm = home.value if draw() < 0.9 else _one(draw, COUNTRIES).value
    effects = sum(option.effect for option in (year, level, kind, title, home, size, remote))
    dollars = BASE * math.exp(effects + NOISE * _normal(draw))
    currency, rate, step = MONEY[home.value if draw() >= IN_DOLLARS else "US"]
    salary = max(step, round(dollars / rate / step) * step)
    told_size = size.value if draw() >= NO_SIZE else ""
    return (
        year.value, level.value, kind.value, title.value, salary, currency, round(salary * rate),
        home.value, remote.value, firm, told_size,
    )  # fmt: skip


def _one(draw: Draw, options: Sequence[Option]) -> Option:
    place = draw() * sum(option.parts for option in options)
    for option in options:
        place -= option.parts
        if place < 0:
            return option
    return options[-1]


def _normal(draw: Draw) -> float:
    """Nearly normal: twelve uniform numbers, minus their mean. Sums are the same on every machine."""
    return sum(draw() for _ in range(12)) - 6.0
