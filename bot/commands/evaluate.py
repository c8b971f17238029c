"""`diagram-bot eval`: how good the serving models are, beside a baseline.

diagram-bot eval readability --ratings ratings.jsonl --plot readability.png
diagram-bot eval readability
diagram-bot eval structure --examples 200
diagram-bot eval structure --prompts prompts.jsonl
diagram-bot eval structure --handwritten
diagram-bot eval refine --examples 200
diagram-bot eval refine --handwritten --misses
diagram-bot eval taste --plot curves.png
diagram-bot eval loop --plot loop.png
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import defaultdict
from collections.abc import Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from bot.commands import evaluate_loop, evaluate_taste
from bot.commands.files import positive
from bot.errors import UserFacingError
from bot.settings import read_settings
from ml.errors import ModelError, SpecError
from ml.registry import Registry
from ml.spec.scene import Scene


def add(commands: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Declares the command and its arguments."""
    parser = commands.add_parser("eval", help="measure the serving models")
    kinds = parser.add_subparsers(required=True, metavar="WHAT")

    readability = kinds.add_parser(
        "readability", help="against ratings in a file, or on pairs of our own pictures"
    )
    readability.add_argument("--ratings", type=Path, metavar="FILE")
    readability.add_argument(
        "--pairs", type=positive, default=500, metavar="N", help="without ratings: how many pairs"
    )
    readability.add_argument("--seed", type=int, default=660_001)
    readability.add_argument(
        "--plot", type=Path, metavar="FILE", help="scores beside ratings as PNG"
    )
    readability.add_argument("--json", action="store_true")
    readability.set_defaults(command=run, measure=_readability)

    structure = kinds.add_parser("structure", help="of the language model, on unseen examples")
    structure.add_argument("--examples", type=positive, default=200, metavar="N")
    structure.add_argument("--seed", type=int, default=770_001)
    source = structure.add_mutually_exclusive_group()
    source.add_argument(
        "--prompts",
        type=Path,
        metavar="FILE",
        help="N descriptions of a file, evenly spread (the forms: ml/language/reference.py)",
    )
    source.add_argument(
        "--handwritten",
        action="store_true",
        help="all sentences of ml/language/handwritten.jsonl, by group and size",
    )
    structure.add_argument("--json", action="store_true")
    structure.set_defaults(command=run, measure=_structure)

    refine = kinds.add_parser("refine", help="of the language model, on unseen edits of diagrams")
    refine.add_argument("--examples", type=positive, default=200, metavar="N")
    refine.add_argument("--seed", type=int, default=880_001)
    refine.add_argument(
        "--handwritten",
        action="store_true",
        help="all wishes of ml/language/handwritten_edits.jsonl, by group",
    )
    shown = refine.add_mutually_exclusive_group()
    shown.add_argument("--json", action="store_true")
    shown.add_argument(
        "--misses",
        action="store_true",
        help="list every wish that was not fulfilled, with what the model answered",
    )
    refine.set_defaults(command=run, measure=_refine)

    taste = evaluate_taste.add(kinds)
    taste.set_defaults(command=run, measure=evaluate_taste.measure)
    loop = evaluate_loop.add(kinds)
    loop.set_defaults(command=run, measure=evaluate_loop.measure)


def run(arguments: argparse.Namespace) -> int:
    """Measures; the exit status."""
    try:
        sys.stdout.write(arguments.measure(arguments) + "\n")
    except (ModelError, SpecError, OSError) as error:
        raise UserFacingError(str(error)) from error
    return 0


def _readability(arguments: argparse.Namespace) -> str:
    """Ratings of a file; without one, whether a diagram of ours beats the same with a fault."""
    from ml.drawing.render import draw, encode_png
    from ml.pipeline import SCORING_SCALE
    from ml.scoring.agreement_plot import picture
    from ml.scoring.evaluate import as_json, by_people, compare, pictures_of, read_ratings, table
    from ml.scoring.evaluate_pairs import in_order, own_pairs, pairs_table, shares
    from ml.scoring.images import prepare
    from ml.scoring.readability import serving_ensemble

    if arguments.plot and not arguments.ratings:
        raise UserFacingError("--plot shows scores beside ratings: give --ratings too.")
    ensemble, _ = serving_ensemble(Registry(root=read_settings().models.versions))
    if arguments.ratings:
        ratings = read_ratings(arguments.ratings)
        scores = ensemble.score_pictures(pictures_of(ratings))
        if arguments.plot:
            given = np.array([one.rating for one in ratings])
            image = picture(scores, given, by_people(ratings))
            arguments.plot.write_bytes(encode_png(image))
        parts = compare(ratings, scores)
        return as_json(parts) if arguments.json else table(parts)
    pairs = own_pairs(arguments.pairs, arguments.seed)

    def score(scenes: Sequence[Scene]) -> NDArray[np.float32]:
        drawn = (prepare(draw(scene, scale=SCORING_SCALE)) for scene in scenes)
        return ensemble.score_pictures(np.stack(list(drawn)))

    right = in_order(pairs, score)
    found = shares(pairs, right)
    return json.dumps(found, indent=2) if arguments.json else pairs_table(found)


def _structure(arguments: argparse.Namespace) -> str:
    """Examples of trained families that training never drew, and of held-out families; or the
    descriptions of a file; or those written by hand."""
    from ml.language.corpus.examples import Example, held_out_examples, training_examples
    from ml.language.evaluate import StructureScore, by_size, evaluate_structure, summary
    from ml.language.handwritten import handwritten
    from ml.language.reference import read_prompts, spread
    from ml.pipeline import load_generator

    prompts = read_prompts(arguments.prompts) if arguments.prompts else None
    generator = load_generator(read_settings().models)
    scores: dict[str, list[StructureScore]] = {}
    if arguments.handwritten:
        written = [
            Example(family=one.group, description=one.prompt, spec=one.spec)
            for one in handwritten()
        ]
        with tqdm(total=len(written), disable=None) as bar:
            scores["all"] = evaluate_structure(generator, written, done=bar.update)
    elif prompts:
        chosen = spread(prompts.examples, arguments.examples)
        with tqdm(total=len(chosen), disable=None) as bar:
            scores["all"] = evaluate_structure(
                generator, chosen, done=bar.update, view=prompts.view
            )
    else:
        for name, examples in (("known", training_examples), ("held out", held_out_examples)):
            drawn = list(islice(examples(arguments.seed), arguments.examples))
            with tqdm(total=len(drawn), desc=name, disable=None) as bar:
                scores[name] = evaluate_structure(generator, drawn, done=bar.update)
    every = [score for group in scores.values() for score in group]
    sizes = {name: group for name, group in by_size(every).items() if group}
    families: dict[str, list[StructureScore]] = defaultdict(list)
    for score in every:
        families[score.family].append(score)
    if arguments.json:
        groups = {**scores, **sizes, **families}
        return json.dumps({name: summary(group) for name, group in groups.items()}, indent=2)
    rows = [_row("", None)]
    rows += [_row(name, summary(group)) for name, group in (scores | sizes).items()]
    worst = sorted(families.items(), key=lambda item: summary(item[1])["exact"])
    worst = worst if arguments.handwritten else worst[:10]
    rows += ["", "weakest families"] + [_row(name, summary(group)) for name, group in worst]
    return "\n".join(rows)


def _refine(arguments: argparse.Namespace) -> str:
    """Edits that training never drew, or those written by hand."""
    from ml.language.corpus.edits import edits
    from ml.language.corpus.examples import training_examples
    from ml.language.evaluate import EditScore, edit_summary, evaluate_edits
    from ml.language.handwritten_edits import handwritten_edits
    from ml.pipeline import load_generator

    generator = load_generator(read_settings().models)
    if arguments.handwritten:
        chosen = list(handwritten_edits())
    else:
        diagrams = (example.spec for example in training_examples(arguments.seed))
        chosen = list(islice(edits(arguments.seed, diagrams), arguments.examples))
    with tqdm(total=len(chosen), disable=None) as bar:
        scores = evaluate_edits(generator, chosen, done=bar.update)
    groups: dict[str, list[EditScore]] = {"all": scores}
    for score in scores:
        family = score.family if " + " not in score.family else "several at once"
        groups.setdefault(family, []).append(score)
    if arguments.json:
        return json.dumps({name: edit_summary(group) for name, group in groups.items()}, indent=2)
    rows = [f"{'':24} {'edits':>8} {'valid':>8} {'exact':>8} {'kept':>8}"]
    for name, group in groups.items():
        shares = " ".join(f"{value:8.3f}" for value in edit_summary(group).values())
        rows.append(f"{name:24} {len(group):8} {shares}")
    if arguments.misses:
        for edit, score in zip(chosen, scores, strict=True):
            if not score.exact:
                rows += ["", edit.present + edit.description, "wanted:", edit.text + "answered:"]
                rows.append(score.answer.rstrip("\n"))
    return "\n".join(rows)


def _row(name: str, measured: dict[str, float] | None) -> str:
    if measured is None:
        return f"{name:24} {'valid':>8} {'finished':>8} {'exact':>8} {'node F1':>8} {'edge F1':>8}"
    return f"{name:24} " + " ".join(f"{value:8.3f}" for value in measured.values())
