"""A second way of looking at a portfolio: who pays for its initiatives, and how that reads on the playing field."""

from __future__ import annotations

from datetime import timedelta

from polyfolio.demo.making import NOW, TODAY
from polyfolio.demo.networks.portfolio import Held, Making
from polyfolio.portfolios.models import Portfolio
from polyfolio.sensemaking.actions import axes, frames, zones
from polyfolio.sensemaking.actions.frames import FrameGiven, RegionGiven
from polyfolio.sensemaking.choices import FrameKind
from polyfolio.sensemaking.queries.frames import frame_of

PAYERS = FrameGiven(
    title={"en": "Who pays"},
    description={"en": "From a first favour to a line in somebody’s budget."},
    regions=(
        RegionGiven({"en": "Goodwill"}, {"en": "People give their time; nobody is invoiced."}, "zone-rose"),
        RegionGiven({"en": "A grant"}, {"en": "Somebody outside pays until a day that is known."}, "zone-violet"),
        RegionGiven({"en": "A budget line"}, {"en": "One organisation pays as long as it works."}, "zone-green"),
    ),
)
REACH = FrameGiven(
    title={"en": "Reach and reversibility"},
    description={"en": "How many people notice, and how easily it could be undone."},
    kind=FrameKind.AXES,
    ends={
        "x_low": {"en": "a street"},
        "x_high": {"en": "the whole city"},
        "y_low": {"en": "easily undone"},
        "y_high": {"en": "here to stay"},
    },
)
WAY = (("goodwill", "", "Hours written down by those who helped."), ("a-grant", "funding", "The letter of the grant."))
READ_AS = {"goodwill": "yellow", "a-grant": "green"}
SHOWN = 9


def make_frames(making: Making, portfolio: Portfolio, held: Held) -> None:
    """Two frames of the stewards' own, with some initiatives in each; one row of the crosswalk is left open."""
    maker = making.cast.maker
    payers = frames.define(portfolio=portfolio, given=PAYERS, by=maker, at=NOW)
    reach = frames.define(portfolio=portfolio, given=REACH, by=maker, at=NOW)
    some = [initiative for initiative, _text in held[:SHOWN]]
    for step, (zone, driver, evidence) in enumerate(WAY):
        began = TODAY - timedelta(days=300 - 200 * step)
        moving = some[: SHOWN - 4 * step]
        given = {each.pk: zones.Change(zone, began, driver, evidence) for each in moving}
        zones.change_many(portfolio=portfolio, given=given, frame=payers, by=maker, at=NOW)
    for number, each in enumerate(some):
        spot = axes.At(x=(number - 4) / 5, y=(number * 3 % 7 - 3) / 4)
        axes.place(initiative=each, portfolio=portfolio, frame=reach, spot=spot, by=maker, at=NOW)
    frames.write_crosswalk(
        portfolio=portfolio,
        source=payers,
        target=frame_of(portfolio, FrameKind.ZONES),
        pairs=READ_AS,
        by=maker,
        at=NOW,
    )
