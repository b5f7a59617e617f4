"""The inbox as a page: all that waits, with a word about what was done just now."""

from collections.abc import Mapping, Sequence
from datetime import timedelta

from flask import url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, words
from aspire_bot.console.views.documents import ListedDocument, listed
from aspire_bot.console.views.inbox import (
    SetAside,
    WaitingDraft,
    WaitingOffer,
    WaitingQuestion,
    drafted,
    offer_shown,
    waiting,
)
from aspire_bot.slack.office.messages import MAX_REASON, MAX_WORDING
from aspire_bot.state.office.contradictions import Contradiction
from aspire_bot.state.office.offers import OfferedAnswer
from aspire_ingest.index.errors import AspireError

_MOST = 20
"""Entries of a kind that are shown at once: each has its forms."""
_MOST_COUNTED = 500
MOST_CHARACTERS = 3000
"""Of what staff write in a form."""


def inbox_page(told: str, *, status: int = 200) -> Response:
    """Show all that waits; `told` is what became of an act."""
    console = parts()
    state = console.state
    drafts, escalations = _drafts(), _escalations()
    offers = state.offers.open(_MOST_COUNTED)
    pairs = state.contradictions.all()
    contradictions = [pair for pair in pairs if pair.status != "dismissed"]
    groups, group_count = console.groups.found("", start=0, limit=_MOST)
    return page(
        "inbox.html",
        status=status,
        told=told,
        drafts=drafts[:_MOST],
        counts={
            "drafts": len(drafts),
            "offers": len(offers),
            "escalations": len(escalations),
            "groups": group_count,
            "contradictions": len(contradictions),
        },
        offers=_offers(offers[:_MOST]),
        contradictions=contradictions[:_MOST],
        max_wording=MAX_WORDING,
        max_reason=MAX_REASON,
        escalations=escalations[:_MOST],
        tomorrow=(console.today() + timedelta(days=1)).isoformat(),
        groups=groups,
        may_add=console.curator is not None,
        dismissed=console.groups.dismissed(_MOST),
        disliked=state.answer_list.disliked(_MOST),
        troubles=state.troubles.all(),
        doubtful=_doubtful(),
        set_aside=_set_aside({pair.pair_id: pair for pair in pairs}),
    )


def told_of(act: str) -> str:
    """Say that an act was done, by its name in an address; nothing for what is no act."""
    return words().console.acts.get(act, "")


def _escalations() -> list[WaitingQuestion]:
    console = parts()
    found = console.state.escalations.open(_MOST_COUNTED)
    names = {team: console.staff_names(team) for team in {one.team for one in found}}
    return waiting(found, names)


def _drafts() -> list[WaitingDraft]:
    state = parts().state
    found = state.drafts.waiting(_MOST_COUNTED)
    return drafted(found, state.answers.some([one.answer_id for one in found[:_MOST]]))


def _offers(offers: Sequence[OfferedAnswer]) -> list[WaitingOffer]:
    """Each question in the words of the first who waits, as in Slack."""
    state, names = parts().state, [one.gap_id for one in offers]
    waiting_for, gaps = state.wanted.waiting_for_each(names), state.gaps.some(names)
    shown: list[WaitingOffer] = []
    for offer in offers:
        people, gap = waiting_for.get(offer.gap_id, ()), gaps.get(offer.gap_id)
        question = people[0].question if people else gap.question if gap else ""
        shown.append(offer_shown(offer, question, len(people)))
    return shown


def _doubtful() -> list[ListedDocument]:
    console = parts()
    try:
        with console.open_index() as index:
            read_badly = console.shelves.of(index).read_badly.documents
    except AspireError:
        return []  # the page of the documents says why
    dismissed = console.state.dismissals.versions("doubtful")
    found = [one for one in read_badly if dismissed.get(one.document_id) != one.content_hash]
    return listed(found[:_MOST], {}, console.today())


def _set_aside(pairs: Mapping[str, Contradiction]) -> list[SetAside]:
    """What was dismissed last, each as its kind names it; what is gone meanwhile is left out."""
    state = parts().state
    latest = state.dismissals.latest(_MOST)
    answers = state.answers.some([one.item for one in latest if one.kind == "disliked"])
    brought = state.escalations.some([one.item for one in latest if one.kind == "escalation"])
    found: list[SetAside] = []
    for one in latest:
        title, place = one.item, ""
        if one.kind == "disliked":
            posted = answers.get(one.item)
            title = posted.question if posted else ""
            place = url_for("answers.one", answer_id=one.item)
        elif one.kind == "escalation":
            escalation = brought.get(one.item)
            title = escalation.question if escalation and escalation.status == "dismissed" else ""
        elif one.kind == "contradiction":
            quotes = pairs[one.item].quotes if one.item in pairs else ()
            title = " · ".join(quote.title or quote.document_id for quote in quotes)
        elif one.kind == "doubtful":
            place = url_for("documents.one", id=one.item)
        if title:
            found.append(
                SetAside(
                    kind=one.kind,
                    item=one.item,
                    title=title,
                    page=place,
                    reason=one.reason,
                    at=one.dismissed_at,
                )
            )
    return found
