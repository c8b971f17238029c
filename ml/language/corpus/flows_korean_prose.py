"""Korean sentences: particles follow the words that become labels."""

from __future__ import annotations

import random

from ml.language.corpus import terms_scripts
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_conditions import decision
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.spec.model import Kind

_ENDINGS = ways("|.| 그려줘|. 그려 주세요|. 다이어그램으로 그려줘| 구조를 그려줘|. 흐름도 부탁해요")
CONDITIONS = ways(
    "결제가 성공하면|점수가 0.8 이상이면|승인되면|데이터가 유효하면|재고가 있으면|오류가 발생하면|"
    "로그인에 성공하면|정확도가 90% 이상이면|테스트를 통과하면|캐시에 있으면|"
    "금액이 10만원 이상이면|"
    "신규 고객이면|손실이 줄어들면|이상이 발견되면|문서가 완전하면|파일이 너무 크면"
)


def has_final(word: str) -> bool:
    """Whether the last syllable ends in a consonant (decides the particle's form)."""
    last = word[-1]
    if "가" <= last <= "힣":
        return (ord(last) - ord("가")) % 28 != 0
    return last.upper() in "LMNR013678"


def particle(word: str, after_consonant: str, after_vowel: str) -> str:
    return word + (after_consonant if has_final(word) else after_vowel)


def towards(word: str) -> str:
    last = word[-1]
    if "가" <= last <= "힣" and (ord(last) - ord("가")) % 28 in {0, 8}:
        return word + "로"  # a vowel or ㄹ
    return particle(word, "으로", "로")


def _drawn(story: Story, count: int) -> list[Term]:
    return [story.fresh(terms_scripts.korean) for _ in range(count)]


def _and(words: list[str]) -> str:
    if len(words) == 1:
        return words[0]
    return ", ".join([*words[:-2], particle(words[-2], "과 ", "와 ") + words[-1]])


def korean_sends(rng: random.Random) -> Draft:
    """A에서 B로, B에서 C와 D로"""
    story = Story(rng)
    known = _drawn(story, 1)
    parts = []
    for _ in range(rng.randint(1, 4)):
        source = known[-1]
        targets = _drawn(story, rng.choice((1, 1, 1, 2, 3)))
        name = story.name(source)
        names = [story.name(term) for term in targets]
        form = rng.choice(
            ("{a}에서 {b}", "{t} {b} 보낸다", "{t} {b} 전달합니다", "{a}에서 {b} 간다")
        )
        parts.append(form.format(a=name, t=particle(name, "은", "는"), b=towards(_and(names))))
        story.fan(source, targets)
        known += targets
    glue = rng.choice((", ", ". ", "\n", " 그리고 "))
    return story.tell(glue.join(parts) + rng.choice(_ENDINGS), wrap=False)


def korean_joins(rng: random.Random) -> Draft:
    """A와 B를 합쳐 C로, 그다음 D"""
    story = Story(rng)
    sources = _drawn(story, rng.choice((2, 2, 3)))
    names = _and([story.name(term) for term in sources])
    tail = _drawn(story, rng.choice((1, 2, 2)))
    target = story.name(tail[0])
    form = rng.choice(("{o} 합쳐서 {b}", "{s} {b} 들어간다", "{o} {b} 보낸다", "{s} 모두 {b} 간다"))
    text = form.format(
        o=particle(names, "을", "를"), s=particle(names, "이", "가"), b=towards(target)
    )
    for term in tail[1:]:
        text += f", 그다음 {story.name(term)}"
    for term in sources:
        story.link(term, tail[0])
    story.chain(*tail)
    return story.tell(text + rng.choice(_ENDINGS), wrap=False)


def korean_if(rng: random.Random) -> Draft:
    """A 후 …이면 B, 아니면 C"""
    story = Story(rng)
    before = _drawn(story, rng.choice((1, 1, 2)))
    text = rng.choice((" -> ", ", ", " 후 ")).join(story.name(term) for term in before)
    words = rng.choice(CONDITIONS)
    asked = decision(words)
    story.name(asked)
    yes, no = _drawn(story, 2)
    text += rng.choice((". ", ", ", " 다음에 ", ". 만약 ")) + f"{words} {story.name(yes)}"
    text += rng.choice((", 아니면 ", ", 그렇지 않으면 ", ". 아니면 ")) + story.name(no)
    story.chain(*before, asked)
    story.link(asked, yes, "yes")
    story.link(asked, no, "no")
    return story.tell(text + rng.choice(_ENDINGS), wrap=False)


def korean_loop(rng: random.Random) -> Draft:
    """A -> B -> C -> 다시 A; 반복"""
    story = Story(rng)
    chain = _drawn(story, rng.randint(2, 5))
    mark = rng.choice((" -> ", " → ", ", "))
    text = mark.join(story.name(term) for term in chain)
    text += rng.choice(
        (f"{mark}다시 {chain[0].words}", " 반복", ", 그리고 처음으로 돌아간다", ", 이 과정을 반복")
    )
    story.chain(*chain)
    story.link(chain[-1], chain[0])
    return story.tell(text + rng.choice(_ENDINGS), wrap=False)


def korean_framed(rng: random.Random) -> Draft:
    """시작 -> … -> 종료"""
    story = Story(rng)
    start = Term("시작", Kind.START, Form.NAME)
    end = Term(rng.choice(("끝", "종료")), Kind.END, Form.NAME)
    chain = [start, *_drawn(story, rng.randint(1, 6)), end]
    text = rng.choice((" -> ", " → ", ", ", "\n", " => ")).join(story.name(term) for term in chain)
    story.chain(*chain)
    return story.tell(text, wrap=False)
