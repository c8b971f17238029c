"""Simulated people have the tastes that their kinds promise."""

from __future__ import annotations

import numpy as np
import pytest

from ml.scoring.simulated_people import DRIFT, PEOPLE, Kind, Person, Words, one_hot, server

WORDS: Words = np.random.default_rng(0).integers(0, (2, 8, 3, 3, 2, 2), (400, 6))


@pytest.fixture(scope="module")
def people() -> list[Person]:
    return server(WORDS, np.random.default_rng(1))


def of(people: list[Person], kind: Kind) -> list[Person]:
    return [person for person in people if person.kind is kind]


def explained(person: Person) -> float:
    """The share of a liking's variance that a sum over the attributes explains."""
    attributes = one_hot(WORDS)
    sums = attributes @ np.linalg.lstsq(attributes, person.before, rcond=None)[0]
    return 1 - float(((person.before - sums) ** 2).mean() / person.before.var())


def test_a_server_has_everybody_and_likings_are_ratings(people: list[Person]) -> None:
    assert tuple(person.kind for person in people) == PEOPLE
    assert set(PEOPLE) == set(Kind)
    for person in people:
        assert person.before.shape == (len(WORDS),)
        assert 0 <= person.before.min() <= person.before.max() <= 5


def test_the_team_agrees_and_the_contrarian_disagrees(people: list[Person]) -> None:
    one, other, *_ = of(people, Kind.TEAM)
    (contrarian,) = of(people, Kind.CONTRARIAN)
    assert np.corrcoef(one.before, other.before)[0, 1] > 0.4
    assert np.corrcoef(one.before, contrarian.before)[0, 1] < -0.3


def test_only_interacting_tastes_are_more_than_a_sum(people: list[Person]) -> None:
    assert all(explained(person) > 0.9 for person in of(people, Kind.ADDITIVE))
    assert all(explained(person) < 0.85 for person in of(people, Kind.INTERACTING))


def test_the_indifferent_like_everything_the_same(people: list[Person]) -> None:
    (person,) = of(people, Kind.INDIFFERENT)
    assert person.before.std() == 0


def test_drifting_ends_at_another_taste_and_others_stay(people: list[Person]) -> None:
    for person in people:
        moved = np.abs(person.liking(DRIFT) - person.liking(0)).mean()
        assert (moved > 0.5) == (person.kind is Kind.DRIFTING)


def test_a_fifth_of_the_ratings_is_noise(people: list[Person]) -> None:
    rows = np.arange(len(WORDS))
    for person in of(people, Kind.TEAM):
        ratings = person.ratings(rows, np.random.default_rng(2))
        assert set(ratings) <= {0, 1, 2, 3, 4, 5}
        far = np.abs(ratings - person.before) > 2
        assert 0.03 < far.mean() < 0.15  # of the fifth, half lands near by chance


def test_the_same_seed_gives_the_same_people(people: list[Person]) -> None:
    again = server(WORDS, np.random.default_rng(1))
    assert all((one.after == two.after).all() for one, two in zip(people, again, strict=True))
