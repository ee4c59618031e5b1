import pytest

from polyfolio.lib.pictures.shapes import Facet
from polyfolio.lib.pictures.zones import COLUMNS, FEWEST_ROWS, Token, Zone, zones


def zone(key: str, count: int, *, tokens: list[Token] | None = None) -> Zone:
    return Zone(key, key.title(), "", count, f"/{key}/", tokens or [])


def test_no_zones_are_an_empty_picture():
    drawn = zones([])

    assert (drawn.total, drawn.fields, drawn.fullest, drawn.empty, drawn.has_facets) == (0, (), None, (), False)


def test_fields_share_one_size_and_add_up():
    drawn = zones([zone("yellow", 3), zone("green", 1), zone("blue", 0)])

    assert (drawn.total, [field.percent for field in drawn.fields], [len(f.tokens) for f in drawn.fields]) == (
        4,
        [75, 25, 0],
        [3, 1, 0],
    )


def test_fullest_and_empty_are_named():
    drawn = zones([zone("yellow", 3), zone("green", 1), zone("blue", 0)])

    assert drawn.fullest is not None
    assert (drawn.fullest.key, [field.key for field in drawn.empty]) == ("yellow", ["blue"])


@pytest.mark.parametrize("counts", [(2, 2), (0, 0)])
def test_there_is_no_fullest_where_none_leads(counts):
    assert zones([zone("yellow", counts[0]), zone("green", counts[1])]).fullest is None


def test_tokens_stand_in_rows_sorted_by_facet():
    drawn = zones([zone("yellow", 2, tokens=[Token("b", "/b/", Facet.ANT), Token("a", "/a/", Facet.MIS)])])

    assert [(token.label, token.href, token.facet) for token in drawn.fields[0].tokens] == [
        ("a", "/a/", "mis"),
        ("b", "/b/", "ant"),
    ]
    assert drawn.has_facets


def test_tokens_have_no_names_where_not_all_are_given():
    drawn = zones([zone("yellow", 3, tokens=[Token("a", "/a/", Facet.MIS)])])

    assert {token.label for token in drawn.fields[0].tokens} == {""}


@pytest.mark.parametrize(
    ("count", "per_token"), [(60, 1), (61, 2), (121, 5), (301, 10), (601, 20), (1201, 50), (30_001, 1000)]
)
def test_many_initiatives_share_a_token(count, per_token):
    assert zones([zone("yellow", count)]).per_token == per_token


def test_the_last_token_stands_for_the_rest():
    drawn = zones([zone("yellow", 61), zone("green", 1)])

    assert [len(field.tokens) for field in drawn.fields] == [31, 1]


def test_field_grows_by_rows():
    few, many = zones([zone("yellow", 1)]), zones([zone("yellow", COLUMNS * (FEWEST_ROWS + 2))])

    assert (many.width, many.height - few.height) == (few.width, 48.0)


def test_second_row_begins_at_the_left():
    tokens = zones([zone("yellow", COLUMNS + 1)]).fields[0].tokens

    assert (tokens[COLUMNS].x, tokens[COLUMNS].y > tokens[0].y) == (tokens[0].x, True)
