"""Leaves out what a model thinks aloud before it answers. Pure."""

_OPEN, _CLOSE = "<think>", "</think>"


class ThinkingFilter:
    """Drops a `<think>…</think>` at the beginning of a reply, which comes in pieces of any length.

    Models that reason write it into their answer where their server does not take it out. It is no
    part of the answer, and may not be checked or shown as one. Left open to the end, it is all
    thought.
    """

    def __init__(self) -> None:
        """Begin at the beginning of a reply."""
        self._held = ""
        self._is_thinking: bool | None = None

    def feed(self, piece: str) -> str:
        """Give what of the reply is answer for sure."""
        if self._is_thinking is False:
            return piece
        self._held += piece
        if self._is_thinking is None and not self._began():
            return ""
        return self._answer()

    def close(self) -> str:
        """Give what was held back; the reply is over."""
        held, self._held = self._held, ""
        return "" if self._is_thinking else held

    def _began(self) -> bool:
        """Find out whether it thinks aloud, as soon as that is certain."""
        start = self._held.lstrip()
        if len(start) < len(_OPEN) and _OPEN.startswith(start):
            return False
        self._is_thinking = start.startswith(_OPEN)
        return True

    def _answer(self) -> str:
        if self._is_thinking:
            _, closed, after = self._held.partition(_CLOSE)
            if not closed:
                self._held = self._held[-len(_CLOSE) :]
                return ""
            self._held, self._is_thinking = after.lstrip(), False
        answer, self._held = self._held, ""
        return answer
