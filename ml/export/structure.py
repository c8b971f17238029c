"""Structure as programs read it: JSON of the Spec and of the Scene.

    {"version": 1, "text": "…", "style": {…}, "nodes": […], "edges": […], "scene": {…}}

| Key | What stands there |
| --- | --- |
| `version` | 1; it grows when a key changes its meaning |
| `title`, `description` | the diagram in words |
| `text` | the diagram text, which can be read back, edited and drawn again |
| `style` | `direction`, `palette`, `outline`, `line`, `density`, `detail` |
| `nodes` | `id`, `kind`, `count`, `label`, `hue` (null: the palette's) in reading order |
| `edges` | `source`, `target` (node ids), `label`, `dashed` |
| `canvas` | `width` and `height` in px; x grows to the right, y downwards |
| `scene` | `shapes`, `routes`, `captions`, `background`: places are centres, colours [r, g, b] |

A shape's `node` is a node's id; a route's `source` and `target` are positions in `shapes`.
"""

from __future__ import annotations

import json
from dataclasses import asdict

from ml.export.words import description, title
from ml.spec.model import Spec
from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Scene
from ml.spec.text import write_spec

VERSION = 1


def write_json(spec: Spec, scene: Scene) -> str:
    """A Spec and its Scene as one JSON object with the keys above."""
    facts = {
        "version": VERSION,
        "title": title(spec),
        "description": description(spec),
        "text": write_spec(spec),
        **asdict(spec),
        "canvas": {"width": CANVAS_WIDTH, "height": CANVAS_HEIGHT},
        "scene": asdict(scene),
    }
    # Half a surrogate pair is no character, and would not survive UTF-8.
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "replace").decode("utf-8") + "\n"
