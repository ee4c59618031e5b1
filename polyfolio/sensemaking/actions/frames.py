"""Making and changing the frames of a portfolio, and keeping the built-in ones as the code has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from polyfolio.audit.actions import changes
from polyfolio.lib.refusals import RefusedError
from polyfolio.lib.slugs import unique_slug
from polyfolio.lib.texts import best_text, clean_texts
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions.placements import rebuild
from polyfolio.sensemaking.builtin import FRAMES
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.models import Crosswalk, Frame, Region, Standing
from polyfolio.sensemaking.queries.frames import is_used

MOST_REGIONS = 9
MOST_THRESHOLDS = 2
TOKENS = ("zone-yellow", "zone-green", "zone-blue", "zone-rose", "zone-violet", "zone-other")
AXIS_ENDS = ("x_low", "x_high", "y_low", "y_high")

Texts = Mapping[str, str]


@dataclass(frozen=True)
class RegionGiven:
    """A region as a steward writes it; `code` names one that exists already."""

    title: Texts
    description: Texts = field(default_factory=dict)
    token: str = "zone-other"  # noqa: S105  # a colour
    code: str = ""


@dataclass(frozen=True)
class FrameGiven:
    """A frame as a steward writes it: zones in their order, or the ends of two axes and where their parts begin.

    Between axes `regions` may stay empty: the fields are then named after the ends of the axes.
    """

    title: Texts
    kind: str = FrameKind.ZONES
    description: Texts = field(default_factory=dict)
    regions: Sequence[RegionGiven] = ()
    ends: Mapping[str, Texts] = field(default_factory=dict)
    x_thresholds: Sequence[float] = (0.0,)
    y_thresholds: Sequence[float] = (0.0,)
    contested_from: float = 0.5


def ensure_builtin(**_signal: Any) -> None:
    """Make or refresh the built-in frames (after every migration; safe to run again)."""
    with transaction.atomic():
        for given in FRAMES:
            texts = {name: given[name] for name in ("kind", "title", "description")}
            frame, _is_new = Frame.objects.update_or_create(code=given["code"], portfolio=None, defaults=texts)
            for position, region in enumerate(given["regions"]):
                Region.objects.update_or_create(
                    frame=frame,
                    code=str(region["code"]),
                    defaults={name: region[name] for name in ("title", "description", "token")}
                    | {"position": position},
                )


def define(*, portfolio: Portfolio, given: FrameGiven, by: User, at: datetime) -> Frame:
    """Make a frame of zones or of two axes for a portfolio. Facets are one model and are not made anew."""
    require(by, "sensemaking.define_frame", portfolio)
    if given.kind not in (FrameKind.ZONES, FrameKind.AXES):
        raise RefusedError(_("A frame has zones or two axes."), field="kind")
    _check(given)
    with transaction.atomic():
        Portfolio.objects.select_for_update(of=("self",)).get(pk=portfolio.pk)
        taken = {*portfolio.frames.values_list("code", flat=True), *(each["code"] for each in FRAMES)}
        code = unique_slug(best_text(given.title)[:50], taken=taken, fallback="frame")
        frame = Frame(portfolio=portfolio, code=code, kind=given.kind)
        _write(frame, given)
        _log(frame, "portfolio.frame", by=by, at=at)
    return frame


def redefine(*, frame: Frame, given: FrameGiven, by: User, at: datetime) -> Frame:
    """Rename a frame and its regions, add some, or take away those in which nothing stands or stood."""
    portfolio = _own(frame, by)
    _check(given)
    with transaction.atomic():
        locked = Frame.objects.select_for_update(of=("self",)).get(pk=frame.pk)
        before = _facts(locked)
        _write(locked, given)
        if locked.kind == FrameKind.AXES:
            placed = locked.placements.filter(portfolio=portfolio).values_list("initiative_id", flat=True)
            rebuild(portfolio=portfolio, frame=locked, initiative_ids=list(placed.distinct().order_by()))
        _log(locked, "portfolio.frame", by=by, at=at, before=before)
    return locked


def make_default(*, portfolio: Portfolio, frame: Frame, by: User, at: datetime) -> None:
    """Look through this frame wherever the portfolio's zones are shown; a built-in one takes the others' place."""
    require(by, "sensemaking.define_frame", portfolio)
    if frame.kind != FrameKind.ZONES or frame.portfolio_id not in (None, portfolio.pk):
        raise RefusedError(_("Only a frame of zones of this portfolio can be the one it is looked through."))
    if frame.archived_at is not None:
        raise RefusedError(_("“%s” is archived. Restore it first.") % frame)
    with transaction.atomic():
        own = portfolio.frames.select_for_update(of=("self",)).filter(kind=frame.kind)
        earlier = own.filter(is_default=True).first()
        own.filter(is_default=True).update(is_default=False)
        own.filter(pk=frame.pk).update(is_default=True)
        _log(
            frame,
            "portfolio.default_frame",
            by=by,
            at=at,
            portfolio=portfolio,
            before={"frame": str(earlier) if earlier else ""},
        )


def archive(*, frame: Frame, by: User, at: datetime) -> None:
    """Take a frame out of use: it is offered nowhere, and what stood in it stays readable."""
    _own(frame, by)
    with transaction.atomic():
        Frame.objects.filter(pk=frame.pk).update(archived_at=at, is_default=False)
        _log(frame, "portfolio.archive_frame", by=by, at=at)


def restore(*, frame: Frame, by: User, at: datetime) -> None:
    _own(frame, by)
    with transaction.atomic():
        Frame.objects.filter(pk=frame.pk).update(archived_at=None)
        _log(frame, "portfolio.restore_frame", by=by, at=at)


def delete(*, frame: Frame, by: User, at: datetime) -> bool:
    """Delete a frame in which nothing ever stood; one in use is archived instead. True where it is gone."""
    _own(frame, by)
    with transaction.atomic():
        locked = Frame.objects.select_for_update(of=("self",)).get(pk=frame.pk)
        if is_used(locked):
            archive(frame=locked, by=by, at=at)
            return False
        _log(locked, "portfolio.delete_frame", by=by, at=at)
        locked.delete()
    return True


def write_crosswalk(
    *, portfolio: Portfolio, source: Frame, target: Frame, pairs: Mapping[str, str], by: User, at: datetime
) -> None:
    """Say as which region of `target` each region of `source` is read (code → code); an empty one is not known."""
    require(by, "sensemaking.define_frame", portfolio)
    if source.pk == target.pk or any(each.portfolio_id not in (None, portfolio.pk) for each in (source, target)):
        raise RefusedError(_("A crosswalk leads from one frame of this portfolio to another."))
    froms = {each.code: each for each in source.regions.all()}
    tos = {each.code: each for each in target.regions.all()}
    given = {code: to for code, to in pairs.items() if to}
    if set(given) - set(froms) or set(given.values()) - set(tos):
        raise RefusedError(_("These frames have no such region."))
    with transaction.atomic():
        rows = Crosswalk.objects.filter(portfolio=portfolio, source__frame=source, target_frame=target)
        before = {str(each.source): str(each.target) for each in rows.select_related("source", "target")}
        rows.delete()
        Crosswalk.objects.bulk_create(
            Crosswalk(portfolio=portfolio, source=froms[code], target=tos[to], target_frame=target)
            for code, to in given.items()
        )
        changes.write(
            record=portfolio,
            verb="portfolio.crosswalk",
            by=by,
            at=at,
            before={"crosswalk": before},
            after={"crosswalk": {str(froms[code]): str(tos[to]) for code, to in given.items()}},
            reason=f"{source} → {target}",
        )


def _own(frame: Frame, by: User) -> Portfolio:
    if frame.portfolio is None:
        raise RefusedError(_("“%s” comes with Polyfolio and stays as it is. Make a frame of your own.") % frame)
    require(by, "sensemaking.define_frame", frame.portfolio)
    return frame.portfolio


def _check(given: FrameGiven) -> None:
    if not clean_texts(given.title):
        raise RefusedError(_("Give the frame a name."), field="title")
    if not 0 < given.contested_from <= 2:
        raise RefusedError(_("Say a number above 0 and up to 2."), field="contested_from")
    if given.kind == FrameKind.ZONES:
        _check_zones(given.regions)
    else:
        _check_axes(given)


def _check_zones(regions: Sequence[RegionGiven]) -> None:
    if not 2 <= len(regions) <= MOST_REGIONS:
        raise RefusedError(_("A frame has from 2 to %s zones.") % MOST_REGIONS, field="regions")
    if not all(clean_texts(each.title) for each in regions):
        raise RefusedError(_("Give every zone a name."), field="regions")
    names = [best_text(each.title).casefold() for each in regions]
    if len(set(names)) < len(names):
        raise RefusedError(_("Two zones have the same name."), field="regions")
    if any(each.token not in TOKENS for each in regions):
        raise RefusedError(_("Choose one of the colours offered."), field="regions")


def _check_axes(given: FrameGiven) -> None:
    for name in AXIS_ENDS:
        if not clean_texts(given.ends.get(name, {})):
            raise RefusedError(_("Name both ends of both axes."), field=name)
    for name in ("x_thresholds", "y_thresholds"):
        values = list(getattr(given, name))
        is_rising = all(low < high for low, high in pairwise(values))
        if not 1 <= len(values) <= MOST_THRESHOLDS or not is_rising or any(not -1 < each < 1 for each in values):
            raise RefusedError(
                _("Give one or two rising numbers between −1 and 1, such as 0, or −0.3 and 0.3."), field=name
            )


def _write(frame: Frame, given: FrameGiven) -> None:
    frame.title, frame.description = clean_texts(given.title), clean_texts(given.description)
    frame.contested_from = given.contested_from
    places: list[tuple[int, int]] = [(0, 0)] * len(given.regions)
    regions = given.regions
    if frame.kind == FrameKind.AXES:
        for name in AXIS_ENDS:
            setattr(frame, name, clean_texts(given.ends[name]))
        before = len(frame.x_thresholds), len(frame.y_thresholds)
        frame.x_thresholds, frame.y_thresholds = list(given.x_thresholds), list(given.y_thresholds)
        has_shape = before == (len(frame.x_thresholds), len(frame.y_thresholds))
        columns, rows = len(frame.x_thresholds) + 1, len(frame.y_thresholds) + 1
        places = [(column, row) for row in range(rows) for column in range(columns)]
        regions = _fields(frame, given.regions if has_shape else (), places)  # Else the names would be of other fields.
    frame.save()
    _write_regions(frame, regions, places)


def _fields(frame: Frame, given: Sequence[RegionGiven], places: Sequence[tuple[int, int]]) -> list[RegionGiven]:
    """A region for each field between the axes: as given, else named after the ends it lies by."""
    by_code = {each.code: each for each in given if each.code}
    found = []
    for column, row in places:
        code = f"x{column}y{row}"
        title = f"{_end(frame, 'x', column)}, {_end(frame, 'y', row)}"
        each = by_code.get(code)
        kept = each is not None and clean_texts(each.title)
        token = each.token if each is not None and each.token in TOKENS else TOKENS[(column + row) % len(TOKENS)]
        found.append(
            RegionGiven(
                title=each.title if each is not None and kept else {"en": title},
                description=each.description if each is not None else {},
                token=token,
                code=code,
            )
        )
    return found


def _end(frame: Frame, axis: str, part: int) -> str:
    last = len(getattr(frame, f"{axis}_thresholds"))
    if 0 < part < last:
        return _("between")
    return best_text(getattr(frame, f"{axis}_low" if part == 0 else f"{axis}_high"))


def _write_regions(frame: Frame, given: Sequence[RegionGiven], places: Sequence[tuple[int, int]]) -> None:
    existing = {region.code: region for region in frame.regions.all()}
    if any(each.code and each.code not in existing for each in given) and frame.kind == FrameKind.ZONES:
        raise RefusedError(_("This frame has no such zone any more; open the page anew."), field="regions")
    for code in set(existing) - {each.code for each in given}:
        _remove(existing[code])
    taken = {*existing, *(each.code for each in given)} - {""}
    for position, (each, (column, row)) in enumerate(zip(given, places, strict=True)):
        region = existing.get(each.code) or Region(frame=frame, code=each.code)
        region.code = region.code or unique_slug(best_text(each.title)[:32], taken=taken, fallback="zone")
        taken.add(region.code)
        region.title, region.description = clean_texts(each.title), clean_texts(each.description)
        region.token, region.position, region.column, region.row = each.token, position, column, row
        region.save()


def _remove(region: Region) -> None:
    count = region.stays.values("initiative").distinct().count()
    if count:
        raise RefusedError(
            ngettext(
                "%(count)s initiative stands or stood in “%(region)s”, so it cannot be taken away. Rename it instead.",
                "%(count)s initiatives stand or stood in “%(region)s”, so it cannot be taken away. Rename it instead.",
                count,
            )
            % {"count": count, "region": region},
            field="regions",
        )
    Standing.objects.filter(region=region).update(region=None)  # Derived: built anew once the regions are written.
    region.delete()


def _facts(frame: Frame) -> dict[str, Any]:
    facts: dict[str, Any] = {"frame": str(frame), "regions": [str(each) for each in frame.regions.all()]}
    if frame.kind == FrameKind.AXES:
        facts |= {"thresholds": [frame.x_thresholds, frame.y_thresholds]}
    return facts


def _log(
    frame: Frame,
    verb: str,
    *,
    by: User,
    at: datetime,
    before: Mapping[str, Any] | None = None,
    portfolio: Portfolio | None = None,
) -> None:
    changes.write(record=portfolio or frame.portfolio, verb=verb, by=by, at=at, before=before, after=_facts(frame))
