"""What an uploaded file really is: judged by its bytes, not by its name."""

from __future__ import annotations

import unicodedata
import zipfile
from pathlib import PurePosixPath
from typing import IO

import puremagic
from django.utils.translation import gettext as _

from polyfolio.lib.refusals import RefusedError

OFFICE = "application/vnd.openxmlformats-officedocument"
OPEN = "application/vnd.oasis.opendocument"

# Extension → the media type it is kept and served as.
BINARY = {
    "pdf": "application/pdf",
    "png": "image/png",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "gif": "image/gif",
    "webp": "image/webp",
    "mp3": "audio/mpeg",
    "mp4": "video/mp4",
}
# The part inside the package that shows which kind it is.
PACKAGES = {
    "docx": (f"{OFFICE}.wordprocessingml.document", "word/"),
    "xlsx": (f"{OFFICE}.spreadsheetml.sheet", "xl/"),
    "pptx": (f"{OFFICE}.presentationml.presentation", "ppt/"),
    "odt": (f"{OPEN}.text", ""),
    "ods": (f"{OPEN}.spreadsheet", ""),
    "odp": (f"{OPEN}.presentation", ""),
}
TEXTS = {"txt": "text/plain", "csv": "text/csv", "md": "text/markdown", "ics": "text/calendar"}
ALLOWED = (*BINARY, *PACKAGES, *TEXTS)
HEAD = 8192
LONGEST_NAME = 150


class WrongContentError(RefusedError):
    """The file is not of a kind that is kept here, or not what its name says."""


def media_type_of(name: str, content: IO[bytes]) -> str:
    """The media type of a file that may be kept; raises WrongContentError. Leaves `content` at its beginning."""
    extension = PurePosixPath(name).suffix.lower().lstrip(".")
    head = content.read(HEAD)
    content.seek(0)
    if not head:
        raise WrongContentError(_("The file is empty."), field="file")
    if extension not in ALLOWED:
        raise WrongContentError(
            _("Files of the kind “%(kind)s” are not kept here. These are: %(allowed)s.")
            % {"kind": extension or "?", "allowed": ", ".join(ALLOWED)},
            field="file",
        )
    if extension in TEXTS:
        media_type = TEXTS[extension] if _is_text(head) else None
    elif extension in PACKAGES:
        media_type = _package_type(extension, content)
    else:
        media_type = BINARY[extension] if BINARY[extension] in _seen_in(head) else None
    if media_type is None:
        raise WrongContentError(
            _("The name says “%s”, but the content is something else. Save it again in that format.") % extension,
            field="file",
        )
    return media_type


def clean_name(name: str) -> str:
    """A name without folders, control characters or signs that some system cannot keep; its extension stays."""
    base = unicodedata.normalize("NFC", name.replace("\\", "/").rsplit("/", 1)[-1])
    kept = "".join(letter for letter in base if letter not in '<>:"|?*' and unicodedata.category(letter)[0] != "C")
    stem, dot, extension = kept.strip().strip(".").rpartition(".")
    if not dot:
        return kept.strip().strip(".")[:LONGEST_NAME] or "file"
    return f"{stem.strip()[: LONGEST_NAME - len(extension) - 1] or 'file'}.{extension}"


def _seen_in(head: bytes) -> set[str]:
    try:
        return {match.mime_type for match in puremagic.magic_string(head)}
    except (puremagic.PureError, ValueError):
        return set()


def _is_text(head: bytes) -> bool:
    """No zero bytes, nothing that a browser or system would run, and readable as UTF-8 or Windows' Latin."""
    if b"\0" in head or head.lstrip()[:2] in {b"MZ", b"#!"} or b"<script" in head.lower():
        return False
    try:
        # A character cut at the end of what was read is no fault of the file.
        head.decode("utf-8")
    except UnicodeDecodeError as problem:
        if problem.start < len(head) - 4:
            return _is_latin(head)
    return True


def _is_latin(head: bytes) -> bool:
    try:
        head.decode("cp1252")
    except UnicodeDecodeError:
        return False
    return True


def _package_type(extension: str, content: IO[bytes]) -> str | None:
    """An office file is a zip with a telling part inside; one with macros is not kept."""
    media_type, folder = PACKAGES[extension]
    try:
        with zipfile.ZipFile(content) as package:
            names = package.namelist()
            declared = package.read("mimetype")[:200].decode("ascii", "ignore") if "mimetype" in names else ""
    except (zipfile.BadZipFile, KeyError, NotImplementedError, RuntimeError, OSError):
        return None
    finally:
        content.seek(0)
    if any("vbaproject" in name.lower() for name in names):
        return None
    if folder:
        return media_type if "[Content_Types].xml" in names and any(n.startswith(folder) for n in names) else None
    return media_type if declared == media_type else None
