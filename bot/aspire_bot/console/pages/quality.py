"""How the bot does, week by week, and how staff's test questions come out."""

from datetime import UTC, datetime, timedelta

from flask import Blueprint, request
from werkzeug.wrappers import Response

from aspire_bot.console.context import page, parts, record
from aspire_bot.console.views.plots import HEIGHT, WIDTH, plots
from aspire_bot.console.views.test_results import test_results
from aspire_bot.office.figures import (
    PLACE_CLASSES,
    PlaceClass,
    WeekFigures,
    figures_by_week,
    figures_csv,
    languages_asked,
)

blueprint = Blueprint("quality", __name__)

_WEEKS = (12, 26, 52)


@blueprint.get("/quality")
def show() -> Response:
    """Show plots, the same as a table, and the test questions."""
    state, wanted = parts().state, _wanted()
    figures = _figures()
    tests = state.test_questions
    return page(
        "quality.html",
        wanted=wanted,
        weeks=_WEEKS,
        languages=languages_asked(state.database),
        places=PLACE_CLASSES,
        figures=figures,
        plots=plots(figures),
        width=WIDTH,
        height=HEIGHT,
        tests=test_results(tests.all(), tests.runs(), tests.outcomes()),
    )


@blueprint.get("/quality.csv")
def export() -> Response:
    """Give the same figures as CSV."""
    record("figures.export", "quality", after=dict(_wanted()))
    headers = {"Content-Disposition": 'attachment; filename="quality.csv"'}
    text = figures_csv(_figures()).encode()
    return Response(text, headers=headers, content_type="text/csv; charset=utf-8")


def _figures() -> tuple[WeekFigures, ...]:
    wanted = _wanted()
    place: PlaceClass | None = next((x for x in PLACE_CLASSES if x == wanted["place"]), None)
    console, today = parts(), datetime.now(UTC)
    monday = today.replace(hour=0, minute=0, second=0, microsecond=0) - timedelta(
        days=today.weekday()
    )
    since, language = monday - timedelta(weeks=int(wanted["weeks"]) - 1), wanted["language"]
    return console.figures.of(
        (since, language, place),
        lambda: figures_by_week(
            console.state.database, since=since, language=language, place=place
        ),
    )


def _wanted() -> dict[str, str]:
    """Read the filter out of the address; what it does not know is as if it were not there."""
    given = request.args
    weeks = next((str(x) for x in _WEEKS if str(x) == given.get("weeks")), str(_WEEKS[0]))
    place = next((x for x in PLACE_CLASSES if x == given.get("place")), "")
    return {"weeks": weeks, "language": given.get("language", "")[:10], "place": place}
