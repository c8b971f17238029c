"""Korean networks with counts of layers, repetitions and words that are no layer's."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_korean import LAYERS
from ml.language.corpus.networks_layers import Layer, draw_layers
from ml.language.corpus.networks_wording import say
from ml.spec.model import Kind

NUMBERS = {
    2: "두",
    3: "세",
    4: "네",
    5: "다섯",
    6: "여섯",
    7: "일곱",
    8: "여덟",
    9: "아홉",
    10: "열",
}
_BLOCKS = (
    ("트랜스포머 블록", Kind.MODEL), ("잔차 블록", Kind.MODEL), ("인코더 블록", Kind.MODEL),
    ("디코더 블록", Kind.MODEL), ("어텐션 블록", Kind.MODEL), ("컨포머 블록", Kind.MODEL),
)  # fmt: skip
_JOINTS = (
    ", ",
    ", ",
    " 다음 ",
    ", 그리고 ",
    ", 그 다음 ",
    " → ",
    " -> ",
    ", 그다음에 ",
    " 그리고 ",
)
_SO = "[||| 이렇게| 이렇게 그려줘| 순서로 그려줘| 그려줘|. 이렇게 그려 주세요| 구조로]"


def _times(rng: random.Random, number: int) -> str:
    return rng.choice((f"{number}번", f"{number}번", f"{NUMBERS.get(number, number)} 번"))


def _some(rng: random.Random) -> Layer:
    """One layer, or several equal ones: “합성곱층 3개”, “트랜스포머 블록 여섯 개”."""
    if rng.random() < 0.3:
        name, kind = rng.choice(_BLOCKS)
        label = name
    else:
        name, kind, label = rng.choice(LAYERS)
    if kind is Kind.CONV and rng.random() < 0.3:
        k = rng.choice((1, 3, 3, 5, 7))
        name, label = f"{k}x{k} {name}", f"{label} {k}x{k}"
    number = rng.choice((1, 1, 1, 2, 2, 3, 3, 4, 5, 6, 8, 10))
    if number == 1:
        return Layer(text=name, kind=kind, label=label)
    n = NUMBERS.get(number, str(number))
    text = say(rng, "[{w} {d}개|{w} {d}개|{w} {n} 개|{d}개의 {w}|{n} 개의 {w}|{w} {d}층|{w} x{d}]",
               w=name, d=number, n=n)  # fmt: skip
    return Layer(text=text, kind=kind, label=label, times=number)


def korean_repeated(rng: random.Random) -> Draft:
    """“입력 다음 합성곱층 3개, (합성곱, 풀링) 2번 반복, 그 다음 출력 10개 이렇게 그려줘”."""
    layers, texts = [Layer(text="입력", kind=Kind.INPUT)], ["입력"]
    for _ in range(rng.choice((1, 2, 2, 3))):
        if rng.random() < 0.35:
            row = [Layer(text=name, kind=kind, label=label) for name, kind, label in
                   rng.sample(LAYERS, rng.choice((2, 2, 3)))]  # fmt: skip
            times = rng.choice((2, 2, 3, 3, 4, 5))
            inner = rng.choice((", ", " + ", " → ", "-")).join(layer.text for layer in row)
            texts.append(
                say(rng, "[({r}) {t} 반복|({r}) {t}|{t} 반복 ({r})|({r}) x {d}|({r}) 블록 {d}개]",
                    r=inner, t=_times(rng, times), d=times)
            )  # fmt: skip
            layers += row * times
        else:
            layers.append(_some(rng))
            texts.append(layers[-1].text)
    outputs = rng.choice((1, 2, 3, 5, 10, 10, 100))
    layers.append(Layer(text="", kind=Kind.OUTPUT, count=outputs))
    texts.append(f"출력 {outputs}{rng.choice(('', '개'))}" if outputs > 1 else "출력")
    sketch = Sketch()
    sketch.chain(*draw_layers(sketch, layers))
    joint = rng.choice(_JOINTS) if rng.random() < 0.6 else ""
    text = texts[0]
    for part in texts[1:]:
        text += (joint or rng.choice(_JOINTS)) + part
    head = rng.choice(("", "", "모델: ", "신경망 ", "이 구조 그려줘: ", "먼저 "))
    return sketch.draft(head + text + say(rng, _SO))


def korean_deep(rng: random.Random) -> Draft:
    """“입력 8개, 유닛 50개짜리 은닉층 열 개, 출력 2개”: every layer is drawn."""
    number = rng.choice((2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15))
    count = rng.choice((rng.randint(2, 64), 10, 20, 50, 64, 100, 128))
    inputs, outputs = rng.randint(1, 64), rng.randint(1, 12)
    n = NUMBERS.get(number, str(number))
    middle = say(
        rng,
        "[은닉층 {d}개(각 {c}개)|유닛 {c}개짜리 은닉층 {d}개|{c}개짜리 은닉층 {n} 개|"
        "은닉층 {d}개, 각각 {c}개|뉴런 {c}개씩 은닉층 {n} 개|노드 {c}개인 은닉층 {d}개|"
        "은닉층 {n} 개에 노드 {c}개씩|{c}개인 은닉층이 {d}층|은닉층 {d}개 모두 {c}개]",
        d=number, n=n, c=count,
    )  # fmt: skip
    text = say(
        rng,
        "[입력 {i}개, {m}, 출력 {o}개|입력 {i}개 그리고 {m}, 그 다음 출력 {o}개|"
        "입력 {i} 다음 {m} 다음 출력 {o}|{m}, 입력은 {i}개, 출력은 {o}개|"
        "출력 {o}개, 입력 {i}개, {m}]",
        i=inputs, o=outputs, m=middle,
    ) + say(rng, _SO)  # fmt: skip
    sketch = Sketch()
    ids = [sketch.add(Kind.INPUT, count=inputs)]
    ids += [sketch.add(Kind.DENSE, "Hidden", count=count) for _ in range(number)]
    sketch.chain(*ids, sketch.add(Kind.OUTPUT, count=outputs))
    return sketch.draft(text)
