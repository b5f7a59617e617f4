"""What happens in the workspace, as one person's page is told of it, for as long as it is open."""

import time
from collections.abc import Generator, Mapping
from threading import Event

from aspire_bot.local_slack.server import LocalSlack
from aspire_bot.playground.snapshot import app_shown, change_shown, snapshot

_POLL_S = 0.2
_QUIET_S = 1.0
"""A page that was closed is noticed when something is sent to it: it holds a thread till then."""
_ANEW = {"channel_changed", "user_joined"}
"""After these the whole is told again: who is where decides what a person sees."""

Told = tuple[str, Mapping[str, object]]
"""The name of an event and its data; no name where nothing happened for a while."""


def watch(slack: LocalSlack, user_id: str, stop: Event) -> Generator[Told]:
    """Give the whole first, then each change, until `stop` is set.

    A page that falls behind so far that changes were lost is given the whole again.
    """
    with slack.feed.subscribe() as subscription:
        yield "snapshot", _whole(slack, user_id)
        calls, heard_s = len(slack.calls), time.monotonic()
        while not stop.is_set():
            change = subscription.next(_POLL_S)
            told: list[Told] = []
            if subscription.has_gap or (change is not None and change.kind in _ANEW):
                subscription.has_gap = False
                told.append(("snapshot", _whole(slack, user_id)))
            elif change is not None:
                shown = change_shown(change, slack.workspace, user_id)
                told += [("change", shown)] if shown else []
            new, calls = slack.calls[calls:], len(slack.calls)
            told += [("called", {"method": call.method}) for call in new]
            if told:
                heard_s = time.monotonic()
                yield from told
            elif time.monotonic() - heard_s > _QUIET_S:
                heard_s = time.monotonic()
                yield "", {}


def _whole(slack: LocalSlack, user_id: str) -> Mapping[str, object]:
    with slack.held():
        return {**snapshot(slack.workspace, user_id), "app": app_shown()}
