"""Phrases of Slack messages, buttons, dialogs and the Home tab."""

from collections.abc import Mapping
from dataclasses import dataclass

from aspire_bot.messages.dates import DatePhrases
from aspire_ingest.index.errors import AspireError


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficePhrases:
    """Questions passed on to the office, and the replies that come back."""

    staff_question: str
    staff_hint: str
    new_question: str
    set_right: str
    keep_answer: str
    to_thread: str
    staff_complaint: str
    from_office: str
    replied_by: str
    reply_delivered: str
    passed_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TourPhrases:
    """The tour for newcomers, apart from its content."""

    coming: str
    start: str
    decline: str
    next: str
    later: str
    go_on: str
    again: str
    declined: str
    paused: str
    finished: str
    elsewhere: str
    empty: str
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class HomePhrases:
    """The Home tab."""

    title: str
    intro: str
    ask: str
    ask_hint: str
    index: str
    count: str
    empty: str
    newest: str
    can: str
    can_list: tuple[str, ...]
    cannot: str
    cannot_list: tuple[str, ...]
    tour: str
    office: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelPhrases:
    """The settings of one channel."""

    title: str
    mode: str
    audience: str
    language: str
    fixed: str
    saved: str
    modes: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedbackPhrases:
    """The dialog after a vote against an answer."""

    title: str
    reason: str
    comment: str
    hint: str
    thanks: str
    reasons: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackPhrases:
    """What the bot says in Slack, apart from its answers."""

    language: str
    as_of: str
    disclaimer: str
    model_failed: str
    nearest: str
    contact: str
    edition: str
    gone: str
    page: str
    more: str
    working: str
    status: str
    help: str
    incident: str
    busy: str
    full: str
    edited: str
    ask_again: str
    ask_office: str
    share: str
    good: str
    bad: str
    delete: str
    delete_confirm: str
    cancel: str
    asked: str
    staff_only: str
    looking: str
    send: str
    save: str
    sources_title: str
    slash_help: str
    nothing_to_read: str
    prompts_title: str
    steps: Mapping[str, str]
    audiences: Mapping[str, str]
    languages: Mapping[str, str]
    office: OfficePhrases
    tour: TourPhrases
    home: HomePhrases
    channel: ChannelPhrases
    feedback: FeedbackPhrases
    errors: Mapping[str, str]
    dates: DatePhrases

    def error(self, error: BaseException) -> str:
        """Say what went wrong as far as it concerns the asker, and nothing of our insides.

        The phrase is that of the error's class or of its nearest base that has one.
        """
        known = error if isinstance(error, AspireError) else AspireError()
        names = (kind.__name__ for kind in type(known).__mro__)
        return next(self.errors[name] for name in names if name in self.errors)
