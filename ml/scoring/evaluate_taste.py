"""Predicted ratings against simulated people: what `diagram-bot eval taste` measures.

Every picture is another diagram of the corpus, in a random style, drawn and encoded as a request
draws and encodes it. Simulated people rate some of them, and each way to predict says what they
would think of pictures that nobody rated:

- **mean**: the person's own mean rating;
- **k-NN** on the principal components of the pixels, and on latents;
- **ridge** on latents, and on the true attributes, which no encoder has to find;
- **taste**: the project's own, which also knows what the others on the server rated, on latents
  and on the true attributes. The distance between these two is what the encoder holds back, and
  `recovery` says which attributes that is.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from ml.drawing.layout import place
from ml.drawing.render import draw
from ml.errors import LayoutError
from ml.language.corpus.examples import training_examples
from ml.language.corpus.styles import random_style
from ml.pipeline import SCORING_SCALE
from ml.scoring.autoencoder import Autoencoder
from ml.scoring.images import Image, prepare
from ml.scoring.looks import with_looks
from ml.scoring.metrics import pairwise
from ml.scoring.recovery import commonest, knn_recovered, pca
from ml.scoring.simulated_people import Floats, Kind, one_hot, server
from ml.scoring.taste import NEUTRAL, TasteConfig, TasteIndex, faded
from ml.spec.model import Detail, Spec
from ml.spec.scene import Scene
from ml.spec.text import STYLE_WORDS

SIZES = (0, 4, 8, 16, 32, 64, 200)
"""Numbers of own ratings after which a prediction is measured."""
OTHERS = 30
"""Ratings that each of the others on the server has given."""
TESTED = 200
SHOWN, CANDIDATES, DRAWS = 3, 20, 20
COMPONENTS = 64
NEIGHBOURS = 8
LATENT_PENALTY, ATTRIBUTE_PENALTY = 60.0, 3.0
"""Ridge penalties, chosen on other seeds; so were the defaults of TasteConfig."""
ATTRIBUTE_SCALE = 3.0
"""What makes an attribute of the one-hot table as wide as a few axes of a latent."""

OURS = "taste, latents"
BEST = "ridge, true attributes"
MEAN = "mean"


@dataclass(frozen=True, kw_only=True)
class Pictures:
    """N pictures: `words` int64[N, 6] of their style as far as it shows, `latents` float32[N, D],
    `components` float32[N, 64] of their pixels."""

    words: NDArray[np.int64]
    latents: NDArray[np.float32]
    components: NDArray[np.float32]


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """One way for people of one kind after `ratings` of their own: means over these people.

    `pairwise` is the share of pairs of unseen pictures in the right order, 0.5 for who likes
    all the same. `regret` is what the best three predicted of twenty are worse, in points, than
    the best three. `error` is the root mean square error in points.
    """

    way: str
    kind: Kind
    ratings: int
    people: int
    pairwise: float
    regret: float
    error: float


def draw_pictures(
    encoder: Autoencoder, count: int, seed: int, *, done: Callable[[], object] = lambda: None
) -> Pictures:
    """`count` pictures, every one of another diagram. 1,200 take 40 s on one core."""
    rng = random.Random(seed)
    prepared: list[Image] = []
    scenes: list[Scene] = []
    words: list[list[int]] = []
    for example in training_examples(seed):
        if len(prepared) == count:
            break
        spec = replace(example.spec, style=random_style(rng))
        try:
            scene = place(spec)
        except LayoutError:
            continue
        prepared.append(prepare(draw(scene, scale=SCORING_SCALE)))
        scenes.append(scene)
        words.append(_shown_words(spec, scene))
        done()
    pictures = np.stack(prepared)
    coarse: NDArray[np.float32] = pictures[:, ::2, ::2].reshape(count, -1).astype(np.float32)
    return Pictures(
        words=np.array(words, np.int64),
        latents=with_looks(encoder.encode_pictures(pictures), scenes),
        components=pca(coarse, (), COMPONENTS)[0],
    )


def recovery(pictures: Pictures) -> dict[str, dict[str, float]]:
    """How often k-NN on half of the pictures tells each attribute of the others, 0–1.

    From latents, from the pixels' principal components, and by guessing the commonest word.
    """
    half = len(pictures.words) // 2
    known, asked = np.split(pictures.words, [half])

    def told(features: NDArray[np.float32]) -> list[float]:
        hits = knn_recovered(features[:half], known, features[half:], asked)
        return [float(share) for share in hits.mean(0)]

    found = {
        "k-NN, latents": told(pictures.latents),
        "k-NN, pixels' PCA": told(pictures.components),
        "commonest": commonest(known, asked),
    }
    return {way: dict(zip(STYLE_WORDS, shares, strict=True)) for way, shares in found.items()}


def play(
    pictures: Pictures,
    *,
    servers: int,
    seed: int,
    sizes: Sequence[int] = SIZES,
    config: TasteConfig | None = None,
    done: Callable[[], object] = lambda: None,
) -> list[Outcome]:
    """Lets the people of `servers` rate pictures, and compares the ways to predict.

    While one person's ratings grow, each of the others on their server has given OTHERS. TESTED
    pictures, or a third if that is less, are rated by nobody.
    """
    found: dict[tuple[str, Kind, int], list[tuple[float, float, float]]] = defaultdict(list)
    attributes = one_hot(pictures.words)
    attributes -= attributes.mean(0)
    for number in range(servers):
        random = np.random.default_rng([seed, number])
        people = server(pictures.words, random)
        order = random.permutation(len(pictures.words))
        tested, rest = np.split(order, [min(TESTED, len(order) // 3)])
        rated = [random.permutation(rest)[: max(sizes)] for _ in people]
        given = [one.ratings(rows, random) for one, rows in zip(people, rated, strict=True)]
        users, turns = np.divmod(np.arange(sum(map(len, rated))), len(rated[0]))
        shown, said = np.concatenate(rated), np.concatenate(given)
        draws = [random.permutation(len(tested))[:CANDIDATES] for _ in range(DRAWS)]
        for person, one in enumerate(people):
            for size in sizes:
                known = turns < np.where(users == person, size, OTHERS)
                ways = _predict(
                    pictures, attributes, person, users[known], shown[known], said[known], tested,
                    config,
                )  # fmt: skip
                liking = one.liking(size)[tested]
                for way, predicted in ways.items():
                    found[way, one.kind, size].append(_measured(predicted, liking, draws))
            done()
    return [
        Outcome(
            way=way,
            kind=kind,
            ratings=size,
            people=len(rows),
            pairwise=float(np.mean([row[0] for row in rows])),
            regret=float(np.mean([row[1] for row in rows])),
            error=float(np.mean([row[2] for row in rows])),
        )
        for (way, kind, size), rows in found.items()
    ]


def _predict(
    pictures: Pictures,
    attributes: Floats,
    person: int,
    users: NDArray[np.int64],
    rated: NDArray[np.int64],
    given: Floats,
    tested: NDArray[np.int64],
    config: TasteConfig | None,
) -> dict[str, Floats]:
    """What each way says of the tested pictures, from R ratings `given` by `users` to `rated`."""

    def taste(features: NDArray[np.floating]) -> Floats:
        vectors = np.asarray(features, np.float32)
        index = TasteIndex.build(
            users,
            vectors[rated],
            np.asarray(given, np.float32),
            "simulated",
            weights=faded(users),
            config=config,
        )
        return np.array([taste.value for taste in index.predict(person, vectors[tested])])

    own = users == person
    rows, ratings = rated[own], given[own]

    def by(way: Callable[..., Floats], features: NDArray[np.floating], setting: float) -> Floats:
        if not len(rows):
            return np.full(len(tested), NEUTRAL)
        return way(features[rows].astype(float), ratings, features[tested].astype(float), setting)

    return {
        MEAN: np.full(len(tested), ratings.mean() if len(rows) else NEUTRAL),
        "k-NN, pixels' PCA": by(_nearest, pictures.components, NEIGHBOURS),
        "k-NN, latents": by(_nearest, pictures.latents, NEIGHBOURS),
        "ridge, latents": by(_ridge, pictures.latents, LATENT_PENALTY),
        BEST: by(_ridge, attributes, ATTRIBUTE_PENALTY),
        OURS: taste(pictures.latents),
        "taste, true attributes": taste(attributes * ATTRIBUTE_SCALE),
    }


def _measured(
    predicted: Floats, liking: Floats, draws: Sequence[NDArray[np.int64]]
) -> tuple[float, float, float]:
    regrets = []
    for draw_ in draws:
        shown = draw_[np.argsort(-predicted[draw_], kind="stable")[:SHOWN]]
        regrets.append(np.sort(liking[draw_])[-SHOWN:].mean() - liking[shown].mean())
    error = np.sqrt(np.mean((predicted - liking) ** 2))
    return pairwise(predicted, liking), float(np.mean(regrets)), float(error)


def _nearest(known: Floats, ratings: Floats, queries: Floats, count: float) -> Floats:
    """Plain k-NN, weighted by the inverse of the distance."""
    squares = (queries**2).sum(1)[:, None] + (known**2).sum(1)[None] - 2 * queries @ known.T
    distances = np.sqrt(np.maximum(squares, 0.0))
    near = np.argsort(distances, axis=1, kind="stable")[:, : int(count)]
    weights = 1 / (np.take_along_axis(distances, near, 1) + 1e-3)
    return np.asarray((weights * ratings[near]).sum(1) / weights.sum(1))


def _ridge(known: Floats, ratings: Floats, queries: Floats, penalty: float) -> Floats:
    mean = ratings.mean()
    gram = known.T @ known + penalty * np.eye(known.shape[1])
    return np.asarray(mean + queries @ np.linalg.solve(gram, known.T @ (ratings - mean)))


def _shown_words(spec: Spec, scene: Scene) -> list[int]:
    """The number of each style word; of the detail the one that shows, whatever was asked for."""
    split = len(scene.shapes) > len(spec.nodes)
    style = replace(spec.style, detail=Detail.NODES if split else Detail.LAYERS)
    return [list(kinds).index(getattr(style, name)) for name, kinds in STYLE_WORDS.items()]
