"""What a diagram can be taken away as, and the one function that does it."""

from __future__ import annotations

from enum import StrEnum

from ml.export.dot import write_dot
from ml.export.drawio import write_drawio
from ml.export.mermaid import write_mermaid
from ml.export.png import write_png
from ml.export.structure import write_json
from ml.export.svg import write_svg
from ml.spec.model import Spec
from ml.spec.rows import write_rows
from ml.spec.scene import Scene


class Format(StrEnum):
    """The formats, by the names that people type."""

    PNG = "png"
    PNG_2X = "png2x"
    PNG_TRANSPARENT = "png-transparent"
    SVG = "svg"
    PPTX = "pptx"
    DRAWIO = "drawio"
    MERMAID = "mermaid"
    DOT = "dot"
    JSON = "json"
    ROWS = "rows"

    @property
    def extension(self) -> str:
        """How a file's name ends, with its dot."""
        return _FILES[self][0]

    @property
    def media_type(self) -> str:
        """The MIME type; text is UTF-8."""
        return _FILES[self][1]

    @property
    def needs_opencv(self) -> bool:
        """Whether exporting loads OpenCV, which the bot's process must not."""
        return self in (Format.PNG, Format.PNG_2X, Format.PNG_TRANSPARENT)


_FILES = {
    Format.PNG: (".png", "image/png"),
    Format.PNG_2X: (".png", "image/png"),
    Format.PNG_TRANSPARENT: (".png", "image/png"),
    Format.SVG: (".svg", "image/svg+xml"),
    Format.PPTX: (
        ".pptx",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    ),
    Format.DRAWIO: (".drawio", "application/vnd.jgraph.mxfile"),
    Format.MERMAID: (".mmd", "text/vnd.mermaid"),
    Format.DOT: (".dot", "text/vnd.graphviz"),
    Format.JSON: (".json", "application/json"),
    Format.ROWS: (".txt", "text/plain"),
}


def export(spec: Spec, scene: Scene, format: Format) -> bytes:
    """A diagram as a file of this format. `scene` is the Spec as it was placed.

    The transparent PNG has the size of PNG_2X, 2000 × 1200 pixels.
    """
    match format:
        case Format.PNG:
            return write_png(scene, scale=1.0)
        case Format.PNG_2X:
            return write_png(scene)
        case Format.PNG_TRANSPARENT:
            return write_png(scene, transparent=True)
        case Format.PPTX:
            # python-pptx takes a while to load, and few ask for it.
            from ml.export.pptx import write_pptx

            return write_pptx(spec, scene)
        case Format.SVG:
            text = write_svg(spec, scene)
        case Format.DRAWIO:
            text = write_drawio(spec, scene)
        case Format.MERMAID:
            text = write_mermaid(spec, scene)
        case Format.DOT:
            text = write_dot(spec, scene)
        case Format.JSON:
            text = write_json(spec, scene)
        case Format.ROWS:
            text = write_rows(scene)
    return text.encode()
