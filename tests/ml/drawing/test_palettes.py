import pytest

from ml.drawing.palettes import ROLES, Role, colours, contrast
from ml.spec.model import Hue, Kind, Palette


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("palette", Palette)
def test_labels_are_readable_on_every_fill(palette: Palette) -> None:
    for kind in Kind:
        shade = colours(palette).of(kind)
        assert contrast(shade.text, shade.fill) >= 4.5


@pytest.mark.parametrize("palette", Palette)
def test_lines_outlines_and_captions_stand_out_from_the_background(palette: Palette) -> None:
    all_colours = colours(palette)
    assert contrast(all_colours.caption, all_colours.background) >= 4.5
    for line in (all_colours.line, all_colours.mesh):
        assert contrast(line, all_colours.background) >= 3
    for shade in all_colours.roles.values():
        assert contrast(shade.stroke, all_colours.background) >= 3


@pytest.mark.parametrize("hue", Hue)
def test_a_node_of_its_own_colour_is_readable_and_stands_out(hue: Hue) -> None:
    for palette in Palette:
        all_colours = colours(palette)
        for kind in Kind:
            shade = all_colours.of(kind, hue)
            assert contrast(shade.text, shade.fill) >= 4.5
            assert contrast(shade.stroke, all_colours.background) >= 3
    assert len({colours(Palette.BLUE).of(Kind.DENSE, hue).fill for hue in Hue}) == len(Hue)


def test_every_kind_has_a_role_and_every_role_a_shade_in_every_palette() -> None:
    assert set(ROLES) == set(Kind)
    for palette in Palette:
        assert set(colours(palette).roles) == set(Role)


def test_no_two_palettes_look_alike() -> None:
    assert len({colours(palette).of(Kind.DENSE).fill for palette in Palette}) == len(Palette)


def test_vivid_gives_every_role_its_own_fill() -> None:
    shades = colours(Palette.VIVID).roles.values()
    assert len({shade.fill for shade in shades}) == len(Role)
