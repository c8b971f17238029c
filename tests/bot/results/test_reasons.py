"""What speaks for a diagram and against it."""

from __future__ import annotations

from dataclasses import replace

from bot.results.reasons import reasons
from bot.texts import speaking
from ml.candidate import Violations
from ml.scoring.ranking import rank
from ml.scoring.taste import Basis, Neighbour, Taste
from ml.spec.text import parse_spec
from tests.ml.scoring.test_ranking import candidate, taste


def test_flaws_and_the_ratings_of_neighbours_are_named() -> None:
    flaws = Violations(overlaps=2, outside=0, edges_through_nodes=1)
    (flawed,) = rank([replace(candidate(), violations=flaws)], [taste(4, 5, 5, 1)])
    assert reasons(flawed) == "2 overlaps · 1 arrow through a shape · like 2 you gave 5"
    with speaking("ko"):
        assert "5점" in reasons(flawed)


def test_what_most_drafts_do_not_say_is_marked() -> None:
    drafts = [candidate(picture=i) for i in (1, 2)]
    ranked = rank([*drafts, candidate(picture=3, label="Odd")], [taste()] * 3)
    assert [reasons(one) for one in ranked] == ["", "", "most drafts say something else"]


def test_steps_that_are_all_called_the_same_are_counted_but_not_layers() -> None:
    for kind, said in (("process", "3 parts with the same name"), ("conv", "")):
        spec = parse_spec("".join(f"{id} {kind} Collect\n" for id in range(3)))
        (placed,) = rank([replace(candidate(), spec=spec)], [taste()])
        assert reasons(placed) == said


def test_where_there_is_nothing_to_say_nothing_is_said() -> None:
    team = Taste(value=3, confidence=0.2, basis=Basis.TEAM, neighbours=())
    one = Taste(
        value=3, confidence=0.2, basis=Basis.OWN, neighbours=(Neighbour(rating=2, distance=1),)
    )
    assert [reasons(placed) for placed in rank([candidate()], [team])] == [""]
    assert [reasons(placed) for placed in rank([candidate()], [one])] == ["like one you gave 2"]
