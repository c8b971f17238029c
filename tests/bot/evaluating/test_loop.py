"""Simulated servers over candidates that the project's own layout placed, without any model."""

from __future__ import annotations

import random
from dataclasses import replace

import numpy as np
import pytest

from bot.evaluating.crowd import Crowd, Pictures
from bot.evaluating.loop import DRAWN, Drawn, Lived, Way, live
from bot.evaluating.report import BEST, as_json, picture, table
from ml.candidate import Candidate, Versions
from ml.drawing.geometry import violations
from ml.drawing.layout import place
from ml.errors import ModelError
from ml.language.corpus.styles import random_style
from ml.scoring.rubric import readability
from ml.spec.model import Spec
from ml.spec.text import STYLE_WORDS, parse_spec, write_spec

VERSIONS = Versions(language="l1", readability="r1", autoencoder="a1")
STRUCTURES = (
    "0 data Read\n1 process Clean\n2 model Train\n",
    "0 start Begin\n1 decision Good? > 2 3\n2 process Keep > 4\n3 process Drop > 4\n4 end Done\n",
    "0 input x4\n1 dense x6\n2 output x2\n",
)


def candidate(spec: Spec) -> Candidate:
    """Drawn in a style; its latent says which, and its readability is the exact one."""
    scene = place(spec)
    one_hot = np.concatenate(
        [
            np.eye(len(words))[list(words).index(getattr(spec.style, name))]
            for name, words in STYLE_WORDS.items()
        ]
    )
    return Candidate(
        text=write_spec(spec),
        spec=spec,
        scene=scene,
        png=b"",
        readability=readability(scene),
        latent=(3 * one_hot).astype(np.float32),
        violations=violations(scene),
        finished=True,
    )


@pytest.fixture(scope="module")
def drawn() -> Drawn:
    rng = random.Random(3)
    header = " ".join(next(iter(words)).value for words in STYLE_WORDS.values())
    specs = [parse_spec(f"{header}\n{text}") for text in STRUCTURES]
    return Drawn(
        choices=[
            [candidate(replace(spec, style=random_style(rng))) for _ in range(12)] for spec in specs
        ],
        versions=VERSIONS,
    )


async def few(drawn: Drawn, *, seed: int = 1, days: int = 1, requests: int = 4) -> list[Lived]:
    return await live(drawn, servers=1, people=1, days=days, requests=requests, seed=seed)


def later(lives: list[Lived], way: Way) -> float:
    """What people felt after the first day."""
    [life] = [life for life in lives if life.way is way]
    return float(life.first[1:].mean())


async def test_what_people_rated_makes_their_next_first_pictures_better(drawn: Drawn) -> None:
    lives = await few(drawn, days=4, requests=10)
    assert later(lives, Way.ALL) > later(lives, Way.NO_TASTE) + 0.1
    assert later(lives, Way.NO_READABILITY) > later(lives, Way.UNRANKED) + 0.1


async def test_before_anybody_rated_taste_changes_nothing(drawn: Drawn) -> None:
    lives = await few(drawn, requests=1)
    feelings = {life.way: life.first[0] for life in lives}
    assert feelings[Way.ALL] == feelings[Way.NO_TASTE]
    assert feelings[Way.NO_READABILITY] == feelings[Way.UNRANKED]


async def test_the_same_seed_gives_the_same_numbers_and_another_one_others(drawn: Drawn) -> None:
    one, same, other = [as_json(await few(drawn, seed=seed, days=2)) for seed in (1, 1, 2)]
    assert one == same
    assert one != other


async def test_no_ranking_puts_a_better_picture_first_than_the_best_of_all(drawn: Drawn) -> None:
    for life in await few(drawn):
        assert (life.first <= life.best).all()


async def test_too_few_candidates_are_refused_with_the_reason(drawn: Drawn) -> None:
    scarce = replace(drawn, choices=[group[: DRAWN - 1] for group in drawn.choices])
    with pytest.raises(ModelError, match="candidates"):
        await few(scarce)


def test_people_feel_better_about_the_more_readable_of_two_pictures_of_one_style(
    drawn: Drawn,
) -> None:
    one = drawn.choices[1][0]
    shapes = one.scene.shapes
    piled = replace(
        one.scene, shapes=(replace(shapes[0], x=shapes[1].x, y=shapes[1].y), *shapes[1:])
    )
    worse = replace(one, scene=piled)
    crowd = Crowd(Pictures([[one, worse]]), 12, np.random.default_rng(1))
    feelings = [(crowd.feeling(who, one), crowd.feeling(who, worse)) for who in range(12)]
    assert all(clean > messy for clean, messy in feelings)


def test_the_report_names_each_way_with_its_error_and_draws_it() -> None:
    lives = [
        Lived(way=way, server=server, first=np.full(7, 2.0 + server), best=np.full(7, 4.0))
        for way in Way
        for server in range(2)
    ]
    rows = [line for line in table(lives).splitlines() if line.startswith(BEST)]
    [feelings, over_unranked, over_everything] = [row.removeprefix(BEST).split() for row in rows]
    assert feelings == ["4.00", "±0.00"] * 2, "days 1–5 and 6–7"
    assert over_unranked == over_everything == ["1.50", "±0.50"] * 2, "all days and 6–7"
    image = picture(lives)
    assert image.shape == (1200, 2000, 3)
    assert (image < 255).any()
