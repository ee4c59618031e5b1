import pytest

from polyfolio.lib.pictures.world import CountryCount, atlas, world


def country(code: str, count: int) -> CountryCount:
    return CountryCount(code, code, count, f"/{code}/")


def test_atlas_knows_small_states():
    assert {"SG", "WS", "BB", "MT", "XK", "TW", "PS"} <= set(atlas().places)


def test_every_place_lies_on_the_drawing():
    drawing = atlas()

    assert [
        code for code, (x, y) in drawing.places.items() if not (0 <= x <= drawing.width and 0 <= y <= drawing.height)
    ] == []


def test_no_country_shows_the_whole_world():
    picture = world([])

    assert (picture.marks, picture.first, picture.countries, picture.view.width) == ((), None, 0, atlas().width)


def test_marks_go_from_the_greatest_to_the_least():
    picture = world([country("SE", 4), country("VN", 16), country("KE", 0)])

    assert [(mark.code, mark.count, mark.href) for mark in picture.marks] == [("VN", 16, "/VN/"), ("SE", 4, "/SE/")]


def test_area_of_a_mark_follows_its_count():
    first, second = world([country("VN", 16), country("SE", 4)]).marks

    assert first.radius / second.radius == pytest.approx(2, abs=0.01)


def test_small_marks_have_no_number():
    first, second = world([country("VN", 900), country("SE", 1)]).marks

    assert (first.has_number, second.has_number) == (True, False)


def test_what_has_no_place_is_listed():
    picture = world([country("SE", 1), CountryCount("298", "Africa, regional", 7)])

    assert ([place.name for place in picture.off_map], picture.countries) == (["Africa, regional"], 2)


def test_neighbours_are_shown_close():
    view = world([country("SE", 3), country("DK", 2), country("FI", 1)]).view

    assert (view.width < atlas().width / 4, view.height) == (True, view.width / 2)


def test_crop_can_be_declined():
    assert world([country("SE", 3)], is_cropped=False).view.width == atlas().width


def test_far_apart_means_the_whole_world():
    assert world([country("NZ", 1), country("SE", 1), country("CL", 1)]).view.width == atlas().width


@pytest.mark.parametrize("code", sorted(atlas().places))
def test_crop_never_leaves_the_drawing(code):
    view = world([country(code, 1)]).view

    assert view.x >= 0
    assert view.y >= 0
    assert view.x + view.width <= atlas().width
    assert view.y + view.height <= atlas().height
