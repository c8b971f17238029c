"""How well a representation keeps together what people have tastes about.

k-NN on the latents must recover each style word of a picture from other diagrams that share
it. Beside it stand PCA of the same size, raw pixels and always guessing the commonest word.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 9


def knn_recovered(
    known: NDArray[np.float32],
    known_styles: NDArray[np.int64],
    queries: NDArray[np.float32],
    query_styles: NDArray[np.int64],
) -> NDArray[np.bool_]:
    """bool[M, F]: whether a vote of the nearest NEIGHBOURS recovers each style field.

    `known` float32[N, D] with styles int64[N, F]; `queries` float32[M, D] with int64[M, F].
    """
    distances = (queries**2).sum(1)[:, None] + (known**2).sum(1)[None] - 2 * queries @ known.T
    nearest = np.argpartition(distances, min(NEIGHBOURS, len(known) - 1), axis=1)[:, :NEIGHBOURS]
    recovered = np.zeros(query_styles.shape, bool)
    for field in range(known_styles.shape[1]):
        words = known_styles[:, field].max() + 1
        votes = np.zeros((len(queries), words))
        np.add.at(votes, (np.arange(len(queries))[:, None], known_styles[nearest, field]), 1.0)
        recovered[:, field] = votes.argmax(1) == query_styles[:, field]
    return recovered


def commonest(known_styles: NDArray[np.int64], query_styles: NDArray[np.int64]) -> list[float]:
    """Accuracy of always guessing each field's commonest word: the constant predictor."""
    guesses = [np.bincount(column).argmax() for column in known_styles.T]
    return [float((c == g).mean()) for c, g in zip(query_styles.T, guesses, strict=True)]


def pca(
    known: NDArray[np.float32], others: Sequence[NDArray[np.float32]], size: int
) -> list[NDArray[np.float32]]:
    """The first `size` principal components of float32[N, P], of it and of each of `others`."""
    mean = known.mean(0)
    centred = known - mean
    # Eigenvectors of the N × N Gram matrix: P is far larger than N.
    values, vectors = np.linalg.eigh(centred @ centred.T)
    top = np.argsort(values)[::-1][:size]
    axes = centred.T @ (vectors[:, top] / np.sqrt(np.maximum(values[top], 1e-9)))
    return [np.asarray((part - mean) @ axes, np.float32) for part in (known, *others)]
