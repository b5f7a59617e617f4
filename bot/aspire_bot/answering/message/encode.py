"""What the model of messages is given: the one place that decides it.

Training (`aspire_training`) and answering call the same functions. Nothing here knows a model.
"""

from collections.abc import Sequence

from aspire_bot.answering.message.things.pieces import Cut, Piece
from aspire_bot.answering.reader.encode import ReaderText
from aspire_bot.answering.types import Place, Turn
from aspire_ingest.index.text.script import is_japanese

MESSAGE_TOKENS = 400
CONTEXT_TOKENS = 96
MOST_OF_MESSAGE = 1_500
"""Characters; what comes after them is not read."""
_MOST_OF_TURN = 200
_PREFIX = "query: "  # what multilingual-e5 was trained with
_CUTS: tuple[Cut, ...] = ("message", "sentence", "line", "comma", "and", "word")
_LONG_PIECE, _MANY_PIECES, _MANY_SENTENCES = 80, 12, 8


def context_text(place: Place, history: Sequence[Turn]) -> ReaderText:
    """Give where a message stands, the last question before it, and the last reply."""
    asked = [turn.text for turn in history if turn.role == "user"][-1:]
    replied = [turn.text for turn in history[-1:] if turn.role == "assistant"]
    turns = (" ".join(text.split())[:_MOST_OF_TURN] for text in (*asked, *replied))
    return ReaderText(text=_PREFIX + " / ".join((place, *turns)))


def message_text(text: str, pieces: Sequence[Piece]) -> ReaderText:
    """Give a message and the places of its pieces; those beyond what is read are left out."""
    spans = tuple(
        (piece.start + len(_PREFIX), piece.end + len(_PREFIX))
        for piece in pieces
        if piece.end <= MOST_OF_MESSAGE
    )
    return ReaderText(text=_PREFIX + text[:MOST_OF_MESSAGE], spans=spans)


def piece_features(
    text: str, pieces: Sequence[Piece], place: Place, *, is_later: bool
) -> list[list[float]]:
    """Give what is known of each piece besides its words, numbers between 0 and 1.

    `is_later`: whether something was said before the message.
    """
    sentences = 1 + max((piece.sentence for piece in pieces), default=0)
    asking = {piece.sentence for piece in pieces if _has_mark(text, piece)}
    rows: list[list[float]] = []
    for at, piece in enumerate(pieces):
        words = text[piece.start : piece.end]
        rows.append(
            [
                *(float(piece.cut == cut) for cut in _CUTS),
                float(piece.ends_sentence),
                float(piece.is_quoted),
                piece.sentence / (sentences - 1) if sentences > 1 else 0.0,
                float(sentences == 1),
                float(len(pieces) == 1),
                min(sentences, _MANY_SENTENCES) / _MANY_SENTENCES,
                min(len(pieces), _MANY_PIECES) / _MANY_PIECES,
                float(_has_mark(text, piece)),
                float(at == 0),
                float(at == len(pieces) - 1),
                min(len(words), _LONG_PIECE) / _LONG_PIECE,
                float(is_later),
                float(place == "channel"),
                float(is_japanese(words)),
                float(piece.sentence in asking),
            ]
        )
    return rows


PIECE_FEATURES = 21


def _has_mark(text: str, piece: Piece) -> bool:
    """Whether a question mark ends a piece, or follows it at once."""
    return bool(set(text[piece.end - 1 : piece.end + 2]) & {"?", "？"})
