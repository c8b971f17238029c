"""Korean steps with words between them that belong to none: 그리고, 그 다음, 다시, 이렇게."""

from __future__ import annotations

import random

from ml.language.corpus import terms_scripts
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_conditions import decision
from ml.language.corpus.flows_korean_prose import CONDITIONS, particle, towards
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.spec.model import Kind

_DAILY = ways(
    "카드 삽입|비밀번호 입력|현금 인출|카드 회수|잔액 확인|손 씻기|재료 손질|밥 짓기|국 끓이기|"
    "설거지|양치하기|샤워하기|옷 입기|버스 타기|출근|퇴근|점심 먹기|커피 내리기|회의 참석|"
    "메일 확인|숙제 제출|채점|복습|시험 보기|책 읽기|운동하기|장보기|물건 담기|계산하기|포장|"
    "택배 보내기|문 열기|창문 닫기|불 끄기|빨래 널기|다림질|청소기 돌리기|화분 물주기|산책|"
    "강아지 밥 주기|사진 찍기|편집|업로드|예약하기|표 끊기|탑승|도착|체크인|짐 풀기|신청서 작성|"
    "서명|제출|심사|결과 통보|물 붓기|반죽 만들기|오븐 예열|굽기|식히기|접시에 담기|세탁|탈수|"
    "건조|개기|주차|시동 걸기|주유|출발|신호 대기|문제 풀기|답 확인|로그아웃"
)
_BETWEEN = ways(
    ", 그리고 | 그리고 |, 그 다음 | 그 다음 |, 그다음에 | 다음 | 다음에 |, 그 후 | 후에 | 후 |"
    ", 이어서 |, 그러고 나서 |, 그런 다음 |. 그 다음 |. 그리고 |, 다음으로 |, 이후 | 끝나면 |"
    ", 그리고 나서 | 한 다음 "
)
_LAST = ways(
    ", 마지막으로 | 그리고 마지막에 |, 끝으로 |, 최종적으로 |. 마지막으로 |, 그리고 | 그 다음 "
)
_FIRST = ways("||||먼저 |우선 |처음에 |일단 |제일 먼저 |시작은 ")
_SO = ways(
    "|||| 이렇게| 이렇게 그려줘| 이런 순서로 그려줘| 순서로| 순서대로 그려 주세요| 이렇게 해줘|"
    ". 이렇게 그려줘| 이런 흐름으로| 흐름도 그려줘|. 이런 식으로 그려줘| 이렇게 진행돼|"
    ", 이렇게 연결해줘| 그려줄래?"
)


def _steps(story: Story, count: int) -> list[Term]:
    """Daily steps, a known flow, or composed terms."""
    rng = story.rng
    roll = rng.random()
    if roll < 0.4:
        return [Term(words, Kind.PROCESS, Form.NAME) for words in rng.sample(_DAILY, count)]
    pool = rng.choice(terms_scripts.KOREAN)
    if roll < 0.7 and len(pool) >= count:
        return [pool[place] for place in sorted(rng.sample(range(len(pool)), count))]
    return [story.fresh(terms_scripts.korean) for _ in range(count)]


def korean_connected(rng: random.Random) -> Draft:
    """먼저 A 그리고 B, 그 다음 C 이렇게 그려줘"""
    story = Story(rng)
    terms = _steps(story, rng.choice((2, 3, 3, 4, 4, 5, 6)))
    names = [story.name(term) for term in terms]
    alike = rng.choice(_BETWEEN) if rng.random() < 0.5 else ""
    text = rng.choice(_FIRST) + names[0]
    for place, name in enumerate(names[1:], 2):
        mark = alike or rng.choice(_BETWEEN)
        if place == len(names) and rng.random() < 0.4:
            mark = rng.choice(_LAST)
        text += mark + name
    story.chain(*terms)
    return story.tell(text + rng.choice(_SO), wrap=False)


def korean_again(rng: random.Random) -> Draft:
    """A, B, 통과하면 C, 아니면 다시 A"""
    story = Story(rng)
    terms = _steps(story, rng.choice((2, 3, 3, 4)))
    before, after = terms[:-1], terms[-1]
    text = rng.choice((", ", " → ", " -> ", rng.choice(_BETWEEN))).join(
        story.name(term) for term in before
    )
    words = rng.choice(CONDITIONS)
    asked = decision(words)
    story.name(asked)
    back = before[rng.choice((0, -1))].words
    again = rng.choice(
        (f"다시 {back}", f"다시 {towards(back)}", f"{towards(back)} 돌아가", f"{back} 다시",
         f"{back} 반복", f"처음 {towards(back)}" if back == before[0].words else f"또 {back}")
    )  # fmt: skip
    text += rng.choice((". ", ", ", ". 그 다음 ", ". 만약 ", " 그리고 "))
    name = story.name(after)
    text += rng.choice(
        (
            f"{words} {name}, 아니면 {again}",
            f"{words} {towards(name)}, 그렇지 않으면 {again}",
            f"{words} {name} 하고 아니면 {again}",
            f"{words} {name}, 안 되면 {again}",
        )
    )
    story.chain(*before, asked)
    story.link(asked, after, "yes")
    story.link(asked, next(term for term in before if term.words == back), "no")
    return story.tell(text + rng.choice(("", "", ".", " 이렇게", ". 이렇게 그려줘")), wrap=False)


def korean_to_several(rng: random.Random) -> Draft:
    """A는 B와 C랑 D에 연결, 그리고 D는 다시 E로"""
    story = Story(rng)
    head = story.fresh(terms_scripts.korean)
    arms = [story.fresh(terms_scripts.korean) for _ in range(rng.choice((2, 2, 3, 3)))]
    name = story.name(head)
    joint = rng.choice((", ", "하고 ", ""))
    names = [story.name(term) for term in arms]
    row = names[0]
    for other in names[1:]:
        row = (row + joint if joint else particle(row, "과 ", "와 ")) + other
    story.fan(head, arms)
    text = particle(name, "은 ", "는 ") + rng.choice(
        (f"{row}에 연결", f"{row} 사용", f"{towards(row)} 보냄", f"{towards(row)} 갈라진다",
         f"{row}에 각각 연결돼", f"{row}에 동시에 보낸다")
    )  # fmt: skip
    if rng.random() < 0.5:
        last = story.fresh(terms_scripts.korean)
        text += rng.choice((", 그리고 ", ". 그 다음 ", ". 그리고 "))
        if rng.random() < 0.5:
            text += rng.choice(("모두 ", "전부 ", "둘 다 " if len(arms) == 2 else "셋 다 "))
            text += rng.choice(("{}", "다시 {}")).format(towards(story.name(last)))
            for arm in arms:
                story.link(arm, last)
        else:
            source = rng.choice(arms)
            text += particle(source.words, "은 ", "는 ") + towards(story.name(last))
            story.link(source, last)
    return story.tell(text + rng.choice(("", ".", " 이렇게 그려줘", ". 그려줘")), wrap=False)
