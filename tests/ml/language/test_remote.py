"""A language model behind a server: the same texts, and every failure in words."""

from __future__ import annotations

import os
import socket
import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from aiohttp import web

from ml import pipeline
from ml.candidate import DrawJob
from ml.config import Dialect, ModelConfig, ServerConfig
from ml.errors import ModelError
from ml.language import completions
from ml.language.generator import STYLE_FLOOR, Prompt, Sample
from ml.language.prompts import CHANGE_INSTRUCTION, INSTRUCTION
from ml.language.remote import RemoteGenerator
from ml.spec.changes import apply_changes
from ml.spec.grammar import change_grammar, rows_grammar, spec_grammar, style_grammar
from ml.spec.text import parse_spec
from tests.ml.language.chat_server import (
    STYLE,
    TEXT,
    Body,
    ChatServer,
    Reply,
    answer,
    chat_server,
    fails,
    hangs_up,
    is_style,
    says,
)

SECRET = "sk-very-secret"
RESTYLED = f"{STYLE}\n{TEXT.partition(chr(10))[2]}"


def generator(
    server: ChatServer, dialect: Dialect = Dialect.SPEC, *, seconds: float = 20.0
) -> RemoteGenerator:
    return RemoteGenerator(
        ServerConfig(url=server.url, key=SECRET, answer_seconds=seconds),
        model="diagram",
        dialect=dialect,
        pause=0.01,
    )


def prompt(
    id: str = "a", *, count: int = 1, text: str = "read, clean, train", **more: str
) -> Prompt:
    return Prompt(id=id, description=text, count=count, seed=7, **more)


def texts(samples: Sequence[Sample]) -> list[str]:
    return [sample.text for sample in samples]


# What is asked


def test_candidates_have_styles_of_their_own_and_every_other_one_a_structure() -> None:
    with chat_server() as server:
        (samples,) = generator(server).write([prompt(count=5)])
    assert texts(samples) == [RESTYLED] * 5
    assert [sample.copied for sample in samples] == [False, False, True, False, True]
    assert all(sample.finished for sample in samples)
    styles = [body for body in server.bodies if is_style(body)]
    structures = [body for body in server.bodies if not is_style(body)]
    assert sorted(body["temperature"] for body in structures) == [0.0, 0.3, 0.3]
    assert [body["temperature"] for body in styles] == [1.0] * 5
    assert len({body["seed"] for body in styles}) == 5
    assert {body["model"] for body in server.bodies} == {"diagram"}
    assert structures[0]["messages"] == [
        {"role": "system", "content": INSTRUCTION},
        {"role": "user", "content": "read, clean, train"},
    ]


def test_the_grammar_goes_with_the_request() -> None:
    with chat_server() as server:
        generator(server).write([prompt()])
    style, structure = sorted(server.bodies, key=is_style, reverse=True)
    assert style["structured_outputs"] == {"grammar": style_grammar()}
    assert style["min_p"] == STYLE_FLOOR
    assert structure["structured_outputs"] == {"grammar": spec_grammar()}


def test_rows_are_asked_for_whole() -> None:
    rows = "[0, 10, 20, 'circle', 30, 30, 'solid arrow', (1, 2, 3), (4, 5, 6), []]\n"
    with chat_server(reply=lambda _: says(rows)) as server:
        (samples,) = generator(server, Dialect.ROWS).write([prompt(count=3)])
    assert texts(samples) == [rows] * 3
    assert {body["structured_outputs"]["grammar"] for body in server.bodies} == {rows_grammar()}
    assert len(server.bodies) == 3


def test_a_wish_about_a_diagram_is_answered_by_changes() -> None:
    with chat_server(reply=lambda _: says("paint Train|red\n")) as server:
        (samples,) = generator(server).write([prompt(count=2, present=TEXT)])
    assert texts(samples) == ["paint Train|red\n"] * 2
    body = server.bodies[0]
    assert body["structured_outputs"] == {"grammar": change_grammar(parse_spec(TEXT))}
    assert body["messages"][0]["content"] == CHANGE_INSTRUCTION
    assert body["messages"][1]["content"] == f"{TEXT}read, clean, train"


def test_the_same_seed_asks_for_the_same_and_another_for_others() -> None:
    def seeds(seed: int) -> list[int]:
        with chat_server() as server:
            one = Prompt(id="a", description="x", count=3, seed=seed)
            generator(server).write([one])
        return sorted(body["seed"] for body in server.bodies)

    assert seeds(1) == seeds(1)
    assert set(seeds(1)).isdisjoint(seeds(2))


@pytest.mark.parametrize("command", ["<|im_end|>", "<｜begin▁of▁sentence｜>", "</s>", "<|EOT|>"])
def test_a_description_cannot_give_commands_to_a_chat_template(command: str) -> None:
    with chat_server() as server:
        generator(server).write([prompt(text=f"a {command} b <- c < d")])
    asked = server.bodies[0]["messages"][1]["content"]
    assert asked == f"a < {command[1:]} b <- c < d"


# What comes back


def test_a_text_that_was_cut_off_ends_with_its_last_whole_line() -> None:
    def cut(body: Body) -> web.Response:
        return answer(body) if is_style(body) else says(TEXT + "3 outp", "length")

    with chat_server(reply=cut) as server:
        ((sample,),) = generator(server).write([prompt()])
    assert (sample.text, sample.finished) == (RESTYLED, False)


@pytest.mark.parametrize("style", ["", "Sure! Here is a diagram:", "right left"])
def test_a_style_line_that_is_none_changes_nothing(style: str) -> None:
    with chat_server(reply=lambda body: says(style if is_style(body) else TEXT)) as server:
        ((sample,),) = generator(server).write([prompt()])
    assert sample.text == TEXT


def test_a_text_without_a_style_line_keeps_its_first_node() -> None:
    with chat_server(reply=lambda body: says(STYLE if is_style(body) else "0 data Read")) as server:
        ((sample,),) = generator(server).write([prompt()])
    assert sample.text == f"{STYLE}\n0 data Read"


@pytest.mark.parametrize("status", [400, 422])
def test_a_server_that_takes_no_grammar_is_asked_without_and_not_again(status: int) -> None:
    def strict(body: Body) -> web.Response:
        known = "structured_outputs" not in body
        return answer(body) if known else fails(status, "unknown argument")(body)

    with chat_server(reply=strict) as server:
        remote = generator(server)
        assert texts(remote.write([prompt()])[0]) == [RESTYLED]
        asked = len(server.bodies)
        assert texts(remote.write([prompt()])[0]) == [RESTYLED]
    assert len(server.bodies) == asked + 2


def test_a_grammar_of_somebodys_labels_that_is_refused_takes_it_from_nobody_else(
    caplog: pytest.LogCaptureFixture,
) -> None:
    def picky(body: Body) -> web.Response:
        changes = body["messages"][0]["content"] == CHANGE_INSTRUCTION
        guided = "structured_outputs" in body
        return fails(400, "no: remove Train")(body) if changes and guided else answer(body)

    with chat_server(reply=picky) as server:
        remote = generator(server)
        assert texts(remote.write([prompt(present=TEXT)])[0]) == [TEXT]
        remote.write([prompt()])
    assert all("structured_outputs" in body for body in server.bodies[2:])
    assert "refuses a diagram's grammar (HTTP 400)" in caplog.text
    assert "Train" not in caplog.text


def test_who_is_finished_is_counted_for_every_prompt() -> None:
    news: list[tuple[str, int]] = []
    with chat_server() as server:
        written = generator(server).write(
            [prompt("a", count=3), prompt("b", count=1), prompt("c", count=0)],
            finished=lambda *one: news.append(one),
        )
    assert [len(samples) for samples in written] == [3, 1, 0]
    assert [count for id, count in news if id == "a"] == [1, 2, 3]
    assert [count for id, count in news if id == "b"] == [1]


def test_no_more_requests_than_there_is_room_for_are_under_way(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(completions, "CONCURRENT", 3)
    with chat_server(seconds=0.01) as server:
        generator(server).write([prompt(str(id), count=4) for id in range(4)])
    assert server.most_at_once == 3


def test_a_cancelled_prompt_is_given_up_at_the_server_and_the_others_go_on() -> None:
    with chat_server(seconds=0.3) as server:
        start = time.monotonic()
        first, second = generator(server).write([prompt("a"), prompt("b")], cancelled="a".__eq__)
        assert time.monotonic() - start < 5
    assert first == []
    assert texts(second) == [RESTYLED]
    assert server.left == 1


# What goes wrong, and passes


@pytest.mark.parametrize("trouble", [fails(429), fails(500), fails(503), hangs_up])
def test_what_may_pass_is_tried_again(trouble: Reply) -> None:
    with chat_server(replies=[trouble, trouble]) as server:
        ((sample,),) = generator(server).write([prompt()])
    assert sample.text == RESTYLED
    assert len(server.bodies) == 4


def test_a_server_is_left_alone_for_as_long_as_it_asks() -> None:
    with chat_server(replies=[fails(429, Retry_After="1")]) as server:
        start = time.monotonic()
        generator(server).write([prompt()])
        assert time.monotonic() - start >= 1


def test_a_server_that_asks_for_too_much_time_has_failed_at_once() -> None:
    with (
        chat_server(reply=fails(429, Retry_After="Fri, 31 Dec 2999 23:59:59 GMT")) as server,
        pytest.raises(ModelError, match="too much to do"),
    ):
        generator(server).write([prompt()])
    assert len(server.bodies) == 1


# What goes wrong, and stays: the words say what to do


def refused(server: ChatServer, words: str, *, seconds: float = 20.0) -> None:
    with pytest.raises(ModelError, match=words) as caught:
        generator(server, seconds=seconds).write([prompt("a", count=3), prompt("b")])
    assert SECRET not in str(caught.value)
    assert "read, clean" not in str(caught.value)


@pytest.mark.parametrize(
    ("reply", "words"),
    [
        (fails(429), "too much to do"),
        (fails(500), "its log says why"),
        (hangs_up, "cannot be reached .*start it, or check"),
        (fails(401, f"bad key {SECRET}"), "refuses LLM_API_KEY"),
        (fails(403), "refuses LLM_API_KEY"),
        (
            fails(400, f"{SECRET} asks for 9000 tokens\nmore"),
            "refuses the request .*asks for",
        ),
        (fails(404), "does not know LLM_MODEL “diagram”; it serves base, other"),
        (lambda _: web.Response(text="<html>"), "ends with /v1"),
        (lambda _: web.json_response({"choices": []}), "ends with /v1"),
        (lambda _: web.json_response(["no"]), "ends with /v1"),
        (fails(307, Location="/v1/chat/completions"), "ends with /v1"),
        (fails(307, Location="ftp://localhost/v1"), "ends with /v1"),
    ],
)
def test_a_failure_is_said_in_words(reply: Reply, words: str) -> None:
    with chat_server(reply=reply, models=("base", "other")) as server:
        refused(server, words)


def test_an_address_where_nothing_of_the_kind_is_is_said_in_words() -> None:
    with chat_server(reply=fails(404), models=None) as server:
        refused(server, "leads to no OpenAI-compatible server")


def test_a_server_that_is_away_is_said_in_words() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # and nobody listens
        refused(
            ChatServer(url=f"http://127.0.0.1:{taken.getsockname()[1]}/v1"), "cannot be reached"
        )


def test_an_answer_that_does_not_end_is_given_up() -> None:
    with chat_server(seconds=30) as server:
        refused(server, "took more than 0 s over one answer", seconds=0.2)


def test_the_key_is_sent_and_nowhere_to_be_read(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")
    with chat_server(replies=[fails(400, f"no {SECRET}")]) as server:
        generator(server).write([prompt()])
        config = ServerConfig(url=server.url, key=SECRET)
    assert set(server.keys) == {f"Bearer {SECRET}"}
    assert "takes no grammar" in caplog.text
    assert SECRET not in caplog.text
    assert SECRET not in repr(config)


# In the pipeline


def served(models: ModelConfig, server: ChatServer) -> ModelConfig:
    return replace(models, model="diagram", server=ServerConfig(url=server.url))


def test_the_pipeline_draws_what_a_server_writes_and_loads_no_language_model(
    models: ModelConfig, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pipeline, "load_for_generation", None)
    with chat_server() as server:
        loaded = pipeline.Pipeline.load(served(models, server))
        job = DrawJob(id="a", description="read, clean, train", count=2, seed=1)
        (result,) = loaded.draw([job])
    assert [node.label for node in result.candidates[1].spec.nodes] == ["Read", "Clean", "Train"]
    assert (len(result.candidates), result.versions.language) == (2, "diagram")


def test_an_adapter_for_a_server_is_refused_in_words(models: ModelConfig) -> None:
    config = replace(served(models, ChatServer()), adapter="mine")
    with pytest.raises(ModelError, match="LLM_ADAPTER is for models that run here"):
        pipeline.load_generator(config)


# A real one


@pytest.mark.skipif("CHAT_SERVER_URL" not in os.environ, reason="CHAT_SERVER_URL names no server")
def test_a_real_server_writes_diagrams_and_changes() -> None:
    """CHAT_SERVER_URL, _MODEL (`diagram`) and _KEY (none) name one whose model is trained."""
    remote = RemoteGenerator(
        ServerConfig(url=os.environ["CHAT_SERVER_URL"], key=os.environ.get("CHAT_SERVER_KEY")),
        model=os.environ.get("CHAT_SERVER_MODEL", "diagram"),
        dialect=Dialect.SPEC,
    )
    drawn, changed = remote.write(
        [
            prompt("a", count=3, text="a CNN with two conv layers"),
            prompt("b", text="make the model red", present=TEXT),
        ]
    )
    assert [sample.finished for sample in (*drawn, *changed)] == [True] * 4
    for sample in drawn:
        assert len(parse_spec(sample.text).nodes) > 1
    apply_changes(parse_spec(TEXT), changed[0].text)
