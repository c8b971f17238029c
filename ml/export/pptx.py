"""PowerPoint: one slide of native shapes with their words in them, and glued connectors.

The slide is the canvas at 96 px an inch. A connector keeps the way it was drawn until one of its
shapes is moved; then PowerPoint, which knows both its ends, leads it anew.
"""

from __future__ import annotations

import io
import math
import zipfile
from typing import Any
from xml.etree import ElementTree

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Emu, Pt

from ml.drawing.outlines import corner_radius, cylinder_rim, stroke_width
from ml.drawing.strokes import finite, weight
from ml.export.connectors import connector_xml
from ml.export.dots import dots
from ml.export.words import counted, description, hexadecimal, plain, title
from ml.spec.model import Spec
from ml.spec.scene import CANVAS_HEIGHT, CANVAS_WIDTH, Colour, Form, Scene, Shape, Text

EMU = 9525
"""English Metric Units a px."""
_POINT = 0.75
_FONT = "Arial"
_BLANK = 6
_PROPERTY = 255
"""The most characters of a document property."""
_FORMS = {
    Form.RECTANGLE: MSO_SHAPE.RECTANGLE,
    Form.ROUND_RECTANGLE: MSO_SHAPE.ROUNDED_RECTANGLE,
    Form.ELLIPSE: MSO_SHAPE.OVAL,
    Form.DIAMOND: MSO_SHAPE.DIAMOND,
    Form.CYLINDER: MSO_SHAPE.CAN,
}


def write_pptx(spec: Spec, scene: Scene) -> bytes:
    """The Scene as a presentation of one slide."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Emu(CANVAS_WIDTH * EMU), Emu(CANVAS_HEIGHT * EMU)
    deck.core_properties.title = title(spec)
    deck.core_properties.comments = description(spec)[:_PROPERTY]
    slide = deck.slides.add_slide(deck.slide_layouts[_BLANK])
    slide.background.fill.solid()
    slide.background.fill.fore_color.rgb = _rgb(scene.background)
    names = {node.id: counted(node) for node in spec.nodes}

    shapes = slide.shapes
    drawn = [_shape(shapes, shape, names.get(shape.node, "")) for shape in scene.shapes]
    # Connectors lie below the shapes, but need their numbers first.
    lowest: Any = shapes._spTree.index(drawn[0]._element) if drawn else 0
    connected = [
        route
        for route in scene.routes
        if len(route.points) > 1 and all(finite(*point) for point in route.points)
    ]
    above = 1 + max((shape.shape_id for shape in drawn), default=1)
    wide = round(weight(scene) * EMU)
    for number, route in enumerate(connected):
        ends = scene.shapes[route.source], scene.shapes[route.target]
        element = connector_xml(
            route,
            ends,
            id=above + number,
            ids=(drawn[route.source].shape_id, drawn[route.target].shape_id),
            name=f"{names.get(ends[0].node, '')} → {names.get(ends[1].node, '')}",
            weight=wide,
        )
        shapes._spTree.insert(lowest + number, parse_xml(ElementTree.tostring(element)))
    for route in scene.routes:
        if route.label is not None:
            _words(shapes, route.label, background=scene.background)
    for caption in scene.captions:
        _words(shapes, caption)
    return _repacked(deck)


def _shape(shapes: Any, shape: Shape, name: str) -> Any:
    if shape.form is Form.ELLIPSIS:
        return _ellipsis(shapes, shape)
    width, height = abs(shape.width), abs(shape.height)
    box = (shape.x - width / 2, shape.y - height / 2, width, height)
    made = shapes.add_shape(_FORMS[shape.form], *(_emu(side) for side in box))
    small = max(min(width, height), 1e-6)
    if shape.form is Form.ROUND_RECTANGLE:
        made.adjustments[0] = corner_radius(width, height) / small
    elif shape.form is Form.CYLINDER:
        made.adjustments[0] = 2 * cylinder_rim(width, height) / small
    made.name = name
    _plainly(made)
    made.fill.solid()
    made.fill.fore_color.rgb = _rgb(shape.fill)
    made.line.color.rgb = _rgb(shape.stroke)
    made.line.width = _emu(stroke_width(width, height))
    # The can's words stand below its lid: half a rim below the middle.
    usual = cylinder_rim(width, height) / 2 if shape.form is Form.CYLINDER else 0.0
    if shape.label is not None:
        _fill_in(made, shape.label, down=shape.label.y - shape.y - usual)
    return made


def _ellipsis(shapes: Any, shape: Shape) -> Any:
    """Three dots as one shape of three contours."""
    builder = None
    for (x, y), radius in dots(shape):
        angles = [2 * math.pi * step / 16 for step in range(1, 16)]
        start = (x + radius, y)
        rest = [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]
        if builder is None:
            builder = shapes.build_freeform(*(_emu(v) for v in start))
        else:
            builder.move_to(*(_emu(v) for v in start))
        builder.add_line_segments([(_emu(px), _emu(py)) for px, py in rest], close=True)
    assert builder is not None
    made = builder.convert_to_shape()
    made.name = "…"
    _plainly(made)
    made.fill.solid()
    made.fill.fore_color.rgb = _rgb(shape.stroke)
    made.line.fill.background()
    return made


def _words(shapes: Any, text: Text, *, background: Colour | None = None) -> None:
    width, height = text.width + 6, text.height - 1
    box = (text.x - width / 2, text.y - height / 2, width, height)
    made = shapes.add_textbox(*(_emu(side) for side in box))
    made.name = plain(" ".join(text.lines))
    if background is not None:
        made.fill.solid()
        made.fill.fore_color.rgb = _rgb(background)
    _fill_in(made, text)


def _fill_in(made: Any, text: Text, *, down: float = 0.0) -> None:
    """Puts words into a shape, their middle `down` px below where it would be."""
    frame = made.text_frame
    frame.word_wrap = False
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = 0
    frame.margin_top, frame.margin_bottom = _emu(max(0, 2 * down)), _emu(max(0, -2 * down))
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.CENTER
    paragraph.line_spacing = 1.0
    for number, line in enumerate(text.lines):
        if number:
            paragraph.add_line_break()
        run = paragraph.add_run()
        run.text = plain(line)
        run.font.name = _FONT
        run.font.size = Pt(round(text.size * _POINT * 2) / 2)
        run.font.color.rgb = _rgb(text.colour)


def _plainly(made: Any) -> None:
    """Takes away the theme's look: its shadows and gradients are not in the picture."""
    style = made._element.find("{http://schemas.openxmlformats.org/presentationml/2006/main}style")
    if style is not None:
        made._element.remove(style)


def _rgb(colour: Colour) -> Any:
    return RGBColor.from_string(hexadecimal(colour))  # type: ignore[no-untyped-call]


def _emu(px: float) -> Emu:
    return Emu(round(px * EMU))


def _repacked(deck: Any) -> bytes:
    """The file with the same time in all its parts, so that it is the same every time."""
    written, packed = io.BytesIO(), io.BytesIO()
    deck.save(written)
    with (
        zipfile.ZipFile(written) as parts,
        zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in parts.namelist():
            part = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            part.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(part, parts.read(name))
    return packed.getvalue()
