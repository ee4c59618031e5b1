"""The commands of `polyfolio`, gathered."""

from __future__ import annotations

import typer

from polyfolio.cli import accounts, backups, checking, demonstrating, imports, searching, serving

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Portfolios of connected initiatives: what they are for, where they stand, what is missing.",
    context_settings={"help_option_names": ["-h", "--help"]},
)
app.command()(demonstrating.demo)
app.command()(serving.serve)
app.command()(serving.worker)
app.command()(serving.migrate)
app.command()(checking.check)
app.command()(accounts.createuser)
app.command()(searching.search)
app.command()(searching.reindex)
app.add_typer(imports.import_app, name="import")
app.add_typer(imports.codelists_app, name="codelists")
app.command()(backups.backup)
app.command()(backups.restore)
