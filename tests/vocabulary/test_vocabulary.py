from __future__ import annotations

import io
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.core.cache import cache
from django.utils import translation

from polyfolio.vocabulary import codelists, countries, queries, sdgs, starters
from polyfolio.vocabulary.actions.codelists import CodeListError, Loaded, load
from polyfolio.vocabulary.models import Code, CodeList, Theme

AT = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)


def test_all_goals_and_targets_have_labels():
    assert [goal.number for goal in sdgs.goals()] == list(range(1, 18))
    assert len(sdgs.targets()) == 169
    assert all(set(each.texts) >= {"en", "fr", "es"} for each in [*sdgs.goals(), *sdgs.targets()])
    assert all(goal.colour.startswith("#") for goal in sdgs.goals())
    assert [target.code for target in sdgs.targets(12)] == [
        "12.1",
        "12.2",
        "12.3",
        "12.4",
        "12.5",
        "12.6",
        "12.7",
        "12.8",
        "12.a",
        "12.b",
        "12.c",
    ]


def test_labels_follow_the_reader():
    english, french = sdgs.target("12.5").label, sdgs.target_label("12.5", "fr")

    with translation.override("fr"):
        assert sdgs.target("12.5").label == french
        assert sdgs.goal(12).label == sdgs.goal_label(12, "fr") == sdgs.goal_label("12")
    assert english != french
    assert str(sdgs.target("12.5")) == f"12.5 {english}"
    assert str(sdgs.goal(12)) == f"12 {sdgs.goal(12).label}"
    assert sdgs.goal(12).code == "12"


def test_codes_however_they_are_written():
    assert sdgs.target(" 12.B ") == sdgs.target("12.b")
    assert (sdgs.is_target("12.B"), sdgs.is_target("12.z"), sdgs.is_target("12")) == (True, False, False)
    assert (sdgs.target_label("99.9"), sdgs.goal_label("99"), sdgs.goal_label("x")) == ("99.9", "99", "x")
    with pytest.raises(KeyError):
        sdgs.target("99.9")


def test_choices_for_forms():
    assert [code for code, _label in sdgs.choices(goals_only=True)] == [str(number) for number in range(1, 18)]
    assert len(list(sdgs.choices())) == 17 + 169


def test_countries_follow_the_reader():
    assert countries.country_name("VN") == "Vietnam"
    assert countries.country_name("de", "fr") == "Allemagne"
    assert countries.country_name("??") == "??"
    assert countries.country_name("VN", "xx-not-a-language") == "Vietnam"
    assert (countries.is_country("VN"), countries.is_country("EU"), countries.is_country("ZZ")) == (
        True,
        False,
        False,
    )
    codes = {code for code, _name in countries.choices()}
    assert {"SG", "WS", "XK"} <= codes
    assert len(codes) == 250
    names = [name for _code, name in countries.choices("fr")]
    assert names.index("Équateur") < names.index("Finlande")


@pytest.mark.parametrize(
    ("name", "code"),
    [("Vietnam", "VN"), (" allemagne ", "DE"), ("España", "ES"), ("Cote d’Ivoire", "CI"), ("Atlantis", None)],
)
def test_country_by_name(name, code):
    assert countries.code_of(name) == code


@pytest.mark.django_db
def test_starter_themes_are_there_after_migrating():
    waste = Theme.objects.get(slug="circular-economy")

    assert waste.label == "Circular economy"
    assert Theme.objects.filter(parent__isnull=False).exists()
    assert starters.load_themes() == 0


@pytest.mark.django_db
def test_starter_themes_leave_what_people_changed():
    Theme.objects.filter(slug="circular-economy").update(title={"en": "Loops"}, label="Loops")
    Theme.objects.filter(slug="textiles").delete()

    assert starters.load_themes() == 1
    assert Theme.objects.get(slug="circular-economy").label == "Loops"


def xml(items: str, name: str = "Colour", head: str = "") -> io.BytesIO:
    return io.BytesIO(
        f"""<?xml version="1.0" encoding="utf-8"?>{head}
        <codelist name="{name}" xml:lang="en"><metadata><name><narrative>Colours</narrative></name></metadata>
        <codelist-items>{items}</codelist-items></codelist>""".encode()
    )


RED = """<codelist-item><code>1</code><name><narrative>Red</narrative>
    <narrative xml:lang="fr">Rouge</narrative></name><description><narrative>Warm</narrative></description>
    <category>W</category></codelist-item>"""
BLUE = '<codelist-item status="withdrawn"><code>2</code><name>Blue</name></codelist-item>'


@pytest.mark.django_db
def test_load_keeps_names_in_every_language():
    loaded = load(xml(RED + BLUE), at=AT, source="colours.xml")

    assert loaded == Loaded("Colour", added=2, changed=0, unchanged=0, retired=0)
    holder = CodeList.objects.get()
    assert (holder.name, holder.label, holder.source, holder.loaded_at, str(holder)) == (
        "Colour",
        "Colours",
        "colours.xml",
        AT,
        "Colours",
    )
    assert list(Code.objects.order_by("code").values_list("code", "title", "label", "description", "category")) == [
        ("1", {"en": "Red", "fr": "Rouge"}, "Red", {"en": "Warm"}, "W"),
        ("2", {"en": "Blue"}, "Blue", {}, ""),
    ]
    assert [code.is_active for code in Code.objects.order_by("code")] == [True, False]


@pytest.mark.django_db
def test_second_run_changes_nothing():
    load(xml(RED + BLUE), at=AT)

    assert load(xml(RED + BLUE), at=AT) == Loaded("Colour", added=0, changed=0, unchanged=2, retired=0)


@pytest.mark.django_db
def test_changes_and_retirements_are_counted():
    load(xml(RED + BLUE), at=AT)

    loaded = load(xml(BLUE.replace("Blue", "Azure").replace("withdrawn", "active")), at=AT)

    assert loaded == Loaded("Colour", added=0, changed=1, unchanged=0, retired=1)
    assert list(Code.objects.order_by("code").values_list("label", "is_active")) == [("Red", False), ("Azure", True)]
    assert load(xml(BLUE), at=AT).retired == 0


@pytest.mark.django_db
def test_items_without_a_code_are_left_out_and_without_a_name_keep_their_code():
    load(xml("<codelist-item><name>x</name></codelist-item><codelist-item><code>9</code></codelist-item>"), at=AT)

    assert list(Code.objects.values_list("code", "label")) == [("9", "9")]


def xml_of_long_code() -> bytes:
    return xml(f"<codelist-item><code>{'x' * 201}</code></codelist-item>").getvalue()


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"no xml", "not XML"),
        (b"<iati-activities/>", "iati-activities"),
        (b"<codelist/>", "codelist"),
        (b'<codelist name="Empty"/>', "holds no codes"),
        (xml_of_long_code(), "at most 200"),
    ],
)
def test_what_is_no_code_list_is_named(content, words):
    with pytest.raises(CodeListError, match=words):
        load(io.BytesIO(content), at=AT)

    assert not CodeList.objects.exists()


@pytest.mark.django_db
def test_missing_file_is_named(tmp_path):
    with pytest.raises(CodeListError, match="cannot be read"):
        load(tmp_path / "nothing.xml", at=AT)


@pytest.mark.django_db
def test_entities_are_not_resolved(tmp_path):
    secret = tmp_path / "secret"
    secret.write_text("hidden words")
    head = f'<!DOCTYPE codelist [<!ENTITY x SYSTEM "file://{secret}">]>'

    load(xml("<codelist-item><code>1</code><name><narrative>&x;</narrative></name></codelist-item>", head=head), at=AT)

    assert "hidden" not in str(list(Code.objects.values()))


@pytest.mark.django_db
def test_code_label_follows_the_reader_and_later_loads(django_assert_num_queries):
    cache.clear()
    load(xml(RED), at=AT)
    assert codelists.code_label("Colour", "1") == "Red"
    with django_assert_num_queries(0):
        assert codelists.code_label("Colour", "1", "fr") == "Rouge"
        assert codelists.code_label("Colour", "7") == "7"
    assert codelists.code_label("Nothing", "7") == "7"

    load(xml(RED.replace("Red", "Crimson")), at=AT)

    assert codelists.code_label("Colour", "1") == "Crimson"


@pytest.mark.django_db
def test_themes_come_with_their_parents(django_assert_num_queries):
    with django_assert_num_queries(1):
        assert any(theme.parent is not None and theme.parent.label for theme in queries.themes())


@pytest.mark.django_db
def test_every_real_list_loads_twice(shared_data: Path):
    folder = shared_data / "iati/codelists/nonembedded/xml"

    first = [load(path, at=AT) for path in sorted(folder.glob("*.xml"))]
    second = [load(path, at=AT) for path in sorted(folder.glob("*.xml"))]

    assert len(first) == 61
    assert sum(each.added for each in first) == Code.objects.count()
    assert sum(each.added + each.changed + each.retired for each in second) == 0
    assert codelists.code_label("Sector", "11110", "fr") == "Politique de l'éducation et gestion administrative"
