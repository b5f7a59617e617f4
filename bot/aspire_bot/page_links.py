"""Signed links to the page of a cited document: what they open, for whom, and until when."""

import base64
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from aspire_bot.answering.types import Answer, Citation
from aspire_bot.settings import Settings
from aspire_bot.state import State
from aspire_bot.state.console.console_keys import is_signed, signature
from aspire_ingest.index import Audience

KEY = "page-links"
PAGE = "/d/"
_MOST_CHARACTERS = 2000


class PageLink(BaseModel):
    """What a link opens: `text[start:end]` of a document, if it reads as it did."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    document_id: str = Field(alias="d")
    start: int = Field(alias="s", ge=0)
    end: int = Field(alias="e", ge=0)
    quote_hash: str = Field(alias="q")
    audience: Audience = Field(alias="a")
    expires: int = Field(alias="x")
    """Seconds since 1970."""

    def marks(self, text: str) -> tuple[int, int] | None:
        """Give where the quote stands in a document's text; None where it no longer does."""
        if quote_hash(text[self.start : self.end]) != self.quote_hash:
            return None
        return self.start, self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLinks:
    """Makes and reads the links. `url` is where readers reach the console."""

    url: str
    key: bytes
    days: int = 30
    now: Callable[[], datetime] = lambda: datetime.now(UTC)

    def link(self, citation: Citation, audience: Audience) -> str:
        """Give the address of the page that shows a citation, for an audience."""
        facts = {
            "d": citation.document.document_id,
            "s": citation.start,
            "e": citation.end,
            "q": quote_hash(citation.quote),
            "a": audience,
            "x": int((self.now() + timedelta(days=self.days)).timestamp()),
        }
        written = json.dumps(facts, ensure_ascii=False, separators=(",", ":")).encode()
        body = base64.urlsafe_b64encode(written).rstrip(b"=").decode()
        return f"{self.url.rstrip('/')}{PAGE}{body}.{signature(self.key, body)}"

    def read(self, token: str) -> PageLink | None:
        """Read the end of a link; None where it is not ours, was changed, or is too old."""
        body, _, given = token.partition(".")
        if len(token) > _MOST_CHARACTERS or not is_signed(self.key, body, given):
            return None
        try:
            written = base64.urlsafe_b64decode(body + "=" * (-len(body) % 4))
            found = PageLink.model_validate_json(written)
        except (ValueError, ValidationError):
            return None
        return found if self.now().timestamp() < found.expires else None

    def with_links(self, answer: Answer, audience: Audience) -> Answer:
        """Give the answer with links to the pages of those documents that have no address."""
        cited = (self._linked(citation, audience) for citation in answer.citations)
        return replace(answer, citations=tuple(cited))

    def _linked(self, citation: Citation, audience: Audience) -> Citation:
        if citation.document.url:
            return citation
        return replace(citation, page_link=self.link(citation, audience))


def page_links(settings: Settings, state: State) -> PageLinks | None:
    """Give what makes links to pages; None where the console has no address."""
    if settings.console_url is None:
        return None
    key = state.console_keys.key(KEY)
    return PageLinks(url=settings.console_url, key=key, days=settings.console_link_days)


def quote_hash(quote: str) -> str:
    """Give what tells whether a piece of text is still the one that was cited."""
    return hashlib.sha256(quote.encode("utf-8", "replace")).hexdigest()[:16]
