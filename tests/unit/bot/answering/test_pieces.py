"""Where a message may be cut into what asks and what does not."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from aspire_bot.answering.message.things.pieces import MOST_PIECES, pieces_of


def _texts(text: str) -> list[str]:
    return [text[piece.start : piece.end] for piece in pieces_of(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Who can apply?", ["Who can apply?"]),
        ("what is it and when is it due", ["what is it", "and when is it due"]),
        ("and for how long?", ["and for how long?"]),
        ("to whom do I write", ["to whom do I write"]),
        ("who opens it and what is the price", ["who opens it", "and what is the price"]),
        ("어떤 나라가 참여합니까", ["어떤 나라가 참여합니까"]),
        ("où a été signé l’accord", ["où a été signé l’accord"]),
        ("助かりました　締切はいつですか", ["助かりました", "締切はいつですか"]),
        ("hi team, who leads it", ["hi team", "who leads it"]),
        ("thanks and the deadline", ["thanks", "and the deadline"]),
        ("by when and how much", ["by when", "and how much"]),
        (
            "お世話になっております。東大の田中です。締切はいつですか",
            ["お世話になっております。", "東大の田中です。", "締切はいつですか"],
        ),
        ("お忙しいところ恐れ入りますが上限額は", ["お忙しいところ恐れ入りますが", "上限額は"]),
        (
            "調べているのですがお名前は何というのでしょうか",
            ["調べているのですが", "お名前は何というのでしょうか"],
        ),
        ("遅れるので締切を知りたい", ["遅れるので", "締切を知りたい"]),
        ("What's on in May 2026?", ["What's on in May 2026?"]),
        ("first line\nsecond line", ["first line", "second line"]),
        ("締切と上限額", ["締切", "上限額"]),
        ("先行型と育成型はどう違いますか", ["先行型と育成型はどう違いますか"]),
        ("A型やB型の差は何ですか", ["A型やB型の差は何ですか"]),
        ("締切と面接の間は何日ですか", ["締切と面接の間は何日ですか"]),
        ("締切と予算の関係は", ["締切と予算の関係は"]),
        ("様式と欧州の間接経費", ["様式", "欧州の間接経費"]),
        ("NSERCとDFGの窓口", ["NSERCとDFGの窓口"]),
        ("通信と宇宙分野の報告会", ["通信と宇宙分野の報告会"]),
        ("宇宙分野の締切とDFGの窓口", ["宇宙分野の締切", "DFGの窓口"]),
        ("the limit as well as how we pay", ["the limit", "as well as how we pay"]),
        ("英国とドイツを比べて、締切と金額は", ["英国とドイツを比べて", "締切", "金額は"]),
        ("<@U07FUND> budget :pray:", ["budget"]),
        ("see https://example.org/a?b=c please", ["see", "please"]),
        ("```\nwho is this\n``` who leads", ["who leads"]),
    ],
)
def test_pieces(text: str, expected: list[str]) -> None:
    assert _texts(text) == expected


def test_what_is_quoted_is_marked_as_such() -> None:
    pieces = pieces_of("> The old rule\nsee above")
    assert [piece.is_quoted for piece in pieces] == [True, False]


def test_each_piece_says_what_it_was_cut_at() -> None:
    cuts = [piece.cut for piece in pieces_of("hello, team.\nwho leads and when. And why")]
    assert cuts == ["message", "comma", "line", "and", "sentence"]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("my boss asked me. contact of the office", 2),
        ("it is closed. who knows more. thanks", 3),
        ("forms, plans etc. are due", 1),
        ("up to approx. ten plans", 1),
        ("see fig. two", 1),
        ("the U.S. call", 1),
    ],
)
def test_who_types_in_small_letters_ends_sentences_too(text: str, sentences: int) -> None:
    assert pieces_of(text)[-1].sentence == sentences - 1


@given(st.text(max_size=400))
def test_pieces_lie_in_order_within_any_text(text: str) -> None:
    pieces = pieces_of(text)
    assert len(pieces) <= MOST_PIECES
    at = 0
    for piece in pieces:
        assert at <= piece.start < piece.end <= len(text)
        at = piece.end


def test_a_long_message_is_read_in_bounded_pieces() -> None:
    assert len(pieces_of("and who, " * 5_000)) == MOST_PIECES
