"""ninja's OpenAPI document, completed: refusals said once, headers, who may, groups in words."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from polyfolio.api.frame.routes import Routes

METHODS = ("get", "post", "put", "patch", "delete")
REFUSALS = {
    "400": "The body cannot be read.",
    "401": "Nobody is signed in, or the token is not good.",
    "403": "You may not do this.",
    "404": "There is nothing here, or you may not see it.",
    "409": "The record stands otherwise than this needs.",
    "412": "Somebody has changed the record since you read it.",
    "413": "The body is too large.",
    "422": "Something sent is not right; each place is named.",
    "429": "Too many requests in this minute.",
}
HEADERS: dict[str, Any] = {
    "ETag": {"description": "What this answer is, for `If-None-Match` and `If-Match`.", "schema": {"type": "string"}},
    "Link": {"description": "The other parts of a list, or how to undo a write.", "schema": {"type": "string"}},
    "Retry-After": {"description": "How many seconds to wait.", "schema": {"type": "integer"}},
    "WWW-Authenticate": {"description": "How to say who asks.", "schema": {"type": "string"}},
}
SECURITY = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "A token of your account; it begins with `pf_`.",
    },
    "session": {
        "type": "apiKey",
        "in": "cookie",
        "name": "sessionid",
        "description": "The session of somebody signed in; writes also need `X-CSRFToken`.",
    },
}
IF_NONE_MATCH = {
    "in": "header",
    "name": "If-None-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "An ETag; where the answer is still the same, it is 304 and empty.",
}
IF_MATCH = {
    "in": "header",
    "name": "If-Match",
    "required": False,
    "schema": {"type": "string"},
    "description": "The ETag of what you read; where somebody changed it since, the answer is 412.",
}


def tidied(document: dict[str, Any], routes: Iterable[Routes]) -> dict[str, Any]:
    """The same document, ready to be read by people, generators and tests."""
    components = document["components"]
    components["securitySchemes"] = SECURITY
    components["headers"] = HEADERS
    components["parameters"] = {"IfNoneMatch": IF_NONE_MATCH, "IfMatch": IF_MATCH}
    components["responses"] = {f"Refused{status}": _refusal(status) for status in REFUSALS}
    document["tags"] = [{"name": each.title, "description": each.about} for each in routes]
    for path in document["paths"].values():
        for method in METHODS:
            if method in path:
                _complete(path[method], method)
    return document


def _refusal(status: str) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": REFUSALS[status],
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Problems"}}},
    }
    named = {"429": "Retry-After", "401": "WWW-Authenticate"}.get(status)
    if named:
        found["headers"] = {named: {"$ref": f"#/components/headers/{named}"}}
    return found


def _complete(operation: dict[str, Any], method: str) -> None:
    who = operation["x-who-may"]
    operation["security"] = [{"token": []}, {"session": []}, *([{}] if who.startswith("Everybody") else [])]
    operation["description"] = "\n\n".join(filter(None, [operation.get("description", ""), f"*Who may:* {who}"]))
    given: dict[Any, Any] = operation["responses"]
    answers: dict[str, Any] = {}
    for status, details in given.items():
        if str(status) in REFUSALS:
            answers[str(status)] = {"$ref": f"#/components/responses/Refused{status}"}
        else:
            answers[str(status)] = details | {"headers": _headers(method)}
    if method == "get":
        answers["304"] = {"description": "Nothing has changed."}
        answers["308"] = {"description": "It is at another address now, named in `Location`."}
    operation["responses"] = dict(sorted(answers.items()))
    condition = "IfNoneMatch" if method == "get" else "IfMatch"
    operation["parameters"].append({"$ref": f"#/components/parameters/{condition}"})


def _headers(_method: str) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in ("ETag", "Link")}
