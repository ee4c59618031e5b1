"""`polyfolio search` and `polyfolio reindex`."""

from __future__ import annotations

from typing import Annotated

import typer

from polyfolio.cli.console import fail, out, print_json, progress, say
from polyfolio.people.access import PUBLIC_ACCESS, access_of
from polyfolio.people.models import User
from polyfolio.search import queries
from polyfolio.search.actions import index
from polyfolio.search.building import SearchQuery


def search(
    words: Annotated[str, typer.Argument(help='Words, the beginning of one, or a "phrase in quotes".')],
    *,
    kind: Annotated[str, typer.Option("--type", help="Only this kind: initiative, organisation, portfolio…")] = "",
    limit: Annotated[int, typer.Option(help="How many results to show.", min=1, max=1000)] = 20,
    email: Annotated[str, typer.Option("--as", help="See what this account sees, instead of what is public.")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON.")] = False,
) -> None:
    """Find records as the search page does."""
    user = User.objects.filter(email__iexact=email).first() if email else None
    if email and user is None:
        fail(f"There is no account with the address {email}.")
    index.keep_fresh()
    tokens = (access_of(user) if user else PUBLIC_ACCESS).tokens()
    filters = {"kind": (kind,)} if kind else {}
    found = queries.search(SearchQuery(words=words, visible_to=tokens, filters=filters, limit=limit))
    if not found.is_ready:
        fail("There is no search index yet. Run: polyfolio reindex")
    if as_json:
        print_json(_document(words, found))
        return
    for hit in found.hits:
        out.print(f"[bold]{_escaped(hit.title_text)}[/]  [dim]{hit.kind} {hit.address}[/]", soft_wrap=True)
    say(f"{len(found.hits)} of {found.total} results.")
    if found.did_you_mean:
        say(f"Did you mean: {found.did_you_mean}")


def reindex() -> None:
    """Build the search index anew beside the live one, then put it in its place."""
    with progress() as display:
        task = display.add_task("Building the index", total=None)
        is_built = index.rebuild(progress=lambda count: display.update(task, completed=count))
    if not is_built:
        fail("Another process is building the index already. It will be in place when that one is done.")
    say("The index is built.")


def _document(words: str, found: queries.SearchResults) -> dict[str, object]:
    return {
        "words": words,
        "total": found.total,
        "did_you_mean": found.did_you_mean or None,
        "took_ms": round(found.took_ms, 2),
        "results": [
            {
                "type": hit.kind,
                "id": hit.object_id,
                "title": hit.title_text,
                "address": hit.address,
                "excerpt": "".join(text for text, _ in hit.excerpt),
                "score": round(hit.score, 4),
            }
            for hit in found.hits
        ],
    }


def _escaped(text: str) -> str:
    return text.replace("[", "\\[")
