"""The `spec` dialect: what the language model writes and people edit.

    right blue round arrow spacious nodes
    0 input x4
    1 dense x16 Hidden
    2 decision score > 0.5? ->3 yes,4 no
    3 output #green Accept ->
    4 process Ask a person ->2,~0 retry

The first line is the style, one word each, in any order; words left out keep their default.
Every other line is a node: its number, its kind, `xN` when it is a layer of N, `#colour` when it
has one of its own, its label when it differs from the kind's own name, and `->` with its targets
when they differ from "the next line". A target may carry a label; `~` before it makes that edge
dashed. A bare `->` points nowhere. Numbers are written out because a language model copies a
number more surely than it counts lines; what follows from context is left out because every
token costs time.

An edge may be stated at its other end as well, by `<-` before any `->`:

    2 decision score > 0.5?
    3 output Accept <-2 yes
    4 process Ask a person <-2 no ->~0 retry

There is an edge to the next line where neither line states any on the side between them. People
read and edit the first form. A language model writes the second, every edge where the later of
its nodes stands: it cannot know the numbers of nodes that it has yet to write.

Before a number the model's tokenizer spends a token on a space, hence `->3,4` and not
`-> 3, 4`; the parser takes either.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from ml.errors import SpecError
from ml.spec.model import (
    MAX_COUNT,
    MAX_ID,
    MAX_LABEL,
    MAX_NODES,
    MAX_TARGETS,
    Density,
    Detail,
    Direction,
    Edge,
    Hue,
    Kind,
    Line,
    Node,
    Outline,
    Palette,
    Spec,
    Style,
)

MAX_TEXT = 40_000
"""More than the longest text `write_spec` can give."""
ARROW = "->"
BACK_ARROW = "<-"

STYLE_WORDS: dict[str, type[StrEnum]] = {
    "direction": Direction,
    "palette": Palette,
    "outline": Outline,
    "line": Line,
    "density": Density,
    "detail": Detail,
}
"""Style field → its words, in the order in which they are written."""

_FIELD_OF_WORD = {word.value: name for name, words in STYLE_WORDS.items() for word in words}
_NODE_LINE = re.compile(
    r"(?P<id>[0-9]+)\s+(?P<kind>[a-z]+)(?:\s+x(?P<count>[0-9]+))?"
    rf"(?:\s+#(?P<hue>{'|'.join(Hue)})(?!\S))?(?:\s+(?P<label>.*))?"
)
_COUNT = re.compile(r"x[0-9]+(\s|$)")
_HUE = re.compile(rf"^#(?=({'|'.join(Hue)})(\s|$))")
_DIGITS = frozenset("0123456789")
_END = re.compile(r"(?P<dashed>~?)\s*(?P<id>[0-9]+)(?:\s+(?P<label>.+))?")
_SOURCES = re.compile(rf"{BACK_ARROW}(?=\s*(?:~?\s*[0-9]|$))")


def parse_spec(text: str) -> Spec:
    """The Spec that a diagram text states.

    Blank lines are skipped and `x1` may be written out; edges that a text states twice count
    once.

    Raises:
        SpecError: with the line to blame.
    """
    if len(text) > MAX_TEXT:
        raise SpecError(
            "the text has {count} characters; at most {most} are read",
            count=len(text),
            most=MAX_TEXT,
        )
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), start=1)]
    lines = [(number, line) for number, line in lines if line]
    if not lines:
        raise SpecError("the text is empty")
    style = Style()
    if lines[0][1][0] not in _DIGITS:
        style_line = lines.pop(0)
        style = Style(**parse_style_words(style_line[1], line=style_line[0]))  # type: ignore[arg-type]
        if not lines:
            raise SpecError("there is no node after the style line", line=style_line[0])
    if len(lines) > MAX_NODES:
        raise SpecError("more than {most} nodes", most=MAX_NODES, line=lines[MAX_NODES][0])

    stated: list[_Line] = []
    first_line: dict[int, int] = {}
    for number, line in lines:
        entry = _parse_line(number, line)
        if entry.node.id in first_line:
            raise SpecError(
                "node {id} is already on line {first}",
                id=entry.node.id,
                first=first_line[entry.node.id],
                line=number,
            )
        first_line[entry.node.id] = number
        stated.append(entry)

    edges: dict[tuple[int, int], Edge] = {}
    for entry, following in zip(stated, [*stated[1:], None], strict=True):
        for edge in [*(entry.targets or ()), *(entry.sources or ())]:
            for end in (edge.source, edge.target):
                if end not in first_line:
                    raise SpecError("there is no node {id} to point to", id=end, line=entry.number)
            edges.setdefault((edge.source, edge.target), edge)
        if following and entry.targets is None and following.sources is None:
            ends = entry.node.id, following.node.id
            edges.setdefault(ends, Edge(source=ends[0], target=ends[1]))
    for source, count in Counter(source for source, _ in edges).items():
        if count > MAX_TARGETS:
            raise SpecError(
                "at most {most} targets, here are {count}",
                most=MAX_TARGETS,
                count=count,
                line=first_line[source],
            )
    place = {entry.node.id: index for index, entry in enumerate(stated)}
    return Spec(
        style=style,
        nodes=tuple(entry.node for entry in stated),
        edges=tuple(sorted(edges.values(), key=lambda edge: place[edge.source])),
    )


def write_spec(spec: Spec) -> str:
    """The canonical diagram text of a Spec: `parse_spec` gives the same Spec back.

    That holds for numbers up to MAX_ID and up to MAX_TARGETS targets a node. Edges come back
    grouped by their source, in the order of the nodes. Runs of white space, commas in edge
    labels and arrows inside labels have no spelling here and are replaced by one space, a
    semicolon and `→` or `←`; a label that begins with `#` and a colour loses the `#`; a label of
    nothing but white space becomes the kind's own.
    """
    lines = [_write_style(spec.style)]
    for node, following in zip(spec.nodes, [*spec.nodes[1:], None], strict=True):
        targets = [edge for edge in spec.edges if edge.source == node.id]
        words = [str(node.id), node_words(node)]
        plain_next = [Edge(source=node.id, target=following.id)] if following else []
        if targets != plain_next:
            words.append(ARROW + ",".join(_write_end(edge, edge.target) for edge in targets))
        lines.append(" ".join(words))
    return "\n".join(lines) + "\n"


def write_answer(spec: Spec) -> str:
    """The same diagram as a language model writes it: every edge at the later of its nodes.

    `parse_spec` gives the same Spec back, but for the order of a node's edges.
    """
    lines = [_write_style(spec.style)]
    place = {node.id: index for index, node in enumerate(spec.nodes)}
    states_targets = False
    for index, node in enumerate(spec.nodes):
        sources = [e for e in spec.edges if e.target == node.id and place[e.source] < index]
        targets = [e for e in spec.edges if e.source == node.id and place[e.target] <= index]
        words = [str(node.id), node_words(node)]
        before = spec.nodes[index - 1].id if index else None
        plain_previous = [Edge(source=before, target=node.id)] if before is not None else []
        if sources != plain_previous or (sources and states_targets):
            words.append(BACK_ARROW + ",".join(_write_end(edge, edge.source) for edge in sources))
        if targets:
            words.append(ARROW + ",".join(_write_end(edge, edge.target) for edge in targets))
        states_targets = bool(targets)
        lines.append(" ".join(words))
    return "\n".join(lines) + "\n"


def parse_node(text: str) -> Node:
    """The node that a line without targets states.

    Raises:
        SpecError: it is no such line.
    """
    line = _parse_line(None, text)
    for arrow, edges in ((ARROW, line.targets), (BACK_ARROW, line.sources)):
        if edges is not None:
            raise SpecError("“{arrow}” has no place here", arrow=arrow)
    return line.node


def parse_style_words(text: str, *, line: int | None = None) -> dict[str, StrEnum]:
    """Style words by their fields.

    Raises:
        SpecError: a word is none, or two words set the same field; with `line`.
    """
    chosen: dict[str, StrEnum] = {}
    for word in text.lower().split():
        name = _FIELD_OF_WORD.get(word)
        if name is None:
            known = ", ".join(_FIELD_OF_WORD)
            raise SpecError(
                "“{word}” is no style word; there are {known}",
                word=word[:20],
                known=known,
                line=line,
            )
        if name in chosen:
            raise SpecError(
                "“{first}” and “{second}” cannot both hold",
                first=chosen[name],
                second=word,
                line=line,
            )
        chosen[name] = STYLE_WORDS[name](word)
    return chosen


def plain_label(text: str) -> str:
    """A label as a diagram text can spell it.

    Raises:
        SpecError: it is too long.
    """
    return _label(_plain(text), None)


def node_words(node: Node) -> str:
    """The words of a node's line after its number: kind, count, colour and label."""
    words = [node.kind.value]
    label = _HUE.sub("", _plain(node.label))
    if node.count > 1 or _COUNT.match(label):
        words.append(f"x{node.count}")
    if node.hue is not None:
        words.append(f"#{node.hue}")
    if label not in {"", node.kind.default_label}:
        words.append(label)
    return " ".join(words)


@dataclass(frozen=True, kw_only=True)
class _Line:
    """The node of a line and the edges stated there; None where they are left to the default."""

    number: int | None
    node: Node
    sources: list[Edge] | None
    targets: list[Edge] | None


def _parse_line(number: int | None, line: str) -> _Line:
    before, arrow, targets = line.partition(ARROW)
    body, *sources = _SOURCES.split(before, maxsplit=1)
    match = _NODE_LINE.fullmatch(body.strip())
    if match is None:
        raise SpecError("a node is written “number kind label”, as in “0 input Image”", line=number)
    id = _number(match["id"], 0, MAX_ID, number)
    try:
        kind = Kind(match["kind"])
    except ValueError:
        known = ", ".join(Kind)
        raise SpecError(
            "“{word}” is no kind of node; there are {known}",
            word=match["kind"][:20],
            known=known,
            line=number,
        ) from None
    count = 1 if match["count"] is None else _number(match["count"], 1, MAX_COUNT, number)
    label = _label(match["label"] or "", number) or kind.default_label
    hue = Hue(match["hue"]) if match["hue"] else None
    return _Line(
        number=number,
        node=Node(id=id, kind=kind, count=count, label=label, hue=hue),
        sources=[
            Edge(source=other, target=id, label=label, dashed=dashed)
            for other, label, dashed in _parse_ends(BACK_ARROW, sources[0], number)
        ]
        if sources
        else None,
        targets=[
            Edge(source=id, target=other, label=label, dashed=dashed)
            for other, label, dashed in _parse_ends(ARROW, targets, number)
        ]
        if arrow
        else None,
    )


def _parse_ends(arrow: str, text: str, number: int | None) -> Iterator[tuple[int, str, bool]]:
    """The other nodes of a line's edges, with every edge's label and whether it is dashed."""
    parts = [part.strip() for part in text.split(",")] if text.strip() else []
    if len(parts) > MAX_NODES:
        raise SpecError(
            "at most {most} edges on a line, here are {count}",
            most=MAX_NODES,
            count=len(parts),
            line=number,
        )
    for part in parts:
        match = _END.fullmatch(part)
        if match is None:
            raise SpecError(
                "“{part}” is no node number; those are written as in “{arrow}3 yes,4 no”",
                part=part[:20],
                arrow=arrow,
                line=number,
            )
        id = _number(match["id"], 0, MAX_ID, number)
        yield id, _label(match["label"] or "", number), bool(match["dashed"])


def _number(digits: str, low: int, high: int, line: int | None) -> int:
    if len(digits) > 6 or not low <= int(digits) <= high:
        raise SpecError(
            "{number} is not between {low} and {high}",
            number=digits[:20],
            low=low,
            high=high,
            line=line,
        )
    return int(digits)


def _label(text: str, line: int | None) -> str:
    text = " ".join(text.split())
    if len(text) > MAX_LABEL:
        raise SpecError(
            "“{label}…” is longer than {most} characters",
            label=text[:20],
            most=MAX_LABEL,
            line=line,
        )
    return text


def _write_style(style: Style) -> str:
    return " ".join(getattr(style, name).value for name in STYLE_WORDS)


def _write_end(edge: Edge, other: int) -> str:
    end = f"~{other}" if edge.dashed else str(other)
    return f"{end} {_plain(edge.label).replace(',', ';')}".rstrip()


def _plain(label: str) -> str:
    return " ".join(label.replace(ARROW, "→").replace(BACK_ARROW, "←").split())
