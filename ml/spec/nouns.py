"""What people call the kinds of nodes, and the words by which they pick some of them."""

from __future__ import annotations

from ml.spec.model import Kind

KIND_NOUNS: dict[Kind, tuple[str, ...]] = {
    Kind.INPUT: ("input", "input layer", "input node", "입력", "입력층"),
    Kind.OUTPUT: ("output", "output layer", "output node", "출력", "출력층"),
    Kind.DENSE: (
        "dense layer", "dense", "fully connected layer", "fc layer", "linear layer",
        "hidden layer", "은닉층", "완전연결층", "dense 층",
    ),
    Kind.CONV: (
        "conv layer", "conv", "convolution", "convolutional layer", "conv block", "합성곱",
        "합성곱 층", "conv 층", "컨볼루션",
    ),
    Kind.POOL: ("pooling layer", "pooling", "pool", "pool layer", "풀링", "풀링 층"),
    Kind.NORM: (
        "norm layer", "normalisation", "normalization", "norm", "normalization layer", "정규화",
        "정규화 층",
    ),
    Kind.ACTIVATION: (
        "activation", "activation function", "nonlinearity", "activation layer", "활성화 함수",
        "활성화",
    ),
    Kind.ATTENTION: (
        "attention layer", "attention", "attention block", "어텐션", "어텐션 층",
    ),
    Kind.RECURRENT: ("recurrent layer", "rnn layer", "recurrent block", "순환층"),
    Kind.EMBEDDING: ("embedding", "embedding layer", "임베딩"),
    Kind.ADD: ("addition", "sum", "add node", "plus", "덧셈"),
    Kind.DECISION: (
        "decision", "question", "diamond", "check", "condition", "조건", "판단", "마름모", "질문",
    ),
    Kind.STORE: (
        "database", "store", "db", "storage", "data store", "데이터베이스", "저장소", "db",
    ),
    Kind.PERSON: ("person", "user", "human", "사람"),
    Kind.DOCUMENT: ("document", "file", "doc", "문서"),
    Kind.SERVICE: ("service", "서비스"),
    Kind.MODEL: ("model", "모델"),
    Kind.DATA: ("data node", "dataset"),
    Kind.PROCESS: ("process step", "process"),
    Kind.START: ("start", "start node", "시작"),
    Kind.END: ("end", "end node", "끝"),
}  # fmt: skip

ANY_NODE = ("box", "node", "step", "shape", "one", "thing", "상자", "노드", "단계")
"""Nouns that any node may be meant by."""

ORDINALS: tuple[tuple[str, ...], ...] = (
    ("first", "1st", "첫 번째", "첫번째"),
    ("second", "2nd", "두 번째", "두번째"),
    ("third", "3rd", "세 번째", "세번째"),
    ("fourth", "4th", "네 번째", "네번째"),
    ("fifth", "5th", "다섯 번째"),
    ("sixth", "6th", "여섯 번째"),
    ("seventh", "7th"),
    ("eighth", "8th"),
)
LAST = ("last", "final", "마지막")
SECOND_TO_LAST = ("second to last", "second last", "penultimate", "next to last")

QUANTIFIERS = ("all", "both", "every", "each", "모든", "everything")
"""Words that say that several are meant."""
COUNTS = {
    word: number
    for number, words in enumerate(
        (("two", "2"), ("three", "3"), ("four", "4"), ("five", "5"), ("six", "6")), start=2
    )
    for word in words
}
"""Numbers that may stand between such a word and a noun."""


def singulars(noun: str) -> tuple[str, ...]:
    """The noun itself and all that it can be the plural of."""
    found = [noun]
    if noun.endswith("ies"):
        found.append(f"{noun[:-3]}y")
    if noun.endswith("es"):
        found.append(noun[:-2])
    if noun.endswith("s"):
        found.append(noun[:-1])
    return tuple(found)


def plural(noun: str) -> str:
    """More than one of an English noun, by the usual rules."""
    if noun.endswith(("s", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}s"
