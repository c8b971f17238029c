"""A wish about a diagram becomes the diagram after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import pytest

from ml.candidate import DrawJob, Versions
from ml.config import Dialect
from ml.language.generator import Prompt, Sample
from ml.pipeline import Pipeline
from ml.scoring.autoencoder import Autoencoder
from ml.scoring.looks import LOOKS, looks
from ml.scoring.readability import ReadabilityEnsemble
from ml.spec.text import STYLE_WORDS, parse_spec

PRESENT = "right blue round arrow spacious nodes\n0 input Image\n1 model Encoder\n2 output Label\n"


class Answers:
    """Says what it is told to, and remembers what it was asked."""

    def __init__(self, *texts: str) -> None:
        self._texts = texts
        self.prompts: list[Prompt] = []

    def write(self, prompts: Sequence[Prompt], **_: object) -> list[list[Sample]]:
        self.prompts.extend(prompts)
        return [[Sample(text=text, finished=True) for text in self._texts] for _ in prompts]


def pipeline(answers: Answers, dialect: Dialect = Dialect.SPEC) -> Pipeline:
    return Pipeline(
        generator=answers,  # type: ignore[arg-type]
        dialect=dialect,
        readability=ReadabilityEnsemble(folds=1),
        autoencoder=Autoencoder(styles=[len(words) for words in STYLE_WORDS.values()]),
        versions=Versions(language="l", readability="r", autoencoder="a"),
        device="cpu",
    )


JOB = DrawJob(id="1", description="make the encoder red", count=3, seed=1, present=PRESENT)


@pytest.mark.parametrize("dialect", Dialect)
def test_the_first_answer_that_can_be_followed_is_drawn(dialect: Dialect) -> None:
    answers = Answers("remove 9\n", "paint 1|none\n", "paint 1|red\n", "remove 0\n")
    (result,) = pipeline(answers, dialect).draw([JOB])
    (candidate,) = result.candidates
    assert parse_spec(candidate.text) == parse_spec(PRESENT.replace("model", "model #red"))
    (prompt,) = answers.prompts
    assert (prompt.present, prompt.description, prompt.count) == (PRESENT, JOB.description, 3)


def test_what_a_model_writes_is_kept_in_the_form_that_people_read() -> None:
    style = "right blue round arrow spacious nodes\n"
    answer = f"{style}0 decision Valid?\n1 end Ship <-0 yes\n2 end Cancel <-0 no\n"
    unreadable = f"{style}0 decision Valid? ->7\n"
    described = replace(JOB, present=None)
    (result,) = pipeline(Answers(answer, unreadable)).draw([described])
    (candidate,) = result.candidates
    assert candidate.text == (
        f"{style}0 decision Valid? ->1 yes,2 no\n1 end Ship ->\n2 end Cancel\n"
    )
    assert result.dropped == 1


def test_answers_that_change_nothing_leave_nothing_to_draw() -> None:
    (result,) = pipeline(Answers("remove 9\n", "paint 1|none\n")).draw([JOB])
    assert result.candidates == ()


def test_what_is_asked_for_is_not_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    pipeline(Answers("remove Ada Lovelace\n")).draw([JOB])
    assert "were dropped" in caplog.text
    assert "Ada" not in caplog.text


def test_candidates_and_kept_scenes_have_latents_with_looks_of_one_name() -> None:
    models = pipeline(Answers("paint 1|red\n"))
    (result,) = models.draw([JOB])
    (candidate,) = result.candidates
    encoder, latents = models.encode([candidate.scene])
    assert encoder == result.versions.autoencoder
    assert np.array_equal(candidate.latent[-len(LOOKS) :], looks([candidate.scene])[0])
    assert latents.shape == (1, len(candidate.latent))
    assert np.array_equal(latents[0, -len(LOOKS) :], candidate.latent[-len(LOOKS) :])
