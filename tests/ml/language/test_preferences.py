"""From ratings to the pairs that a tuning learns from."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from ml.language.preferences import LARGEST_SHARE, Pair, balanced, cleaned, pairs_of, split

GOOD, BAD, THIRD = "right blue\n0 start\n", "down blue\n0 start\n", "down pink\n0 start\n"


@dataclass(frozen=True, kw_only=True)
class Rating:
    value: int
    text: str
    user_id: int = 1
    description: str = "a start"


def pair(user_id: int = 1, description: str = "a start", *, turned: bool = False) -> Pair:
    chosen, rejected = (BAD, GOOD) if turned else (GOOD, BAD)
    (clean,) = cleaned(
        [Pair(user_id=user_id, description=description, chosen=chosen, rejected=rejected)]
    )
    return clean


def test_better_is_two_more_for_the_same_description_by_the_same_person() -> None:
    (found,) = pairs_of([Rating(value=2, text=BAD), Rating(value=4, text=GOOD)])
    assert (found.user_id, found.description) == (1, "a start")
    assert (found.chosen, found.rejected) == (GOOD, BAD)
    assert pairs_of([Rating(value=3, text=BAD), Rating(value=4, text=GOOD)]) == []
    assert pairs_of([Rating(value=0, text=BAD), Rating(value=5, text=GOOD, user_id=2)]) == []
    other = Rating(value=5, text=GOOD, description="an end")
    assert pairs_of([Rating(value=0, text=BAD), other]) == []


def test_several_ratings_give_every_pair_that_is_clear() -> None:
    ratings = [Rating(value=5, text=GOOD), Rating(value=3, text=BAD), Rating(value=0, text=THIRD)]
    assert {(one.chosen, one.rejected) for one in pairs_of(ratings)} == {
        (GOOD, BAD),
        (GOOD, THIRD),
        (BAD, THIRD),
    }


def test_cleaned_texts_are_canonical_and_each_pair_is_there_once() -> None:
    sloppy = Pair(
        user_id=1,
        description="a start",
        chosen="blue right\n\n0 start Start",
        rejected="down blue\n0 start x1",
    )
    assert cleaned([sloppy, pair(), sloppy]) == [pair()]
    assert pair().chosen == "right blue round arrow spacious nodes\n0 start\n"
    assert len(cleaned([pair(user_id=1), pair(user_id=2)])) == 2


def test_what_is_no_diagram_text_or_no_difference_is_left_out() -> None:
    rows = Pair(user_id=1, description="a start", chosen="[0, 1, 2, 'rect']", rejected=BAD)
    same = Pair(user_id=1, description="a start", chosen=GOOD, rejected="right\n0 start x1")
    assert cleaned([rows, same]) == []


def test_who_said_it_both_ways_round_said_nothing_but_others_may_disagree() -> None:
    assert cleaned([pair(), pair(turned=True)]) == []
    disagreement = [pair(user_id=1), pair(user_id=2, turned=True)]
    assert cleaned(disagreement) == disagreement


def many(counts: dict[int, int]) -> list[Pair]:
    return [
        pair(user_id, f"request {number}")
        for user_id, count in counts.items()
        for number in range(count)
    ]


@given(st.dictionaries(st.integers(1, 9), st.integers(1, 30), min_size=1))
def test_nobody_has_more_than_their_share(counts: dict[int, int]) -> None:
    kept = Counter(one.user_id for one in balanced(many(counts), seed=1))
    parts = min(LARGEST_SHARE, len(counts))
    assert set(kept) == set(counts)
    assert all(count * parts <= kept.total() for count in kept.values())
    largest = max(kept.values())  # and nobody lost one without need
    assert all(kept[user] in (count, largest) for user, count in counts.items())
    if any(kept[user] < count for user, count in counts.items()):
        more = sum(min(count, largest + 1) for count in counts.values())
        assert (largest + 1) * parts > more


def test_who_has_too_many_keeps_as_many_descriptions_as_possible() -> None:
    of_one = [
        Pair(user_id=1, description="the same", chosen=GOOD, rejected=f"{BAD}{number} end\n")
        for number in range(1, 20)
    ]
    few = many({1: 2, 2: 3})
    kept = [one.description for one in balanced([*of_one, *few], seed=1) if one.user_id == 1]
    assert sorted(kept) == ["request 0", "request 1", "the same"]


def test_the_same_seed_keeps_the_same_pairs_in_a_mixed_order() -> None:
    pairs = many({1: 20, 2: 20, 3: 5})
    assert balanced(pairs, seed=3) == balanced(pairs, seed=3)
    assert balanced(pairs, seed=3) != balanced(pairs, seed=4)
    assert [one.user_id for one in balanced(pairs, seed=3)] != sorted(one.user_id for one in pairs)


def test_a_description_is_held_out_whoever_says_it_and_whatever_else_there_is() -> None:
    pairs = many({1: 100, 2: 100})
    training, held_out = split(pairs)
    assert sorted([*training, *held_out], key=pairs.index) == pairs
    assert 10 <= len(held_out) // 2 <= 30
    assert not {one.description for one in training} & {one.description for one in held_out}
    loud = pair(3, f"  {held_out[0].description.upper()} ")
    assert split([loud]) == ([], [loud])
