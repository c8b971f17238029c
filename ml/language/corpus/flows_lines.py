"""Lists of lines that each say what goes in, what does something with it, and what comes out.

How lines link (things of one class are one thing, whatever name a line gives them: a png file
is a picture, a DB is a data store, tokens are text):

- a line's first input is what the line before it gave out, if that is of its class; else the
  earliest thing of its class; else something new
- further inputs are new
- an output is new, unless its line has no input: then it joins the latest thing of its class
"""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.flows_terms import label_of, ways
from ml.spec.model import Kind

CLASSES: tuple[tuple[Kind, str, tuple[str, ...]], ...] = (
    (
        Kind.DATA,
        "numeric",
        ways(
            "numeric values|matrix|matrices|pytorch tensor|tensorflow tensor|tensor|tensors|buffer|"
            "buffers|numpy array|feature vector|numbers|measurements"
        ),
    ),
    (
        Kind.DATA,
        "str",
        ways(
            "text|string|sentence|tokens|pandas dataframe|sentences|transcript|paragraphs|strings|"
            "dataframe"
        ),
    ),
    (
        Kind.DATA,
        "picture",
        ways("picture|png file|jpg file|figure|image|photo|pictures|images"),
    ),
    (
        Kind.DATA,
        "chart",
        ways("table|line chart|chart|histogram|experiment result|graph|bar chart|scatter plot"),
    ),
    (Kind.STORE, "db", ways("DB|database|data store|data storage|databases")),
    (Kind.DATA, "audio", ways("audio|wav file|audio clip|speech recording")),
)
"""The kind, the name and the words of each class of things."""
DOERS: tuple[tuple[Kind, tuple[str, ...]], ...] = (
    (
        Kind.PROCESS,
        ways(
            "processing|pre-processing|feature engineering|PCA|process|post-processing|clustering|"
            "python file|python code|code file|function|script|SQL query|normalization|parser"
        ),
    ),
    (
        Kind.MODEL,
        ways(
            "model|neural network|NN|CNN model|LLM|language model|AI model|deep learning model|"
            "machine learning model|transformer model|classifier|encoder"
        ),
    ),
)


def class_of(words: str) -> str:
    """The name of the class that a thing is of; of no class, the words themselves."""
    words = words.casefold()
    for _, name, members in CLASSES:
        if any(words == member.casefold() for member in members):
            return name
    return words


_SYSTEMS = ways(
    "algorithm|process|RAG process|LLM process|Langchain process|machine learning model|"
    "deep learning algorithm|data pre-processing algorithm|pipeline|workflow|data flow|system|"
    "our pipeline|a program|inference process|training workflow|analysis|diagram of a process"
)
_CONSISTS = ways("consists of|that consists of|that includes,|that contains,|including|with:|:")


class _Lines:
    """The lines of one description and the graph that they make."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.sketch = Sketch()
        self.things: list[tuple[int, int]] = []  # (class, node)
        self.before: list[tuple[int, int]] = []  # the things that the previous line gave out

    def word(self, kind: int) -> str:
        return self.rng.choice(CLASSES[kind][2])

    def new_class(self) -> int:
        return self.rng.choices(range(len(CLASSES)), (5, 5, 5, 5, 5, 1))[0]

    def input_class(self) -> int:
        if self.before and self.rng.random() < 0.7:
            return self.rng.choice(self.before)[0]
        if self.things and self.rng.random() < 0.4:
            return self.rng.choice(self.things)[0]
        return self.new_class()

    def make(self, kind: int, word: str) -> int:
        node = self.sketch.add(CLASSES[kind][0], label_of(word))
        self.things.append((kind, node))
        return node

    def found(self, kind: int) -> int | None:
        """What the first input of a line means."""
        for place in (self.before, self.things):
            for known, node in place:
                if known == kind:
                    return node
        return None

    def joined(self, kind: int) -> int | None:
        """What the output of a line without inputs means."""
        return next((node for known, node in reversed(self.things) if known == kind), None)


def _listed(rng: random.Random, words: list[str]) -> str:
    return rng.choice((", ", " and ")).join(words)


def _line(lines: _Lines) -> str:
    """Writes a line and draws what it says; nodes in the order in which it names them."""
    rng = lines.rng
    has_in = rng.random() < 0.88
    has_out = not has_in or rng.random() < 0.75
    ins = [lines.input_class()] if has_in else []
    if ins and rng.random() < 0.15:
        ins += [lines.new_class() for _ in range(rng.choice((1, 1, 2)))]
    outs = [lines.new_class() for _ in range(rng.choice((1, 1, 1, 1, 2)))] if has_out else []
    in_words = [lines.word(kind) for kind in ins]
    out_words = [lines.word(kind) for kind in outs]
    doer_kind, doers = rng.choice(DOERS)
    doer = rng.choice(doers)
    a, b = _listed(rng, in_words), _listed(rng, out_words)
    them = "them" if len(ins) + len(outs) > 1 else "it"
    takes = rng.choice(("process", "handle", "inputs", "takes"))
    if ins and outs:
        way = rng.choice((0, 0, 0, 1, 1, 2, 3, 4))
        if way == 1 and (len(ins) > 1 or len(outs) > 1):
            way = 2
        text = (
            f"inputs {a}, and outputs {b} and process {them} with {doer}",
            f"a {doer} converts {a} into {b}",
            f"{doer} that, with {a} as input, and {b} as output",
            f"{doer} that {takes} {a}, and outputs {b}",
            f"{doer} turns {a} into {b}",
        )[way]
        doer_first = way != 0
    else:
        way = rng.randrange(3)
        if ins:
            text = (
                f"inputs {a} and process {them} with {doer}",
                f"{doer} that, with {a} as input",
                f"{doer} that {takes} {a}",
            )[way]
        else:
            text = (
                f"outputs {b} and process {them} with {doer}",
                f"{doer} that with {b} as output",
                f"{doer} that outputs {b}",
            )[way]
        doer_first = way != 0
    _draw(lines, (ins, in_words), (outs, out_words), (doer_kind, doer), doer_first)
    return text


def _draw(
    lines: _Lines,
    taken: tuple[list[int], list[str]],
    given: tuple[list[int], list[str]],
    doer: tuple[Kind, str],
    doer_first: bool,
) -> None:
    found = lines.found(taken[0][0]) if taken[0] else None
    joined = None if taken[0] else lines.joined(given[0][0])
    centre = lines.sketch.add(doer[0], label_of(doer[1])) if doer_first else None
    sources = []
    for index, (kind, word) in enumerate(zip(*taken, strict=True)):
        known = found if index == 0 else None
        sources.append(lines.make(kind, word) if known is None else known)
    targets = []
    for index, (kind, word) in enumerate(zip(*given, strict=True)):
        known = joined if index == 0 else None
        targets.append(lines.make(kind, word) if known is None else known)
    if centre is None:
        centre = lines.sketch.add(doer[0], label_of(doer[1]))
    for source in sources:
        lines.sketch.link(source, centre)
    for target in targets:
        lines.sketch.link(centre, target)
    lines.before = list(zip(given[0], targets, strict=True))


def _connected(sketch: Sketch) -> bool:
    reached = {0}
    for _ in sketch.nodes:
        for edge in sketch.edges:
            if edge.source in reached or edge.target in reached:
                reached |= {edge.source, edge.target}
    return len(reached) == len(sketch.nodes)


def in_and_out(rng: random.Random) -> Draft:
    """algorithm that consists of: * inputs A, and outputs B and process them with C"""
    while True:
        lines = _Lines(rng)
        count = rng.choice((1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 8, 9, 10))
        written = [_line(lines) for _ in range(count)]
        if len(lines.sketch.nodes) <= 24 and _connected(lines.sketch):
            break
    system, consists = rng.choice(_SYSTEMS), rng.choice(_CONSISTS)
    if rng.random() < 0.65:
        mark = rng.choice(("* ", "- ", "- ", "• ", "1. "))
        if mark == "1. ":
            body = "\n".join(f"{number}. {line}" for number, line in enumerate(written, 1))
        else:
            body = "\n".join(mark + line for line in written)
        text = f"{system} {consists} \n{body}".replace(" : \n", ": \n")
    else:
        thens = (", and then ", ", and ", ", then ", ", after that, ", "; then ")
        alike = rng.choice(thens) if rng.random() < 0.5 else ""
        text = f"{system} {consists} {rng.choice(('first, ', ''))}{written[0]}"
        for line in written[1:]:
            text += (alike or rng.choice(thens[:3])) + line
    return lines.sketch.draft(text + rng.choice(("", "", ".", "\n")))
