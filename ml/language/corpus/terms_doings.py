"""Steps and questions as people jot them down: short, of any walk of life, seldom the same."""

from __future__ import annotations

import random

from ml.language.corpus import terms_lexicon, terms_words
from ml.language.corpus.flows_conditions import label_of_condition
from ml.language.corpus.flows_terms import Form, Term, fits, ways
from ml.language.corpus.terms_everyday import everyday, who
from ml.spec.model import MAX_LABEL, Kind

_ONE_WORD = ways(
    "plan|lunges|nap|lunch|coffee|deploy|lint|merge|rebase|"
    "measure|sketch|vote|sleep|jog|swim|dust|iron|fold|knead|proof|glaze|simmer|reduce|plate|"
    "season|marinate|whisk|strain|brew|decant|bottle|label|pack|ship|invoice|archive|celebrate|"
    "standup|debrief|warmup|cooldown|planks|burpees|triage|discharge|checkout|refund|restock|"
    "thaw|chop|fry|serve|mow|rake|prune|weed|sow|harvest|sand|prime|varnish|drill|solder|weld|"
    "calibrate|boot|ping|reboot|compile|profile|annotate|train|finetune|distill|export|observe|"
    "hypothesize|replicate|publish|spin|rinse|drain|soak|charge|inflate|refuel|park|board|taxi|"
    "land|unload|audition|record|mix|master|release|brainstorm|outline|draft|revise|proofread"
)
_MOVES = ways(
    "put|place|take|bring|carry|move|drop|leave|hang|throw|push|pull|slide|lift|load|set|store|"
    "send|hand|return|pass|tie|glue|screw|clip|tape|fetch|roll|stack|hide|pour"
)
_SMALL = ways(
    "lid|tray|kettle|spoon|ladder|tent|helmet|rope|anchor|sail|towel|bucket|brush|basket|jar|cork|"
    "pan|dough|pie|seed|pot|hose|saddle|leash|ball|racket|net|flag|whistle|medal|badge|key|coin|"
    "slip|form|stamp|envelope|flyer|poster|banner|ticket|wristband|locker|mat|dumbbell|bike|wheel|"
    "tyre|pump|valve|fuse|cable|plug|lamp|lens|tripod|drone|probe|pipette|slide|sample|vial|gown|"
    "mask|glove|syringe|bandage|crutch|pill|chart|scanner|pallet|crate|forklift|parcel|trolley|"
    "cart|till|receipt|menu|napkin|tablecloth|candle|balloon|gift|ribbon|costume|wig|mic|amp|"
    "guitar|score|baton|easel|canvas|frame|chisel|clay|kiln|yarn|needle|button|zip|hem|pattern"
)
_WHERE = ways(
    "in box|in bin|on shelf|on rack|under sink|in drawer|to desk|to lobby|on table|into oven|"
    "in freezer|on stove|to garage|behind door|at gate|to pier|on deck|in locker|to counter|"
    "on belt|into truck|to dock|in queue|on wall|near window|in attic|to ward|into tube|on stage|"
    "to field|over fence|back outside|to the coach|to the office|in the shade|on the roof"
)
_TIMED = ways("wait|rest|chill|cook|bake|cool|soak|steep|hold|run|idle|charge|simmer|freeze|dry")
_UNITS = ways("minutes|seconds|hours|min|sec|days|h|weeks")
_ACTS = ways(
    "picks|drops|scans|opens|closes|lifts|paints|packs|checks|signs|rings|moves|counts|starts|"
    "stops|reads|writes|calls|sorts|weighs|cleans|feeds|loads|brings|collects|stamps|draws|mixes"
)
_ACTORS = ways(
    "gripper|arm|sensor|camera|crane|valve|pump|drone|cat|kid|dad|mom|bot|elevator|belt|queen|knight|"
    "goalie|captain|pilot|nurse|clerk|guard|ranger|chef|barista|busker|usher|tailor|scout|vet"
)
_HAPPENS = ways(
    "buzzer|bell|gong|phone|siren|light|whistle|engine|fan|screen|door|gate|curtain|show|match|"
    "race|class|shift|train|ferry|storm|song|film|cake|water|tide|kettle"
)
_INTRANSITIVE = ways("rings|starts|stops|opens|closes|arrives|leaves|ends|begins|turns on|goes off")


def _thing(rng: random.Random) -> str:
    roll = rng.random()
    if roll < 0.45:
        return rng.choice(_SMALL)
    if roll < 0.85:
        return rng.choice(terms_lexicon.OBJECTS)
    return terms_words.syllables(rng)


def _short(rng: random.Random) -> str:
    roll = rng.random()
    if roll < 0.22:
        return rng.choice(_ONE_WORD)
    if roll < 0.45:
        return f"{rng.choice(_MOVES)} {_thing(rng)} {rng.choice(_WHERE)}"
    if roll < 0.65:
        return f"{rng.choice(terms_lexicon.VERBS)} {_thing(rng)}"
    if roll < 0.73:
        return f"{rng.choice(_TIMED)} {rng.choice((2, 3, 5, 8, 10, rng.randint(2, 90)))} " + (
            rng.choice(_UNITS)
        )
    if roll < 0.84:
        return f"{rng.choice(_ACTORS)} {rng.choice(_ACTS)} {_thing(rng)}"
    if roll < 0.9:
        return f"{rng.choice(_HAPPENS)} {rng.choice(_INTRANSITIVE)}"
    if roll < 0.95:
        return f"{rng.choice(ways('ask|call|tell|meet|pay|thank|email|warn|join'))} {who(rng)}"
    name = terms_words.syllables(rng)
    name = rng.choice((name, name.capitalize(), name.upper()[:4], f"{name}-{rng.randint(1, 9)}"))
    return f"{rng.choice(ways('run|start|open|call|use|ping|update|patch|load'))} {name}"


def doing(rng: random.Random) -> Term:
    """A step: “put lid on pot”, “rest 40 minutes”, “robot lifts crate”, “demo”.

    Without “again”, “and”, “then” or “back”, so that a sentence around it stays clear.
    """
    while True:
        roll = rng.random()
        if roll < 0.28:
            term = everyday(rng)
        elif roll < 0.42:
            term = terms_words.step(rng)
        else:
            term = Term(_short(rng), Kind.PROCESS, Form.VERB)
        if fits(term.words) and not {"again", "and", "then", "back"} & set(term.words.split()):
            return term


_STATES = ways(
    "ok|valid|empty|full|ready|done|dirty|clean|dry|wet|hot|cold|sharp|level|signed|paid|locked|"
    "open|broken|stuck|free|taken|late|early|urgent|complete|missing|expired|known|new|old|safe|"
    "allowed|approved|accepted|passed|active|online|charged|frozen|thawed|golden|crispy|tender|"
    "sour|ripe|heavy|light|loud|quiet|green|red|stable|in stock|in range|on time|up to date|"
    "good enough|too big|too small|too hot|too late|big enough|found|eligible|insured|plugged in|"
    "switched on|connected|visible|awake|hungry|happy|tired|satisfied|convinced|infected|pregnant|"
    "over 18|under budget|overdue|sold out|cancelled|confirmed|flagged|spam|toxic|fragile|winner"
)
_ARE_LEFT = ways("left|missing|waiting|pending|open|remaining|unread|broken|new|to do|in queue")
_VERBED = ways(
    "rings|works|fits|passes|fails|compiles|starts|matches|exists|balances|blinks|leaks|moves|"
    "responds|arrives|floats|rises|shows|boots|converges|counts|sells|breaks|sticks|scans"
)
_GROWN = ways("tripled|grown|risen|changed|shrunk|cooled|dropped|peaked|settled|cleared|moved")
_BODY = ways("anybody|everybody|anyone|someone|everyone|nobody|all players|the team")


def short_question(rng: random.Random) -> Term:
    """A question as a note has it, its “?” left out: “cable plugged in”, “any crates left”.

    The label is made of all of its words but a leading “it is” or article.
    """
    while True:
        thing = _thing(rng)
        roll = rng.random()
        if roll < 0.16:
            words = rng.choice(_STATES)
        elif roll < 0.24:
            words = f"{rng.choice(('still', 'still', 'already', 'not'))} {rng.choice(_STATES)}"
        elif roll < 0.42:
            words = f"{thing} {rng.choice(_STATES)}"
        elif roll < 0.54:
            words = f"is {rng.choice(('the ', 'it ', 'your ', 'the '))}"
            words += rng.choice(_STATES) if words == "is it " else f"{thing} {rng.choice(_STATES)}"
        elif roll < 0.64:
            words = rng.choice(
                (f"any {thing}s {rng.choice(_ARE_LEFT)}", f"{thing}s {rng.choice(_ARE_LEFT)}")
            )
        elif roll < 0.72:
            words = f"{thing} {rng.choice(_VERBED)}"
        elif roll < 0.77:
            words = f"{rng.choice(_GROWN)} {rng.choice(('in weight', 'enough', 'by half', 'yet'))}"
        elif roll < 0.82:
            words = f"{rng.choice(_BODY)} {rng.choice(_STATES[:60])}"
        elif roll < 0.9:
            number = rng.choice((str(rng.randint(2, 99)), f"{rng.randint(1, 90)}00", "0.5", "90%"))
            words = f"{thing} {rng.choice(ways('over|above|under|below|more than|at least|>|<'))}"
            words += f" {number}"
        else:
            words = rng.choice(
                (f"enough {thing}s", f"more {thing}s", f"first {thing}", f"needs a {thing}",
                 f"got a {thing}", f"has the {thing}", f"do we have a {thing}", f"last {thing}")
            )  # fmt: skip
        if len(words) < MAX_LABEL:
            return Term(words, Kind.DECISION, Form.NAME)


def asked(words: str) -> Term:
    """The decision of these words."""
    return Term(label_of_condition(words), Kind.DECISION, Form.NAME)
