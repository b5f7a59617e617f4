"""The pieces of a message and their labels → each thing asked, in the words it was typed in. Pure.

What the labels say is put right where the form of the message says more: each line of a list and
each question word after a comma asks something of its own, "could you tell me" asks nothing.
"""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from aspire_bot.answering.message.follow_up.attribute_nouns import ends_in_attribute_ja
from aspire_bot.answering.message.query.rewrite import points_back
from aspire_bot.answering.message.things.announcement import with_announced
from aspire_bot.answering.message.things.asked_words import JOINT, TRIMMED, words_of
from aspire_bot.answering.message.things.bare_asks import is_mere_year
from aspire_bot.answering.message.things.frames import is_frame
from aspire_bot.answering.message.things.headings import heading_of, is_header
from aspire_bot.answering.message.things.list_entries import MARK, is_mere_date, with_entries
from aspire_bot.answering.message.things.pieces import Piece
from aspire_bot.answering.message.things.prepositions import is_behind_preposition
from aspire_bot.answering.message.things.question_signs import ASKS_AT_ALL, ASKS_JA, WH
from aspire_bot.answering.message.things.shared_words import BARE_JA
from aspire_bot.answering.message.things.whole_clauses import asks_by_form, with_whole_clauses
from aspire_bot.answering.message.types import LABELS, Label
from aspire_ingest.index.text.script import is_japanese

Labels = NDArray[np.float32]
"""(pieces read, 3): a probability for each of `LABELS`."""
Group = list[Piece]
"""The pieces of one thing asked."""

_ASKS_EN = re.compile(rf"\b{WH}\b", re.IGNORECASE)
_BEGINS_EN = re.compile(
    r"^(?:(?:and|or|also|plus|but|so|then)\s+)?"
    rf"(?:(?:by|until|since|from|for|to|in|at|on|with)\s+)?{WH}\b",
    re.IGNORECASE,
)
_ADDS_EN = re.compile(r"(?:and also|as well as|plus|along with|together with)\s+", re.IGNORECASE)
"""Adds a thing of the same rank: what stands behind it is asked, as what stands before it is."""
_OF_TIME_JA = re.compile(
    r"締切|締め切り|〆切|期限|期日|日程|日時|スケジュール|(?:開催|開始|締切|実施)日|期間|時期|いつ"
)
_ASKS_OF_WHAT_IS_NAMED = re.compile(
    r"^(?:is|are|do|does|did|was|were|has|have|can|may|must|will)\s+(?:both|either|each|one|any)\b"
    rf"|^{WH}\b(?=.*\b(?:it|that|this|they|them|ones?|both|either|each)\b)|^{WH}(?:\s+(?:much|many|long|often|far))?[\s?]*$"
    r"|^(?:いつ|どこ|誰|だれ|どなた|何|いくら)[^はがを]*$",
    re.IGNORECASE,
)
_NAMES = re.compile(
    r"(?:の件|の話|って|について|に関して|に関し)(?:ですが|なのですが|なんですが|だけど)?$"
    r"|^(?:about|re|regarding|concerning|as for|as to)\b",
    re.IGNORECASE,
)
_VERB = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|may|must)\b",
    re.IGNORECASE,
)
_WITHOUT_VERB = re.compile(
    r"(?:which|what|whose|how many|how much)(?:\s+(?!(?:is|are|was|were|do|does|did|has|have|had"
    r"|can|could|will|would|should|may|must)\b)[\w'’-]+){1,5}",
    re.IGNORECASE,
)
"""Asks of something that its verb follows: "which calls"."""
_REQUESTS = re.compile(
    r"(?:を|について|に関して|も)(?:お|ご)?(?:教え|教示|教授)(?:て|くださ|下さ|いただ|頂|願)[^、?？]*$"
    r"|\b(?:like|want|need|love|wish)s? to know (?!if you|whether you)(?:\w+ ){2}"
    r"|^\W*(?:please )?(?:give|show|send|tell) (?:me|us) (?:the|any|all|your)\b",
    re.IGNORECASE,
)
"""Asks to be told something that it names."""
_NAME_JA = re.compile(r"(?=.*[一-龯ァ-ヶ])[A-Za-z0-9ァ-ヶー一-龯々・のとや]{3,40}")
"""What has no verb: a name of something."""
_SURE = 0.9
"""From this probability on a request is none."""
_ONE_MORE_EN = re.compile(r"(?:and|or)\s+(?:the|any|our|their|its|your)\s+\w", re.IGNORECASE)
"""The last of several things that are named: "the budget, the fields and the countries"."""
_SAYS_OF_WHAT = re.compile(
    r"^[^?？。]{2,40}(?:について|に関して|につきまして)(?:は|ですが)?$"
    r"|(?:と(?:あり|書いてあり|書かれてい|のこと|聞いてい|言われ|うかがい|伺い)|記載があり)[^?？。]{0,6}が$"
    r"|(?i:^(?:in|for|under|within|during|according to|as of|as for|on|at|from|of|about|regarding"
    r"|concerning|since|after|before|until)\s"
    r"(?!.*\b(?:who|whom|whose|what|which|when|where|why|how)\b)[^?!.;]{2,60}$)"
)
"""Says of what something is asked, and asks nothing yet."""
_SAYS_WHERE_JA = re.compile(
    rf"^(?!.*(?:{ASKS_JA.pattern}|教え|知り))[^?？。]{{2,60}}"
    r"(?:(?<=[一-龯ァ-ヶー々A-Za-z0-9」）)])で|では|には|として|にあたって?|際して)は?$"
)
"""Says where or to what end something is asked: 英国側で、, 応募するには、."""
_SAYS_WHO = re.compile(
    r"^(?:(?:hi|hello|hey|so|ok)\b\W*)?(?:(?:i|we)(?:['’](?:m|re|ve)\b"
    r"|\s+(?:am|are|was|were|have|had|did|work|hold|got|lead|live|missed)\b)"
    r"|(?:my|our)\s+(?:[\w-]+\s+){1,4}(?:is|are|was|were|has|have|will)\b)(?!.*\b(?:who|what|which|when"
    r"|where|why|how|need|want|wonder\w*|like|know|questions?|interested|looking|asking|curious)\b)"
    r"[^?!.;]{2,100}$",
    re.IGNORECASE,
)
"""Says who asks, or how things are with whoever asks: "I'm a student, may I apply?"."""
_SAYS_WHEN = re.compile(
    r"(?i:^(?:(?:and|but|so) )?(?:if|unless|once|while|whenever|although|though|because|assuming"
    rf"|given|provided|(?:when|where)(?!\s+{_VERB.pattern}))\s(?!.*\b(?:is|are|was|were)$)"
    r"(?!.+\b(?:who|whom|whose|what|which|when|where|why|how)\b)[^?!.;]{2,100}$)"
    rf"|^(?!.*(?:{ASKS_JA.pattern}))[^?？。]{{2,40}}(?:場合|とき|(?<=[るたの])(?:時|際|後|前)|たら|れば|なら)(?:に?は|に|で)?$"
    rf"|^(?!.*(?:{ASKS_JA.pattern}|教え|知り|聞|伺|質問|確認|お願))"
    r"[^?？。]{2,60}(?:です|ます|たい)(?:の|ん)?(?:です)?(?:が|けど|けれども?|ので)$"
)
"""Says when or why something is asked, and asks nothing yet."""
_ELSE = re.compile(r"^(?:それとも|もしくは|あるいは|or\b)", re.IGNORECASE)
"""Begins what is asked in another way: it is no second thing."""
_NOT_KNOWN = re.compile(
    r"\b(?:forg[eo]t|not sure|n['’]t sure|unsure|do(?:es)?n['’]t (?:know|remember|recall)|no idea"
    r"|can['’]t (?:remember|recall))\b",
    re.IGNORECASE,
)
_NOT_KNOWN_JA = re.compile(
    r"(?:どの|どちらの|どっちの|何の|なんの)(?:件|話|もの|やつ|こと|方)[^?？。]{0,8}か[^?？。]{0,6}"
    r"(?:忘れ|わから|分から|わかり|分かり|覚えて|思い出)"
)
"""Says that one does not know which was spoken of, and names nothing."""
_STATES_JA = re.compile(r"(?:(?:です|ます|ました|でした|ません)(?:[ね。.!！]|$)|[るた]。)\s*$")
_WISHES_JA = re.compile(r"質問|確認|聞き|伺|尋ね|ほし|欲し|頂け|いただけ|たい|も(?:です)?。?$")
_QUOTED_JA = re.compile(
    r"と(?:のこと|あり|書いて|書かれ|聞いて|聞き|言われ|うかが|伺)[^?？。]{0,8}が$"
)
"""Says of the words before it that somebody else wrote or said them."""
_LONGEST_ASIDE = 20


def groups_of(text: str, pieces: Sequence[Piece], labels: Labels) -> list[Group]:
    """Give the pieces of each thing asked; what goes on with nothing begins something."""
    groups: list[Group] = []
    before: Label = "other"
    last: Piece | None = None
    likely: list[Label] = [LABELS[int(row.argmax())] for row in labels[: len(pieces)]]
    likely = with_announced(text, pieces, likely)
    read = with_entries(text, pieces, likely, labels[:, 0].tolist() if len(labels) else [])
    for at, (piece, said, row) in enumerate(zip(pieces, read, labels, strict=False)):
        label = _put_right(text, pieces, groups, piece, said)
        words = text[piece.start : piece.end]
        is_next = bool(groups) and groups[-1][-1] is pieces[at - 1]
        if label == "other" and is_next:
            is_between = at + 1 < len(read) and read[at + 1] == "goes on"
            label = "goes on" if _is_aside(text, piece, is_between=is_between) else label
        is_request = row[0] < _SURE and _REQUESTS.search(words)
        if label == "other" and (is_request or asks_by_form(text, piece)):
            label = "begins"
        if label == "goes on" and before != "other" and _begins(text, groups[-1], piece):
            label = "begins"
        is_in_brackets = label == "begins" and _is_in_brackets(text, piece)
        if is_next and (is_in_brackets or is_behind_preposition(text, groups[-1], piece)):
            label = "goes on"
        if label == "begins" or (label == "goes on" and before == "other"):
            if groups and (
                _asks_otherwise(text, groups[-1], piece)
                or _belongs_to(text, groups[-1], piece)
                or _is_said_of(text, groups[-1], piece)
            ):
                groups[-1].append(piece)
            elif groups and _is_below(text, pieces, groups, piece):
                groups[-1] = [one for one in pieces[: at + 1] if one.sentence == piece.sentence]
            else:
                groups.append(_with_name(text, last, piece))
        elif label == "goes on":
            groups[-1].append(piece)
        before, last = label, piece if label == "other" else None
    groups = _with_years_before(text, groups)
    groups = _without_statements(text, pieces, _without_frames(text, groups))
    groups = [_with_request(text, pieces, group) for group in groups]
    return with_whole_clauses(text, pieces[: len(labels)], groups)


def _is_aside(text: str, piece: Piece, *, is_between: bool) -> bool:
    """Whether a piece says of the words before it that they are quoted, or stands in brackets.

    `is_between`: whether what is asked goes on behind it.
    """
    words = text[piece.start : piece.end]
    if piece.cut == "comma" and _QUOTED_JA.match(words):
        return True
    is_bracket = text[piece.start - 1] in "(（" and text[piece.end : piece.end + 1] in (")", "）")
    return is_between and is_bracket and len(words) <= _LONGEST_ASIDE


def _is_in_brackets(text: str, piece: Piece) -> bool:
    """Whether a piece says in brackets what the words before it mean: "the form (R-2)?"."""
    inner = re.split(r"[)）]", text[piece.start : piece.end])[0]
    is_short = text[piece.start - 1] in "(（" and len(inner) <= _LONGEST_ASIDE
    return is_short and not ASKS_AT_ALL.search(inner)


def _put_right(
    text: str, pieces: Sequence[Piece], groups: Sequence[Group], piece: Piece, label: Label
) -> Label:
    """What the form of a piece beside one that asks says: "which calls | are open", "and who"."""
    before = groups[-1][-1] if groups else None
    if before is None or before.sentence != piece.sentence or before.end > piece.start:
        return label
    if pieces.index(before) + 1 != pieces.index(piece):
        return label
    words = text[piece.start : piece.end]
    if piece.cut == "word" and _VERB.match(words):
        asked = JOINT.sub("", text[before.start : before.end].strip(TRIMMED))
        return "goes on" if _WITHOUT_VERB.fullmatch(asked) else label
    return _joined(text, pieces, before, piece) if label == "other" else label


def _joined(text: str, pieces: Sequence[Piece], before: Piece, piece: Piece) -> Label:
    """Whether what a word joins to something asked is asked, too, though it was read otherwise."""
    words = text[piece.start : piece.end]
    last = next(one for one in reversed(pieces) if one.sentence == piece.sentence)
    rest = text[piece.start : last.end + 1]
    is_listed = piece.cut == "and" and before.cut in ("comma", "and") and piece is last
    if _ADDS_EN.match(words) or (is_listed and _ONE_MORE_EN.match(words)):
        return "other" if _states(_ADDS_EN.sub("", rest)) else "begins"
    is_joined = piece.cut == "and" or (piece.cut == "comma" and JOINT.match(words))
    is_asked = is_joined and _BEGINS_EN.match(words) and "?" in rest
    return "begins" if is_asked else "other"


def likeliest(pieces: Sequence[Piece], labels: Labels) -> Group:
    """The pieces that likeliest ask, where none is sure to: the best one and its sentence."""
    if not len(labels):
        return list(pieces)
    best = pieces[int(labels[:, 0].argmin())]
    return [piece for piece in pieces if piece.sentence == best.sentence]


def _begins(text: str, group: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece that is said to go on asks something of its own."""
    words = text[piece.start : piece.end]
    before = text[group[-1].start : group[-1].end]
    if piece.cut == "line" and _is_entry(text, piece) and _is_entry(text, group[0]):
        return True
    is_after_mark = bool(set(text[group[-1].end - 1 : piece.start]) & {"?", "？"})
    if is_after_mark and piece.cut in ("sentence", "line"):
        return bool(ASKS_AT_ALL.search(words))
    if piece.cut == "word" or _ADDS_EN.match(words):
        return piece.cut != "word"
    asked = text[group[0].start : group[-1].end]
    if _BEGINS_EN.match(words):
        return bool(_ASKS_EN.search(asked))
    return _begins_japanese(text[group[-1].end : piece.start], before, words)


def _begins_japanese(joint: str, before: str, words: str) -> bool:
    """The same of a Japanese piece: `joint` stands between it and what was asked before it."""
    is_joined = before.endswith(("と", "や")) or joint in ("と", "や")
    if is_joined and bool(_OF_TIME_JA.search(before)) != bool(_OF_TIME_JA.search(words)):
        return True
    if (is_joined or joint in ("、", "・")) and ends_in_attribute_ja(before.rstrip("とや")):
        named = BARE_JA.match(words)
        return named is not None and ends_in_attribute_ja(named["noun"])
    if "」" in joint and "「" in joint:
        return before.endswith("か") and words.endswith("か")
    return bool(ASKS_JA.search(words) and ASKS_JA.search(before))


def _states(words: str) -> bool:
    """Whether words with a verb of their own state something: "the printer is broken"."""
    has_verb = re.search(rf"\b{_VERB.pattern}", words, re.IGNORECASE) is not None
    return has_verb and not _BEGINS_EN.match(words)


def _is_entry(text: str, piece: Piece) -> bool:
    """Whether a line of a list begins with this piece."""
    return bool(MARK.match(text[text.rfind("\n", 0, piece.start) + 1 :]))


def _belongs_to(text: str, group: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece asks about what was but named before it: "bio meeting - when was it?"."""
    named = text[group[0].start : group[-1].end]
    words = text[piece.start : piece.end].strip(TRIMMED + "?？。")
    is_next = group[-1].sentence == piece.sentence and piece.cut in ("comma", "word")
    if is_next and _NAME_JA.fullmatch(named) and not ends_in_attribute_ja(named):
        return ASKS_JA.search(words) is not None
    is_asking = ASKS_AT_ALL.search(named.strip()) is not None
    return is_next and not is_asking and bool(_ASKS_OF_WHAT_IS_NAMED.search(words))


def _is_below(text: str, pieces: Sequence[Piece], groups: Sequence[Group], piece: Piece) -> bool:
    """Whether all that its sentence says before a piece is its heading: "BETA 2026: how much?"."""
    first = next(one for one in pieces if one.sentence == piece.sentence)
    if groups[-1][0].sentence != piece.sentence or groups[-1][0].start < first.start:
        return False
    is_only = len(groups) == 1 or groups[-2][-1].sentence != piece.sentence
    return is_only and bool(heading_of(text[first.start : piece.end], piece.start - first.start))


def _asks_otherwise(text: str, group: Sequence[Piece], piece: Piece) -> bool:
    """Whether a piece asks the same in another way: "Is it open? Or only in May?"."""
    is_next = piece.cut in ("sentence", "line") or is_japanese(text[piece.start : piece.end])
    is_next = is_next and not text[group[-1].end : piece.start].strip(" 、,?？\n")
    return is_next and _ELSE.match(text[piece.start : piece.end]) is not None


def _is_said_of(text: str, group: Sequence[Piece], piece: Piece) -> bool:
    """Whether what stands before a piece says but of what it asks: "…とありますが、いつですか"."""
    said = text[group[0].start : group[-1].end].strip(TRIMMED)
    is_next = group[-1].sentence == piece.sentence and piece.cut == "comma"
    is_parted = text[group[-1].end : piece.start].strip() in (",", "、", "，")
    is_joined = JOINT.match(text[piece.start : piece.end]) is not None
    is_told = _SAYS_WHEN.search(said) or _SAYS_WHO.search(said) or _SAYS_WHERE_JA.search(said)
    if is_next and is_parted and not is_joined and is_told:
        return True
    return is_next and bool(_SAYS_OF_WHAT.search(said))


def _with_name(text: str, before: Piece | None, piece: Piece) -> Group:
    """With the piece before it that says what is asked about: 懇談会の件、, "re the form"."""
    if before is None or before.sentence != piece.sentence:
        return [piece]
    is_name = _NAMES.search(text[before.start : before.end].strip(TRIMMED)) is not None
    return [before, piece] if is_name else [piece]


def _with_years_before(text: str, groups: Sequence[Group]) -> list[Group]:
    """Years that stand alone before something asked in the same sentence belong to it."""
    whole: list[Group] = []
    for group in groups:
        is_next = bool(whole) and whole[-1][-1].sentence == group[0].sentence
        if is_next and is_mere_year(words_of(text, whole[-1])):
            whole[-1] = [*whole[-1], *group]
        else:
            whole.append(group)
    return whole


def _without_statements(text: str, pieces: Sequence[Piece], groups: list[Group]) -> list[Group]:
    """Leave out what only looks like a question: the verb of "they say it | was the president"."""
    if len(groups) == 1:
        return groups
    kept: list[Group] = []
    for group in groups:
        first = group[0]
        at = pieces.index(first)
        sentence = [piece for piece in pieces if piece.sentence == first.sentence]
        is_request = _REQUESTS.search(text[first.start : first.end]) is not None
        is_cut = (
            first.cut == "word"
            and not is_request
            and at > 0
            and pieces[at - 1].sentence == first.sentence
        )
        is_verb = is_cut and bool(_VERB.match(text[first.start :]))
        is_marked = "?" in text[first.start : sentence[-1].end + 1]
        led_by = text[pieces[at - 1].start : pieces[at - 1].end] if is_verb else ""
        if _is_talk(text, sentence, group):
            continue
        if not is_verb or is_marked or is_frame(led_by.strip(TRIMMED)):
            kept.append(group)
    return kept or groups


def _is_talk(text: str, sentence: Sequence[Piece], group: Sequence[Piece]) -> bool:
    """Whether it is part of a sentence that only tells something: "I forgot | which one it was"."""
    whole = text[sentence[0].start : sentence[-1].end]
    said = text[group[0].start : group[-1].end]
    if _is_said_after(text, sentence, group):
        return True
    if "?" in text[sentence[0].start : sentence[-1].end + 1] or "？" in whole:
        return False
    if not is_japanese(whole):
        led_by = text[sentence[0].start : group[0].start]
        return bool(_NOT_KNOWN.search(led_by)) and points_back(said)
    if _NOT_KNOWN_JA.search(said):
        return True
    is_asking = ASKS_AT_ALL.search(whole) or ASKS_AT_ALL.search(said) or _WISHES_JA.search(whole)
    return bool(_STATES_JA.search(whole)) and not is_asking


def _is_said_after(text: str, sentence: Sequence[Piece], group: Sequence[Piece]) -> bool:
    """Whether it only tells something behind a question: "who paid? | anyway it rained"."""
    mark = text.rfind("?", sentence[0].start, group[0].start)
    rest = JOINT.sub("", text[mark + 1 : sentence[-1].end + 1].strip(TRIMMED))
    is_asking = ASKS_AT_ALL.search(rest) or re.search(r"\b(?:know|ask|wonder)", rest, re.IGNORECASE)
    return mark >= 0 and not is_japanese(rest) and _states(rest) and not is_asking


def _without_frames(text: str, groups: list[Group]) -> list[Group]:
    """Leave out "could you tell me" and when to reply, where something else is asked."""
    if len(groups) == 1:
        return groups
    said = [words_of(text, group) for group in groups]
    kept = [
        group
        for group, words in zip(groups, said, strict=True)
        if not (is_frame(words) or is_mere_date(words) or is_header(text, group))
    ]
    return kept or groups[:1]


def _with_request(text: str, pieces: Sequence[Piece], group: Group) -> Group:
    """With what a mere "please" stands behind: "contact of the office | please"."""
    at = pieces.index(group[0])
    is_frame_alone = len(group) == 1 and is_frame(words_of(text, group))
    if not is_frame_alone or at == 0 or pieces[at - 1].sentence != group[0].sentence:
        return group
    return [pieces[at - 1], *group]
