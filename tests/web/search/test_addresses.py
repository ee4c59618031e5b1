"""An address is read leniently, and written so that nothing of the search is lost."""

from __future__ import annotations

import pytest
from django.http import QueryDict

from polyfolio.web.search.addresses import LONGEST_QUERY, MOST_PAGES, Asked, asked


def test_reads_the_whole_state() -> None:
    address = "q=clean+water&theme=food&theme=waste&zone=blue&sort=title&page=3&view=table&columns=title,zone&filters=1"

    found = asked(QueryDict(f"{address}&all=country"))

    assert found == Asked(
        words="clean water",
        filters={"theme": ("food", "waste"), "zone": ("blue",)},
        sort="title",
        page=3,
        view="table",
        columns=("title", "zone"),
        is_wide=True,
        unfolded="country",
    )


@pytest.mark.parametrize(
    "address",
    [
        "q=water&theme=food&theme=waste&sort=newest&view=table&columns=zone&filters=1&all=theme",
        "kind=initiative&sort=title",
        "q=%C3%A9t%C3%A9+%26+%3D",
        "",
    ],
)
def test_query_loses_nothing(address: str) -> None:
    wanted = asked(QueryDict(address))

    assert asked(QueryDict(wanted.query())) == wanted


@pytest.mark.parametrize(
    ("address", "read"),
    [
        ("sort=nonsense", Asked()),
        ("q=water&sort=nonsense", Asked(words="water", sort="relevance")),
        ("sort=relevance", Asked(sort="relevance")),
        ("page=999999999", Asked(page=MOST_PAGES)),
        ("page=-1", Asked()),
        ("page=x", Asked()),
        ("page=", Asked()),
        ("page=" + "9" * 5000, Asked(page=MOST_PAGES)),
        ("view=hologram", Asked()),
        ("theme=", Asked()),
        ("theme=a%00b&theme=%00", Asked(filters={"theme": ("a b",)})),
        ("q=%00", Asked()),
        ("q=a%00%01b", Asked(words="a b", sort="relevance")),
        ("theme=" + "x" * 201, Asked()),
        ("nonsense=1&all=nonsense", Asked()),
        ("theme=a&theme=a", Asked(filters={"theme": ("a",)})),
    ],
)
def test_leaves_out_what_it_does_not_understand(address: str, read: Asked) -> None:
    assert asked(QueryDict(address)) == read


def test_cuts_what_is_endless() -> None:
    found = asked(QueryDict("q=" + "water+" * 200 + "&" + "&".join(f"theme={n}" for n in range(100))))

    assert (len(found.words) <= LONGEST_QUERY, len(found.filters["theme"])) == (True, 50)


def test_neighbours() -> None:
    wanted = asked(QueryDict("q=water&theme=food&theme=waste&view=table&page=4"))

    assert (
        wanted.without("theme", "food"),
        wanted.bare(),
        wanted.query(q="tap", page="2"),
        wanted.query(q=None),
        wanted.count,
    ) == (
        "q=water&theme=waste&view=table",
        "q=water&view=table",
        "theme=food&theme=waste&view=table&q=tap&page=2",
        "theme=food&theme=waste&view=table",
        2,
    )
