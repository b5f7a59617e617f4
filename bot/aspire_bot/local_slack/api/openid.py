"""Sign in with Slack, as the local Slack offers it: the page it redirects from, two methods."""

import base64
import json
import secrets
from collections.abc import Mapping
from urllib.parse import urlencode

from aspire_bot.local_slack.api.request import Request, World
from aspire_bot.local_slack.api.sign_ins import Consent
from aspire_bot.local_slack.wire import RefusedError

AUTHORIZE_PATH = "/openid/connect/authorize"
_REQUIRED = {"response_type", "scope", "client_id", "state", "nonce", "redirect_uri"}


def authorize(world: World, given: Mapping[str, object]) -> str:
    """Let the person in the browser agree; give where they are sent back to.

    Raises:
        RefusedError: the app did not ask as Slack wants it.
    """
    asked = {name: str(value) for name, value in given.items()}
    if asked.keys() != _REQUIRED:
        raise RefusedError("invalid_arguments", f"{sorted(asked)}")
    if asked["client_id"] != world.client_id or asked["response_type"] != "code":
        raise RefusedError("invalid_client_id", asked["client_id"])
    if "openid" not in asked["scope"].split():
        raise RefusedError("invalid_scope", asked["scope"])
    code = secrets.token_hex(8)
    world.sign_ins.consents[code] = Consent(
        user=world.sign_ins.user, nonce=asked["nonce"], redirect_uri=asked["redirect_uri"]
    )
    return f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}"


def exchange_code(request: Request) -> dict[str, object]:
    """Give tokens for a code, which is good once, and at the address it was made for."""
    world = request.world
    given = (request.text("client_id"), request.text("client_secret"))
    if given != (world.client_id, world.client_secret):
        raise RefusedError("bad_client_secret", given[0])
    consent = world.sign_ins.consents.pop(request.text("code"), None)
    if consent is None:
        raise RefusedError("invalid_code", request.text("code"), is_breach=False)
    if consent.redirect_uri != request.text("redirect_uri"):
        raise RefusedError("bad_redirect_uri", request.text("redirect_uri"))
    token = f"xoxp-{secrets.token_hex(8)}"
    world.sign_ins.tokens[token] = consent.user
    claims = {"sub": consent.user, "aud": world.client_id, "nonce": consent.nonce}
    body = base64.urlsafe_b64encode(json.dumps(claims).encode()).rstrip(b"=").decode()
    return {
        "ok": True,
        "access_token": token,
        "token_type": "Bearer",
        "id_token": f"e30.{body}.local",
    }


def tell_user(request: Request) -> dict[str, object]:
    """Say who agreed, to whoever has their token."""
    user_id = request.world.sign_ins.tokens.get(request.token)
    if user_id is None:
        raise RefusedError("invalid_auth", request.token)
    user = request.workspace.users[user_id]
    return {
        "ok": True,
        "sub": user_id,
        "https://slack.com/user_id": user_id,
        "https://slack.com/team_id": request.workspace.team,
        "name": user.name,
    }
