"""Counted networks, layer rows and arrow lists in Korean."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_counted import mlp
from ml.language.corpus.networks_counts import hidden_sizes, layer_size
from ml.language.corpus.networks_wording import say
from ml.spec.model import Kind

_NET = (
    "[신경망|인공신경망|네트워크|MLP|다층 퍼셉트론|모델|딥러닝 모델|뉴럴넷|NN|신경망 구조|퍼셉트론]"
)
_PLEASE = (
    "[|| 그려줘| 그려 줘| 그려주세요| 만들어줘| 보여줘| 그림으로 보여줘| 부탁해|"
    "을 그려줘| 그려줄래?| 다이어그램]"
)


def korean_counted(rng: random.Random) -> Draft:
    """“입력 4개, 은닉층 8개, 출력 3개인 신경망”."""
    inputs, hidden, outputs = layer_size(rng), hidden_sizes(rng, most=4), layer_size(rng)
    row = rng.choice((", ", " ", "-", "→", ",", "와 ")).join(map(str, hidden))
    one = len(hidden) == 1
    alike = len(set(hidden)) == 1 and not one
    if one:
        h = say(rng, "[은닉층 {n}개|은닉 {n}개|은닉 노드 {n}개|은닉층 노드 {n}개|중간층 {n}개|"
                     "히든 {n}개|히든 레이어 {n}개|"
                     "은닉층이 {n}개|은닉 뉴런 {n}개|은닉층 {n}]", n=hidden[0])  # fmt: skip
    elif alike and rng.random() < 0.7:
        h = say(rng, "[은닉층 {k}개 각각 {n}개|{n}개짜리 은닉층 {k}개|노드 {n}개인 은닉층 {k}개|"
                     "은닉층 {k}개(각 {n}개)|"
                     "뉴런 {n}개씩 은닉층 {k}개|은닉층 {k}층 각 {n}개]", n=hidden[0],
                     k=len(hidden))  # fmt: skip
    else:
        h = say(
            rng,
            "[은닉층 {r}|은닉층이 {r}|은닉층 {r}개|은닉층 노드 {r}개|히든 {r}|중간층 {r}개|"
            "은닉층은 {r}개]",
            r=row,
        )
    text = say(
        rng,
        "[입력 {i}개, {h}, 출력 {o}개인 {net}{p}|입력 {i}개 {h} 출력 {o}개 {net}{p}|입력층 "
        "{i}개, {h}, 출력층 {o}개{p}|"
        "입력 노드 {i}개, {h}, 출력 노드 {o}개인 {net}{p}|입력이 {i}개이고 {h}, 출력이 {o}개인 "
        "{net}{p}|"
        "입력 {i}, {h}, 출력 {o}{p}|{net}: 입력 {i}개, {h}, 출력 {o}개|입력 특성 {i}개, {h}, "
        "클래스 {o}개 분류 {net}{p}|"
        "입력 {i}개 → {h} → 출력 {o}개|입력 크기 {i}, {h}, 출력 크기 {o}인 {net}{p}]",
        i=inputs, h=h, o=outputs, net=say(rng, _NET), p=say(rng, _PLEASE),
    )  # fmt: skip
    return mlp(inputs, hidden, outputs).draft(text)


def korean_shorthand(rng: random.Random) -> Draft:
    """“3-5-2 신경망 그려줘”."""
    sizes = [layer_size(rng), *hidden_sizes(rng), layer_size(rng)]
    row = rng.choice(("-", " - ", "→", " → ", "->", " -> ", ", ", "/")).join(map(str, sizes))
    text = say(rng, "[{r} {n}{p}|{n} {r}{p}|{r} 구조의 {n}{p}|층이 {r}인 {n}{p}|노드 수가 {r}인 "
                    "{n}{p}|{r} {n}]",
               r=row, n=say(rng, _NET), p=say(rng, _PLEASE))  # fmt: skip
    return mlp(sizes[0], sizes[1:-1], sizes[-1]).draft(text)


LAYERS = (
    ("합성곱층", Kind.CONV, "Conv"), ("합성곱", Kind.CONV, "Conv"), ("컨볼루션", Kind.CONV, "Conv"),
    ("풀링", Kind.POOL, "Pool"), ("풀링층", Kind.POOL, "Pool"), ("최대 풀링", Kind.POOL,
    "Max pool"),
    ("맥스 풀링", Kind.POOL, "Max pool"), ("평균 풀링", Kind.POOL, "Avg pool"), ("드롭아웃",
    Kind.PROCESS, "Dropout"),
    ("배치 정규화", Kind.NORM, "Batch norm"), ("임베딩", Kind.EMBEDDING, "Embedding"), ("LSTM",
                          Kind.RECURRENT, "LSTM"),
    ("GRU", Kind.RECURRENT, "GRU"), ("어텐션", Kind.ATTENTION, "Attention"), ("소프트맥스",
    Kind.ACTIVATION, "Softmax"),
    ("셀프 어텐션", Kind.ATTENTION, "Self-attention"), ("완전연결층", Kind.DENSE, "Dense"),
    ("플래튼", Kind.PROCESS, "Flatten"),
    ("ReLU", Kind.ACTIVATION, "ReLU"), ("시그모이드", Kind.ACTIVATION, "Sigmoid"), ("층 정규화",
    Kind.NORM, "Layer norm"),
)  # fmt: skip


def korean_layers(rng: random.Random) -> Draft:
    """“이미지 28x28 → 합성곱 → 풀링 → 완전연결층 64 → 출력 10”; labels are the usual ones."""
    sketch = Sketch()
    ids, texts = [], []
    if rng.random() < 0.6:
        side = rng.choice((28, 32, 64, 128, 224, 256))
        texts.append(say(rng, "[이미지 {s}x{s}|{s}x{s} 이미지|{s}x{s} 입력]", s=side))
        ids.append(sketch.add(Kind.INPUT, f"Image {side}x{side}"))
    else:
        texts.append("입력")
        ids.append(sketch.add(Kind.INPUT))
    for name, kind, label in (rng.choice(LAYERS) for _ in range(rng.randint(2, 7))):
        count = (
            rng.choice((32, 64, 128, 256))
            if kind in (Kind.DENSE, Kind.RECURRENT) and rng.random() < 0.6
            else 1
        )
        if kind is Kind.CONV and rng.random() < 0.4:
            k = rng.choice((3, 5, 7))
            name, label = f"{k}x{k} {name}", f"{label} {k}x{k}"
        texts.append(f"{name} {count}" if count > 1 else name)
        ids.append(sketch.add(kind, label, count=count))
    outputs = rng.choice((1, 2, 5, 10, 100))
    texts.append(say(rng, "[출력 {n}|출력 {n}개]", n=outputs) if outputs > 1 else "출력")
    ids.append(sketch.add(Kind.OUTPUT, count=outputs))
    sketch.chain(*ids)
    if rng.random() < 0.2:
        text = rng.choice(("층:\n", "모델 구조\n", "")) + "\n".join(
            f"{n}. {t}" for n, t in enumerate(texts, 1)
        )
        return sketch.draft(text)
    row = rng.choice((" → ", " -> ", ", ", "->", " 다음 ", " > ")).join(texts)
    head = rng.choice(
        ("", "", "CNN: ", "모델: ", "이 모델 그려줘: ", "신경망 구조: ", "다음 구조를 그려줘 ")
    )
    return sketch.draft(head + row)
