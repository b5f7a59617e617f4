"""The Home of the app as a view: pure, like `blocks`."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DividerBlock,
    HeaderBlock,
    SectionBlock,
)

from aspire_bot.messages import SlackPhrases
from aspire_bot.slack.onboarding.content import Suggestion
from aspire_bot.slack.render.blocks import context, mrkdwn_text, render_documents
from aspire_bot.slack.render.buttons import ASK_SUGGESTED, TOUR, button_label
from aspire_bot.slack.render.message import JsonObject, SlackMessage
from aspire_bot.slack.render.mrkdwn import escape, shorten
from aspire_ingest.index.types import UNKNOWN_LANGUAGE, DocumentInfo

MOST_DOCUMENTS = 5
_MAX_NAME = 80
_MAX_CONTACT = 100
_MAX_TROUBLE = 500
_MAX_VALUE = 2000
_MOST_SUGGESTED = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Shelf:
    """What is in the index for a person: all its documents, newest first, and since when."""

    documents: Sequence[DocumentInfo]
    as_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """What the Home says of the programme and its office, whatever the index holds."""

    programme: str
    suggested: Sequence[Suggestion]
    contact: str | None = None


def home_view(
    shelf: Shelf | None,
    welcome: Welcome,
    wording: SlackPhrases,
    *,
    trouble: str = "",
    work: Sequence[JsonObject] = (),
) -> JsonObject:
    """Make the Home; without a shelf it says `trouble` in its place and suggests nothing.

    `work` is what staff see first: what waits for them.
    """
    programme = shorten(welcome.programme, _MAX_NAME)
    blocks: list[Block] = [
        HeaderBlock(text=wording.home.title.format(programme)),
        _section(escape(wording.home.intro.format(programme))),
    ]
    if shelf is not None and shelf.documents:
        blocks += _ask(welcome.suggested, wording)
    blocks += [HeaderBlock(text=wording.home.index), *_shelf(shelf, wording, trouble)]
    written = [
        *work,
        *_written(blocks),
        *(_newest(shelf, wording) if shelf else ()),
        *_written(_about(programme, welcome.contact, wording)),
    ]
    return {"type": "home", "blocks": written}


def _ask(suggested: Sequence[Suggestion], wording: SlackPhrases) -> list[Block]:
    buttons = [
        # Slack wants the buttons of one row to differ in their action.
        ButtonElement(
            text=button_label(one.label),
            action_id=f"{ASK_SUGGESTED}:{number}",
            value=one.question[:_MAX_VALUE],
        )
        for number, one in enumerate(suggested[:_MOST_SUGGESTED], start=1)
    ]
    ask_row: list[Block] = [ActionsBlock(elements=buttons)] if buttons else []
    return [HeaderBlock(text=wording.home.ask), *ask_row, context(escape(wording.home.ask_hint))]


def _shelf(shelf: Shelf | None, wording: SlackPhrases, trouble: str) -> list[Block]:
    if shelf is None:
        return [_section(escape(shorten(trouble, _MAX_TROUBLE)) or "…")]
    if not shelf.documents:
        return [_section(wording.home.empty)]
    count = wording.home.count.format(
        documents=len(shelf.documents),
        languages=_languages(shelf.documents, wording),
        day=wording.dates.moment(shelf.as_of) or "?",
    )
    return [_section(escape(count))]


def _languages(documents: Sequence[DocumentInfo], wording: SlackPhrases) -> str:
    """`15 English, 12 Japanese`, most first."""
    counted = Counter(document.language for document in documents)
    named = (
        f"{wording.languages.get(code, '?' if code == UNKNOWN_LANGUAGE else code)} {number}"
        for code, number in sorted(counted.items(), key=lambda one: (-one[1], one[0]))
    )
    return ", ".join(named)


def _newest(shelf: Shelf, wording: SlackPhrases) -> Sequence[JsonObject]:
    newest = shelf.documents[:MOST_DOCUMENTS]
    return render_documents(wording.home.newest, newest, wording).blocks if newest else ()


def _about(programme: str, contact: str | None, wording: SlackPhrases) -> list[Block]:
    office = wording.home.office.format(programme)
    whom = f"{office} · {shorten(contact, _MAX_CONTACT)}" if contact else office
    tour = ButtonElement(text=wording.tour.start, action_id=TOUR, value="", style="primary")
    return [
        DividerBlock(),
        _section(_list(wording.home.can, wording.home.can_list)),
        _section(_list(wording.home.cannot, wording.home.cannot_list)),
        DividerBlock(),
        SectionBlock(text=mrkdwn_text(escape(wording.home.tour)), accessory=tour),
        context(escape(whom)),
    ]


def _list(title: str, items: Sequence[str]) -> str:
    return "\n".join([f"*{escape(title)}*", *(f"• {escape(item)}" for item in items)])


def _section(text: str) -> Block:
    return SectionBlock(text=mrkdwn_text(text))


def _written(blocks: Sequence[Block]) -> Sequence[JsonObject]:
    return SlackMessage.of("", blocks).blocks
