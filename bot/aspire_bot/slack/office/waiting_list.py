"""What waits for staff, as blocks of their Home: counts, the first of each, and buttons."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, DividerBlock, HeaderBlock, SectionBlock

from aspire_bot.messages import phrases
from aspire_bot.slack.office.messages import (
    age_text,
    draft_buttons,
    escalation_buttons,
    offer_buttons,
    owner_note,
    quoted,
)
from aspire_bot.slack.render import buttons
from aspire_bot.slack.render.blocks import context, mrkdwn_text
from aspire_bot.slack.render.message import JsonObject, written
from aspire_bot.state import State
from aspire_bot.state.escalations import Escalation

_MOST_SHOWN = 4
"""Of each kind: the Home takes 100 blocks in all."""
_MOST_COUNTED = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingList:
    """Reads what waits in a workspace."""

    state: State

    def blocks(self, team: str, language: str, now: datetime) -> Sequence[JsonObject]:
        """Give the part of the Home that staff alone see."""
        words = phrases(language).office_work.waiting
        waiting = [
            *self._escalations(team, language, now),
            *self._drafts(team, language),
            *self._offers(team, language),
            *self._clusters(team, language),
            *self._counts(language),
        ]
        nothing: list[Block] = [context(words.nothing)]
        return written([HeaderBlock(text=words.title), *(waiting or nothing), DividerBlock()])

    def _escalations(self, team: str, language: str, now: datetime) -> list[Block]:
        escalations = self.state.escalations.open(_MOST_COUNTED, team=team)
        words = phrases(language).office_work
        blocks: list[Block] = []
        for escalation in escalations[:_MOST_SHOWN]:
            blocks += [
                _section(quoted(escalation.question)),
                context(_age_and_owner(escalation, language, now)),
            ]
            blocks.append(escalation_buttons(escalation))
        return _with_title(words.waiting.escalations, len(escalations), blocks)

    def _drafts(self, team: str, language: str) -> list[Block]:
        drafts = self.state.drafts.waiting(_MOST_COUNTED, team=team)
        blocks: list[Block] = []
        for draft in drafts[:_MOST_SHOWN]:
            blocks += [_section(quoted(draft.question)), draft_buttons(draft)]
        return _with_title(phrases(language).office_work.waiting.drafts, len(drafts), blocks)

    def _offers(self, team: str, language: str) -> list[Block]:
        offers = self.state.offers.open(_MOST_COUNTED, team=team)
        blocks: list[Block] = []
        for offer in offers[:_MOST_SHOWN]:
            gap = self.state.gaps.get(offer.gap_id)
            text = quoted(gap.question if gap else "…") + f"\n{str(offer.message['text'])[:600]}"
            blocks += [_section(text), offer_buttons(offer)]
        return _with_title(phrases(language).office_work.waiting.offers, len(offers), blocks)

    def _clusters(self, team: str, language: str) -> list[Block]:
        """The questions asked most, those that ask the same as one."""
        groups = self.state.clusters.open_groups(_MOST_COUNTED, team=team)
        words = phrases(language)
        blocks: list[Block] = []
        for group in groups[:_MOST_SHOWN]:
            first = self.state.gaps.get(group.gap_ids[0])
            if first is None:  # forgotten meanwhile
                continue
            times = words.office_work.waiting.times.format(group.times)
            blocks.append(_section(f"{times}\n{quoted(first.question)}"))
            if first.answer_id:
                label = words.slack.office.set_right
                blocks.append(buttons.button_row(buttons.SET_RIGHT, label, first.answer_id))
        return _with_title(words.office_work.waiting.clusters, len(groups), blocks)

    def _counts(self, language: str) -> list[Block]:
        """How many test questions fail, and documents contradict each other."""
        words = phrases(language).office_work.waiting
        failing = sum(not run.has_passed for run in self.state.test_questions.runs().values())
        open_pairs = [
            pair for pair in self.state.contradictions.all() if pair.status != "dismissed"
        ]
        counted = ((words.tests, failing), (words.contradictions, len(open_pairs)))
        return [_section(phrase.format(count)) for phrase, count in counted if count]


def _age_and_owner(escalation: Escalation, language: str, now: datetime) -> str:
    words = phrases(language).office_work.reminder
    return f"{age_text(now - escalation.opened_at, words)} · {owner_note(escalation.owner, words)}"


def _with_title(title: str, count: int, blocks: list[Block]) -> list[Block]:
    return [_section(title.format(count)), *blocks] if count else []


def _section(text: str) -> Block:
    return SectionBlock(text=mrkdwn_text(text))
