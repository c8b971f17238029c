"""Samples diagram texts: all candidates of all waiting requests in one batch, under a grammar.

The prompt of a request is computed once and its cache shared out to the candidates. The style
line is sampled at full temperature, because every style is welcome; the structure is decoded
coolly, because there is one right answer and heat corrupts names. Cool candidates mostly agree:
every other one leaves the batch after its style line and takes over the first one's structure.
Each candidate draws from a generator of its own, seeded by its request, so its draws do not depend
on who else waits; only rounding does, where the size of a batch changes it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import llguidance.hf
import llguidance.numpy
import numpy as np
import torch
from llguidance import LLExecutor, LLMatcher
from numpy.typing import NDArray
from transformers import PreTrainedTokenizerBase

from ml.errors import ModelError
from ml.language.decoding import Decoding, decoder_for
from ml.language.loading import Loaded
from ml.language.tokens import encode_prompt
from ml.spec.grammar import change_grammar
from ml.spec.text import parse_spec

MAX_PROMPT = 4_096
MAX_ANSWER = 1_200
CHOICES = 32
"""Only this many most likely tokens are ever drawn from."""
STYLE_FLOOR = 0.3
"""A style word this much less likely than the likeliest is not drawn (min-p, Nguyen et al., 2024):
where nobody wished for anything all words are near each other, where somebody did only one is."""


@dataclass(frozen=True, kw_only=True)
class Prompt:
    """A request to the generator. `seed` fixes every candidate's draws; `present` is the text of
    the diagram that the description wants changed."""

    id: str
    description: str
    count: int
    seed: int
    present: str | None = None


@dataclass(frozen=True, kw_only=True)
class Sample:
    """One text of whole lines; `finished` when the model ended it by itself, `copied` when its
    structure is that of the first candidate."""

    text: str
    finished: bool
    copied: bool = False


@dataclass(frozen=True, kw_only=True)
class Temperatures:
    """How freely tokens are drawn. Each request's first candidate has a greedy structure."""

    style: float = 1.0
    structure: float = 0.3


Finished = Callable[[str, int], None]
"""Called with a prompt's id and how many of its candidates are finished, whenever one is."""


class Generator(Protocol):
    """Who writes diagram texts: a model that is loaded here, or one of a server."""

    def write(
        self,
        prompts: Sequence[Prompt],
        *,
        cancelled: Callable[[str], bool] = ...,
        finished: Finished = ...,
    ) -> list[list[Sample]]: ...


@dataclass
class _Row:
    """One candidate being written: its style only when it has a leader, whose structure it gets."""

    prompt: int
    leader: _Row | None
    matcher: LLMatcher
    generator: torch.Generator
    structure_temperature: float
    tokens: list[int]
    in_style: bool = True
    finished: bool = False

    @property
    def writing(self) -> bool:
        return not self.finished and (self.leader is None or self.in_style)

    @property
    def whole(self) -> bool:
        leader = self.leader
        return self.finished if leader is None else leader.finished and not self.in_style


class LocalGenerator:
    """A loaded language model that writes diagram texts."""

    def __init__(
        self, loaded: Loaded, *, grammar: str, temperatures: Temperatures | None = None
    ) -> None:
        self._decoder = decoder_for(loaded.model)
        self._tokenizer: PreTrainedTokenizerBase = loaded.tokenizer
        self._temperatures = temperatures or Temperatures()
        self._vocabulary = int(loaded.model.config.vocab_size)
        self._guide = llguidance.hf.from_tokenizer(
            self._tokenizer,  # type: ignore[arg-type]
            n_vocab=self._vocabulary,
        )
        self._executor = LLExecutor()
        self._grammar = self._compiled(grammar)
        self._styled = grammar.startswith("start: STYLE")  # rows have no line of their own for it

    @torch.inference_mode()
    def write(
        self,
        prompts: Sequence[Prompt],
        *,
        cancelled: Callable[[str], bool] = lambda _: False,
        finished: Finished = lambda *_: None,
    ) -> list[list[Sample]]:
        """The candidates of every prompt, in the order in which they are numbered.

        A prompt that is cancelled on the way gets what was finished before.

        Raises:
            ModelError: a description is too long for the model.
        """
        groups = [self._rows(position, prompt) for position, prompt in enumerate(prompts)]
        rows = [row for group in groups for row in group]
        if not rows:
            return [[] for _ in prompts]
        decoding = self._begin(prompts, rows)
        done = [0] * len(prompts)
        for _ in range(MAX_ANSWER):
            chosen = self._choose(decoding.logits, rows)
            for row, token in zip(rows, chosen, strict=True):
                self._take(row, token)
            for index, group in enumerate(groups):
                for _ in range(done[index], sum(row.whole for row in group)):
                    done[index] += 1
                    finished(prompts[index].id, done[index])
            alive = [
                index
                for index, row in enumerate(rows)
                if row.writing and not cancelled(prompts[row.prompt].id)
            ]
            if not alive:
                break
            if len(alive) < len(rows):
                decoding.keep(alive)
                rows = [rows[index] for index in alive]
            decoding.advance([row.tokens[-1] for row in rows])
        return [[self._sample(row) for row in group] for group in groups]

    def _compiled(self, grammar: str) -> LLMatcher:
        matcher = LLMatcher(self._guide, grammar)
        if matcher.is_error():
            raise ModelError("the grammar does not compile: {reason}", reason=matcher.get_error())
        return matcher

    def _rows(self, position: int, prompt: Prompt) -> list[_Row]:
        """The candidates of one prompt, before anything is written."""
        changes = prompt.present is not None
        grammar = self._grammar
        if prompt.present is not None:
            grammar = self._compiled(change_grammar(parse_spec(prompt.present)))
        alike = self._styled and not changes
        rows: list[_Row] = []
        for k in range(prompt.count):
            generator = torch.Generator().manual_seed((prompt.seed * 1_000_003 + k) % 2**63)
            row = _Row(
                prompt=position,
                leader=rows[0] if alike and k and k % 2 == 0 else None,
                matcher=grammar.deep_copy(),
                generator=generator,
                structure_temperature=self._temperatures.structure if k else 0.0,
                tokens=[],
                in_style=not changes,  # the style of a diagram that is there is not free
            )
            rows.append(row)
        return rows

    def _begin(self, prompts: Sequence[Prompt], rows: Sequence[_Row]) -> Decoding:
        """Every row after its prompt."""
        encoded = [
            encode_prompt(self._tokenizer, prompt.description, prompt.present) for prompt in prompts
        ]
        longest = max(len(ids) for ids in encoded)
        if longest > MAX_PROMPT:
            raise ModelError(
                "a prompt of {count} tokens; at most {most} are read",
                count=longest,
                most=MAX_PROMPT,
            )
        return self._decoder.begin(encoded, [row.prompt for row in rows])

    def _choose(self, logits: torch.Tensor, rows: Sequence[_Row]) -> list[int]:
        """One allowed token for every row."""
        masks = llguidance.numpy.allocate_token_bitmask(len(rows), self._vocabulary)
        matchers = [(row.matcher, index) for index, row in enumerate(rows)]
        llguidance.numpy.fill_next_token_bitmask_par(self._executor, matchers, masks)
        allowed = torch.from_numpy(_unpacked(masks, self._vocabulary)).to(logits.device)
        scores = logits.float().masked_fill_(~allowed, -torch.inf)
        best, tokens = (part.cpu() for part in scores.topk(CHOICES, dim=-1))
        chosen = []
        for row, row_best, row_tokens in zip(rows, best, tokens, strict=True):
            temperature = self._temperatures.style if row.in_style else row.structure_temperature
            if temperature == 0:
                chosen.append(int(row_tokens[0]))
                continue
            shares = torch.softmax(row_best / temperature, dim=-1)
            if row.in_style:
                shares[shares < STYLE_FLOOR * shares[0]] = 0
            drawn = torch.multinomial(shares, 1, generator=row.generator)
            chosen.append(int(row_tokens[drawn]))
        return chosen

    def _take(self, row: _Row, token: int) -> None:
        row.matcher.consume_token(token)
        if token == self._tokenizer.eos_token_id or row.matcher.is_stopped():
            row.finished = True
        if token != self._tokenizer.eos_token_id:
            row.tokens.append(token)
            if row.in_style and "\n" in self._tokenizer.decode([token]):
                row.in_style = False

    def _sample(self, row: _Row) -> Sample:
        text = self._text(row)
        if row.leader is not None and not row.in_style:
            text = text.partition("\n")[0] + "\n" + self._text(row.leader).partition("\n")[2]
        if not row.whole:  # what was cut off ends with its last whole line
            text = text[: text.rfind("\n") + 1]
        return Sample(text=text, finished=row.whole, copied=row.leader is not None)

    def _text(self, row: _Row) -> str:
        return str(
            self._tokenizer.decode(
                row.tokens, skip_special_tokens=True, clean_up_tokenization_spaces=False
            )
        )


def _unpacked(masks: NDArray[np.int32], vocabulary: int) -> NDArray[np.bool_]:
    """Bit masks int32[N, words] as bool[N, vocabulary]."""
    bits = np.unpackbits(masks.view(np.uint8), axis=1, count=vocabulary, bitorder="little")
    return bits.view(np.bool_)
