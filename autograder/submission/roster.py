"""The class list: who is in the class, and which of them a name means."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Person:
    """One student of the class: nbgrader's columns, and what a learning management system adds."""

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    lms_id: str = ""
    section: str = ""
    team: str = ""

    @property
    def full_name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()


@dataclass(frozen=True)
class Roster:
    """A class; empty where there is no list.

    Args:
        entered: whether somebody entered the list; else it is of those who have handed in so far.
    """

    people: tuple[Person, ...] = ()
    entered: bool = True

    def find(self, name: str, *, lms: str = "", email: str = "") -> tuple[Person, ...]:
        """Whom a name means: one person, several members of a team, or none where nobody or more than one fits.

        The rules, first to last: the very id; the same id in other letters (case, composed or decomposed); the
        system's number, told beside the name or as the name; the e-mail; a team; the full name in either order, as
        people and as Canvas write it.
        """
        if name in self._by_id:
            return (self._by_id[name],)
        for key, table in (
            (_same(name), self._by_folded_id),
            (lms, self._by_lms),
            (name.strip(), self._by_lms),
            (email.casefold(), self._by_email),
            (name.casefold(), self._by_email),
        ):
            if len(people := table.get(key, ()) if key else ()) == 1:
                return people
        if team := self._by_team.get(_same(name), ()):
            return team
        people = self._by_name.get(_letters(name), ())
        return people if len(people) == 1 else ()

    @cached_property
    def _by_id(self) -> dict[str, Person]:
        return {person.id: person for person in self.people}

    @cached_property
    def _by_folded_id(self) -> dict[str, tuple[Person, ...]]:
        return _table(self.people, lambda person: [_same(person.id)])

    @cached_property
    def _by_lms(self) -> dict[str, tuple[Person, ...]]:
        return _table(self.people, lambda person: [person.lms_id])

    @cached_property
    def _by_email(self) -> dict[str, tuple[Person, ...]]:
        return _table(self.people, lambda person: [person.email.casefold()])

    @cached_property
    def _by_team(self) -> dict[str, tuple[Person, ...]]:
        return _table(self.people, lambda person: [_same(person.team)])

    @cached_property
    def _by_name(self) -> dict[str, tuple[Person, ...]]:
        def keys(person: Person) -> list[str]:
            return [_letters(person.full_name), _letters(person.last_name + person.first_name)]

        return _table(self.people, keys)


def _table(people: Iterable[Person], keys: Callable[[Person], list[str]]) -> dict[str, tuple[Person, ...]]:
    found: dict[str, tuple[Person, ...]] = {}
    for person in people:
        for key in dict.fromkeys(keys(person)):
            if key:
                found[key] = (*found.get(key, ()), person)
    return found


def _same(name: str) -> str:
    return unicodedata.normalize("NFC", name).strip().casefold()


def _letters(name: str) -> str:
    """Only letters and digits, in small letters: "Lovelace, Ada" and Canvas's "lovelaceada" agree."""
    return re.sub(r"[\W_]+", "", unicodedata.normalize("NFC", name).casefold())
