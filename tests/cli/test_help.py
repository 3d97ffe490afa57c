"""What ``--help`` says of every command."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

import pytest

from autograder.cli import parser_of_all


def parsers(parser: argparse.ArgumentParser) -> Iterator[argparse.ArgumentParser]:
    """A parser and those of its commands."""
    yield parser
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for inner in action.choices.values():
                yield from parsers(inner)


EVERY = {parser.prog: parser for parser in parsers(parser_of_all())}


@pytest.mark.parametrize("command", EVERY)
def test_every_argument_has_its_words(command: str) -> None:
    silent = [
        action.dest
        for action in EVERY[command]._actions
        if not action.help and not isinstance(action, argparse._SubParsersAction)
    ]
    assert silent == []


@pytest.mark.parametrize("command", EVERY)
def test_every_command_is_told_of_where_it_is_listed(command: str) -> None:
    for action in EVERY[command]._actions:
        if isinstance(action, argparse._SubParsersAction):
            told = {choice.dest for choice in action._choices_actions if choice.help}
            assert told == set(action.choices)


@pytest.mark.parametrize("command", EVERY)
def test_a_command_that_ends_a_line_is_run(command: str) -> None:
    has_more = any(isinstance(action, argparse._SubParsersAction) for action in EVERY[command]._actions)
    assert has_more or callable(EVERY[command].get_default("run"))
