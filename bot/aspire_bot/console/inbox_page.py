"""The inbox as a page: all that waits, with a word about what was done just now."""

from datetime import timedelta

from flask import url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, words
from aspire_bot.console.views.documents import (
    DocumentFilter,
    ListedDocument,
    listed,
    matching,
)
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
    contradictions = _contradictions()
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
        offers=[_offer(one) for one in offers[:_MOST]],
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
        set_aside=_set_aside(),
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
    posted = {one.answer_id: state.answers.by_id(one.answer_id) for one in found[:_MOST]}
    return drafted(found, {name: one for name, one in posted.items() if one is not None})


def _offer(offer: OfferedAnswer) -> WaitingOffer:
    """The question in the words of the first who waits, as in Slack."""
    state = parts().state
    people, gap = state.wanted.waiting_for(offer.gap_id), state.gaps.get(offer.gap_id)
    question = people[0].question if people else gap.question if gap else ""
    return offer_shown(offer, question, len(people))


def _contradictions() -> list[Contradiction]:
    found = parts().state.contradictions.all()
    return [pair for pair in found if pair.status != "dismissed"]


def _doubtful() -> list[ListedDocument]:
    console = parts()
    try:
        with console.open_index() as index:
            read_badly = matching(index.documents().values(), DocumentFilter(doubtful=True))
    except AspireError:
        return []  # the page of the documents says why
    dismissed = console.state.dismissals.versions("doubtful")
    found = [one for one in read_badly if dismissed.get(one.document_id) != one.content_hash]
    return listed(found[:_MOST], {}, console.today())


def _set_aside() -> list[SetAside]:
    """What was dismissed last, each as its kind names it; what is gone meanwhile is left out."""
    state = parts().state
    pairs = {pair.pair_id: pair for pair in state.contradictions.all()}
    found: list[SetAside] = []
    for one in state.dismissals.latest(_MOST):
        title, place = one.item, ""
        if one.kind == "disliked":
            posted = state.answers.by_id(one.item)
            title = posted.question if posted else ""
            place = url_for("answers.one", answer_id=one.item)
        elif one.kind == "escalation":
            escalation = state.escalations.get(one.item)
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
