"""Sign in with Slack (OpenID Connect): where a browser is sent, and who came back."""

import base64
import json
import logging
from dataclasses import dataclass, field
from typing import cast
from urllib.parse import urlencode

from slack_sdk import WebClient
from slack_sdk.errors import SlackClientError

from aspire_bot.slack.platform.workspaces import build_client
from aspire_bot.slack.render.message import JsonObject
from aspire_bot.state.console.console_access import Person

logger = logging.getLogger(__name__)

_SCOPE = "openid profile"


@dataclass(frozen=True, slots=True, kw_only=True)
class SlackSignIn:
    """Asks Slack who is there. `api_url` is the base of the Web API."""

    client_id: str
    client_secret: str = field(repr=False)
    api_url: str = "https://slack.com/api/"

    def address(self, *, redirect_uri: str, state: str, nonce: str) -> str:
        """Give where the browser is sent to sign in."""
        query = {
            "response_type": "code",
            "scope": _SCOPE,
            "client_id": self.client_id,
            "state": state,
            "nonce": nonce,
            "redirect_uri": redirect_uri,
        }
        base = self.api_url.rstrip("/").removesuffix("/api")
        return f"{base}/openid/connect/authorize?{urlencode(query)}"

    def person(self, code: str, *, redirect_uri: str, nonce: str, language: str) -> Person | None:
        """Give who came back with a code; None where Slack does not know it, or it is another's.

        The id token comes from Slack itself over TLS, so that its signature adds nothing (OpenID
        Connect Core 3.1.3.7); that it was made for this sign-in is said by its nonce.
        """
        try:
            told = self._exchanged(build_client(None, self.api_url), code, redirect_uri)
            claims = _claims(str(told.get("id_token", "")))
            if claims.get("nonce") != nonce or claims.get("aud") != self.client_id:
                logger.warning("sign in with Slack: the token was made for another sign-in")
                return None
            found = self._who(str(told.get("access_token", "")))
        except (SlackClientError, OSError, ValueError) as error:
            logger.warning("sign in with Slack: %s", error)
            return None
        user, team = found.get("https://slack.com/user_id"), found.get("https://slack.com/team_id")
        if not isinstance(user, str) or not isinstance(team, str) or user != claims.get("sub"):
            return None
        return Person(team=team, user=user, name=str(found.get("name") or user), language=language)

    def _exchanged(self, client: WebClient, code: str, redirect_uri: str) -> JsonObject:
        reply = client.openid_connect_token(  # pyright: ignore[reportUnknownMemberType]  untyped keyword arguments
            client_id=self.client_id,
            client_secret=self.client_secret,
            code=code,
            redirect_uri=redirect_uri,
        )
        return cast("JsonObject", reply.data)

    def _who(self, token: str) -> JsonObject:
        client = build_client(token, self.api_url)
        reply = client.openid_connect_userInfo()  # pyright: ignore[reportUnknownMemberType]  as above
        return cast("JsonObject", reply.data)


def _claims(id_token: str) -> JsonObject:
    """Read what an id token says.

    Raises:
        ValueError: it is none.
    """
    _, _, rest = id_token.partition(".")
    body = rest.partition(".")[0]
    read: object = json.loads(base64.urlsafe_b64decode(body + "=" * (-len(body) % 4)))
    if not isinstance(read, dict):
        raise ValueError("the id token is no object")  # noqa: TRY004  what came is wrong, not a type of ours
    return cast("JsonObject", read)
