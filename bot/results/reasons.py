"""Why a diagram stands where it does, in words. Pure."""

from __future__ import annotations

from collections import Counter

from bot.results.sorts import LAYERS
from bot.texts import gettext as _
from bot.texts import ngettext
from ml.candidate import Violations
from ml.scoring.ranking import Ranked
from ml.scoring.taste import Basis, Taste
from ml.spec.model import Spec

_USUAL = 2
"""So many steps of the same name are no slip: somebody tests twice."""


def reasons(ranked: Ranked) -> str:
    """What speaks for a diagram and against it; nothing when there is nothing to say."""
    said = [*_flaws(ranked.candidate.violations)]
    if (alike := _alike(ranked.candidate.spec)) > _USUAL:
        said.append(_("{n} parts with the same name").format(n=alike))
    if ranked.dissents:
        said.append(_("most drafts say something else"))
    if ranked.taste.basis is Basis.OWN and ranked.taste.neighbours:
        said.append(_liked(ranked.taste))
    return " · ".join(said)


def _flaws(violations: Violations) -> list[str]:
    counted = (
        (violations.overlaps, ngettext("{n} overlap", "{n} overlaps", violations.overlaps)),
        (
            violations.outside,
            ngettext("{n} part cut off", "{n} parts cut off", violations.outside),
        ),
        (
            violations.edges_through_nodes,
            ngettext(
                "{n} arrow through a shape",
                "{n} arrows through shapes",
                violations.edges_through_nodes,
            ),
        ),
    )
    return [words.format(n=count) for count, words in counted if count]


def _alike(spec: Spec) -> int:
    """How many nodes share one label, but for layers of networks."""
    labels = Counter(node.label for node in spec.nodes if node.kind not in LAYERS)
    return max(labels.values(), default=0)


def _liked(taste: Taste) -> str:
    """The rating that most of the nearest favourites got."""
    ratings = [round(neighbour.rating) for neighbour in taste.neighbours]
    usual = max(set(ratings), key=lambda rating: (ratings.count(rating), rating))
    count = ratings.count(usual)
    return ngettext("like one you gave {rating}", "like {n} you gave {rating}", count).format(
        n=count, rating=usual
    )
