"""The order in which candidates are shown."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ml.candidate import Candidate, Violations
from ml.scoring.ranking import rank
from ml.scoring.taste import Basis, Neighbour, Taste
from ml.spec.model import Kind, Node, Spec, Style
from ml.spec.scene import Form, Scene, Shape


def candidate(
    readability: float = 4.0,
    *,
    overlaps: int = 0,
    picture: int = 0,
    finished: bool = True,
    label: str = "Input",
    copied: bool = False,
) -> Candidate:
    shape = Shape(
        node=0, x=100 + picture, y=100, width=50, height=50,
        form=Form.RECTANGLE, fill=(255, 255, 255), stroke=(0, 0, 0),
    )  # fmt: skip
    return Candidate(
        text="0 input\n",
        spec=Spec(style=Style(), nodes=(Node(id=0, kind=Kind.INPUT, label=label),), edges=()),
        scene=Scene(shapes=(shape,), routes=()),
        png=b"",
        readability=readability,
        latent=np.zeros(4, np.float32),
        violations=Violations(overlaps=overlaps, outside=0, edges_through_nodes=0),
        finished=finished,
        copied=copied,
    )


def taste(value: float = 3.0, *ratings: float) -> Taste:
    neighbours = tuple(Neighbour(rating=rating, distance=1.0) for rating in ratings)
    basis = Basis.OWN if ratings else Basis.TEAM
    return Taste(value=value, confidence=0.5, basis=basis, neighbours=neighbours)


def test_the_final_score_is_the_sum_of_readability_and_taste() -> None:
    (only,) = rank([candidate(4.5)], [taste(4.2)])
    assert only.final == pytest.approx(8.7)
    assert only.rank == 1


def test_taste_can_turn_the_order_round() -> None:
    pair = [candidate(4.5, picture=0), candidate(4.0, picture=1)]
    assert [r.candidate for r in rank(pair, [taste(3), taste(3)])] == pair
    assert [r.candidate for r in rank(pair, [taste(3), taste(4)])] == pair[::-1]


def test_a_violation_never_outranks_a_clean_candidate() -> None:
    flawed, clean = candidate(5.0, overlaps=1, picture=1), candidate(0.5)
    assert rank([flawed, clean], [taste(5), taste(0)])[0].candidate is clean


def test_a_cut_off_text_stands_behind_finished_ones() -> None:
    cut, whole = candidate(5.0, finished=False, picture=1), candidate(2.0)
    assert rank([cut, whole], [taste(), taste()])[0].candidate is whole


def test_the_same_picture_is_not_shown_twice_while_others_exist() -> None:
    twins, other = [candidate(4.5), candidate(4.5)], candidate(2.0, picture=1)
    shown = rank([*twins, other], [taste()] * 3, top=2)
    assert [r.candidate for r in shown] == [twins[0], other]
    assert len(rank(twins, [taste()] * 2)) == 2


def test_equal_scores_keep_the_order_of_sampling() -> None:
    same = [candidate(picture=i) for i in range(5)]
    assert [r.candidate for r in rank(same, [taste()] * 5)] == same


def test_a_score_that_is_not_a_number_counts_as_nothing() -> None:
    good, broken = candidate(1.0), candidate(float("nan"), picture=1)
    ranked = rank([broken, good], [taste(), taste()])
    assert ranked[0].candidate is good
    assert ranked[1].final == pytest.approx(3.0)


def test_nothing_to_rank_gives_nothing() -> None:
    assert rank([], []) == ()


def test_unequal_lengths_and_a_negative_top_are_refused() -> None:
    with pytest.raises(ValueError, match="1 candidates"):
        rank([candidate()], [])
    with pytest.raises(ValueError, match="negative"):
        rank([], [], top=-1)


scores = st.floats(0, 5)


@given(st.lists(st.tuples(scores, scores, st.integers(0, 2), st.integers(0, 3)), max_size=12))
def test_any_candidates_are_ranked_once_each_and_clean_ones_first(
    rows: list[tuple[float, float, int, int]],
) -> None:
    candidates = [candidate(r, overlaps=o, picture=p) for r, _, o, p in rows]
    ranked = rank(candidates, [taste(t) for _, t, _, _ in rows])
    assert [r.rank for r in ranked] == list(range(1, len(rows) + 1))
    assert {id(r.candidate) for r in ranked} == {id(c) for c in candidates}
    flawed = [r.candidate.violations.total > 0 for r in ranked]
    assert flawed == sorted(flawed)
    assert ranked == rank(candidates, [taste(t) for _, t, _, _ in rows])


def test_a_draft_that_says_something_else_than_most_stands_behind_them() -> None:
    odd = candidate(5.0, picture=1, label="Imput")
    usual = [candidate(2.0, picture=i) for i in (2, 3)]
    ranked = rank([odd, *usual], [taste()] * 3)
    assert [one.candidate for one in ranked] == [*usual, odd]
    assert [one.dissents for one in ranked] == [False, False, True]


def test_copies_of_a_draft_do_not_outvote_the_others() -> None:
    first = candidate(5.0, picture=1, label="First")
    copies = [candidate(5.0, picture=i, label="First", copied=True) for i in (2, 3)]
    others = [candidate(2.0, picture=i) for i in (4, 5)]
    ranked = rank([first, *copies, *others], [taste()] * 5)
    assert [one.candidate for one in ranked] == [*others, first, *copies]
    assert [one.dissents for one in ranked] == [False, False, True, True, True]


def test_where_drafts_do_not_agree_scores_decide() -> None:
    one, other = candidate(2.0, picture=1), candidate(3.0, picture=2, label="Data")
    assert rank([one, other], [taste()] * 2)[0].candidate is other
    clean = candidate(1.0, picture=3, label="Other")
    flawed = [candidate(5.0, overlaps=1, picture=i) for i in (4, 5)]
    assert rank([*flawed, clean], [taste()] * 3)[0].candidate is clean
