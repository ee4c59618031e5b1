"""`/healthz`: whether this installation can serve, for load balancers and people."""

from __future__ import annotations

from django.http import JsonResponse
from django.views.decorators.cache import never_cache

from polyfolio.lib import health
from polyfolio.web.pages import PageRequest, public


@public()
@never_cache
def healthz(_request: PageRequest) -> JsonResponse:
    """200 where everything vital is well, else 503; names and sentences only, no settings and no data."""
    findings = health.findings()
    is_well = all(finding.is_well or not finding.is_vital for finding in findings)
    document = {
        "status": "ok" if is_well else "not well",
        "checks": {finding.name: "ok" if finding.is_well else finding.sentence for finding in findings},
    }
    return JsonResponse(document, status=200 if is_well else 503)
