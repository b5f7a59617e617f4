"""What the documents answer by now to questions that people wait for: sent to them, or not."""

from flask import Blueprint, abort, redirect, url_for
from werkzeug.wrappers import Response

from aspire_bot.console.context import parts, visitor, words
from aspire_bot.console.decisions import decisions
from aspire_bot.console.inbox_page import inbox_page
from aspire_bot.slack.jobs.office_task import SettleOffer

blueprint = Blueprint("offers", __name__)


@blueprint.post("/offers/<offer_id>/send")
def send(offer_id: str) -> Response:
    """Have an answer brought to all who wait for it."""
    return _settle(SettleOffer(user=visitor().session.user, offer_id=offer_id, act="sent"))


@blueprint.post("/offers/<offer_id>/decline")
def decline(offer_id: str) -> Response:
    """Let an answer be: nobody is told, and it is not offered again."""
    return _settle(SettleOffer(user=visitor().session.user, offer_id=offer_id, act="declined"))


def _settle(task: SettleOffer) -> Response:
    offer = parts().state.offers.get(task.offer_id)
    if offer is None:
        abort(404)
    if not decisions().settle_offer(task, team=offer.team):
        return inbox_page(words().console.inbox.was_decided, status=409)
    return redirect(url_for("inbox.show", told=f"offer_{task.act}"), 303)
