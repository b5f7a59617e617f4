"""Who signs in with Slack, and what Slack handed out for it."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Consent:
    """That somebody let the app know who they are; `redirect_uri` is where they were sent."""

    user: str
    nonce: str
    redirect_uri: str


@dataclass(slots=True)
class SignIns:
    """`user` is who is signed in to Slack in the browser; the rest is what Slack handed out."""

    user: str = "U3"
    consents: dict[str, Consent] = field(default_factory=dict[str, Consent])
    tokens: dict[str, str] = field(default_factory=dict[str, str])
