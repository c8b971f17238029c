"""What people do every day: verbs with the things they are done to, and who does them."""

from __future__ import annotations

import random

from ml.language.corpus.flows_terms import Form, Term, ways
from ml.spec.model import Kind

_DONE_TO: tuple[tuple[str, str], ...] = (
    ("insert|remove|swipe|take|return|check", "card|coin|ticket|key|cartridge|battery|cash|token"),
    ("enter|type|confirm|change|verify|ask for", "pin|password|amount|code|address|name|email"),
    ("withdraw|count|deposit|collect|transfer", "cash|money|coins|savings|the money|tips"),
    ("wash|dry|peel|chop|slice|rinse|soak|boil", "potatoes|dishes|carrots|the rice|clothes|apples"),
    ("wash|iron|fold|hang up|sort|soak", "shirt|towels|the laundry|socks|jeans|bed sheets"),
    ("open|close|lock|unlock|clean|paint|fix", "door|window|gate|garage|shop|garden shed|fridge"),
    ("press|push|hold|release|turn", "start button|the lever|the knob|green button|handle|pedal"),
    ("mix|stir|knead|bake|cool|taste|heat", "dough|batter|sauce|cake|soup|bread|the mixture"),
    ("pour|add|heat|boil|drink|filter", "water|milk|coffee|tea|oil|juice|syrup|vinegar"),
    ("measure|cut|sand|glue|drill|varnish", "wood|board|plank|shelf|table top|panel|frame"),
    ("buy|order|eat|cook|serve|plan|skip", "lunch|dinner|breakfast|pizza|groceries|dessert|snacks"),
    ("read|write|print|send|sign|rewrite|submit", "essay|letter|report|thesis|form|draft|homework"),
    ("grade|mark|review|hand back|return", "exam|homework|essay|quiz|the test|paper|project"),
    ("feed|walk|brush|wash|train|pet", "dog|cat|horse|rabbits|puppy|the hamster|cows"),
    ("plant|water|pick|harvest|trim|dig up", "tomatoes|roses|seeds|hedge|lawn|herbs|bulbs"),
    ("start|stop|park|wash|refuel|repair|drive", "car|van|engine|scooter|truck|the bike|tractor"),
    ("board|miss|catch|wait for|leave", "the train|bus|plane|ferry|tram|taxi|metro"),
    ("book|cancel|confirm|pay for|compare", "hotel|flight|table|appointment|room|tickets|seat"),
    ("call|text|meet|thank|greet|wait for", "customer|friend|doctor|the plumber|grandma|boss"),
    ("scan|weigh|pack|label|ship|open|load", "parcel|box|the package|suitcase|items|bag|crate"),
    ("shuffle|deal|draw|discard|roll|move", "cards|dice|a card|pawn|tiles|pieces|the deck"),
    ("shoot|edit|crop|upload|post|delete", "photo|video|clip|selfie|reel|picture|story"),
    ("turn on|turn off|reset|unplug|charge", "router|phone|laptop|oven|lamp|heater|washer|tv"),
    ("sweep|mop|vacuum|scrub|tidy up", "floor|kitchen|stairs|bathroom|desk|living room|porch"),
    ("put on|take off|clean|try on|pack", "shoes|coat|glasses|gloves|helmet|hat|backpack"),
    ("take|give|measure|check|record", "temperature|blood pressure|pulse|weight|a sample|pills"),
    ("check|replace|tighten|oil|inspect", "tires|brakes|chain|bolts|filter|bulb|belt|fuse"),
    ("tune|play|record|practice|mix", "guitar|song|drums|the track|scales|vocals|piano"),
)  # fmt: skip
_ALONE = ways(
    "wake up|get up|go home|go to work|sit down|stand up|take a break|have coffee|go to bed|rest|"
    "sleep|wait|warm up|stretch|log in|log out|say hello|say goodbye|take a nap|go shopping|relax|"
    "shower|get dressed|brush teeth|eat|drink|leave|go back inside|cool down|try again later|swim|"
    "run 5 km|do push-ups|meditate|take notes|ask a question|clean up|set the table|celebrate|"
    "go for a walk|check the weather|look around|set an alarm|check in|check out|sign up|back up"
)
_WHO = ways(
    "student|teacher|customer|cashier|nurse|doctor|driver|cook|chef|waiter|pilot|manager|clerk|"
    "guest|buyer|seller|user|admin|author|editor|parent|child|coach|player|referee|tenant|owner|"
    "mechanic|farmer|gardener|librarian|reader|patient|judge|lawyer|intern|boss|candidate|guard|"
    "visitor|courier|developer|tester|reviewer|operator|plumber|agent|caller|witness|voter"
)


def everyday(rng: random.Random) -> Term:
    """A verb with its object: “withdraw cash”; the whole is the label."""
    if rng.random() < 0.15:
        return Term(rng.choice(_ALONE), Kind.PROCESS, Form.VERB)
    verbs, objects = rng.choice(_DONE_TO)
    article = rng.choice(("", "", "", "the "))
    thing = rng.choice(objects.split("|"))
    if thing.startswith(("the ", "a ")):
        article = ""
    return Term(f"{rng.choice(verbs.split('|'))} {article}{thing}", Kind.PROCESS, Form.VERB)


def who(rng: random.Random) -> str:
    """A person by what they do."""
    return rng.choice(_WHO)
