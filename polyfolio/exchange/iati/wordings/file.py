"""Problems of a file as a whole."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from polyfolio.exchange.iati.wordings.wording import (
    ASK,
    CORRECT,
    CRITICAL,
    ERROR,
    NOTE,
    NOTHING,
    NOTHING_READ,
    READ_ON,
    WARNING,
    Wording,
)

_EXPORT_XML = _("Export or download the activities as IATI XML, and import that file.")

FILE_WORDINGS: dict[str, Wording] = {
    "file-empty": Wording(
        CRITICAL, _("The file is empty."), NOTHING_READ, _("Download or export it again; something went wrong there.")
    ),
    "file-not-xml": Wording(
        CRITICAL,
        _("This is not an XML file: line {line} begins with “{value}”."),
        NOTHING_READ,
        _EXPORT_XML,
    ),
    "file-is-spreadsheet": Wording(
        CRITICAL,
        _("This is a spreadsheet, whatever its name says."),
        NOTHING_READ,
        _("Import it as a spreadsheet, or export its contents as IATI XML."),
    ),
    "file-is-compressed": Wording(
        CRITICAL, _("This file is compressed."), NOTHING_READ, _("Unpack it, and import the XML file inside.")
    ),
    "file-is-pdf": Wording(CRITICAL, _("This is a PDF document."), NOTHING_READ, _EXPORT_XML),
    "file-is-web-page": Wording(
        CRITICAL,
        _("This is a web page, not a data file."),
        NOTHING_READ,
        _("Open its address in a browser, follow the link to the XML file, and import that."),
    ),
    "file-is-organisations": Wording(
        CRITICAL,
        _("This is an IATI organisation file; it holds no activities."),
        NOTHING_READ,
        _("Import the same publisher's activity file."),
    ),
    "file-is-registry-record": Wording(
        CRITICAL,
        _("This is a registry's record about a file, not the file itself."),
        NOTHING_READ,
        _("Import the file that the record points to."),
    ),
    "file-is-codelist": Wording(
        CRITICAL,
        _("This is an IATI code list; it holds no activities."),
        NOTHING_READ,
        _("Load it with “polyfolio codelists load”."),
    ),
    "file-is-other-xml": Wording(
        CRITICAL,
        _("This is XML, but not IATI: its root element is “{value}” where “iati-activities” should be."),
        NOTHING_READ,
        _EXPORT_XML,
    ),
    "file-truncated": Wording(
        CRITICAL,
        _("The file breaks off at line {line}: its end is missing."),
        _("The activities before the break were read."),
        _("Download or export the file again, and import it whole; what is there already will not be doubled."),
    ),
    "no-activities": Wording(
        WARNING, _("The file holds no activities."), NOTHING_READ, _("Check that it is the file you meant.")
    ),
    "root-broken": Wording(
        ERROR,
        _("The beginning of the list of activities cannot be read: {value}"),
        _("The activities were read without what it states for all of them (version, namespaces)."),
        CORRECT,
    ),
    "root-namespaced": Wording(
        NOTE,
        _("The file puts IATI's elements into a namespace ({value}); the standard has none."),
        _("The namespace was ignored."),
        NOTHING,
    ),
    "version-missing": Wording(
        WARNING,
        _("The file does not say which version of IATI it follows."),
        _("Each activity was read as version 2 where it has narratives, else as version 1."),
        ASK,
    ),
    "version-unknown": Wording(
        WARNING,
        _("“{value}” is no version of IATI that is known here."),
        _("The file was read by the nearest known version."),
        _("Look at some activities to see whether they came through well."),
    ),
    "doctype": Wording(
        ERROR,
        _("The file carries a document type declaration, which can be used to attack whoever reads it."),
        _("It was stepped over: nothing it declares was expanded, fetched or run."),
        _("Ask the publisher to leave it out. If you do not know the publisher, do not trust the file."),
    ),
    "encoding-unknown": Wording(
        WARNING,
        _("The file says that it is written in “{value}”, an encoding that is not known."),
        _("It was read as UTF-8."),
        _("Look at some accented letters to see whether they came through well."),
    ),
    "encoding-contradicted": Wording(
        WARNING,
        _("The file says that it is written in “{value}”, but it is written in {used}."),
        _("It was read as what it is."),
        ASK,
    ),
    "encoding-broken": Wording(
        WARNING,
        _("From line {line} on, some characters are not valid in the file's encoding {encoding} (bytes {value})."),
        _("Each was replaced by a question mark in a diamond."),
        CORRECT,
    ),
    "outside-broken": Wording(ERROR, _("What stands between two activities cannot be read: {value}"), READ_ON, CORRECT),
    "outside-element": Wording(
        ERROR, _("A “{value}” stands beside the activities, where none belongs."), READ_ON, CORRECT
    ),
    "outside-text": Wording(ERROR, _("Loose text stands between two activities: {value}"), READ_ON, CORRECT),
    "outside-too-large": Wording(
        WARNING,
        _("More stands beside the activities than can be kept."),
        READ_ON,
        _("Look whether something is missing."),
    ),
    "after-end": Wording(
        WARNING,
        _("More activities follow after the end of the list, as if two files were put together."),
        _("They were read as well."),
        ASK,
    ),
    "organisation-names": Wording(
        NOTE,
        _("The organisation {ref} goes by {count} names in this file: {names}"),
        _("It is one organisation here, by its identifier."),
        _("Look whether the identifier is right everywhere. If it is, nothing needs to be done."),
    ),
    "organisation-refs": Wording(
        WARNING,
        _("“{name}” stands under several identifiers: {refs}"),
        _("Each identifier is an organisation of its own here."),
        _("If they are one, merge them."),
    ),
}
