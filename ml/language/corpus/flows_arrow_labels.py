"""Arrows with words on them: what stands on an arrow is its label and no node."""

from __future__ import annotations

import itertools
import random

from ml.language.corpus import terms_lexicon, terms_words
from ml.language.corpus.draft import Draft
from ml.language.corpus.flows_story import Story
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.spec.model import Kind

_PROTOCOLS = ways(
    "gRPC|HTTP|HTTPS|REST|SQL|TCP|UDP|MQTT|AMQP|WebSocket|websockets|GraphQL|SSH|SFTP|FTP|SMTP|"
    "IMAP|JDBC|ODBC|TLS|mTLS|Bluetooth|USB|serial|CAN bus|I2C|SPI|Modbus|OPC UA|LoRa|Wi-Fi|5G|"
    "webhooks|a webhook|JSON-RPC|SOAP|Protobuf|Thrift|ZeroMQ|Kafka|RabbitMQ|Redis pub/sub|gRPC-web|"
    "HTTP/2|QUIC|RTP|RTMP|SIP|email|SMS|Slack|a VPN|shared memory|stdin|a pipe|RPC|NFS|CSV|ODATA"
)
_WORDS = ways(
    "token|login|reads|writes|query|reply|events|yes|no|ok|error|retry|ack|heartbeat|200 OK|404|"
    "500|sync|async|daily|hourly|nightly|every 5 min|on click|on demand|top 10|in batches|raw|"
    "signed|JWT|cookie|session id|user id|API key|callback|push|pull|poll|stream|ping|pong|GET|"
    "POST|PUT|DELETE|GET /users|POST /login|SELECT|INSERT|upload|download|invoice|money|goods|"
    "receipt|keys|cache miss|cache hit|timeout|on error|if empty|approved|rejected|step 1|1|2|3|"
    "A|B|x2|10%|90%|weights|features|logits|tokens|embeddings|gradients|loss|reward|action|"
    "state|batch|labels|frames|audio|pixels|samples|metrics|logs|traces|alerts|json|csv|xml|pdf|"
    "html|yaml|parquet"
)


def _label(rng: random.Random) -> str:
    """A word of the trade, a protocol, things, an action or an invented word."""
    roll = rng.random()
    if roll < 0.35:
        return rng.choice(_WORDS)
    if roll < 0.5:
        return rng.choice(_PROTOCOLS).removeprefix("a ")
    if roll < 0.8:
        words = rng.choice(terms_lexicon.OBJECTS)
        if rng.random() < 0.4:
            words = f"{rng.choice(terms_lexicon.ADJECTIVES)} {words}"
        return words
    if roll < 0.93:
        return f"{rng.choice(terms_lexicon.VERBS)} {rng.choice(terms_lexicon.OBJECTS)}"
    return terms_words.syllables(rng)


_ARROWS = (
    " --{l}--> ", " --{l}--> ", " -{l}-> ", " -({l})-> ", " -({l})-> ", " -[{l}]-> ",
    " --({l})--> ", " --[{l}]--> ", " -- {l} --> ", " - {l} -> ", " =({l})=> ", " ={l}=> ",
    " --|{l}|--> ", " -->|{l}| ", " ->({l}) ", " -> ({l}) ", " ->[{l}] ", " —{l}→ ", " -{l}→ ",
    " -\"{l}\"-> ", " --\"{l}\"--> ", " ~{l}~> ", " ─{l}─> ",
    " -<{l}>-> ",
    " - - {l} - -> ", " --{l}-> ", " ---{l}---> ", "--{l}-->", "-{l}->", "-({l})->", "-[{l}]->",
    " == {l} ==> ", " -/{l}/-> ", " →({l}) ", " -:{l}:-> ",
)  # fmt: skip
_TAILS = (
    "{a} -> {b} ({l})", "{a} -> {b}: {l}", "{a} → {b}: {l}", "{a} -> {b} [{l}]", "{a} -> {b} | {l}",
    "{a} => {b} : {l}", '{a} -> {b} "{l}"', "{a}->{b} ({l})", "{a} to {b}: {l}", "{a} → {b} ({l})",
    "{a} -> {b}, labelled {l}", "{a} to {b} ({l})", "({l}) {a} -> {b}",
    "{a} -> {b} // {l}", "{a} -> {b} via {l}", "{a} -> {b} with {l} on it",
    "from {a} to {b}, the arrow says {l}", "{a} -> {b} where the arrow is labeled {l}",
)  # fmt: skip


def _fresh_labels(story: Story, count: int) -> list[str]:
    """Labels that are no node's words, most of them different."""
    labels: list[str] = []
    while len(labels) < count:
        label = story.cased(_label(story.rng))
        if story.take(Term(label, Kind.PROCESS, Form.NAME)) or label in labels:
            labels.append(label)
    return labels


def labelled_chain(rng: random.Random) -> Draft:
    """A --token--> B -> C --query--> D: in one row, some arrows bare."""
    story = Story(rng)
    terms = story.steps(rng.choice((2, 2, 3, 3, 4, 5, 6)))
    labels = _fresh_labels(story, len(terms) - 1)
    form = rng.choice(_ARROWS)
    bare = rng.choice((0.0, 0.0, 0.3, 0.5))
    text = story.name(terms[0])
    for place, label in enumerate(labels):
        plain = place > 0 and rng.random() < bare
        if plain:
            text += "->" if form[0] != " " else rng.choice((" -> ", " -> ", " --> "))
        else:
            text += form.format(l=label)
        text += story.name(terms[place + 1])
        story.link(terms[place], terms[place + 1], "" if plain else label)
    if len(terms) > 2 and rng.random() < 0.3:
        back = rng.randrange(len(terms) - 1)
        label = _fresh_labels(story, 1)[0]
        text += form.format(l=label) + story.name(terms[back])
        story.link(terms[-1], terms[back], label)
    return story.tell(text)


def labelled_pairs(rng: random.Random) -> Draft:
    """A -(http)-> B, A -(sql)-> C, C --> D: one arrow after the other, in any form."""
    story = Story(rng)
    terms = story.things(rng.randint(2, 6))
    edges = list(itertools.pairwise(terms))
    for place in range(2, len(terms)):
        if rng.random() < 0.35:
            edges[place - 1] = (terms[rng.randrange(place - 1)], terms[place])
    if rng.random() < 0.3:
        edges.append((terms[-1], terms[0]))
    labels = _fresh_labels(story, len(edges))
    bare = rng.choice((0.0, 0.0, 0.3))
    form = "{a}" + rng.choice(_ARROWS) + "{b}" if rng.random() < 0.5 else rng.choice(_TAILS)
    parts = []
    for place, ((a, b), label) in enumerate(zip(edges, labels, strict=True)):
        plain = place > 0 and rng.random() < bare
        names = {"a": story.name(a), "b": story.name(b), "l": label}
        parts.append(("{a} -> {b}" if plain else form).format(**names))
        story.link(a, b, "" if plain else label)
    return story.tell(rng.choice((", ", "\n", "; ", "\n", "\n")).join(parts))


_OVER = ("over", "over", "via", "via", "using", "through")
_TALKS = ways(
    "calls|talks to|connects to|queries|sends to|writes to|publishes to|streams to|asks|pings|"
    "reaches|pushes to|reports to|sends data to|uploads to|syncs with|posts to|notifies"
)


def calls_over(rng: random.Random) -> Draft:
    """The app calls the API over gRPC and the cache via TCP; the API talks to the DB over SQL."""
    story = Story(rng)
    known = [story.entity(Kind.SERVICE, Kind.PERSON, Kind.MODEL)]
    over = rng.choice(_OVER)
    parts: list[str] = []
    bare = rng.choice((0.0, 0.0, 0.25))
    for _ in range(rng.choice((1, 2, 2, 3, 4))):
        source = rng.choice((known[-1], known[-1], rng.choice(known)))
        text = f"{story.the(source)} {rng.choice(_TALKS)} "
        said = []
        for _ in range(rng.choice((1, 1, 1, 2))):
            target = story.entity(Kind.SERVICE, Kind.STORE, Kind.SERVICE, Kind.MODEL)
            label = story.cased(rng.choice(_PROTOCOLS).removeprefix("a "))
            if rng.random() < 0.05:
                label = story.cased(terms_words.syllables(rng))
            plain = bool(parts) and rng.random() < bare
            tail = "" if plain else f" {over} {label}"
            said.append(story.the(target) + tail)
            story.link(source, target, "" if plain else label)
            known.append(target)
        parts.append(text + rng.choice((" and ", " and ", ", ")).join(said))
    glue = rng.choice((". ", ". ", "; ", "\n", ", "))
    if glue in {". ", "\n"}:
        parts = [part[:1].upper() + part[1:] for part in parts]
    return story.tell(glue.join(parts) + rng.choice((".", "")), sentence=True)
