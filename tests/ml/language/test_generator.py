"""The generator: seeds, batches, cancelling and limits, on the tiny model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from llguidance import LLMatcher, LLTokenizer

from ml.errors import ModelError
from ml.language.generator import MAX_PROMPT, LocalGenerator, Prompt, Sample, Temperatures
from ml.language.loading import Loaded
from ml.spec.grammar import change_grammar, rows_grammar, spec_grammar
from ml.spec.text import parse_spec
from tests.tiny import DESCRIPTION, TEXTS

HOT = Temperatures(style=1.0, structure=1.0)


@pytest.fixture(scope="module")
def generator(loaded: Loaded) -> LocalGenerator:
    return LocalGenerator(loaded, grammar=spec_grammar())


@pytest.fixture(scope="module")
def hot(loaded: Loaded) -> LocalGenerator:
    return LocalGenerator(loaded, grammar=spec_grammar(), temperatures=HOT)


def prompt(
    id: str = "a", *, description: str = DESCRIPTION, count: int = 3, seed: int = 5
) -> Prompt:
    return Prompt(id=id, description=description, count=count, seed=seed)


def style(sample: Sample) -> str:
    return sample.text.partition("\n")[0]


def structure(sample: Sample) -> str:
    return sample.text.partition("\n")[2]


def test_the_texts_are_what_the_model_has_learned(generator: LocalGenerator) -> None:
    (samples,) = generator.write([prompt(count=4)])
    assert all(sample.finished for sample in samples)
    assert {structure(sample) for sample in samples} == {structure_of(TEXTS[0])}
    assert [parse_spec(sample.text).nodes[0].label for sample in samples] == ["Read"] * 4


def structure_of(text: str) -> str:
    return text.partition("\n")[2]


def test_changes_name_nodes_of_the_diagram_that_is_there(hot: LocalGenerator) -> None:
    present = "right blue round arrow spacious nodes\n0 input Only\n1 output Other\n"
    (samples,) = hot.write([replace(prompt(count=3), present=present)])
    tokens = LLTokenizer("byte")
    grammar = LLMatcher(tokens, change_grammar(parse_spec(present)))
    for sample in samples:
        written = tokens.tokenize_str(sample.text)
        assert written
        assert grammar.deep_copy().validate_tokens(written) == len(written)


def test_no_prompts_and_prompts_for_nothing_get_nothing(generator: LocalGenerator) -> None:
    assert generator.write([]) == []
    assert generator.write([prompt(count=0), prompt("b", count=0)]) == [[], []]
    nothing, something = generator.write([prompt(count=0), prompt("b", count=1)])
    assert (nothing, len(something)) == ([], 1)


def test_the_same_seed_writes_the_same_texts_and_another_one_others(hot: LocalGenerator) -> None:
    (first,), (again,), (other,) = (hot.write([prompt(count=6, seed=seed)]) for seed in (5, 5, 6))
    assert first == again
    assert first != other
    assert len({style(sample) for sample in first}) > 1


def test_each_candidate_has_a_draw_of_its_own(hot: LocalGenerator) -> None:
    """More candidates do not change the ones before them."""
    (few,), (many,) = (hot.write([prompt(count=count)]) for count in (2, 5))
    assert many[:2] == few


def test_what_a_request_gets_does_not_depend_on_who_else_waits(hot: LocalGenerator) -> None:
    wanted = prompt("me", count=3)
    (alone,) = hot.write([wanted])
    others = [
        prompt("b", description="x", count=2, seed=1),
        prompt("c", description="a much longer description than the others " * 4, count=1),
    ]
    for batch in ([wanted, *others], [others[0], wanted, others[1]], [*others, wanted]):
        together = hot.write(batch)
        assert together[batch.index(wanted)] == alone
        assert [len(samples) for samples in together] == [one.count for one in batch]


def test_the_first_candidate_has_a_greedy_structure_and_a_free_style(loaded: Loaded) -> None:
    """Whatever the seed and the heat, its structure is what no heat at all gives."""
    boiling = LocalGenerator(
        loaded, grammar=spec_grammar(), temperatures=Temperatures(style=1.0, structure=5.0)
    )
    cold = LocalGenerator(
        loaded, grammar=spec_grammar(), temperatures=Temperatures(style=1.0, structure=0.0)
    )
    firsts, seconds, styles = set(), set(), set()
    for seed in range(4):
        (samples,) = boiling.write([prompt(count=2, seed=seed)])
        (cool,) = cold.write([prompt(count=2, seed=seed)])
        assert samples[0] == cool[0]
        firsts.add(structure(samples[0]))
        seconds.add(structure(samples[1]))
        styles.add(style(samples[0]))
    assert len(firsts) == 1
    assert len(seconds) == 4
    assert len(styles) > 1


def test_every_other_candidate_has_the_first_one_s_structure_in_a_style_of_its_own(
    loaded: Loaded,
) -> None:
    boiling = LocalGenerator(
        loaded, grammar=spec_grammar(), temperatures=Temperatures(style=1.0, structure=5.0)
    )
    (samples,) = boiling.write([prompt(count=5)])
    first, *others = (structure(sample) for sample in samples)
    assert [other == first for other in others] == [False, True, False, True]
    assert len({style(sample) for sample in samples}) > 1
    assert all(sample.finished for sample in samples)


def test_who_is_finished_is_counted(generator: LocalGenerator) -> None:
    heard: list[tuple[str, int]] = []
    generator.write(
        [prompt("a", count=3), prompt("b", count=2)],
        finished=lambda name, count: heard.append((name, count)),
    )
    assert [count for name, count in heard if name == "a"] == [1, 2, 3]
    assert [count for id, count in heard if id == "b"] == [1, 2]


def test_a_cancelled_prompt_stops_and_the_others_go_on(generator: LocalGenerator) -> None:
    (alone,) = generator.write([prompt("b", count=2)])
    asked = 0

    def cancelled(id: str) -> bool:
        nonlocal asked
        asked += id == "a"
        return id == "a" and asked > 30

    gone, kept = generator.write([prompt("a", count=3), prompt("b", count=2)], cancelled=cancelled)
    assert [sample.finished for sample in gone] == [False] * 3
    assert all(alone[0].text.count("\n") > sample.text.count("\n") for sample in gone)
    assert kept == alone


def test_when_everybody_cancels_nothing_more_is_written(generator: LocalGenerator) -> None:
    (samples,) = generator.write([prompt(count=2)], cancelled=lambda _: True)
    assert samples == [Sample(text="", finished=False)] * 2


def test_a_description_that_is_too_long_is_an_error(generator: LocalGenerator) -> None:
    with pytest.raises(ModelError, match=f"at most {MAX_PROMPT}"):
        generator.write([prompt(), prompt("b", description="x" * MAX_PROMPT)])


@pytest.mark.parametrize(
    "description", ["", "\x00\x07", "🙂 데이터", "</s><s>", "{% raw %}{{ 7 * 7 }}", "x" * 500]
)
def test_any_description_gets_a_diagram(generator: LocalGenerator, description: str) -> None:
    ((sample,),) = generator.write([prompt(description=description, count=1)])
    assert sample.text.startswith(("right ", "down "))


def test_another_dialect_is_another_grammar(loaded: Loaded) -> None:
    generator = LocalGenerator(loaded, grammar=rows_grammar())
    ((sample,),) = generator.write([prompt(count=1)], cancelled=stop_after(150))
    assert sample.text.startswith("[0, ")


def stop_after(steps: int) -> Callable[[str], bool]:
    left = steps

    def cancelled(_: str) -> bool:
        nonlocal left
        left -= 1
        return left < 0

    return cancelled


def test_a_grammar_that_does_not_compile_is_an_error(loaded: Loaded) -> None:
    with pytest.raises(ModelError, match="does not compile"):
        LocalGenerator(loaded, grammar="start: nowhere")


def test_it_writes_in_bfloat16_too(loaded: Loaded) -> None:
    import copy

    half = replace(loaded, model=copy.deepcopy(loaded.model).bfloat16())
    ((sample,),) = LocalGenerator(half, grammar=spec_grammar()).write([prompt(count=1)])
    assert structure(sample) == structure_of(TEXTS[0])
