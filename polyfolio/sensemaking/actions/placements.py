"""Saying what an initiative is for in a portfolio. A placement is never overwritten, only followed by another."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from polyfolio.audit.actions import changes
from polyfolio.audit.facts import plain
from polyfolio.lib.events import publish
from polyfolio.lib.refusals import RefusedError
from polyfolio.people.models import User
from polyfolio.people.rules import require
from polyfolio.portfolios.actions.touching import touch
from polyfolio.portfolios.choices import AdmissionState
from polyfolio.portfolios.models import Entry, Initiative, Portfolio
from polyfolio.portfolios.queries.families import descendants
from polyfolio.sensemaking.arithmetic.axes import part, spot
from polyfolio.sensemaking.arithmetic.diamond import Spot, from_answers, from_shares, stand
from polyfolio.sensemaking.choices import Facet, FacetAnswer, FrameKind
from polyfolio.sensemaking.events import InitiativesPlaced
from polyfolio.sensemaking.models import Frame, Placement, Standing
from polyfolio.sensemaking.queries.frames import frame_of

CHUNK = 500
TAKEN_BACK_WITHIN = timedelta(days=1)


@dataclass(frozen=True)
class Answers:
    """One assessor's view of one initiative: the two answers, or shares from 0 to 100 by facet, or both.

    Where shares are given they say the point; the answers stay beside them.
    """

    purpose: str = ""
    driver: str = ""
    shares: Mapping[str, float] | None = None
    rationale: str = ""


def place(
    *, initiative: Initiative, portfolio: Portfolio, answers: Answers, by: User, at: datetime, is_agreed: bool = False
) -> Placement:
    """Add the person's placement; `is_agreed` records what people settled on, a steward's right."""
    entry = _entry(portfolio, initiative)
    require(by, "sensemaking.agree" if is_agreed else "sensemaking.place", portfolio if is_agreed else entry)
    return place_many(
        portfolio=portfolio,
        answers={initiative.pk: answers},
        by=by,
        at=at,
        is_agreed=is_agreed,
        _may_all=True,
    )[0]


def place_many(
    *,
    portfolio: Portfolio,
    answers: Mapping[int, Answers],
    by: User,
    at: datetime,
    is_agreed: bool = False,
    batch: uuid.UUID | None = None,
    _may_all: bool = False,
) -> list[Placement]:
    """Place many initiatives (id → answers) of a portfolio at once; log rows and standings are written in bulk."""
    if not _may_all:
        require(by, "sensemaking.agree" if is_agreed else "sensemaking.place_any", portfolio)
    spots = {pk: _spot(given) for pk, given in answers.items()}
    frame = frame_of(portfolio, FrameKind.FACETS)
    with transaction.atomic():
        initiatives = held(portfolio, answers)
        placements = [
            Placement(
                initiative=initiatives[pk],
                portfolio=portfolio,
                frame=frame,
                assessor=by,
                assessor_label=str(by),
                placed_at=at,
                purpose=given.purpose,
                driver=given.driver,
                shares=dict(given.shares) if given.shares else None,
                x=spots[pk][0],
                y=spots[pk][1],
                is_agreed=is_agreed,
                rationale=given.rationale,
            )
            for pk, given in answers.items()
        ]
        Placement.objects.bulk_create(placements, batch_size=CHUNK)
        rebuild(portfolio=portfolio, frame=frame, initiative_ids=list(answers))
        touch(answers, at=at)
        changes.write_many(
            changes.prepare(
                record=placement.initiative,
                verb="initiative.agree_placement" if is_agreed else "initiative.place",
                by=by,
                at=at,
                after=_facts(placement),
                reason=placement.rationale,
                batch=batch,
            )
            for placement in placements
        )
        publish(InitiativesPlaced(portfolio.pk, tuple(answers)))
    return placements


def take_back(*, placement: Placement, by: User, at: datetime) -> None:
    """Take one's own placement back within a day, as after a wrong tap; later one places anew instead."""
    require(by, "sensemaking.take_back_placement", placement)
    if at - placement.placed_at > TAKEN_BACK_WITHIN:
        raise RefusedError(_("This was said more than a day ago. Place it anew; the newest answer counts."))
    with transaction.atomic():
        facts = _facts(placement)
        changes.write(
            record=placement.initiative,
            verb="initiative.take_back_placement",
            by=by,
            at=at,
            before={name: value for name, value in facts.items() if name != "portfolio"},
            after={"portfolio": facts["portfolio"]},
        )
        remove(placement.portfolio, [placement.pk], at=at)


def remove(portfolio: Portfolio, ids: Sequence[int], *, at: datetime) -> int:
    """Delete placements of a portfolio and derive its standings anew; the caller has checked and writes the log."""
    rows = Placement.objects.filter(portfolio=portfolio, pk__in=ids)
    found: dict[int, list[int]] = defaultdict(list)
    for start in range(0, len(ids), CHUNK):
        chunk = rows.filter(pk__in=ids[start : start + CHUNK])
        for frame_id, initiative in chunk.order_by().values_list("frame_id", "initiative_id"):
            found[frame_id].append(initiative)
        chunk.delete()
    for frame in Frame.objects.filter(pk__in=found):
        rebuild(portfolio=portfolio, frame=frame, initiative_ids=list(dict.fromkeys(found[frame.pk])))
    every = list(dict.fromkeys(pk for each in found.values() for pk in each))
    if every:
        touch(every, at=at)
        publish(InitiativesPlaced(portfolio.pk, tuple(every)))
    return sum(len(each) for each in found.values())


def rebuild(*, portfolio: Portfolio, frame: Frame, initiative_ids: Sequence[int]) -> None:
    """Derive the standings of these initiatives anew from their placements (in the caller's transaction)."""
    for start in range(0, len(initiative_ids), CHUNK):
        ids = initiative_ids[start : start + CHUNK]
        latest = _latest(Placement.objects.filter(portfolio=portfolio, frame=frame, initiative__in=ids))
        Standing.objects.filter(portfolio=portfolio, frame=frame, initiative__in=ids).delete()
        derive = _between_axes(frame) if frame.kind == FrameKind.AXES else _standing
        Standing.objects.bulk_create(
            [derive(portfolio, frame, pk, views) for pk, views in latest.items()], batch_size=CHUNK
        )


@dataclass
class _Views:
    """The latest spot of each assessor of one initiative, and the latest agreed one."""

    by_assessor: dict[str, Spot]
    agreed: Spot | None = None
    agreed_by: str = ""


def _latest(placements: Iterable[Placement]) -> dict[int, _Views]:
    found: dict[int, _Views] = defaultdict(lambda: _Views({}))
    for each in sorted(placements, key=lambda one: (one.placed_at, one.pk)):
        who = f"id {each.assessor_id}" if each.assessor_id else each.assessor_label
        views = found[each.initiative_id]
        if each.is_agreed:
            views.agreed, views.agreed_by = (each.x, each.y), who
        else:
            views.by_assessor[who] = (each.x, each.y)
    return found


def _standing(portfolio: Portfolio, frame: Frame, initiative_id: int, views: _Views) -> Standing:
    found = stand(
        list(views.by_assessor.values()),
        views.agreed,
        contested_from=frame.contested_from,
        mixed_within=frame.mixed_within,
    )
    return Standing(
        initiative_id=initiative_id,
        portfolio=portfolio,
        frame=frame,
        x=found.x,
        y=found.y,
        facets=" ".join(found.facets),
        is_mixed=found.is_mixed,
        is_contested=found.is_contested,
        is_agreed=found.is_agreed,
        spread=found.spread,
        assessors=len({*views.by_assessor, views.agreed_by} - {""}),
        **{facet.value: found.share(facet) for facet in Facet},
    )


def _between_axes(frame: Frame) -> Callable[[Portfolio, Frame, int, _Views], Standing]:
    """Derives standings between a frame's axes. One query."""
    regions = {(region.column, region.row): region for region in frame.regions.all()}

    def derived(portfolio: Portfolio, frame: Frame, initiative_id: int, views: _Views) -> Standing:
        found = spot(list(views.by_assessor.values()), views.agreed, contested_from=frame.contested_from)
        return Standing(
            initiative_id=initiative_id,
            portfolio=portfolio,
            frame=frame,
            x=found.x,
            y=found.y,
            region=regions.get((part(frame.x_thresholds, found.x), part(frame.y_thresholds, found.y))),
            is_contested=found.is_contested,
            is_agreed=views.agreed is not None,
            spread=found.spread,
            assessors=len({*views.by_assessor, views.agreed_by} - {""}),
        )

    return derived


def _spot(answers: Answers) -> Spot:
    """The point of the answers; refuses answers that say nothing and shares out of bounds."""
    if answers.shares:
        shares = {str(facet): float(value) for facet, value in answers.shares.items()}
        if set(shares) - set(Facet.values) or any(not 0 <= value <= 100 for value in shares.values()):
            raise RefusedError(_("Shares are numbers from 0 to 100, one for each facet."), field="shares")
        if not any(shares.values()):
            raise RefusedError(_("Give at least one facet a share."), field="shares")
        return from_shares(shares)
    for field in ("purpose", "driver"):
        if getattr(answers, field) not in FacetAnswer.values:
            raise RefusedError(_("Answer both questions, or give shares."), field=field)
    return from_answers(answers.purpose, answers.driver)


def _portfolio_ids(portfolio: Portfolio) -> list[int]:
    return [portfolio.pk, *descendants(portfolio.pk)]


def _entry(portfolio: Portfolio, initiative: Initiative) -> Entry:
    """The initiative as held by this portfolio or by one under it; the rule is asked of this portfolio."""
    entry = Entry.objects.filter(
        portfolio__in=_portfolio_ids(portfolio), initiative=initiative, state=AdmissionState.ADMITTED
    ).first()
    if entry is None:
        raise RefusedError(_("“%s” is not in this portfolio.") % initiative, field="initiative")
    return Entry(portfolio=portfolio, initiative=initiative)


def held(portfolio: Portfolio, wanted: Iterable[int]) -> dict[int, Initiative]:
    """The initiatives of these ids, which the portfolio or one under it holds; RefusedError names one it does not."""
    ids = list(wanted)
    entries = Entry.objects.filter(portfolio__in=_portfolio_ids(portfolio), state=AdmissionState.ADMITTED)
    found: dict[int, Initiative] = {}
    for start in range(0, len(ids), CHUNK):
        chunk = ids[start : start + CHUNK]
        rows = Initiative.objects.kept().filter(pk__in=entries.filter(initiative__in=chunk).values("initiative"))
        found |= {each.pk: each for each in rows}
    missing = next((pk for pk in ids if pk not in found), None)
    if missing is not None:
        raise RefusedError(_("Initiative %s is not in this portfolio.") % missing, field="initiative")
    return found


def _facts(placement: Placement) -> dict[str, object]:
    facts: dict[str, object] = {"portfolio": plain(placement.portfolio)}
    if placement.purpose:
        facts |= {"purpose": placement.purpose, "driver": placement.driver}
    if placement.shares:
        facts["shares"] = placement.shares
    return facts
