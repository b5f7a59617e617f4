"""Messages inside a message: one that was forwarded, or quoted by its address.

Slack sends them as attachments. What they say is read as part of what is asked, after the words of
the person who forwards them. Attachments that only unfold a link to the web say nothing here.
"""

from collections.abc import Sequence

from pydantic import BaseModel, ConfigDict

MOST_FORWARDED = 5
"""Forwarded messages of one message that are read."""
MAX_FORWARDED_CHARS = 3000
"""Characters of each that are read."""


class Attachment(BaseModel):
    """An attachment, as far as it tells of a forwarded message.

    `fallback` says in one line of plain text what a client shows that knows no attachments.
    """

    model_config = ConfigDict(frozen=True, extra="ignore")

    text: str | None = None
    fallback: str | None = None
    is_msg_unfurl: bool | None = None
    is_share: bool | None = None

    @property
    def forwarded(self) -> str:
        """The forwarded words as mrkdwn, empty where this is no message."""
        if not (self.is_msg_unfurl or self.is_share):
            return ""
        said = (self.text or "").strip() or (self.fallback or "").strip()
        return said[:MAX_FORWARDED_CHARS]


def with_forwarded(mrkdwn: str, attachments: Sequence[Attachment]) -> str:
    """Give what a message says, with the words of the messages it forwards below its own."""
    forwarded = [one.forwarded for one in attachments[:MOST_FORWARDED]]
    return "\n\n".join(part for part in (mrkdwn.strip(), *forwarded) if part)
