"""Questions with named answers, half-said conditions, names given last, and who is over whom."""

from __future__ import annotations

import random

from ml.language.corpus import terms_lexicon, terms_words
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_chatter import framed
from ml.language.corpus.flows_story import Story, sentence
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.language.corpus.flows_walks import jotted
from ml.language.corpus.terms_doings import asked, short_question
from ml.language.corpus.terms_everyday import who
from ml.spec.model import Kind

_ASKS = ways(
    "what kind of {o}|which {o}|what {o} is it|which {o} type|how many {o}s|whose {o}|what colour|"
    "how big is the {o}|which {o} size|{o} type|{o} level|what does the {o} say|how old is the {o}|"
    "what is the {o}|which floor|what weekday|who sent the {o}|{o} from where|what state is it in"
)
_ANSWERS = ways(
    "red|green|blue|amber|small|medium|large|huge|low|high|critical|gold|silver|bronze|paper|glass|"
    "metal|wood|plastic|cash|card|new|used|monday|weekend|morning|night|local|abroad|domestic|vip|"
    "adult|child|senior|cat|dog|bird|spanish|french|korean|0|1|more|less than 5|5 to 10|over 10|"
    "north|south|left|right|hot|cold|text|image|audio|none|unknown|other|anything else|express"
)
_HANDS = (
    ("{a} -> {x}", (", ", "; ", "\n", ". ")), ("{a}: {x}", (", ", "; ", "\n", ". ")),
    ("if {a} {x}", (", ", "; ")), ("{a} → {x}", (", ", "; ")), ("{a} = {x}", (", ", "; ")),
    ("for {a} {x}", (", ", "; ")), ("{a} goes to {x}", (", ", "; ")), ("if {a}: {x}", (", ", "; ")),
    ("when {a}, {x}", ("; ", ". ")), ("({a}) {x}", (" ", ", ")), ("- {a}: {x}", ("\n",)),
)  # fmt: skip


def named_ways(rng: random.Random) -> Draft:
    """a, which size? small -> b, large -> c, other -> d: an answer is on its arrow."""
    story = Story(rng)
    before = jotted(story, rng.choice((0, 1, 1, 2, 2, 3)))
    glue = rng.choice((", ", " -> ", ", then ", " → ", "; "))
    text = glue.join(story.name(term) for term in before) + (glue if before else "")
    thing = rng.choice(
        (rng.choice(terms_lexicon.OBJECTS), rng.choice(terms_lexicon.TOPICS).lower())
    )
    words = story.cased(rng.choice(_ASKS).format(o=thing))
    ask = asked(words)
    story.take(ask)
    story.name(ask)
    story.chain(*before, ask)
    answers: list[str] = []
    count = rng.choice((2, 3, 3, 3, 4, 5))
    while len(answers) < count:
        pool = (rng.choice(_ANSWERS), rng.choice(_ANSWERS), rng.choice(terms_lexicon.OBJECTS))
        answer = story.cased(rng.choice(pool))
        if answer.lower() not in {known.lower() for known in answers}:
            answers.append(answer)
    way, gaps = rng.choice(_HANDS)
    gap = rng.choice(gaps)
    people = rng.random() < 0.35 and "if" not in way and "when" not in way
    parts, ends = [], []
    for answer in answers:
        if people:
            arm = [story.entity(Kind.PERSON, Kind.PERSON, Kind.SERVICE)]
        else:
            arm = jotted(story, rng.choice((1, 1, 1, 2)))
        mark = " then " if gap in {", ", "; "} else ", "
        parts.append(way.format(a=answer, x=mark.join(story.name(term) for term in arm)))
        story.link(ask, arm[0], answer)
        story.chain(*arm)
        ends.append(arm[-1])
    text += words + "?" + ("\n" if gap == "\n" else " ") + gap.join(parts)
    if rng.random() < 0.3:
        after = jotted(story, 1)[0]
        story.name(after)
        form = rng.choice(
            ways(
                "all of them then go to {n}|then {n} in every case|after any of them {n}|"
                "all -> {n}|every one of these leads to {n}|whichever it is, {n} comes last"
            )
        )
        text += ("\n" if "\n" in gap else ". ") + form.format(n=after.words)
        for end in ends:
            story.link(end, after)
    return story.tell(framed(rng, text), wrap=False)


_IF = ways(
    "if {c} {y}, if not {n}|if {c} {y}, otherwise {n}|if {c}, {y}, else {n}|if {c} {y} else {n}|"
    "when {c} {y}, otherwise {n}|if {c} then {y}, if it isn't {n}|if {c}: {y}; else: {n}|"
    "in case {c}, {y}, if not, {n}|{y} if {c}, otherwise {n}|if {c} we {y}, if not we {n}"
)
_STATES = ways(
    "valid|urgent|empty|snowing|hot|late|broken|ready|ripe|expired|loose|overcooked|soaked|legible|"
    "fragile|frozen|spam|foggy|dark|windy|sunny|full|muddy|cracked|free|closed|new|stale|infected|"
    "overdue|rusty|signed|dull|noisy|correct|too heavy|too cold|still warm|within budget|sealed"
)
_EITHER = ways(
    ", then {z} regardless|. Afterwards {z} in any case|, and {z} at the end whichever it was|"
    ". Either one ends with {z}|, both then lead to {z}|; after both {z}|. No matter what, {z}"
)


def if_it_is(rng: random.Random) -> Draft:
    """check the seal. if it is cracked b, if not c: “Cracked?” is asked, b and c answer it."""
    story = Story(rng)
    before = jotted(story, rng.choice((0, 1, 1, 1, 2, 3)))
    text = rng.choice((", ", ", then ", " then ", " -> ")).join(story.name(x) for x in before)
    text += rng.choice((". ", ", ", "; ", ". ")) if before else ""
    it = rng.choice(("it is ", "it's ", "its ", "they are ", "", "it is "))
    state = story.cased(rng.choice(_STATES))
    ask = asked(state)
    story.take(ask)
    form = rng.choice(_IF)
    late = form.startswith("{y}")
    yes, no = jotted(story, rng.choice((1, 1, 2))), jotted(story, rng.choice((1, 1, 1, 2)))
    if not late:
        story.name(ask)
    y = " and ".join(story.name(term) for term in yes)
    story.name(ask)
    n = " and ".join(story.name(term) for term in no)
    text += form.format(c=it + state, y=y, n=n)
    story.chain(*before, ask)
    story.link(ask, yes[0], "yes")
    story.link(ask, no[0], "no")
    story.chain(*yes)
    story.chain(*no)
    roll = rng.random()
    if roll < 0.25:
        after = jotted(story, 1)[0]
        story.name(after)
        text += rng.choice(_EITHER).format(z=after.words)
        story.link(yes[-1], after)
        story.link(no[-1], after)
    elif roll < 0.45:
        end = rng.choice((yes, no))[-1]
        after = jotted(story, 1)[0]
        story.name(after)
        text += ". " + rng.choice(
            ways("{Z} follows {e}|After {e} comes {z}|{Z} comes after {e}|{E} leads to {z}")
        ).format(z=after.words, e=end.words, Z=after.words, E=end.words)
        story.link(end, after)
    return story.tell(framed(rng, sentence(text) if rng.random() < 0.4 else text), wrap=False)


_TITLES = ways(
    "ceo|cto|cfo|coo|cmo|CEO|CTO|CFO|CIO|VP sales|VP engineering|head of design|head of marketing|"
    "team lead|plant manager|shift lead|chief surgeon|dean|principal|captain|sergeant|abbot|"
    "foreman|editor in chief|art director|store manager|head chef|sous chef|conductor|producer|"
    "web team|data team|legal team|night crew|kitchen staff|sales rep|intern|accountant|recruiter|"
    "qa engineer|designer|backend developer|scientist|lab tech|archivist|trainee|payroll clerk"
)
_OVER = ways("is over|manages|leads|has|has under them|is the boss of|supervises|runs|heads")


def who_is_over(rng: random.Random) -> Draft:
    """the dean is over a and b; b has two people, c and d"""
    story = Story(rng)

    def person() -> Term:
        def draw(rng: random.Random) -> Term:
            if rng.random() < 0.65:
                return Term(rng.choice(_TITLES), Kind.PERSON, Form.NOUN)
            return rng.choice(
                (Term(who(rng), Kind.PERSON), terms_words.entity(rng, (Kind.PERSON,)))
            )

        return story.fresh(draw)

    the = rng.choice(("the ", "the ", ""))
    boss, open_ = person(), []
    parts = []
    level = [boss]
    for _ in range(rng.choice((1, 2, 2, 3, 4))):
        if not level:
            break
        head = level.pop(0)
        below = [person() for _ in range(rng.choice((1, 2, 2, 3, 4)))]
        verb = rng.choice(_OVER)
        said = f"{the}{story.name(head)} {verb} "
        number = ("", "one person", "two people", "three people", "four people")[len(below)]
        said += f"{number}, " if rng.random() < 0.15 else ""
        names = [the + story.name(term) for term in below]
        said += ", ".join(names[:-1]) + (" and " if len(names) > 1 else "") + names[-1]
        parts.append(said)
        story.fan(head, below)
        open_ += below
        level += rng.sample(below, rng.randint(0, len(below)))
    text = rng.choice(("; ", ". ", "\n", ", ")).join(parts)
    return story.tell(framed(rng, text), wrap=False)


_LISTS = ways(
    "steps: |the steps: |steps are |the boxes are |boxes: |as boxes: |in short: |so: |call them |"
    "i.e. |the boxes should say |short labels: |use these names: |label the steps "
)
_SECOND = ways("then|and then|after that|next|later|afterwards|now")


def _given(story: Story, verb: str, thing: str) -> Term:
    return story.fresh(lambda _: Term(f"{verb} {thing}", Kind.PROCESS))


def names_given_last(rng: random.Random) -> Draft:
    """the clerk weighs the parcel, then stamps it … steps: weigh parcel, stamp parcel, heavy?, …"""
    story = Story(rng)
    verbs = rng.sample([verb for verb in terms_lexicon.VERBS if verb[-1] not in "shxyoz"], 6)
    things = rng.sample([thing for thing in terms_lexicon.OBJECTS if thing[-1] != "s"], 6)
    count = rng.randint(2, 5)
    person = who(rng)
    told: list[str] = []
    terms: list[Term] = []
    for verb, thing in zip(verbs[:count], things, strict=False):
        start = (
            rng.choice((f"the {person}", "he", "she", f"the {person}")) if told else f"the {person}"
        )
        told.append(f"{start} {verb}s {rng.choice(('the', 'a', 'each'))} {thing}")
        terms.append(_given(story, verb, thing))
    text = rng.choice((", ", f", {rng.choice(_SECOND)} ", ". ", " and ")).join(told) + ". "
    names = [story.name(term) for term in terms]
    story.chain(*terms)
    if rng.random() < 0.55:
        words = story.cased(short_question(rng).words)
        ask, done = asked(words), _given(story, verbs[5], things[5])
        if story.take(ask):
            back = rng.choice(terms)
            names += [story.name(ask) and words + "?", story.name(done)]
            story.chain(terms[-1], ask)
            story.link(ask, done, "yes")
            story.link(ask, back, "no")
            text += rng.choice(
                (
                    f"if so, they {done.words}, otherwise back to {back.words}. ",
                    f"when that's answered with yes {done.words}, with no {back.words} again. ",
                    f"on yes {done.words}, on no it's {back.words} again. ",
                )
            )
    text += rng.choice(_LISTS) + rng.choice((", ", ", ", " > ", " / ")).join(names)
    return story.tell(framed(rng, text), wrap=False)
