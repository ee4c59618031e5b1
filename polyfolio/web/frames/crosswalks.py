"""How one frame is read as another: a table that stewards write, and that says what is missing."""

from __future__ import annotations

from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.translation import gettext as _

from polyfolio.people.rules import may
from polyfolio.sensemaking.actions import frames as actions
from polyfolio.sensemaking.queries import frames as queries
from polyfolio.web.frames import finding
from polyfolio.web.frames.finding import Pair
from polyfolio.web.frames.forms import CrosswalkForm
from polyfolio.web.pages import OurRequest, PageRequest, go, page, public, refusals_in, say, show


@public(find=finding.pair)
def crosswalk(request: PageRequest, pair: Pair) -> HttpResponseBase:
    """Each region of the one frame beside that of the other as which it is read."""
    read = queries.crosswalk(pair.portfolio, pair.source, pair.target)
    targets = {each.pk: each for each in pair.target.regions.all()}
    rows = [(each, targets.get(read.get(each.pk, 0))) for each in pair.source.regions.all()]
    context = {
        "portfolio": pair.portfolio,
        "pair": pair,
        "rows": rows,
        "missing": sum(1 for _source, target in rows if target is None),
        "may_define": may(request.user, "sensemaking.define_frame", pair.portfolio),
    }
    return show(request, "frames/crosswalk.html", context)


@page("sensemaking.define_frame", find=finding.pair)
def edit(request: OurRequest, pair: Pair) -> HttpResponseBase:
    """Write the table; a row left open stays unknown."""
    sources, targets = list(pair.source.regions.all()), list(pair.target.regions.all())
    codes = {each.pk: each.code for each in targets}
    read = queries.crosswalk(pair.portfolio, pair.source, pair.target)
    initial = {f"from-{each.code}": codes.get(read.get(each.pk, 0), "") for each in sources}
    form = CrosswalkForm(request.POST or None, sources=sources, targets=targets, initial=initial)
    if request.method == "POST" and form.is_valid():
        with refusals_in(form):
            actions.write_crosswalk(
                portfolio=pair.portfolio,
                source=pair.source,
                target=pair.target,
                pairs=form.pairs(),
                by=request.user,
                at=timezone.now(),
            )
            say(request, _("The crosswalk is written down."))
            return go(request, "crosswalk", slug=pair.portfolio.slug, frame=pair.source.code, other=pair.target.code)
    return show(request, "frames/crosswalk_edit.html", {"portfolio": pair.portfolio, "pair": pair, "form": form})
