from __future__ import annotations

from datetime import timedelta

import pytest

from polyfolio.search.building import NoTokensError, SearchQuery
from polyfolio.search.facets import UnknownFacetError
from polyfolio.search.queries import SearchResults, facet_counts, matching_ids, search, suggest

from .conftest import NOON, VISITOR, Shelf, ask, document, found, on

pytestmark = pytest.mark.django_db


def test_search_before_the_first_index_is_not_ready(index_folder) -> None:
    assert ask("water") == SearchResults(is_ready=False)
    assert facet_counts(SearchQuery("water", VISITOR), ["theme"]) == {"theme": {}}
    assert list(matching_ids(SearchQuery("water", VISITOR))) == []


def test_search_ranks_exact_title_then_title_then_names_then_body(shelf: Shelf) -> None:
    shelf.put(
        document(1, "Schools by the river", body={"en": "Clean water for all, and some more words of text."}),
        document(2, "Clean water for schools"),
        document(3, "Water"),
        document(4, "Pipes", names=("Water alliance",), body={"en": "Nothing else is said here at all."}),
    )

    assert found("water") == [3, 2, 4, 1]


def test_search_gives_title_address_and_excerpt_in_pieces(shelf: Shelf) -> None:
    shelf.put(document(7, "Clean <b>water</b>", body={"en": "Watering schools & gardens."}, extra={"status": "2"}))

    [hit] = ask("water").hits

    assert (hit.kind, hit.object_id, hit.address, hit.extra) == ("initiative", 7, "/initiatives/7/", {"status": "2"})
    assert hit.title == (("Clean <b>", False), ("water", True), ("</b>", False))
    assert hit.title_text == "Clean <b>water</b>"
    assert hit.excerpt == (("Watering", True), (" schools & gardens.", False))


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("en", "Farmers are organising", "farmer organised"),
        ("fr", "Éducations de qualité", "éducation qualités"),
        ("fr", "Le développement de l'eau", "developpement l'eau"),
        ("es", "Educación y gestiones", "educaciones gestión"),
        ("es", "Educaciones", "educacion"),
        ("de", "Die Häuser der Gemeinden", "haus gemeinde"),
        ("pt", "Organizações", "organização"),
        ("it", "Le nazioni", "nazione"),
        ("nl", "De scholen", "school"),
        ("sv", "Kommunerna", "kommun"),
        ("da", "Kommunerne", "kommune"),
        ("nb", "Kommunene", "kommune"),
        ("fi", "Kunnissa", "kunnissa"),
        ("ru", "Школы и города", "школа города"),
        ("pl", "Wspólnota łąk", "wspolnota lak"),
        ("uk", "Громади", "громади"),
        ("vi", "Nông nghiệp bền vững", "nong nghiep"),
        ("zh", "可持续发展项目", "发展"),
        ("hi", "जल और भाषा", "भाषा"),
        ("en-GB", "Harbours", "harbour"),
    ],
)
def test_search_finds_forms_of_words_in_their_language(shelf: Shelf, language: str, text: str, words: str) -> None:
    shelf.put(document(1, {language: text}), document(2, "Another thing", body={"fr": "Autre chose"}))

    assert found(words) == [1]


def test_search_meets_words_across_the_languages_of_a_record(shelf: Shelf) -> None:
    shelf.put(document(1, {"en": "Water", "fr": "Écoles"}), document(2, "Water"), document(3, {"fr": "École"}))

    assert found("water ecole") == [1]


def test_search_finds_decomposed_accents(shelf: Shelf) -> None:
    shelf.put(document(1, {"fr": "Qualite\u0301 de l'eau"}))

    assert found("qualité") == [1]


def test_search_takes_the_last_word_as_a_beginning(shelf: Shelf) -> None:
    shelf.put(document(1, "Education for all"), document(2, "Educators"), document(3, "Edifice"))

    assert sorted(found("educati")) == [1]
    assert sorted(found("edu")) == [1, 2]


def test_search_keeps_phrases_together(shelf: Shelf) -> None:
    shelf.put(document(1, "Clean drinking water"), document(2, "Water for drinking"), document(3, "Drinking waters"))

    assert found('"drinking water"') == [1]
    assert sorted(found("drinking water")) == [1, 2, 3]
    assert sorted(found('"drinki')) == [1, 2, 3]


def test_search_leaves_out_what_is_excluded(shelf: Shelf) -> None:
    shelf.put(document(1, "Water schools"), document(2, "Water pumps"), document(3, "Water pump station"))

    assert found("water -pump") == [1]
    assert sorted(found('water -"pump station"')) == [1, 2]
    assert sorted(found("-schools")) == [2, 3]


def test_search_by_exclusion_alone(shelf: Shelf) -> None:
    shelf.put(document(1, "Water schools"), document(2, "Energy"))

    assert found("-schools", {"everything"}) == [2]


def test_search_drops_what_is_too_long_to_be_a_word_from_a_phrase(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"), document(2, "Energy"))

    assert found(f'"water {"x" * 100}"') == [1]


def test_search_finds_nothing_where_several_unknown_words_have_near_ones_apart(shelf: Shelf) -> None:
    shelf.put(document(1, "Forests"), document(2, "Restoration"), document(3, "Forrest"), document(4, "Restorations"))

    assert ask("forrest restoratoin").hits == ()


def test_search_finds_identifiers_and_acronyms(shelf: Shelf) -> None:
    shelf.put(
        document(1, "One", names=("XM-DAC-41114-PROJECT-00123",)),
        document(2, "Two", names=("XM-DAC-41114-PROJECT-00124", "UNDP")),
    )

    assert found("XM-DAC-41114-PROJECT-00124") == [2]
    assert sorted(found("XM-DAC-41114-PROJECT-0012")) == [1, 2]
    assert found("undp") == [2]


@pytest.mark.parametrize("words", ["watre", "watter", "wter", "wator", "Watre"])
def test_search_forgives_one_slip(shelf: Shelf, words: str) -> None:
    shelf.put(document(1, "Water for schools"), document(2, "Energy"))

    results = ask(f"{words} schools")

    assert [hit.object_id for hit in results.hits] == [1]
    assert results.did_you_mean == "water schools"
    assert results.hits[0].title[0] == ("Water", True)


def test_search_forgives_a_slip_in_a_known_word_where_nothing_else_is_found(shelf: Shelf) -> None:
    shelf.put(document(1, "Forest restoration"), document(2, "Forrest"), document(3, "Forests restored"))

    results = ask("forrest restoration")

    assert sorted(hit.object_id for hit in results.hits) == [1, 3]
    assert results.did_you_mean == "forest restoration"


def test_search_offers_a_far_more_frequent_spelling(shelf: Shelf) -> None:
    shelf.put(document(99, "Mange river"), *(document(number, f"Range number {number}") for number in range(1, 13)))

    results = ask("Mange river")

    assert ([hit.object_id for hit in results.hits], results.did_you_mean) == ([99], "range river")


def test_search_finds_nothing_without_offering_nonsense(shelf: Shelf) -> None:
    shelf.put(document(1, "Water"))

    assert ask("zzzzqqqq xyxyxyxy") == SearchResults(took_ms=pytest.approx(0, abs=5000))


@pytest.mark.parametrize(
    "words",
    ['"', '""', "-", "- -", "AND OR NOT", "a:b", "title:water^2", "(((", "water~", "*", "?", "\\", "[a TO b]", "/x/",
     "+water", "😀", "\x00", "'", "''''", "l'", '-"', "x" * 5000, " " * 50, "…", "%s", "{}", "\ud800"],
)  # fmt: skip
def test_search_has_no_wrong_way_to_ask(shelf: Shelf, words: str) -> None:
    shelf.put(document(1, "Water"))

    assert ask(words).is_ready
    assert facet_counts(SearchQuery(words, VISITOR), ["kind"]).keys() == {"kind"}


def test_search_without_words_lists_the_newest_first(shelf: Shelf) -> None:
    shelf.put(
        document(1, "Old", updated_at=NOON - timedelta(days=9)),
        document(2, "New"),
        document(3, "Older", updated_at=NOON - timedelta(days=99)),
    )

    assert found("") == [2, 1, 3]


def test_search_sorts(shelf: Shelf) -> None:
    shelf.put(
        document(1, "Water C", starts_on=on(2020), updated_at=NOON),
        document(2, "water a", starts_on=None, updated_at=NOON - timedelta(days=1)),
        document(3, "Wäter B", starts_on=on(2024), updated_at=NOON - timedelta(days=2)),
    )

    assert found("water", sort="title") == [2, 3, 1]
    assert found("water", sort="newest") == [1, 2, 3]
    assert found("water", sort="start") == [3, 1, 2]


def test_search_pages_with_the_exact_total(shelf: Shelf) -> None:
    shelf.put(*(document(number, f"Water {number:03d}") for number in range(1, 46)))

    page = ask("water", sort="title", offset=40, limit=20)

    assert ([hit.object_id for hit in page.hits], page.total) == ([41, 42, 43, 44, 45], 45)
    assert ask("water", offset=400).hits == ()


def test_search_shows_only_what_the_reader_may_see(shelf: Shelf) -> None:
    shelf.put(
        document(1, "Water open"),
        document(2, "Water inside", visible_to=("network:3", "network-steward:3")),
        document(3, "Water mine", visible_to=("user:7",)),
        document(4, "Water nobody", visible_to=()),
    )

    assert found("water") == [1]
    assert sorted(found("water", {"public", "network:3"})) == [1, 2]
    assert sorted(found("water", {"public", "user:7", "network-steward:3"})) == [1, 2, 3]
    assert sorted(found("water", {"everything"})) == [1, 2, 3, 4]
    assert ask("water").total == 1
    assert found("") == [1]
    assert facet_counts(SearchQuery("water", VISITOR), ["kind"]) == {"kind": {"initiative": 1}}
    assert list(matching_ids(SearchQuery("water", VISITOR))) == [("initiative", 1)]
    assert {kind: [hit.object_id for hit in hits] for kind, hits in suggest("wat", VISITOR).items()} == {
        "initiative": [1]
    }


def test_search_does_not_betray_words_of_hidden_records(shelf: Shelf) -> None:
    shelf.put(
        document(1, "Secretive water"),
        *(document(number, "Confidentiality", visible_to=("network:3",)) for number in range(2, 30)),
    )

    assert ask("confidentialty") == SearchResults(took_ms=pytest.approx(0, abs=5000))
    assert ask("confidentialty", {"network:3"}).did_you_mean == "confidentiality"


def test_search_refuses_to_search_for_nobody() -> None:
    with pytest.raises(NoTokensError):
        SearchQuery("water", frozenset())


def test_search_refuses_unknown_facets(shelf: Shelf) -> None:
    with pytest.raises(UnknownFacetError):
        SearchQuery("water", VISITOR, filters={"colour": ("red",)})
    with pytest.raises(UnknownFacetError):
        facet_counts(SearchQuery("water", VISITOR), ["colour"])


def faceted(shelf: Shelf) -> None:
    shelf.put(
        document(1, "Water", facets={"theme": ("a", "b", "c", "d"), "country": ("KE",), "status": ("2",)}),
        document(2, "Water", facets={"theme": ("a",), "country": ("KE", "UG"), "status": ("3",)}),
        document(3, "Water", facets={"theme": ("b",), "country": ("UG",), "status": ("2",)}),
        document(4, "Energy", facets={"theme": ("a",), "country": ("KE",)}),
    )


def test_facet_counts_are_exact_beyond_the_dense_columns(shelf: Shelf) -> None:
    faceted(shelf)

    counts = facet_counts(SearchQuery("water", VISITOR), ["theme", "country", "status", "kind", "sdg_goal"])

    assert counts == {
        "theme": {"a": 2, "b": 2, "c": 1, "d": 1},
        "country": {"KE": 2, "UG": 2},
        "status": {"2": 2, "3": 1},
        "kind": {"initiative": 3},
        "sdg_goal": {},
    }


def test_facet_counts_follow_the_other_filters_but_not_their_own(shelf: Shelf) -> None:
    faceted(shelf)
    query = SearchQuery("water", VISITOR, filters={"theme": ("b",), "country": ()})

    assert facet_counts(query, ["theme", "country"]) == {
        "theme": {"a": 2, "b": 2, "c": 1, "d": 1},
        "country": {"KE": 1, "UG": 1},
    }


def test_filters_take_any_code_of_a_facet_and_all_facets(shelf: Shelf) -> None:
    faceted(shelf)

    assert sorted(found("water", filters={"theme": ("c", "b")})) == [1, 3]
    assert found("water", filters={"theme": ("a",), "country": ("UG",)}) == [2]
    assert found("", filters={"theme": ("d",)}) == [1]
    assert found("", filters={"theme": ("nowhere",)}) == []


def test_facet_counts_with_more_codes_than_the_index_gives_at_once(shelf: Shelf) -> None:
    many = tuple(str(number) for number in range(33_000))
    shelf.put(
        document(1, "Water", facets={"organisation": many, "sector": many}),
        document(2, "Water", facets={"sector": ("7",)}),
    )

    counts = facet_counts(SearchQuery("water", VISITOR), ["organisation", "sector", "kind"])

    assert (len(counts["organisation"]), len(counts["sector"])) == (33_000, 33_000)
    assert (counts["sector"]["7"], counts["sector"]["8"], counts["kind"]) == (2, 1, {"initiative": 2})


def test_facet_codes_may_hold_blanks(shelf: Shelf) -> None:
    shelf.put(document(1, "Water", facets={"programme": ("Clean cities", "Clean cities")}))
    query = SearchQuery("water", VISITOR, filters={"programme": ("Clean cities",)})

    assert facet_counts(query, ["programme"]) == {"programme": {"Clean cities": 1}}
    assert search(query).total == 1


def test_matching_ids_gives_every_hit_in_order(shelf: Shelf, monkeypatch) -> None:
    from polyfolio.search import queries

    monkeypatch.setattr(queries, "IDS_AT_ONCE", 10)
    shelf.put(*(document(number, f"Water {number:03d}") for number in range(1, 36)), document(99, "Energy"))

    ids = list(matching_ids(SearchQuery("water", VISITOR, sort="title", limit=5, offset=3)))

    assert ids == [("initiative", number) for number in range(1, 36)]


def test_suggest_groups_by_kind_best_first(shelf: Shelf) -> None:
    shelf.put(
        document(1, "Waterways of the north and what we know of them today"),
        document(2, "Waterways", kind="organisation"),
        document(3, "Waterways and canals"),
    )

    grouped = suggest("waterways", VISITOR)

    assert [(kind, [hit.object_id for hit in hits]) for kind, hits in grouped.items()] == [
        ("organisation", [2]),
        ("initiative", [3, 1]),
    ]
    assert suggest("  ", VISITOR) == {}


def test_suggest_puts_titles_that_begin_so_first(shelf: Shelf) -> None:
    shelf.put(
        document(1, "Schools", body={"en": "Waterways, waterways and again waterways."}),
        document(2, "The long way to better waterways"),
        document(3, "Waterways and the towns along them"),
    )

    assert [hit.object_id for hit in suggest("waterw", VISITOR)["initiative"]] == [3, 2, 1]


def test_search_prefers_the_readers_language_in_titles(shelf: Shelf) -> None:
    shelf.put(document(1, {"en": "Water", "fr": "Eau"}, body={"fr": "De l'eau pure.", "en": "Pure water."}))

    [hit] = search(SearchQuery("water", VISITOR, languages=("fr", "en"))).hits

    assert hit.title == (("Eau", False),)
    assert hit.excerpt == (("Pure ", False), ("water", True), (".", False))


def test_search_names_a_record_without_title(shelf: Shelf) -> None:
    shelf.put(document(1, {}, names=("XM-1",)))

    assert [hit.title_text for hit in ask("xm-1").hits] == ["XM-1"]


def test_search_does_not_insist_on_small_words(shelf: Shelf) -> None:
    shelf.put(document(1, "Protection coasts"), document(2, "The protection"))

    assert found("the protection of the coast") == [1]
    assert found("the") == [2]
