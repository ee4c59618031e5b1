from polyfolio.exchange.iati.organisations import MOST_NAMES, MOST_TOLD, Organisations
from tests.exchange.iati.files import data_of

PARTNER = '<participating-org role="1" ref="{}"><narrative xml:lang="{}">{}</narrative></participating-org>'


def problems(*partners: tuple[str, str, str]) -> list[tuple[str, str]]:
    organisations = Organisations()
    organisations.see(data_of("".join(PARTNER.format(*partner) for partner in partners)))
    return [(found.code, found.value) for found in organisations.problems()]


def test_problems_tells_one_organisation_under_several_names() -> None:
    assert problems(("R-1", "en", "Ministry"), ("R-1", "en", "The Ministry"), ("R-1", "en", "Dept")) == [
        ("organisation-names", "Ministry · The Ministry · Dept")
    ]


def test_problems_tells_one_name_under_several_references() -> None:
    assert problems(("R-1", "en", "Ministry"), ("R-2", "en", "MINISTRY ")) == [("organisation-refs", "R-1 · R-2")]


def test_problems_lets_languages_and_capitals_differ() -> None:
    assert problems(("R-1", "en", "Ministry"), ("R-1", "fr", "Ministère"), ("R-1", "en", "ministry")) == []


def test_problems_leaves_organisations_without_reference_alone() -> None:
    assert problems(("", "en", "Ministry"), ("", "en", "Other")) == []


def test_see_looks_at_reporters_and_transactions() -> None:
    organisations = Organisations()
    organisations.see(
        data_of(
            '<reporting-org ref="R-1"><narrative>A</narrative></reporting-org>'
            '<transaction><provider-org ref="R-1"><narrative>B</narrative></provider-org>'
            '<receiver-org ref="R-1"><narrative>C</narrative></receiver-org></transaction><transaction/>'
        )
    )

    assert [found.value for found in organisations.problems()] == ["A · B · C"]


def test_problems_are_bounded() -> None:
    many_names = problems(*(("R-1", "en", f"Name {number}") for number in range(100)))
    many_refs = problems(*((f"R-{number}", "en", "Name") for number in range(100)))
    many = problems(*((f"R-{number // 2}", "en", f"Name {number}") for number in range(2 * MOST_TOLD + 100)))

    assert many_names[0][1].count("·") == MOST_NAMES - 1
    assert many_refs[0][1].count("·") == MOST_NAMES - 1
    assert len(many) == MOST_TOLD
