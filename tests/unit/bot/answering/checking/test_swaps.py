"""Two values, each beside the thing of the other."""

import pytest
from tests.unit.bot.answering.checking.test_free_words import reasons

TALK = "Each team has 12 minutes to present and 18 minutes for questions."
DAYS = "Prof. Ayumi Tsukada (Hirosaki) chaired the first day, Dr Lennart Vos (Delft) the second."
AWARDS = "NSTA and EMC have selected three Leading and five Rising projects."
GUESTS = "会場で46名、オンラインで31名が参加しました。"
QUARREL = "Dr. Mateo Oyarbide (Ushuaia) wanted ranges only, Prof. Ingeborg Thorvik one number."
TWICE = f"{AWARDS} In the year before they selected five Leading and three Rising projects."


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("You present for 18 minutes and answer questions for 12.", TALK),
        ("Professor Tsukada of Hirosaki led day two, Lennart Vos of Delft day one.", DAYS),
        ("Three Rising projects were chosen, next to five Leading ones.", AWARDS),
        ("オンラインは46名、会場は31名でした。", GUESTS),
        ("46 people joined online, 31 at the venue.", GUESTS),
    ],
)
def test_values_in_each_others_place_are_found(text: str, source: str) -> None:
    assert "number" in reasons(text, source)


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("You present for 12 minutes and answer questions for 18.", TALK),
        ("You have 18 minutes for questions and present for 12.", TALK),
        ("Professor Tsukada of Hirosaki led day one, Lennart Vos of Delft day two.", DAYS),
        ("Five Rising projects were chosen, next to three Leading ones.", AWARDS),
        ("Three Rising projects were chosen, next to five Leading ones.", TWICE),
        ("オンラインは31名、会場は46名でした。", GUESTS),
        ("31 people joined online, 46 at the venue.", GUESTS),
        ("Of 12 and 18 minutes the latter are for questions.", TALK),
    ],
)
def test_values_in_their_own_place_are_not(text: str, source: str) -> None:
    assert "number" not in reasons(text, source)


@pytest.mark.parametrize(
    ("text", "is_found"),
    [
        ("Thorvik wished to have ranges, Oyarbide a number.", True),
        ("Ranges are what Thorvik wanted; a number is for Oyarbide.", True),
        ("Oyarbide wished to have ranges, Thorvik a number.", False),
        ("Thorvik wished to have a number, Oyarbide ranges.", False),
    ],
)
def test_names_in_each_others_place_are_found(text: str, *, is_found: bool) -> None:
    assert ("name" in reasons(text, QUARREL)) is is_found
