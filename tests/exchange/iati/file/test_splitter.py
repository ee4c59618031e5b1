from polyfolio.exchange.iati.file.splitter import Cut, Splitter

ROOT = '<iati-activities version="2.03">'
END = "</iati-activities>"
ONE = "<iati-activity>1</iati-activity>"
CDATA = "<![CDATA[</iati-activity>]]>"
TWO = "<iati-activity a='>'>2</iati-activity >"


def split(
    text: str, *, size: int = 1 << 20, max_activity: int = 1 << 20
) -> tuple[list[tuple[str, int, str]], list[str]]:
    data = text.encode()
    splitter = Splitter((data[at : at + size] for at in range(0, len(data), size)), max_activity=max_activity)
    segments = [(item.xml.decode(), item.line, item.cut.value) for item in splitter.segments()]
    return segments, [item.code for item in splitter.problems]


def whole(*texts: str) -> list[tuple[str, int, str]]:
    return [(text, 1, Cut.WHOLE.value) for text in texts]


def test_segments_gives_each_activity() -> None:
    assert split(ROOT + ONE + TWO + "<iati-activity/>" + END) == (whole(ONE, TWO, "<iati-activity/>"), [])


def test_segments_is_the_same_however_the_file_is_cut() -> None:
    odd = f"<iati-activity b='1'><!-- </iati-activity> -->{CDATA}</iati-activity>"
    text = f"{ROOT}\n<!-- {ONE} -->{ONE}{odd}\n{TWO}<iati-activity />{END}"

    found = [split(text, size=size) for size in range(1, 60)]

    assert found == [split(text)] * 59


def test_segments_counts_lines() -> None:
    text = f"<?xml version='1.0'?>\n{ROOT}\n\n<iati-activity>\n\n</iati-activity>\n{ONE}\n{END}"

    assert [line for _, line, _ in split(text)[0]] == [4, 7]


def test_segments_ignores_tags_in_comments_cdata_and_instructions() -> None:
    odd = f"<iati-activity><!-- </iati-activity><iati-activity> -->{CDATA}<?p </iati-activity>?></iati-activity>"

    assert split(f"{ROOT}<!-- {ONE} -->{odd}<?p {ONE} ?>{END}") == (whole(odd), [])


def test_segments_are_not_misled_by_longer_names() -> None:
    odd = "<iati-activity><iati-activity-extra></iati-activity-extra></iati-activity>"

    assert split(f"{ROOT}{odd}{ONE}{END}")[0] == whole(odd, ONE)


def test_segments_ends_unclosed_activity_where_the_next_begins() -> None:
    assert split(f"{ROOT}<iati-activity>x{ONE}{END}") == (
        [("<iati-activity>x", 1, "unclosed"), *whole(ONE)],
        [],
    )


def test_segments_ends_unclosed_last_activity_where_the_list_ends() -> None:
    assert split(f"{ROOT}{ONE}<iati-activity>x{END}") == ([*whole(ONE), ("<iati-activity>x", 1, "unclosed")], [])


def test_segments_tells_truncated_file() -> None:
    found = [
        split(f"{ROOT}{ONE}{rest}") for rest in ("", "<iati-activity><title>x", "<iati-activity a='", "<iati-acti")
    ]

    assert found == [
        (whole(ONE), ["file-truncated"]),
        ([*whole(ONE), ("<iati-activity><title>x", 1, "truncated")], ["file-truncated"]),
        ([*whole(ONE), ("<iati-activity a='", 1, "truncated")], ["file-truncated"]),
        (whole(ONE), ["outside-broken", "file-truncated"]),
    ]


def test_segments_survives_comment_that_never_ends() -> None:
    assert split(f"{ROOT}<iati-activity><!-- x</iati-activity><!-- y{ONE}{END}") == (
        [("<iati-activity><!-- x</iati-activity>", 1, "whole"), *whole(ONE)],
        ["outside-broken"],
    )


def test_segments_steps_over_activity_that_is_too_large() -> None:
    large = "<iati-activity>" + "x" * 20_000 + "</iati-activity>"

    found = split(f"{ROOT}{large}{ONE}{END}", size=1000, max_activity=9000)

    assert found == ([(large[:4096], 1, "too_large"), *whole(ONE)], [])


def test_segments_steps_over_too_large_activity_without_end() -> None:
    large = "<iati-activity>" + "x" * 20_000

    found = split(f"{ROOT}{large}", size=1000, max_activity=9000)

    assert found == ([(large[:4096], 1, "too_large")], ["file-truncated"])


def test_segments_drops_what_cannot_be_kept_between_activities() -> None:
    found = split(f"{ROOT}{'x' * 50_000}{ONE}{END}", size=1000, max_activity=9000)

    assert found == (whole(ONE), ["outside-too-large", "outside-text"])


def test_segments_reads_single_activity() -> None:
    assert split("<?xml version='1.0'?><iati-activity version='2.03'>1</iati-activity>\n") == (
        whole("<iati-activity version='2.03'>1</iati-activity>"),
        [],
    )


def test_segments_reads_prefixed_activities() -> None:
    text = "<i:iati-activities version='2.03' xmlns:i='u'><i:iati-activity>1</i:iati-activity></i:iati-activities>"

    assert split(text) == (whole("<i:iati-activity>1</i:iati-activity>"), ["root-namespaced"])


def test_segments_gives_nothing_of_other_files() -> None:
    assert split("<iati-organisations/>") == ([], ["file-is-organisations"])


def test_segments_reads_two_files_put_together() -> None:
    assert split(f"{ROOT}{ONE}{END}{ROOT}{TWO}{END}") == (whole(ONE, TWO), ["outside-broken", "after-end"])


def test_segments_is_quick_with_hostile_repetition() -> None:
    # Each of these once took time with the square of its length.
    for piece in (
        "<!--",
        "<![CDATA[",
        "<iati-activity>",
        "<iati-activity a='",
        "</iati-activity>",
        "<?",
        "<iati-activity-x>",
    ):
        split(ROOT + piece * 20_000)
