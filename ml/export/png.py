"""PNG in several sizes. The one format that needs OpenCV, loaded when it is asked for."""

from __future__ import annotations

from ml.spec.scene import Scene


def write_png(scene: Scene, *, scale: float = 2.0, transparent: bool = False) -> bytes:
    """The Scene as a PNG file of 1000·scale × 600·scale pixels, RGB, or RGBA on nothing."""
    from ml.drawing.render import draw, draw_transparent, encode_png

    return encode_png((draw_transparent if transparent else draw)(scene, scale=scale))
