"""Does preference tuning teach a style, and only that? A simulated team rates, a model learns.

    python -m bench.preferences                       # everybody loves oval outlines: ORPO
    python -m bench.preferences --team mixed          # a third loves each kind of outline
    python -m bench.preferences --losses orpo dpo kto    # the same pairs and steps, compared

Every description is answered in three looks: the right structure, and whatever style words nobody
wished for drawn evenly, as the model draws them. People give 5 to the outline they love and 2 to
any other. The pairs come the way of real ratings, through `ml.language.preferences`. Then the
first candidates of unseen descriptions are compared, before and after: the share of each outline
where nobody wished for one (a third is even), of wishes for a style that are fulfilled, of exact
structures, and of held-out pairs whose better text is the more probable one.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from itertools import islice
from pathlib import Path
from time import perf_counter

from bench.objectives import Objective, trainer_for
from bot.settings import read_settings
from ml.language.corpus.examples import Example, training_examples
from ml.language.corpus.styles import random_style
from ml.language.evaluate import evaluate_structure, summary
from ml.language.generator import LocalGenerator
from ml.language.loading import Loaded, load_for_generation
from ml.language.orpo import OrpoSettings, margins, train_orpo
from ml.language.preferences import Pair, balanced, cleaned, pairs_of, split
from ml.language.wishes import drawn_styles, gate_wishes, wishes_fulfilled
from ml.registry import ModelKind, Registry
from ml.spec.grammar import spec_grammar
from ml.spec.model import Outline
from ml.spec.text import write_spec

PEOPLE = 6
LOOKS = 3
STYLES = 400
HELD_OUT = 40
ASKED_SEED = 660_001
UNSEEN_SEED = 660_002


@dataclass(frozen=True, kw_only=True)
class Rating:
    """As `ml.language.preferences.Rated`."""

    user_id: int
    description: str
    text: str
    value: int


def loved_by(team: str) -> list[Outline]:
    """What each person of the team loves."""
    if team == "one":
        return [Outline.OVAL] * PEOPLE
    return [list(Outline)[number % len(Outline)] for number in range(PEOPLE)]


def ratings(examples: Iterable[Example], loved: Sequence[Outline]) -> Iterator[Rating]:
    """What the people say; each description was one person's."""
    rng = random.Random(ASKED_SEED)
    for number, example in enumerate(examples):
        person = number % len(loved)
        wished = {name: getattr(example.spec.style, name) for name in example.wished}
        for _ in range(LOOKS):
            look = replace(example.spec, style=replace(random_style(rng), **wished))
            yield Rating(
                user_id=person,
                description=example.description,
                text=write_spec(look),
                value=5 if look.style.outline is loved[person] else 2,
            )


def measured(
    loaded: Loaded, unseen: Sequence[Example], held_out: Sequence[Pair]
) -> dict[str, float]:
    """The shares, 0–1, that the module's docstring speaks of, and of held-out pairs won."""
    asked = [one for one in islice(training_examples(UNSEEN_SEED), STYLES) if not one.wished]
    drawn = Counter(style["outline"] for _, style in drawn_styles(loaded, asked))
    structure = evaluate_structure(LocalGenerator(loaded, grammar=spec_grammar()), unseen)
    return {
        **{outline.value: drawn[outline] / len(asked) for outline in Outline},
        "wishes": float(wishes_fulfilled(loaded, gate_wishes()).mean()),
        "exact": summary(structure)["exact"],
        "won": float((margins(loaded, held_out) > 0).mean()),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--team", choices=("one", "mixed"), default="one")
    parser.add_argument("--losses", nargs="+", type=Objective, default=[Objective.ORPO])
    parser.add_argument("--pairs", type=int, default=200)
    parser.add_argument("--seed", type=int, default=OrpoSettings.seed)
    parser.add_argument("--learning-rate", type=float, default=OrpoSettings.learning_rate)
    parser.add_argument("--replay", type=float, default=OrpoSettings.replay)
    parser.add_argument("--unseen", type=int, default=160, help="structures to compare")
    parser.add_argument("--adapter", type=Path, help="default: the serving one")
    parser.add_argument(
        "--out", type=Path, default=Path("data/preferences"), help="a run goes on there"
    )
    arguments = parser.parse_args()
    config = read_settings().models
    registry = Registry(root=config.versions)
    first = arguments.adapter or registry.serving(ModelKind.LANGUAGE).folder
    settings = OrpoSettings(
        seed=arguments.seed, learning_rate=arguments.learning_rate, replay=arguments.replay
    )
    # With three looks most descriptions have a pair or two; one in five is held out.
    asked = islice(training_examples(ASKED_SEED), 2 * arguments.pairs)
    told = pairs_of(ratings(asked, loved_by(arguments.team)))
    training, held_out = split(balanced(cleaned(told), seed=arguments.seed))
    training, held_out = training[: arguments.pairs], held_out[:HELD_OUT]
    unseen = list(islice(training_examples(UNSEEN_SEED), arguments.unseen))
    start = perf_counter()

    def say(stage: str, done: float) -> None:
        sys.stderr.write(f"{perf_counter() - start:6.0f} s  {done:4.0%}  {stage}\n")

    def measure(name: str, adapter: Path) -> None:
        say(f"measuring {name}", 1.0)
        loaded = load_for_generation(
            config.model, adapter, cache=config.cache, device=config.device
        )
        found = measured(loaded, unseen, held_out)
        about = {"model": name, "team": arguments.team, "pairs": len(training), **asdict(settings)}
        sys.stdout.write(json.dumps({**about, "unseen": len(unseen), **found}) + "\n")
        sys.stdout.flush()

    measure("start", first)
    for loss in arguments.losses:
        adapter = train_orpo(
            settings,
            training,
            model=config.model,
            cache=config.cache,
            out=arguments.out / f"{arguments.team}-{loss}",
            device=config.device,
            start_from=first,
            report=say,
            trainer=trainer_for(loss, batch=settings.batch),
        )
        measure(loss, adapter)


if __name__ == "__main__":
    main()
