"""Parts of systems under the names that teams give them: services, stores, queues and people."""

from __future__ import annotations

import random

from ml.language.corpus import terms_words
from ml.language.corpus.flows_terms import Form, Term, ways
from ml.language.corpus.terms_lexicon import PRODUCTS, TOPICS
from ml.spec.model import Kind

_TOPICS = (
    *TOPICS,
    *ways(
        "auth|cart|catalog|checkout|comment|contact|coupon|crawler|dispatch|driver|export|feed|"
        "friend|fulfilment|gallery|gift card|identity|import|job|license|location|login|map|"
        "matching|menu|message|meter|newsletter|notification|offer|parser|permission|ping|playlist|post|"
        "preview|pricing|quota|quote|rating|receipt|recipe|recommendation|refund|reminder|rental|"
        "reply|report|return|review|reward|route|schedule|score|settings|shift|signup|snapshot|sms|"
        "stats|status|stream|tag|template|thumbnail|timeline|tracking|transcoding|trip|upload|usage|"
        "vote|webhook|wishlist"
    ),
)
_SERVICE_HEADS = ways(
    "service|service|service|api|API|server|worker|app|backend|gateway|bot|job|microservice|"
    "portal|website|frontend|client|daemon|controller|consumer|agent|handler|scheduler|runner"
)
_STORE_HEADS = ways(
    "db|DB|database|cache|queue|bucket|index|store|table|log store|warehouse|archive store|"
    "registry|data lake|collection store|key-value store|vector store|storage"
)
_QUEUE_HEADS = ways(
    "queue|topic|stream store|job queue|event queue|inbox queue|backlog queue|message queue"
)
_QUEUE_NAMES = ways(
    "Kafka|RabbitMQ|SQS|kafka|rabbitmq|Kinesis queue|NATS queue|redis queue|pulsar queue|sqs"
)
_FRONTS = ways(
    "gateway|api gateway|API gateway|load balancer|reverse proxy|nginx|ingress|traefik|web server|"
    "edge proxy|cdn service|bff service|router service|haproxy|envoy|kong|firewall service|caddy"
)
_NAMES = ("nginx", "traefik", "haproxy", "envoy", "kong", "caddy", "ingress")
_CLIENTS = ways(
    "web app|mobile app|ios app|android app|browser|desktop app|admin portal|web frontend|"
    "partner portal|kiosk app|tv app|smartwatch app|cli client|chrome extension app|tablet app|"
    "partner API|chat widget app|landing page app|staff app|driver app|vendor app|guest app|POS app"
)
_SIDES = ways("east|west|eu|us|asia|1|2|3|a|b|c|blue|green|main|standby|internal|public|v1|v2")


def topics(rng: random.Random, number: int) -> list[str]:
    """Different subjects: “billing”, “cart”, …"""
    return rng.sample(_TOPICS, number)


def of_topic(topic: str, head: str, kind: Kind) -> Term:
    """“billing” + “service”"""
    return Term(f"{topic} {head}", kind, Form.NOUN)


def service(rng: random.Random) -> Term:
    """“cart service”, “stripe”, “upload-worker”, “api server east”"""
    roll = rng.random()
    if roll < 0.16:
        words = rng.choice(PRODUCTS[Kind.SERVICE])
        return Term(words.lower() if rng.random() < 0.5 else words, Kind.SERVICE, Form.NAME)
    if roll < 0.24:
        return terms_words.invented(rng, Kind.SERVICE)
    head = rng.choice(_SERVICE_HEADS)
    topic = rng.choice(_TOPICS)
    if roll < 0.32:
        return Term(f"{topic.replace(' ', '-')}-{head}".lower(), Kind.SERVICE, Form.NAME)
    if roll < 0.36:
        return Term(f"{topic} {head} {rng.choice(_SIDES)}", Kind.SERVICE, Form.NOUN)
    return of_topic(topic, head, Kind.SERVICE)


def store(rng: random.Random) -> Term:
    """“orders db”, “redis”, “thumbnail bucket”"""
    roll = rng.random()
    if roll < 0.3:
        words = rng.choice(PRODUCTS[Kind.STORE])
        return Term(words.lower() if rng.random() < 0.5 else words, Kind.STORE, Form.NAME)
    if roll < 0.36:
        return terms_words.invented(rng, Kind.STORE)
    return of_topic(rng.choice(_TOPICS), rng.choice(_STORE_HEADS), Kind.STORE)


def queue(rng: random.Random) -> Term:
    """“upload queue”, “kafka”, “events topic queue”"""
    if rng.random() < 0.25:
        return Term(rng.choice(_QUEUE_NAMES), Kind.STORE, Form.NAME)
    head = rng.choice(_QUEUE_HEADS)
    if rng.random() < 0.12:
        return Term(head, Kind.STORE, Form.NOUN)
    return of_topic(rng.choice(_TOPICS), head, Kind.STORE)


def front(rng: random.Random) -> Term:
    """What stands before the services: “api gateway”, “nginx”."""
    words = rng.choice(_FRONTS)
    return Term(words, Kind.SERVICE, Form.NAME if words in _NAMES else Form.NOUN)


def client(rng: random.Random) -> Term:
    """What people hold in their hands: “mobile app”, “browser”."""
    return Term(rng.choice(_CLIENTS), Kind.SERVICE, Form.NOUN)


def person(rng: random.Random) -> Term:
    return terms_words.entity(rng, (Kind.PERSON,))
