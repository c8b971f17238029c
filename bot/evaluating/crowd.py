"""The people of a simulated server: what they feel about pictures, and what they rate them.

Their hidden tastes are those of `ml.scoring.simulated_people`, of several teams when there are
more people than one of those has. What a person feels about a picture is

    feeling = clip(liking + READABLE · z(readability), 0, 5)

`liking`, 0–5, is over the words of the style as far as they show. `readability` is the rubric's,
from the exact geometry of the clean Scene and not from the CNN that is measured; z takes off the
mean over the description's candidates and divides by the standard deviation of what is left, for
what one cannot choose between makes no difference. A rating is the feeling with some wavering,
rounded, and NOISE of all ratings are at random.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from ml.candidate import Candidate
from ml.scoring.rubric import readability
from ml.scoring.simulated_people import NOISE, WAVERING, Floats, Person, server
from ml.spec.model import Detail
from ml.spec.text import STYLE_WORDS

READABLE = 0.7
"""Points of the feeling that one standard deviation of readability is worth."""


class Pictures:
    """The candidates of each description that people may meet."""

    def __init__(self, choices: Sequence[Sequence[Candidate]]) -> None:
        every = [candidate for group in choices for candidate in group]
        self.rows = {candidate.scene: row for row, candidate in enumerate(every)}
        self.words = np.array([_shown_words(candidate) for candidate in every], np.int64)
        self.readable = _readability(choices)


class Crowd:
    """So many people, each with a taste of their own."""

    def __init__(self, pictures: Pictures, count: int, random: np.random.Generator) -> None:
        self._pictures = pictures
        self._people: list[Person] = []
        while len(self._people) < count:
            self._people += server(pictures.words, random)
        self._given = [0] * count

    def feeling(self, person: int, candidate: Candidate) -> float:
        """What somebody thinks of a picture now, 0–5: some tastes drift with ratings given."""
        row = self._pictures.rows[candidate.scene]
        liking = self._people[person].liking(self._given[person])[row]
        return float(np.clip(liking + READABLE * self._pictures.readable[row], 0, 5))

    def rating(self, person: int, candidate: Candidate, random: np.random.Generator) -> int:
        """What they say of it: a whole number, 0–5."""
        said = self.feeling(person, candidate) + random.normal(0, WAVERING)
        anything, serious = int(random.integers(0, 6)), random.random() >= NOISE
        self._given[person] += 1
        return round(min(max(said, 0.0), 5.0)) if serious else anything


def _readability(choices: Sequence[Sequence[Candidate]]) -> Floats:
    """float64[N]: z of the rubric's score of all candidates; 0 where none differs."""
    scores = [np.array([readability(one.scene) for one in group]) for group in choices]
    apart = np.concatenate([group - group.mean() for group in scores])
    return np.asarray(apart / (apart.std() or 1.0))


def _shown_words(candidate: Candidate) -> list[int]:
    """The number of each style word; of the detail the one that shows, whatever was asked for."""
    split = len(candidate.scene.shapes) > len(candidate.spec.nodes)
    style = {name: getattr(candidate.spec.style, name) for name in STYLE_WORDS}
    style["detail"] = Detail.NODES if split else Detail.LAYERS
    return [list(kinds).index(style[name]) for name, kinds in STYLE_WORDS.items()]
