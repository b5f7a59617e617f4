"""What a sources file may say: the places that an index is kept in line with."""

import re
from datetime import timedelta
from typing import Annotated, Literal, TypeAlias
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from aspire_ingest.index.types import Audience, Kind
from aspire_ingest.web.patterns import compile_pattern
from aspire_ingest.web.types import MEBIBYTE, Defaults, EditionRule

_DURATION = re.compile(r"(?P<count>\d+(?:\.\d+)?)\s*(?P<unit>[smhdw])")
_UNITS = {"s": "seconds", "m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read_duration(value: str) -> timedelta:
    """Read `90s`, `30m`, `6h`, `7d` or `2w`.

    Raises:
        ValueError: it is none of these, or nothing at all.
    """
    match = _DURATION.fullmatch(value.strip().lower())
    if match is None or not float(match["count"]):
        raise ValueError(f"{value!r} is no time; write it as 30m, 6h or 7d")
    return timedelta(**{_UNITS[match["unit"]]: float(match["count"])})


def _web_address(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError(f"{value!r} is no address; write it in full, as https://example.org/page")
    return value


def _pattern(value: str) -> str:
    compile_pattern(value)
    return value


def _listed(value: object) -> object:
    return [value] if isinstance(value, str) else value


Address = Annotated[str, AfterValidator(_web_address)]
Addresses = Annotated[tuple[Address, ...], Field(min_length=1), BeforeValidator(_listed)]
Pattern = Annotated[str, AfterValidator(_pattern)]
Patterns = Annotated[tuple[Pattern, ...], BeforeValidator(_listed)]


class _Part(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Edition(_Part):
    """Reads the edition of a document out of its address or its title."""

    match: str = Field(description="A regular expression that is searched for.")
    where: Literal["url", "title"] = Field(default="url", description="What it is searched in.")
    edition: str | None = Field(
        default=None,
        description="What the edition is called, with `\\1` or `\\g<name>` for groups; without it, "
        "the group `edition`, or the first.",
    )

    @model_validator(mode="after")
    def _fits(self) -> "Edition":
        try:
            pattern = re.compile(self.match)
            if self.edition is not None:
                # the template is parsed as it will be used, against as many empty groups
                groups = "".join(
                    f"(?P<{name}>)" if name else "()" for name in _group_names(pattern)
                )
                re.sub(groups or "^", self.edition, "", count=1)
        except (re.error, IndexError) as error:
            raise ValueError(f"the rule cannot be used: {error}") from error
        return self

    def rule(self) -> EditionRule:
        """The rule as loading applies it."""
        return EditionRule(pattern=self.match, where=self.where, edition=self.edition)


def _group_names(pattern: re.Pattern[str]) -> list[str]:
    names = {number: name for name, number in pattern.groupindex.items()}
    return [names.get(number, "") for number in range(1, pattern.groups + 1)]


class Limits(_Part):
    """Bounds of one source."""

    pages: int = Field(default=1000, ge=1, le=100_000, description="Most pages to visit.")
    megabytes: float = Field(default=50, gt=0, le=500, description="Of one page or file.")
    timeout_s: float = Field(default=60, gt=0, le=600, description="Of one page, in seconds.")
    concurrency: int = Field(
        default=2, ge=1, le=8, description="Requests at once to one host; 1 with a crawl delay."
    )
    delay_s: float = Field(
        default=0.5,
        ge=0,
        le=60,
        description="Least time between requests to one host, in seconds. A longer crawl delay in"
        " robots.txt wins.",
    )
    shortest: float = Field(
        default=0.4,
        ge=0,
        lt=1,
        description="A page that comes back with a smaller share of its indexed text than this is"
        " taken for broken: it is reported and the indexed text is kept.",
    )

    @property
    def max_bytes(self) -> int:
        """The bound of one page in bytes."""
        return int(self.megabytes * MEBIBYTE)


class _Source(_Part):
    name: str = Field(
        pattern=r"^[a-z0-9][a-z0-9._-]{0,59}$",
        description="Names the source in reports: small letters, digits, `-`, `_`, `.`.",
    )
    kind: Kind | None = Field(default=None, description="Of documents that do not say theirs.")
    audience: Audience = Field(
        default="public", description="Of documents that do not say theirs: public or staff."
    )
    language: str | None = Field(
        default=None,
        pattern=r"^[a-z]{2}$",
        description="Of documents whose text does not tell it, as a two-letter code.",
    )
    publisher: str | None = Field(
        default=None, description="Of documents that do not say theirs.", min_length=1
    )
    edition: tuple[Edition, ...] = Field(
        default=(), description="Rules that read the edition; the first that fits counts."
    )
    notes: bool = Field(
        default=False,
        description="Index the speaker notes of presentations too; they are left out otherwise.",
    )
    marks: Literal["accepted"] | None = Field(
        default=None,
        description="`accepted`: index documents although they carry a mark such as CONFIDENTIAL or"
        " DRAFT; they are held otherwise.",
    )
    min_quality: float = Field(
        default=0.0,
        ge=0,
        le=1,
        description="Documents that were read less well than this are held; 0 holds none.",
    )
    limits: Limits = Limits()
    max_age: str | None = Field(
        default=None, description="Oldest a look at the source may be, as `7d`; else an alert."
    )

    @model_validator(mode="after")
    def _age(self) -> "_Source":
        if self.max_age is not None:
            read_duration(self.max_age)
        return self

    def defaults(self) -> Defaults:
        """What its documents take where they are silent."""
        return Defaults(
            kind=self.kind,
            language=self.language,
            publisher=self.publisher,
            editions=tuple(edition.rule() for edition in self.edition),
        )


class _Web(_Source):
    include: Patterns = Field(
        default=(), description="Addresses that belong to the source; all that are met otherwise."
    )
    exclude: Patterns = Field(default=(), description="Addresses that do not, whatever includes.")


class Site(_Web):
    """A section of a web site: start pages and what they lead to, on the same hosts."""

    type: Literal["site"]
    start: Addresses = Field(description="Pages to begin with.")
    depth: int = Field(default=2, ge=0, le=20, description="Links to follow one after another.")
    lists: Patterns = Field(
        default=(), description="Pages that are visited for their links and not indexed."
    )
    follow_pdf: bool = Field(
        default=True,
        description="Take PDF files that pages link to, wherever on the same hosts they lie.",
    )


class Sitemap(_Web):
    """The pages that a sitemap lists, or an index of sitemaps."""

    type: Literal["sitemap"]
    sitemap: Addresses


class Feed(_Web):
    """The pages that an RSS or Atom feed lists, and those that it listed earlier."""

    type: Literal["feed"]
    feed: Addresses


class Pages(_Source):
    """Single pages and files on the web."""

    type: Literal["pages"]
    pages: Addresses


class Folder(_Source):
    """Files below a folder."""

    type: Literal["folder"]
    folder: str = Field(min_length=1, description="A path; relative to the sources file.")


WebSource: TypeAlias = Site | Sitemap | Feed | Pages
SourceEntry: TypeAlias = WebSource | Folder


class Alerts(_Part):
    """When staff are told that something is wrong."""

    failures: int = Field(default=3, ge=1, description="Failures of one source in a row.")
    max_age: str | None = Field(
        default=None, description="Oldest a look at any source may be, as `7d`."
    )

    @model_validator(mode="after")
    def _age(self) -> "Alerts":
        if self.max_age is not None:
            read_duration(self.max_age)
        return self


class SourcesFile(_Part):
    """All that an index is kept in line with."""

    version: Literal[1] = 1
    alerts: Alerts = Alerts()
    sources: tuple[Annotated[SourceEntry, Field(discriminator="type")], ...] = Field(min_length=1)
