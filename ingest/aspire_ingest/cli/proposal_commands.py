"""`aspire-ingest propose`, `accept` and `undo`: a change looked at, made, and taken back."""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, TypeVar

import typer
from pydantic import ValidationError

from aspire_ingest.bootstrap import build_parts
from aspire_ingest.cli.output import print_json, print_text, warn
from aspire_ingest.cli.progress import show_progress, tell_progress
from aspire_ingest.index.errors import ConfigError
from aspire_ingest.index.program import DONE, IN_PART, AsJson, Debug, counted
from aspire_ingest.pipeline.overrides import Amendment, OverrideError, read_amendment
from aspire_ingest.pipeline.pipeline import Parts
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.proposals.accept import Done, accept, undo, would_publish
from aspire_ingest.proposals.kinds import ProposalError, Wanted
from aspire_ingest.proposals.propose import (
    Preview,
    propose,
    propose_again,
    propose_amendment,
    propose_in_place,
    propose_removal,
)
from aspire_ingest.proposals.run_undo import undo_id_of, undo_run
from aspire_ingest.proposals.shelf import file_source
from aspire_ingest.settings import read_settings

ProposalId = Annotated[
    str,
    typer.Argument(metavar="PROPOSAL", help="As `propose` or `sync` names it."),
]
ProgressLines = Annotated[
    bool, typer.Option("--progress", help="Say how far it is, as JSON lines on stderr.")
]
AcceptMarks = Annotated[
    bool,
    typer.Option(
        "--accept-marks",
        help="Index documents that are held for a mark such as CONFIDENTIAL or DRAFT.",
    ),
]
_Result = TypeVar("_Result")
_Option = Annotated[str | None, typer.Option(help="Instead of what the document says.")]


def propose_change(  # noqa: PLR0913 - the options of a command are its parameters
    target: Annotated[str, typer.Argument(help="One file or http(s) URL.")],
    *,
    again: Annotated[
        bool, typer.Option("--again", help="TARGET is an earlier proposal: the same bytes.")
    ] = False,
    removal: Annotated[
        bool, typer.Option("--removal", help="TARGET is a document to remove: its id or URL.")
    ] = False,
    name: Annotated[
        str | None, typer.Option(help="The name of the file, where the path does not say it.")
    ] = None,
    title: _Option = None,
    kind: _Option = None,
    date: _Option = None,
    audience: _Option = None,
    in_place_of: Annotated[
        str | None,
        typer.Option("--in-place-of", help="The document, by its id, that the file is to replace."),
    ] = None,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", help="TARGET is a document: what is to be said of it, as for `set`."),
    ] = None,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Say what a page, a file or a removal would change; change nothing, and keep what was read.

    `accept` then does just that, within a day.
    """
    wanted = _wanted(title=title, kind=kind, published=date, audience=audience)

    amendment = amendment_of(settings or ())

    def look(parts: Parts) -> Preview:
        if not amendment.is_empty:
            return propose_amendment(target, amendment, parts)
        if in_place_of is not None:
            called = file_source(name or Path(target).name)
            return propose_in_place(in_place_of, target, parts, name=called)
        if removal:
            return propose_removal(target, parts)
        if again:
            return propose_again(target, parts, wanted)
        return propose(target, parts, name=file_source(name) if name else None, wanted=wanted)

    answer(look, Preview.as_json, preview_lines, as_json=as_json, progress=False)


def accept_proposal(
    proposal: ProposalId,
    *,
    accept_marks: AcceptMarks = False,
    progress: ProgressLines = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Make the change that was proposed, with the very bytes that were looked at."""
    answer(
        lambda parts: accept(proposal, parts, accept_marks=accept_marks),
        Done.as_json,
        did_lines,
        as_json=as_json,
        progress=progress,
    )


def undo_proposal(
    proposal: Annotated[
        str, typer.Argument(help="As `propose` or `sync` names it, or a run as `history` does.")
    ],
    *,
    yes: Annotated[
        bool, typer.Option("--yes", help="Also where a document for staff becomes public.")
    ] = False,
    progress: ProgressLines = False,
    as_json: AsJson = False,
    debug: Debug = False,
) -> None:
    """Bring back what was there before a proposal was accepted or a sync ran.

    What was changed since stays as it is.
    """

    def undo_either(parts: Parts) -> Report | Done:
        undo_id = undo_id_of(proposal, parts.home)
        run = undo_run(undo_id, parts)
        if run is not None:
            return run
        title = None if yes else would_publish(undo_id, parts)
        if title is not None:
            raise ProposalError(
                "unfit", f"{title} is for staff; to make it public again, say so with --yes"
            )
        return undo(undo_id, parts)

    answer(
        undo_either,
        lambda result: result.as_json(),
        lambda result: (
            result.lines(is_naming=True) if isinstance(result, Report) else did_lines(result)
        ),
        as_json=as_json,
        progress=progress,
    )


def answer(
    act: Callable[[Parts], _Result],
    told: Callable[[_Result], Mapping[str, object]],
    lines: Callable[[_Result], list[str]],
    *,
    as_json: bool,
    progress: bool,
) -> None:
    """Do something with the index and print what came of it; ends the program.

    `told` gives a result for scripts, `lines` for people.
    """
    try:
        with _parts(progress=progress) as parts:
            result = act(parts)
    except ProposalError as error:
        warn(str(error))
        if as_json:
            print_json({"refused": error.code, "reason": str(error)})
        raise typer.Exit(IN_PART) from error
    if as_json:
        print_json(told(result))
    else:
        print_text("\n".join(lines(result)))
    if isinstance(result, Report):
        for failure in result.failures:
            warn(f"{failure.target}: {failure.error}")
        raise typer.Exit(IN_PART if result.failures else DONE)
    raise typer.Exit(DONE)


@contextmanager
def _parts(*, progress: bool) -> Generator[Parts]:
    with (
        tell_progress() if progress else show_progress() as tell,
        build_parts(read_settings(), tell) as parts,
    ):
        yield parts


def amendment_of(assignments: Sequence[str]) -> Amendment:
    """Read what is to be said of a document.

    Raises:
        ConfigError: a value cannot be set.
    """
    try:
        return read_amendment(assignments)
    except OverrideError as error:
        raise ConfigError(f"This cannot be set: {error}") from error


def _wanted(**fields: str | None) -> Wanted:
    try:
        return Wanted.model_validate(fields)
    except ValidationError as error:
        said = "; ".join(f"{one['loc'][0]}: {one['msg']}" for one in error.errors())
        raise ConfigError(f"These values cannot be used: {said}") from error


def preview_lines(preview: Preview) -> list[str]:
    """A preview for people."""
    told, info = preview.as_json(), preview.document
    facts = ("document_id", "title", "url", "published", "kind", "language", "audience")
    lines = [f"proposal: {told['proposal']}", f"would {preview.proposal.action}:"]
    lines += [f"    {name}: {getattr(info, name)}" for name in facts if getattr(info, name)]
    lines.append(f"    {counted(preview.passages, 'passage')}")
    if preview.change is not None:
        pairs = preview.change.fields.items()
        lines += [f"    {name}: {old} -> {new}" for name, (old, new) in pairs]
        lines += [f"    {line}" for line in preview.change.text.lines]
    lines += [
        f"alike ({one.share:.0%}): {one.document.title} <{one.document.document_id}>"
        for one in preview.alike
    ]
    lines += [f"warning: {code} {detail}".rstrip() for code, detail in preview.warnings.items()]
    return lines


def did_lines(done: Done) -> list[str]:
    """What was done, for people."""
    has_title = done.title != done.document_id
    named = f"{done.title} <{done.document_id}>" if has_title else done.document_id
    if done.passages:
        named = f"{named}, {counted(done.passages, 'passage')}"
    is_again = done.is_again and done.did != "unchanged"
    lines = [f"nothing to do, {done.did} before: {named}" if is_again else f"{done.did}: {named}"]
    if done.report.index_version:
        lines.append(f"index {done.report.index_version}")
    if done.can_undo:
        lines.append(f"`aspire-ingest undo {done.proposal_id}` brings back what was there before")
    return lines
