"""`aspire-ingest set`: what staff say of a document in the place of what it says itself."""

from typing import Annotated

import typer

from aspire_ingest.cli.proposal_commands import (
    AcceptMarks,
    amendment_of,
    answer,
    did_lines,
    preview_lines,
)
from aspire_ingest.index.errors import ConfigError
from aspire_ingest.index.program import AsJson, Debug
from aspire_ingest.pipeline.overrides import LEFT_OUT, NAMES, Amendment, shown_name
from aspire_ingest.pipeline.pipeline import Parts
from aspire_ingest.proposals.accept import Done, accept
from aspire_ingest.proposals.kinds import ProposalError
from aspire_ingest.proposals.propose import Preview, propose_amendment


def set_document(  # noqa: PLR0913 - the options of a command are its parameters
    document: Annotated[str, typer.Argument(help="A document id, as `list` shows it.")],
    settings: Annotated[
        list[str],
        typer.Argument(
            metavar="NAME=VALUE…",
            help=f"{', '.join(NAMES)} (pages: 3, 5-7). An empty value takes back what was set; "
            "`none` for no date, edition or pages.",
        ),
    ],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Also where a document for staff becomes public.")
    ] = False,
    accept_marks: AcceptMarks = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; change nothing.")
    ] = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Set a document's title, date and so on; this outlives later readings of it."""
    amendment = amendment_of(settings)
    if amendment.is_empty:
        raise ConfigError("Nothing is to be set; write for example date=2026-04-01")

    looked_at: list[Preview] = []

    def look(parts: Parts) -> Preview:
        looked_at.append(propose_amendment(document, amendment, parts))
        return looked_at[-1]

    def lines(done: Done) -> list[str]:
        return [*did_lines(done), *_now_lines(looked_at[-1], amendment)]

    def do(parts: Parts) -> Done:
        preview = look(parts)
        if "published" in preview.warnings and not yes:
            raise ProposalError(
                "unfit", f"{document} is for staff; to make it public, say so with --yes"
            )
        return accept(preview.proposal.proposal_id, parts, accept_marks=accept_marks)

    if dry_run:
        answer(
            look,
            Preview.as_json,
            lambda preview: [*preview_lines(preview), *_copy_lines(preview)],
            as_json=as_json,
            progress=False,
        )
    else:
        answer(do, Done.as_json, lines, as_json=as_json, progress=False)


def _now_lines(preview: Preview, amendment: Amendment) -> list[str]:
    """What holds now of what was asked for, and whether staff set it or the document says it."""
    info = preview.document
    said = set[str](info.override.said) if info.override else set[str]()
    lines = [
        f"{shown_name(name)} is now {getattr(info, name) or 'not known'} "
        f"({'set by staff' if name in said else 'as the document says'})"
        for name in amendment.fields
    ]
    if amendment.left_out is not None:
        pages = info.override.pages if info.override else ()
        lines.append(f"{LEFT_OUT} is now {', '.join(map(str, pages)) or 'no page'}")
    return [*lines, *_copy_lines(preview)]


def _copy_lines(preview: Preview) -> list[str]:
    return [
        f"of the same text, and still public: {one.document.title} <{one.document.document_id}>"
        for one in preview.alike
        if preview.document.audience == "staff" and one.document.audience == "public"
    ]
