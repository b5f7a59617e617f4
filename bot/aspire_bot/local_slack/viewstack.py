"""The modals that are open, on a stack for each person, and each person's Home."""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from aspire_bot.local_slack.feed import Feed
from aspire_bot.local_slack.model import View
from aspire_bot.local_slack.wire import Json, RefusedError

MOST_STACKED = 3
TRIGGER_LIFETIME_S = 3.0
_numbers = itertools.count(1)


@dataclass(slots=True)
class Trigger:
    """What lets the bot open a modal for the person who just did something."""

    user: str
    made_s: float
    is_used: bool = False


@dataclass(slots=True)
class Views:
    """The views of one workspace."""

    team: str
    feed: Feed
    clock: Callable[[], float]
    trigger_lifetime_s: float = TRIGGER_LIFETIME_S
    homes: dict[str, View] = field(default_factory=dict[str, View])
    _stacks: dict[str, list[View]] = field(default_factory=dict[str, list[View]])
    _triggers: dict[str, Trigger] = field(default_factory=dict[str, Trigger])
    _closed: set[str] = field(default_factory=set[str])

    def new_trigger(self, user: str) -> str:
        """Make a trigger for a person; good for one view, for three seconds."""
        trigger_id = f"{next(_numbers)}.{self.team}.{user}"
        self._triggers[trigger_id] = Trigger(user=user, made_s=self.clock())
        return trigger_id

    def stack(self, user: str) -> list[View]:
        """The modals a person has open, the topmost last."""
        return self._stacks.setdefault(user, [])

    def top(self, user: str) -> View | None:
        """The modal that a person sees."""
        stack = self.stack(user)
        return stack[-1] if stack else None

    def open(self, trigger_id: str, content: Json) -> View:
        """Open a modal; raises `RefusedError` where one is open already."""
        user = self._use(trigger_id)
        if self.stack(user):
            raise RefusedError("view_open_failed", "a modal is open: push onto it")
        return self.put(user, content)

    def push(self, trigger_id: str, content: Json) -> View:
        """Put a modal on top of the one from which the person acted."""
        user = self._use(trigger_id)
        if not self.stack(user):
            raise RefusedError("not_in_modal", "nothing to push onto", is_breach=False)
        return self.put(user, content)

    def put(self, user: str, content: Json) -> View:
        """Put a modal on a person's stack, three at most."""
        stack = self.stack(user)
        if len(stack) >= MOST_STACKED:
            raise RefusedError("push_limit_reached", f"{MOST_STACKED} modals are open")
        self._check_external_id(content)
        view_id = f"V{next(_numbers)}"
        view = replace(
            self._view(view_id, user, content),
            root_view_id=stack[0].view_id if stack else view_id,
            previous_view_id=stack[-1].view_id if stack else None,
        )
        stack.append(view)
        self._tell("view_opened", view)
        return view

    def update(self, view: View, content: Json) -> View:
        """Change what a modal shows."""
        self._check_external_id(content, except_for=view.view_id)
        changed = replace(view, content=content, hash=f"{next(_numbers)}.h")
        stack = self.stack(view.user)
        stack[[v.view_id for v in stack].index(view.view_id)] = changed
        self._tell("view_changed", changed)
        return changed

    def find(self, *, view_id: str | None = None, external_id: str | None = None) -> View:
        """Find an open modal, or a Home, by either id; a person may have closed it."""
        for view in [*(v for stack in self._stacks.values() for v in stack), *self.homes.values()]:
            if view.view_id == view_id or (
                external_id is not None and view.content.get("external_id") == external_id
            ):
                return view
        wanted = view_id or external_id or ""
        raise RefusedError("not_found", f"view {wanted}", is_breach=wanted not in self._closed)

    def close(self, user: str, *, all_of_them: bool = False) -> list[View]:
        """Take the topmost modal, or all, away; give what was closed, the topmost first."""
        stack = self.stack(user)
        gone = [stack.pop() for _ in range(len(stack) if all_of_them else min(1, len(stack)))]
        for view in gone:
            self._closed |= {view.view_id, str(view.content.get("external_id"))}
            self._tell("view_closed", view)
        return gone

    def _view(self, view_id: str, user: str, content: Json) -> View:
        """A view by itself: the first of its stack."""
        return View(
            view_id=view_id,
            team=self.team,
            user=user,
            content=content,
            hash=f"{next(_numbers)}.h",
            root_view_id=view_id,
        )

    def publish(self, user: str, content: Json) -> View:
        """Show a person a Home."""
        former = self.homes.get(user)
        view_id = former.view_id if former else f"V{next(_numbers)}"
        view = self._view(view_id, user, content)
        self.homes[user] = view
        self._tell("home_published", view)
        return view

    def _use(self, trigger_id: str) -> str:
        trigger = self._triggers.get(trigger_id)
        if trigger is None:
            raise RefusedError("invalid_trigger_id", trigger_id)
        if trigger.is_used:
            raise RefusedError("exchanged_trigger_id", trigger_id)
        age_s = self.clock() - trigger.made_s
        if age_s > self.trigger_lifetime_s:
            raise RefusedError("expired_trigger_id", f"{trigger_id} after {age_s:.1f} s")
        trigger.is_used = True
        return trigger.user

    def _check_external_id(self, content: Json, *, except_for: str = "") -> None:
        wanted = content.get("external_id")
        views = [*(v for stack in self._stacks.values() for v in stack), *self.homes.values()]
        if wanted and any(
            v.content.get("external_id") == wanted and v.view_id != except_for for v in views
        ):
            raise RefusedError("duplicate_external_id", str(wanted))

    def _tell(self, kind: str, view: View) -> None:
        self.feed.publish(kind, team=self.team, user=view.user, data=view.as_json())
