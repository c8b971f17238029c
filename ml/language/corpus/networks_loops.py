"""Learning loops: agent and environment, denoising, training with feedback."""

from __future__ import annotations

import random

from ml.language.corpus.draft import Draft, Sketch
from ml.language.corpus.networks_wording import ask, capital, say
from ml.spec.model import Kind

_AGENTS = ("agent", "policy", "robot", "player", "controller", "policy network", "trading "
                                                                                 "agent", "actor",
           "Q-network", "bidder", "thermostat agent", "driver "
                                                      "model", "DQN agent", "planner")  # fmt: skip
_WORLDS = ("environment", "simulator", "game", "world", "market", "grid world", "maze",
           "warehouse", "env",
           "Atari game", "plant", "road", "factory "
                                          "floor", "CartPole", "building", "arena")  # fmt: skip
_ACTIONS = (
    "action",
    "move",
    "control",
    "order",
    "bid",
    "action a",
    "torque",
    "command",
    "decision",
)
_REWARDS = ("reward", "reward and state", "state and "
                                          "reward", "next state", "observation", "feedback",
            "profit", "score", "state", "reward r", "new state and reward")  # fmt: skip


def agent_loop(rng: random.Random) -> Draft:
    """Agent and environment, an action one way and a reward the other."""
    agent, world = rng.choice(_AGENTS), rng.choice(_WORLDS)
    action, reward = rng.choice(_ACTIONS), rng.choice(_REWARDS)
    sketch = Sketch()
    a, w = sketch.add(Kind.MODEL, capital(agent)), sketch.add(Kind.MODEL, capital(world))
    sketch.link(a, w, action)
    sketch.link(w, a, reward)
    text = say(
        rng,
        "[RL loop: {a} sends {x} to {w}, {w} returns {r}|the {a} sends {x} to the {w}, which "
        "gives {r} back|"
        "{a} -> {w} ({x}), {w} -> {a} ({r})|the {a} gives the {w} {an} {x} and gets {r} back|"
        "reinforcement learning: {a} and {w}, {x} from {a} to {w}, {r} from {w} to {a}|"
        "{a} → {w}: {x}, {w} → {a}: {r}|loop between {a} and {w} with {x} one way and {r} the "
        "other way|"
        "{a} acts on the {w} ({x}); the {w} sends {r} to the {a}|{a} --{x}--> {w}, {w} --{r}--> "
        "{a}]",
        a=agent, w=world, x=action, r=reward, an="an" if action[0] in "ao" else "a",
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def replay_loop(rng: random.Random) -> Draft:
    """Agent, environment and a buffer to learn from."""
    agent, world = rng.choice(_AGENTS), rng.choice(_WORLDS)
    store = rng.choice(("replay buffer", "buffer", "memory", "experience replay", "replay memory"))
    learner = rng.choice(("learner", "trainer", "optimizer", "update step", "critic", "training"))
    sketch = Sketch()
    kind = Kind.PROCESS if learner in ("update step", "training", "optimizer") else Kind.MODEL
    ids = [
        sketch.add(Kind.MODEL, capital(agent)), sketch.add(Kind.MODEL, capital(world)),
        sketch.add(Kind.STORE, capital(store)), sketch.add(kind, capital(learner)),
    ]  # fmt: skip
    sketch.chain(*ids, ids[0])
    text = say(
        rng,
        "[{a} acts in the {w}, transitions go to the {s}, the {l} samples from it and updates "
        "the {a}|{a} -> {w} -> {s} -> {l} -> back to {a}|{a} → {w} → {s} → {l} → {a}|"
        "loop: {a}, {w}, {s}, {l} and back to the {a}|{a}, then {w}, then {s}, then {l}, which "
        "feeds {a} again]",
        a=agent, w=world, s=store, l=learner,
    )  # fmt: skip
    return sketch.draft(ask(rng, text, free_case=False))


def denoising(rng: random.Random) -> Draft:
    """A diffusion sampler that goes round, or one step of training."""
    noise = rng.choice(("noise", "pure noise", "random noise", "Gaussian noise", "noisy latent"))
    model = rng.choice(
        ("U-Net", "denoiser", "denoising network", "UNet", "DiT", "transformer denoiser")
    )
    last = rng.choice(("image", "clean image", "sample", "audio clip", "picture", "final sample"))
    prompt = rng.choice(("", "", "prompt", "text prompt", "class label"))
    encoder = (
        rng.choice(("text encoder", "CLIP encoder", "encoder", "T5 encoder")) if prompt else ""
    )
    decoder = rng.choice(("", "", "VAE decoder", "decoder"))
    loop = rng.random() < 0.5
    again = rng.choice(("repeat", "next step", "repeated", "T times", "50 steps", "1000 times"))
    sketch = Sketch()
    before = []
    if prompt:
        before = [sketch.add(Kind.INPUT, capital(prompt)), sketch.add(Kind.MODEL, capital(encoder))]
        sketch.chain(*before)
    z, m = sketch.add(Kind.INPUT, capital(noise)), sketch.add(Kind.MODEL, capital(model))
    if before:
        sketch.link(before[-1], m)
    sketch.link(z, m)
    tail = [sketch.add(Kind.MODEL, capital(decoder))] if decoder else []
    sketch.chain(m, *tail, sketch.add(Kind.OUTPUT, capital(last)))
    if loop:
        sketch.link(m, z, again)
    p = say(
        rng, "[{p} → {e} → {m}, |{p} goes through {e} into the {m}; ]", p=prompt, e=encoder, m=model
    )
    text = (p if prompt else "") + say(
        rng, "[{z} → {m}{d} → {y}|{z} -> {m}{d2} -> {y}|{z} goes into the {m}{then}, giving the "
             "{y}]",
        z=noise, m=model, y=last, d=f" → {decoder}" if decoder else "",
        d2=f" -> {decoder}" if decoder else "", then=f" and then the {decoder}" if decoder else "",
    )  # fmt: skip
    if loop:
        text += say(rng, "[, {m} back to {z} ({g})|; from {m} back to {z}: {g}| and a loop {m} "
                         "-> {z} ({g})]",
                    m=model, z=noise, g=again)  # fmt: skip
    head = rng.choice(("", "", "diffusion: ", "diffusion model: ", "image generator: "))
    return sketch.draft(ask(rng, head + text, free_case=False))


def training_loop(rng: random.Random) -> Draft:
    """Data, model, loss, optimizer and back to the model."""
    data = rng.choice(("batch", "training data", "mini-batch", "images", "dataset", "examples"))
    model = rng.choice(("model", "network", "CNN", "neural net", "transformer", "student"))
    loss = rng.choice(
        ("loss", "cross-entropy loss", "MSE loss", "cross entropy", "hinge loss", "L1 loss")
    )
    step = rng.choice(
        ("optimizer", "gradient step", "backprop", "Adam", "SGD", "weight update", "gradients")
    )
    target = rng.choice(("", "", "labels", "targets", "ground truth", "teacher output"))
    guess = rng.choice(("prediction", "predictions", "logits", "output", ""))
    sketch = Sketch()
    data_kind = Kind.INPUT if data in ("batch", "mini-batch", "images", "examples") else Kind.DATA
    ids = [sketch.add(data_kind, capital(data)), sketch.add(Kind.MODEL, capital(model))]
    if guess:
        ids.append(sketch.add(Kind.OUTPUT, capital(guess)))
    ids += [sketch.add(Kind.PROCESS, capital(loss)), sketch.add(Kind.PROCESS, capital(step))]
    sketch.chain(*ids, ids[1])
    if target:
        sketch.link(sketch.add(Kind.DATA, capital(target)), ids[-2])
    row = [data, model, *([guess] if guess else []), loss, step]
    joint = rng.choice((" -> ", " → ", ", then ", " > "))
    text = joint.join(row) + say(
        rng,
        "[{j}back to {m}|{j}{m}, {same}|, which updates the {m}|, and from there back to the {m}]"
        if " " not in joint.strip() and "," not in joint else "[, which updates the {m}|, and "
                                                              "back to the {m}]",
        j=joint, m=model, same="the same one",
    )  # fmt: skip
    if target:
        text += say(rng, "[; {t} also go into the {l}|. {t} -> {l}|; the {l} also gets the {t}| "
                         "({t} -> {l})]",
                    t=target, l=loss)  # fmt: skip
    head = rng.choice(("", "", "training loop: ", "training: ", "learning loop: "))
    return sketch.draft(ask(rng, head + text, free_case=False))
