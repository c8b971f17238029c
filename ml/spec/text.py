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

Before a number the model's tokenizer spends a token on a space, hence `->3,4` and not
`-> 3, 4`; the parser takes either.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
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
_TARGET = re.compile(r"(?P<dashed>~?)\s*(?P<id>[0-9]+)(?:\s+(?P<label>.+))?")


def parse_spec(text: str) -> Spec:
    """The Spec that a diagram text states.

    Blank lines are skipped and `x1` may be written out; edges that a text states twice count
    once.

    Raises:
        SpecError: with the line to blame.
    """
    if len(text) > MAX_TEXT:
        raise SpecError(f"the text has {len(text)} characters; at most {MAX_TEXT} are read")
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
        raise SpecError(f"more than {MAX_NODES} nodes", line=lines[MAX_NODES][0])

    nodes: list[Node] = []
    targets: list[tuple[int, list[Edge] | None]] = []
    first_line: dict[int, int] = {}
    for number, line in lines:
        node, edges = _parse_node(number, line)
        if node.id in first_line:
            raise SpecError(f"node {node.id} is already on line {first_line[node.id]}", line=number)
        first_line[node.id] = number
        nodes.append(node)
        targets.append((number, edges))

    edges_by_ends: dict[tuple[int, int], Edge] = {}
    for position, (node, (number, stated)) in enumerate(zip(nodes, targets, strict=True)):
        if stated is None:
            following = nodes[position + 1 : position + 2]
            stated = [Edge(source=node.id, target=following[0].id)] if following else []
        for edge in stated:
            if edge.target not in first_line:
                raise SpecError(f"there is no node {edge.target} to point to", line=number)
            edges_by_ends.setdefault((edge.source, edge.target), edge)
    return Spec(style=style, nodes=tuple(nodes), edges=tuple(edges_by_ends.values()))


def write_spec(spec: Spec) -> str:
    """The canonical diagram text of a Spec: `parse_spec` gives the same Spec back.

    That holds for numbers up to MAX_ID and up to MAX_TARGETS targets a node. Edges come back
    grouped by their source, in the order of the nodes. Runs of white space, commas in edge
    labels and arrows inside labels have no spelling here and are replaced by one space, a
    semicolon and `→`; a label that begins with `#` and a colour loses the `#`; a label of nothing
    but white space becomes the kind's own.
    """
    lines = [" ".join(getattr(spec.style, name).value for name in STYLE_WORDS)]
    for position, node in enumerate(spec.nodes):
        following = spec.nodes[position + 1].id if position + 1 < len(spec.nodes) else None
        lines.append(_write_node(node, [e for e in spec.edges if e.source == node.id], following))
    return "\n".join(lines) + "\n"


def parse_node(text: str) -> Node:
    """The node that a line without targets states.

    Raises:
        SpecError: it is no such line.
    """
    node, edges = _parse_node(None, text)
    if edges is not None:
        raise SpecError(f"“{ARROW}” has no place here")
    return node


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
            raise SpecError(f"“{word[:20]}” is no style word; there are {known}", line=line)
        if name in chosen:
            raise SpecError(f"“{chosen[name]}” and “{word}” both set the {name}", line=line)
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


def _parse_node(number: int | None, line: str) -> tuple[Node, list[Edge] | None]:
    """The node of a line and its stated edges; None when it leaves them to the default."""
    body, arrow, tail = line.partition(ARROW)
    match = _NODE_LINE.fullmatch(body.strip())
    if match is None:
        raise SpecError("a node is written “number kind label”, as in “0 input Image”", line=number)
    id = _number(match["id"], "node number", 0, MAX_ID, number)
    try:
        kind = Kind(match["kind"])
    except ValueError:
        known = ", ".join(Kind)
        raise SpecError(
            f"“{match['kind'][:20]}” is no kind of node; there are {known}", line=number
        ) from None
    count = 1 if match["count"] is None else _number(match["count"], "count", 1, MAX_COUNT, number)
    label = _label(match["label"] or "", number) or kind.default_label
    hue = Hue(match["hue"]) if match["hue"] else None
    node = Node(id=id, kind=kind, count=count, label=label, hue=hue)
    if not arrow:
        return node, None
    parts = [part.strip() for part in tail.split(",")] if tail.strip() else []
    if len(parts) > MAX_TARGETS:
        raise SpecError(f"at most {MAX_TARGETS} targets, here are {len(parts)}", line=number)
    return node, [_parse_target(id, part, number) for part in parts]


def _parse_target(source: int, part: str, number: int | None) -> Edge:
    match = _TARGET.fullmatch(part)
    if match is None:
        raise SpecError(
            f"“{part[:20]}” is no target; targets are node numbers, as in “->3 yes,4 no”",
            line=number,
        )
    return Edge(
        source=source,
        target=_number(match["id"], "target", 0, MAX_ID, number),
        label=_label(match["label"] or "", number),
        dashed=bool(match["dashed"]),
    )


def _number(digits: str, what: str, low: int, high: int, line: int | None) -> int:
    if len(digits) > 6 or not low <= int(digits) <= high:
        raise SpecError(f"the {what} {digits[:20]} is not between {low} and {high}", line=line)
    return int(digits)


def _label(text: str, line: int | None) -> str:
    text = " ".join(text.split())
    if len(text) > MAX_LABEL:
        raise SpecError(f"“{text[:20]}…” is longer than {MAX_LABEL} characters", line=line)
    return text


def _write_node(node: Node, edges: list[Edge], following: int | None) -> str:
    words = [str(node.id), node_words(node)]
    plain_next = [(following, "", False)] if following is not None else []
    if [(edge.target, edge.label, edge.dashed) for edge in edges] != plain_next:
        words.append(ARROW + ",".join(_write_targets(edges)))
    return " ".join(words)


def _write_targets(edges: list[Edge]) -> Iterator[str]:
    for edge in edges:
        target = f"~{edge.target}" if edge.dashed else str(edge.target)
        yield f"{target} {_plain(edge.label).replace(',', ';')}".rstrip()


def _plain(label: str) -> str:
    return " ".join(label.replace(ARROW, "→").split())
