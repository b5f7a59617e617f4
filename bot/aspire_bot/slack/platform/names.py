"""What a person is called in Slack."""

from typing import cast

from aspire_bot.slack.render.message import JsonObject


def shown_name(user: JsonObject) -> str:
    """Give the name that others see, of a person as `users.info` tells of them; "" for none."""
    profile = cast("JsonObject", user.get("profile") or {})
    names = (profile.get("display_name"), profile.get("real_name"), user.get("real_name"))
    return next((str(name) for name in (*names, user.get("name")) if name), "")
