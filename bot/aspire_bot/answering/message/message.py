"""A message → what it does, and each thing that it asks, in the words it was typed in.

By the model of messages. Where that cannot run, every message is a question as a whole, but for the
shortest greetings and thanks.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message.asks_by_verb import asks_by_verb, wishes
from aspire_bot.answering.message.case_told import with_case_first
from aspire_bot.answering.message.context import with_context
from aspire_bot.answering.message.follow_up.asked_again import asked_again
from aspire_bot.answering.message.prepare import read_words
from aspire_bot.answering.message.self_corrected import as_corrected
from aspire_bot.answering.message.split_by_rule import is_interrogative, split_question
from aspire_bot.answering.message.things.announcement import announces, topic_announced
from aspire_bot.answering.message.things.asked_words import words_of, words_of_all
from aspire_bot.answering.message.things.headings import heading_of
from aspire_bot.answering.message.things.pieces import Piece, pieces_of
from aspire_bot.answering.message.things.shared_words import with_shared_words
from aspire_bot.answering.message.things.things_asked import groups_of, likeliest
from aspire_bot.answering.message.types import ACTS, MessageReading
from aspire_bot.answering.types import Act, Place, Question, Turn
from aspire_ingest.index.text.language import detect_language

SEARCHED: frozenset[Act] = frozenset(
    ("question", "follow-up", "request-more", "correction-of-self")
)
"""Acts to which the documents are asked; all others are answered by a friendly word, or silence."""
MOST_ASKED = 5
"""Things asked in one message that are answered."""
_TO_SEARCH = 0.12
"""From this probability of `SEARCHED` on a message is searched for: a friendly word to a question
costs more than a search for a greeting. On development messages 2 of 236 questions are lost so, 6
with 0.3, and some 10 and 7 of 97 other messages searched for."""
_OFF_TOPIC_TO_SEARCH = 0.05
"""The same, where it seems to have nothing to do with the programme: that "the documents do not
say" is a good answer to such a question, too."""
_MAY_BE_NAMED: frozenset[Act] = frozenset(("greeting", "unclear", "chatter", "capability"))
"""What a name alone is taken for."""
_MAY_BE_ASKED: frozenset[Act] = frozenset(("request-action", "capability", "unclear"))
_TO_TRY = 0.05
"""From this probability on the documents are asked, too, and heard where they surely answer. Of 31
questions of the reader's training that were taken for such acts, 20 are likelier than this, and 11
of the 20 were surely answered then; of some 600 messages that are such acts, 4 were."""
FOR_US_FROM = 0.8
"""The same, where nobody addressed the bot: of development messages 61 of 114 questions in channels
are taken so, and none of 33 words among people, one with 0.7."""
_TO_ANOTHER = re.compile(r"^\W*(?:<@|@)\w")
_GREETING = re.compile(
    r"\W*(?:hi|hello|hey|good (?:morning|afternoon|evening)|こんにちは|こんばんは"
    r"|おはよう(?:ございます)?)\W*",
    re.IGNORECASE,
)
_LONE_NAME = re.compile(r"\W*[A-Z][\w’'&.-]*(?:\s[A-Z][\w’'&.-]*){0,3}\W*")
_SOCIAL = re.compile(
    r"\b(?:hi+|hello|hey|heya|hiya|yo|dear|good|morning|afternoon|evening|night|day|thanks?|thank|thx"
    r"|cheers|bye|goodbye|welcome|sorry|ok|okay|yes|yep|yeah|no|nope|please|great|nice|cool|wow|sure"
    r"|perfect|awesome|excellent|super|fine|right|test|testing|help|stop|lol|haha|oops|got|noted"
    r"|never|nevermind|congrats|congratulations|happy|merry|bot|team|all|everyone|folks)\b",
    re.IGNORECASE,
)
"""Words of a message that is but manners: no other word in capitals is."""
_THANKS = re.compile(
    r"\W*(?:thanks?|thank you|thx|many thanks|ありがとう(?:ございます|ございました)?)\W*",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?:(?<!\w)[\dA-Za-z]{1,2}[.):：)）．]|[①-⑳⑴-⒇])\s*$")
"""What stands before an entry of a list."""
_EMOJI_NAME = re.compile(r":[a-z0-9_+-]{2,40}:")
_PLEASED = re.compile(
    "[\U0001f44d\U0001f44f\U0001f389\U0001f64f\U0001f64c\U0001f60a\U0001f60d\U0001f970\u2764\u2b50]"
    r"|:(?:\+1|thumbsup|tada|pray|clap|raised_hands|heart|blush|star|bow|ok_hand|white_check_mark)\w*:"
)


class MessageModel(Protocol):
    """What reads messages; see `model.MessageModel`."""

    def read(
        self, text: str, pieces: Sequence[Piece], place: Place, history: Sequence[Turn]
    ) -> MessageReading:
        """Give what a message does and which of its pieces ask; raises `EmbeddingError`."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What was understood of a message."""

    act: Act
    asks: tuple[str, ...] = ()
    """One for each thing asked, in their order; at most `MOST_ASKED`."""
    full: tuple[str, ...] = ()
    """`asks`, each with the words of its sentence that it shares with the one beside it."""
    unread: tuple[str, ...] = ()
    """Things asked beyond these: they are named as not answered."""
    whole: str = ""
    """All that is asked, in its order, with what the message says that it leans on."""
    has_context: bool = False
    """Whether `whole` says more than what is asked."""
    is_one_sentence: bool = False
    """Whether one sentence asks it all, without a word that its parts are several."""
    rest: str = ""
    """What it says besides the asks."""
    searched: float = 1.0
    """The probability that the documents are asked something."""
    is_wish: bool = False
    """Whether it says what its author would like to do."""
    is_asked_back: bool = False
    """Whether it is a question of which nobody could tell what it asks."""

    @property
    def is_searched(self) -> bool:
        """Whether the documents are asked, if only for what may be meant."""
        return self.act in SEARCHED or self.is_asked_back

    @property
    def is_tried(self) -> bool:
        """Whether the documents are heard where they surely answer.

        What has nothing to do with them is known only when they have been asked; what a question
        means that seems to mean nothing ("ISPF?"), too.
        """
        may_be = self.act in _MAY_BE_ASKED and (self.searched >= _TO_TRY or self.is_wish)
        is_talk = self.act not in SEARCHED
        return is_talk and (self.act == "off-topic" or may_be or self.is_asked_back)

    def of_some(self, asks: tuple[str, ...], rest: str) -> "Message":
        """The same as if only some of its things were asked, with other words beside them."""
        known = dict(zip(self.asks, self.full, strict=True)) if self.full else {}
        full = tuple(known.get(ask, ask) for ask in asks)
        return replace(
            self, asks=asks, full=full, unread=(), whole="", has_context=False, rest=rest
        )


def read_message(question: Question, model: MessageModel | None) -> Message:
    """Understand a message.

    Raises:
        EmbeddingError: the model cannot be run.
    """
    text = with_case_first(as_corrected(read_words(question.text)))
    pieces = pieces_of(text)
    if not pieces:
        return _wordless(text)
    if model is None:
        return _plain(text)
    reading = model.read(text, pieces, question.place, question.history)
    has_history = _has_question(question.history)
    act, searched = _act_of(reading.acts, has_history=has_history)
    repeated = asked_again(text) if has_history or act not in SEARCHED else None
    if repeated and not (act in SEARCHED and "?" in text):
        return _read_again(replace(question, text=repeated), model, has_history=has_history)
    act = question.act or ("question" if act in _MAY_BE_ASKED and asks_by_verb(text) else act)
    is_name = act in _MAY_BE_NAMED and _LONE_NAME.fullmatch(text) and not _SOCIAL.search(text)
    act = "unclear" if is_name else act
    groups = groups_of(text, pieces, reading.labels)
    if act in SEARCHED and not groups:
        groups = [likeliest(pieces, reading.labels)]
    asked = {piece for group in groups for piece in group}
    kept = with_context(text, pieces, groups) if groups else []
    headed = kept if len(groups) > 1 else ()
    said = [(ask, group) for group in groups if (ask := _below_heading(text, headed, group))]
    asks = [ask for ask, _ in said]
    beside = [piece for piece in pieces if piece not in asked] if asks else []
    rest = " ".join(text[piece.start : piece.end] for piece in beside)
    return Message(
        act=act,
        asks=tuple(asks[:MOST_ASKED]),
        full=with_shared_words(asks, _are_joined([group for _, group in said]))[:MOST_ASKED],
        unread=tuple(asks[MOST_ASKED:]),
        whole=words_of_all(text, pieces, kept),
        has_context=len(kept) > len(asked),
        is_one_sentence=_is_one_sentence(text, groups),
        rest=rest,
        searched=searched,
        is_wish=wishes(text),
        is_asked_back=bool(is_name)
        or (act == "unclear" and is_interrogative(text, detect_language(text))),
    )


def is_for_us(message: Message, text: str, enough: float = FOR_US_FROM) -> bool:
    """Whether a message that was not addressed to the bot asks what the documents may answer."""
    is_sure = message.act in ("question", "follow-up") and message.searched >= enough
    return is_sure and bool(message.asks) and not _TO_ANOTHER.match(text)


def _below_heading(text: str, kept: Sequence[Piece], group: Sequence[Piece]) -> str:
    """The words of a thing asked, below what heads its sentence: "BETA 2026: when is it due?"."""
    words = words_of(text, group)
    first = next((one for one in kept if one.sentence == group[0].sentence), group[0])
    heading = heading_of(text[first.start : group[0].start]) if first is not group[0] else ""
    heading = heading or topic_announced(text[: group[0].start])
    is_unsaid = heading.casefold() not in words.casefold()
    return f"{heading}: {words}" if words and is_unsaid else words


def _read_again(question: Question, model: MessageModel, *, has_history: bool) -> Message:
    """Understand what a message says was asked: of the documents, or of the bot ("who you are")."""
    message = read_message(replace(question, act=None), model)
    if message.act in SEARCHED or message.act == "capability":
        return message
    return read_message(replace(question, act="follow-up" if has_history else "question"), model)


def _is_one_sentence(text: str, groups: Sequence[Sequence[Piece]]) -> bool:
    sentences = {piece.sentence for group in groups for piece in group}
    is_numbered = any(_NUMBER.search(text[: group[0].start]) for group in groups)
    ends = [text[one[-1].end - 1 : other[0].start] for one, other in pairwise(groups)]
    is_marked = any("?" in end or "？" in end for end in ends)  # small letters behind it, or none
    return (
        len(sentences) == 1
        and not (is_numbered or is_marked)
        and not announces(text[: groups[-1][0].start])
    )


def _are_joined(groups: Sequence[Sequence[Piece]]) -> list[bool]:
    """Of each thing asked, whether it goes on in the sentence of the one before it."""
    return [
        False,
        *(before[-1].sentence == group[0].sentence for before, group in pairwise(groups)),
    ]


def _has_question(history: Sequence[Turn]) -> bool:
    return any(turn.role == "user" for turn in history)


def _act_of(acts: NDArray[np.float32], *, has_history: bool) -> tuple[Act, float]:
    """The likeliest act; one that is searched where that is likely enough."""
    chances = dict(zip(ACTS, acts.tolist(), strict=True))
    searched = sum(chance for act, chance in chances.items() if act in SEARCHED)
    best = max(frozenset(ACTS) - SEARCHED, key=lambda act: chances[act])
    enough = _OFF_TOPIC_TO_SEARCH if best == "off-topic" else _TO_SEARCH
    if searched >= enough:
        best = max(SEARCHED, key=lambda act: chances[act])
    if best in SEARCHED and not has_history:
        best = "question"  # there is nothing to follow, to have more of, or to put right
    return best, searched


def _wordless(text: str) -> Message:
    """What a message does that has no word to read: signs, emoji, code or an address alone."""
    is_pleased = bool(_PLEASED.search(text)) and not any(sign.isalnum() for sign in _bare(text))
    return Message(act="feedback-positive" if is_pleased else "unclear", searched=0.0)


def _bare(text: str) -> str:
    return _EMOJI_NAME.sub("", text)


def _plain(text: str) -> Message:
    if _GREETING.fullmatch(text):
        return Message(act="greeting", searched=0.0)
    if _THANKS.fullmatch(text):
        return Message(act="thanks", searched=0.0)
    return Message(act="question", asks=split_question(text, detect_language(text)))


class LazyMessageModel:
    """The model of this process, loaded by the first message."""

    def __init__(self, cache_dir: Path) -> None:
        """Keep its graphs under `cache_dir`."""
        self._cache_dir = cache_dir

    def read(
        self, text: str, pieces: Sequence[Piece], place: Place, history: Sequence[Turn]
    ) -> MessageReading:
        """See `model.MessageModel.read`; raises also as `load_message_model` does."""
        # Here, not above: onnxruntime takes its time to load, and the first message waits for it.
        from aspire_bot.answering.message.model import load_message_model  # noqa: PLC0415

        return load_message_model(self._cache_dir).read(text, pieces, place, history)
