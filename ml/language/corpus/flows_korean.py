"""Korean descriptions, and labels of other scripts within English ones."""

from __future__ import annotations

import random

from ml.language.corpus import terms_scripts
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chains import arrow, length
from ml.language.corpus.flows_conditions import decision
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_terms import Term, ways
from ml.spec.model import Kind

_PREFIX = ways(
    "|||우리 {t} 흐름: |{t} 흐름도: |{t} 과정: |순서: |{t} 파이프라인은 다음과 같아요: |"
    "다이어그램 그려줘: |"
    "{t} 플로우차트 그려 주세요: |{t} 프로세스: |이 흐름을 그려줘: |{t} 구조: |다음 과정을 그려줘: "
)
_SUFFIX = ways(
    "|||| 그려줘| 그려 주세요| 순서로 그려줘| 흐름도로 만들어 주세요|"
    " 순서대로 진행됩니다| 다이어그램으로 보여줘| (부탁해요)"
)
_TOPICS = ways(
    "RAG 봇|주문|결제|학습|데이터|배포|채용|고객 지원|챗봇|서비스|추천|로그 수집|"
    "회원가입|검색|재고 관리|번역기|라면|알림"
)


def terms(story: Story, count: int) -> list[Term]:
    rng = story.rng
    if rng.random() < 0.55:
        pool = rng.choice(terms_scripts.KOREAN)
        if len(pool) >= count:
            chosen = [pool[i] for i in sorted(rng.sample(range(len(pool)), count))]
            return [term for term in chosen if story.take(term)]
    return [story.fresh(terms_scripts.korean) for _ in range(count)]


def _tell(story: Story, body: str) -> Draft:
    rng = story.rng
    prefix = rng.choice(_PREFIX).format(t=rng.choice(_TOPICS))
    if "\n" in body:
        return story.tell(prefix.strip() + ("\n" if prefix else "") + body, wrap=False)
    return story.tell(prefix + body + rng.choice(_SUFFIX), wrap=False)


def korean_arrows(rng: random.Random) -> Draft:
    """사용자 질문 -> 임베딩 -> 검색"""
    story = Story(rng)
    chain = terms(story, length(rng, high=10))
    if rng.random() < 0.1:
        chain = [Term("시작", Kind.START), *chain, Term("끝", Kind.END)]
    text = arrow(rng).join(story.name(term) for term in chain)
    story.chain(*chain)
    return _tell(story, text)


def korean_lists(rng: random.Random) -> Draft:
    """1. … 2. …; 먼저 …, 그다음 …"""
    story = Story(rng)
    chain = terms(story, length(rng, high=9))
    names = [story.name(term) for term in chain]
    way = rng.randrange(5)
    if way == 0:
        form = rng.choice(("{}. ", "{}) ", "{}단계: ", "({}) "))
        text = rng.choice(("\n", "\n", " ")).join(
            form.format(i) + n for i, n in enumerate(names, 1)
        )
    elif way == 1:
        mark = rng.choice(("- ", "* ", "• "))
        text = "\n".join(mark + name for name in names)
    elif way == 2:
        text = rng.choice(ways(", |, 그다음 | 다음 | 후 |, 그리고 | 그 다음에 ")).join(names)
    elif way == 3:
        text = "먼저 " + rng.choice((", 그다음 ", ", 다음으로 ", ", 이어서 ")).join(names[:-1])
        text += rng.choice((", 마지막으로 ", ", 끝으로 ")) + names[-1]
    else:
        text = rng.choice(("에서 ", " 이후 ")).join(names[:2])
        text += "".join(f", 그다음 {name}" for name in names[2:])
    story.chain(*chain)
    return _tell(story, text)


def korean_branches(rng: random.Random) -> Draft:
    """A에서 B와 C로; 예 -> …, 아니오 -> …"""
    story = Story(rng)
    chain = terms(story, rng.randint(1, 3))
    names = [story.name(term) for term in chain]
    text = " -> ".join(names)
    if rng.random() < 0.5:
        subject = rng.choice(
            ways(
                "결제 성공|점수 0.8 이상|승인|유효한 데이터|재고 있음|오류 발생|"
                "로그인 성공|정확도 90% 이상|신규 고객|테스트 통과"
            )
        )
        asked = decision(subject)
        story.name(asked)
        yes, no = (story.fresh(terms_scripts.korean) for _ in range(2))
        a, b = rng.choice((("예", "아니오"), ("예", "아니요"), ("yes", "no"), ("네", "아니오")))
        text += f" -> {subject}? {a} -> {story.name(yes)}, {b} -> {story.name(no)}"
        story.chain(*chain, asked)
        story.link(asked, yes, a)
        story.link(asked, no, b)
    else:
        targets = [story.fresh(terms_scripts.korean) for _ in range(rng.choice((2, 2, 3)))]
        text += " -> (" + ", ".join(story.name(term) for term in targets) + ")"
        story.chain(*chain)
        story.fan(chain[-1], targets)
        if rng.random() < 0.6:
            last = story.fresh(terms_scripts.korean)
            text += f" -> {story.name(last)}"
            for term in targets:
                story.link(term, last)
    return _tell(story, text)


def other_scripts(rng: random.Random) -> Draft:
    """Chains of terms in another language, in that script."""
    story = Story(rng)
    pool = list(rng.choice(terms_scripts.OTHERS))
    rng.shuffle(pool)
    chain = []
    for term in pool[: rng.randint(3, 7)]:
        term = term.reworded(story.cased(term.words))
        if story.take(term):
            chain.append(term)
    names = [story.name(term) for term in chain]
    way = rng.randrange(4)
    if way < 2:
        text = arrow(rng).join(names)
    elif way == 2:
        text = "\n".join(f"{i}. {name}" for i, name in enumerate(names, 1))
    else:
        text = rng.choice((", then ", ", ")).join(names)
    story.chain(*chain)
    return story.tell(text)
