"""Edits in Korean, of diagrams in any language."""

from __future__ import annotations

import random
from collections.abc import Callable

from ml.language.corpus import terms_scripts
from ml.language.corpus.edits_places import new_node
from ml.language.corpus.edits_wording import Change
from ml.language.corpus.networks_wording import say
from ml.language.corpus.styles import WISHES
from ml.spec.changing import NO_HUE
from ml.spec.model import MAX_TARGETS, Hue, Kind, Node, Spec
from ml.spec.naming import find_nodes
from ml.spec.text import STYLE_WORDS, node_words

_HUES: dict[Hue, str] = {
    Hue.RED: "[빨간색|빨강|붉은색]",
    Hue.ORANGE: "[주황색|주황|오렌지색]",
    Hue.YELLOW: "[노란색|노랑]",
    Hue.GREEN: "[초록색|녹색|초록]",
    Hue.TEAL: "청록색",
    Hue.BLUE: "[파란색|파랑|푸른색]",
    Hue.PURPLE: "[보라색|보라]",
    Hue.PINK: "[분홍색|핑크색|핑크]",
    Hue.GRAY: "회색",
}
_KINDS: dict[Kind, str] = {
    Kind.INPUT: "[입력|입력층]",
    Kind.OUTPUT: "[출력|출력층]",
    Kind.DENSE: "[은닉층|완전연결층|dense 층]",
    Kind.CONV: "[합성곱|합성곱 층|conv 층|컨볼루션]",
    Kind.POOL: "[풀링|풀링 층]",
    Kind.NORM: "[정규화|정규화 층]",
    Kind.ACTIVATION: "[활성화 함수|활성화]",
    Kind.ATTENTION: "[어텐션|어텐션 층]",
    Kind.DECISION: "[조건|판단|마름모]",
    Kind.STORE: "[데이터베이스|저장소|DB]",
    Kind.SERVICE: "서비스",
    Kind.DOCUMENT: "문서",
}
_ORDINALS = ("첫 번째", "두 번째", "세 번째", "네 번째")
_LABELS = ("예", "아니오", "성공", "실패", "재시도", "오류", "승인", "반려", "없음", "있음")


def message(rng: random.Random, wishes: list[str]) -> str:
    """Several wishes as one message."""
    end = rng.choice(("", "", "", "", ".", "!", " 부탁드려요", " ㅎㅎ"))
    return rng.choice((", ", ". ", " 그리고 ", "\n", ", 그리고 ")).join(wishes) + end


def _add(rng: random.Random, spec: Spec) -> Change | None:
    place = rng.choice(("after", "before", "between"))
    if rng.random() < 0.6:
        term = terms_scripts.korean(rng)
        new, words = node_words(Node(id=0, kind=term.kind, label=term.label)), term.words
        if term.kind is Kind.PROCESS:
            words += rng.choice(("", "", " 단계", " 과정"))
    else:
        new, words = new_node(rng, spec)
    ask = say(rng, "[추가해줘|추가하기|추가해 주세요|넣어줘|넣어주세요|하나 넣어줘|있어야 해요]")
    if place == "between":
        steps = [edge for edge in spec.edges if edge.source != edge.target]
        if not steps:
            return None
        split = rng.choice(steps)
        a, b = (_named(rng, spec, spec.node(end)) for end in (split.source, split.target))
        wish = say(rng, "{a} {b} [사이에|중간에] {w} {ask}", a=_and(rng, a), b=b, w=words, ask=ask)
        return Change(wish=wish, lines=f"between {split.source}|{split.target}|{new}")
    node = rng.choice(spec.nodes)
    if place == "after" and sum(edge.source == node.id for edge in spec.edges) > 1:
        return None
    where = "[다음에|뒤에|다음으로]" if place == "after" else "[앞에|전에|바로 앞에]"
    wish = say(rng, f"{{a}} {where} {{w}} {{ask}}", a=_named(rng, spec, node), w=words, ask=ask)
    return Change(wish=wish, lines=f"{place} {node.id}|{new}")


def _remove(rng: random.Random, spec: Spec) -> Change | None:
    if len(spec.nodes) < 3:
        return None
    node = rng.choice(spec.nodes)
    wish = say(
        rng,
        "[|이제 ]{a}[ 빼 주세요| 삭제해줘| 삭제| 지워줘| 지워 주세요| 없애줘| 제거해줘]",
        a=_object(rng, _named(rng, spec, node)),
    )
    return Change(wish=wish, lines=f"remove {node.id}")


def _rename(rng: random.Random, spec: Spec) -> Change | None:
    node, label = rng.choice(spec.nodes), terms_scripts.korean(rng).label
    if label == node.label:
        return None
    quote = rng.choice(("", "", "'", '"'))
    shown = f"{quote}{label}{quote}"
    wish = say(
        rng,
        "[{a} 이름을 {t} 바꿔줘|{a} {t} 바꿔주세요|{a} 말고 {l}[라고|이라고] [써줘|해줘|불러줘]|"
        "{a} 대신 [{l}|{l}[라고|이라고] 써줘|{t}]|{a} 텍스트를 {t} 수정|{a}의 이름은 {l}]",
        a=_named(rng, spec, node), l=shown, t=shown + _by(label),
    )  # fmt: skip
    return Change(wish=wish, lines=f"rename {node.id}|{label}")


def _resize(rng: random.Random, spec: Spec) -> Change | None:
    layers = [node for node in spec.nodes if node.count > 1 or node.kind is Kind.DENSE]
    if not layers:
        return None
    node = rng.choice(layers)
    kin = [other for other in layers if other.kind is node.kind]
    count = rng.choice((2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32, 50, 64, 100, 128, 256, 512))
    if any(other.count == count for other in kin):
        return None
    ask = say(
        rng, "{n}개로 [바꿔줘|해줘|늘려줘|줄여줘|변경|수정해주세요]" if rng.random() < 0.7
        else "[유닛|뉴런|노드] 수를 {n}[으로|개로] [해줘|바꿔줘]", n=count,
    )  # fmt: skip
    if len(kin) > 1 and node.kind in _KINDS and rng.random() < 0.4:
        name = say(
            rng, f"[{_KINDS[node.kind]} 모두|{_KINDS[node.kind]} 전부|모든 {_KINDS[node.kind]}]"
        )
        if find_nodes(spec, name) == tuple(
            other for other in spec.nodes if other.kind is node.kind
        ):
            return Change(wish=f"{name} {ask}", lines=f"count {name}|{count}")
    return Change(wish=f"{_named(rng, spec, node)} {ask}", lines=f"count {node.id}|{count}")


def _paint(rng: random.Random, spec: Spec) -> Change | None:
    painted = [node for node in spec.nodes if node.hue is not None]
    if painted and rng.random() < 0.4:
        node = rng.choice(painted)
        wish = say(rng, "{a} [색 빼줘|색 없애줘|원래 색으로]", a=_named(rng, spec, node))
        return Change(wish=wish, lines=f"paint {node.id}|{NO_HUE}")
    node, hue = rng.choice(spec.nodes), rng.choice(list(Hue))
    meant, name = str(node.id), _named(rng, spec, node)
    kin = [other for other in spec.nodes if other.kind is node.kind]
    if 1 < len(kin) < 7 and node.kind in _KINDS and rng.random() < 0.4:
        meant = name = say(rng, f"{_KINDS[node.kind]} [모두|전부|다]")
    colour = say(rng, _HUES[hue])
    wish = say(
        rng, "{a} {c} [바꿔줘|칠해줘|해주세요|표시해줘|]",
        a=_object(rng, name), c=colour + _by(colour),
    ).strip()  # fmt: skip
    return Change(wish=wish, lines=f"paint {meant}|{hue}")


def _link(rng: random.Random, spec: Spec) -> Change | None:
    a, b = rng.choice(spec.nodes), rng.choice(spec.nodes)
    leaving = [edge.target for edge in spec.edges if edge.source == a.id]
    if a is b or b.id in leaving or len(leaving) >= MAX_TARGETS:
        return None
    dashed = rng.random() < 0.2
    back = spec.nodes.index(b) < spec.nodes.index(a)
    names = {"a": _named(rng, spec, a), "b": _named(rng, spec, b)}
    wish = say(
        rng,
        "{a}에서 {b}{by} [{back}|가는 |][{d}화살표|{d}선]"
        "[ 추가| 추가해줘| 하나 그려주세요| 이어줘]",
        **names, by=_by(names["b"]), d="점선 " if dashed else "", back="돌아가는 " if back else "",
    )  # fmt: skip
    lines = f"link {a.id}|{b.id}"
    return Change(wish=wish, lines=f"{lines}\ndash {a.id}|{b.id}" if dashed else lines)


def _edge(rng: random.Random, spec: Spec) -> Change | None:
    """An edge goes, or gets a label, or is dashed."""
    if len(spec.edges) < 2:
        return None
    edge = rng.choice(spec.edges)
    a, b = (_named(rng, spec, spec.node(end)) for end in (edge.source, edge.target))
    way = say(rng, "{a}에서 {b}{by} [가는 |]화살표", a=a, b=b, by=_by(b))
    ends = f"{edge.source}|{edge.target}"
    label, roll = rng.choice(_LABELS), rng.random()
    if roll < 0.4:
        wish = say(rng, "{way}[ 빼줘|는 없애줘| 삭제|는 지워주세요]", way=way)
        return Change(wish=wish, lines=f"unlink {ends}")
    if roll < 0.8 and edge.label != label:
        wish = say(rng, "{way}에 [{l}|'{l}'][라고|이라고] [써줘|적어줘|표시해줘]", way=way, l=label)
        return Change(wish=wish, lines=f"label {ends}|{label}")
    if edge.dashed:
        return Change(wish=f"{way}는 실선으로", lines=f"solid {ends}")
    return Change(
        wish=say(rng, "{way}[는|를] 점선으로[| 해줘| 바꿔줘]", way=way), lines=f"dash {ends}"
    )


def _swap(rng: random.Random, spec: Spec) -> Change | None:
    if len(spec.nodes) < 3:
        return None
    a, b = rng.sample(spec.nodes, k=2)
    if (a.label, a.kind) == (b.label, b.kind):
        return None
    wish = say(
        rng, "{a} {b} [순서|자리|위치][를|] 바꿔[줘|주세요]",
        a=_and(rng, _named(rng, spec, a)), b=_named(rng, spec, b),
    )  # fmt: skip
    return Change(wish=wish, lines=f"swap {a.id}|{b.id}")


def _restyle(rng: random.Random, spec: Spec) -> Change | None:
    wishes = [
        (word, wish)
        for name, words in STYLE_WORDS.items()
        for word in words
        if word is not getattr(spec.style, name)
        for wish in WISHES[word]
        if not wish.isascii()
    ]
    word, wish = rng.choice(wishes)
    wish = say(
        rng, "[|전체를 |전부 |그림을 |다 ]{w}[| 바꿔줘| 해줘| 해주세요| 그려줘| 바꿔주세요]", w=wish
    )
    return Change(wish=wish, lines=f"style {word}")


CHANGES: tuple[tuple[Callable[[random.Random, Spec], Change | None], float], ...] = (
    (_add, 3.0),
    (_remove, 1.5),
    (_rename, 2.0),
    (_resize, 1.0),
    (_paint, 2.0),
    (_link, 1.5),
    (_edge, 1.5),
    (_swap, 1.0),
    (_restyle, 1.0),
)


def _named(rng: random.Random, spec: Spec, node: Node) -> str:
    """Its label when only one has it, its place among its kind, or its number."""
    alike = [other for other in spec.nodes if other.label.casefold() == node.label.casefold()]
    kin = [other for other in spec.nodes if other.kind is node.kind]
    place = next(place for place, other in enumerate(kin) if other is node)
    if node.kind in _KINDS and (len(alike) > 1 or rng.random() < 0.2):
        if len(kin) == 1:
            return say(rng, _KINDS[node.kind])
        if place == len(kin) - 1 and rng.random() < 0.6:
            return say(rng, f"마지막 {_KINDS[node.kind]}")
        if place < len(_ORDINALS):
            return say(rng, f"{_ORDINALS[place]} {_KINDS[node.kind]}")
    if len(alike) > 1 or rng.random() < 0.1:
        return say(rng, "{n}번[| 노드]", n=node.id)
    return node.label if rng.random() < 0.7 or not node.label.isascii() else node.label.lower()


def _final(word: str) -> int:
    """The final consonant of the last syllable as Unicode counts them; 0 for none or no Hangul."""
    last = ord(word[-1]) - 0xAC00
    return last % 28 if 0 <= last < 11_172 else 0


def _by(word: str) -> str:
    """The particle 로 or 으로: 로 after a vowel and after ㄹ."""
    return "로" if _final(word) in (0, 8) else "으로"


def _object(rng: random.Random, word: str) -> str:
    return word + rng.choice(("", "을" if _final(word) else "를", "은" if _final(word) else "는"))


def _and(rng: random.Random, word: str) -> str:
    return word + rng.choice(
        ("하고", "이랑" if _final(word) else "랑", "과" if _final(word) else "와")
    )
