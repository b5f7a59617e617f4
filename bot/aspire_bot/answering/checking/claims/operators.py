"""Words that turn a sentence: not, must, may, only, except, all, some. English and Japanese."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from aspire_ingest.index.text.japanese import JapaneseWord

Turn = Literal["not", "must", "may", "should", "plan", "only", "except", "all", "some"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """One turning word at `start`..`end` of its text; `reach` are places of what it turns.

    The first place is its nearest object. `looks_back` where it stands behind what it turns.
    """

    turn: Turn
    start: int
    end: int
    looks_back: bool = False
    reach: tuple[int, ...] = ()


_MASKS = re.compile(
    r"\bnot (?:only|just|merely)\b(?=.*\bbut\b)"
    r"|\bno (?:later|earlier|more|less|fewer|longer|greater|shorter) than\b"
    r"|\bnot (?:more|less|later|earlier|fewer|longer) than\b|\bnot (?:to )?exceed(?:ing)?\b"
    r"|\bno\. ?\d|\bwhether or not\b|\bnot to mention\b|\bat all\b|\ball in all\b"
    r"|\bat (?:the )?most\b|\bas \w+ as possible\b"
    r"|\bpossible (?!(?:to|for|that|if|when|only|in|on|at|by|from|with|until)\b)(?=[a-z])"
    r"|\bas well as may\b|\bno doubt\b|\bnothing but\b|\bmay \d|\bif not\b"
    r"|\b(?:in|for|of|since|until|till|by|from|early|late|mid|last|next|this|each|every) may\b"
)
_WORDS_EN: tuple[tuple[Turn, str], ...] = (
    (
        "not",
        r"not|no longer|not any ?more|cannot|can't|\w+n't|never|no(?![.\w])|none|nor|neither"
        r"|without|nobody|nothing|nowhere"
        r"|prohibit\w*|forbid\w*|forbidden|banned|fail(?:s|ed)? to|unable|ineligible|impossible"
        r"|unnecessary|disallowed|refus\w+|reject\w*|den(?:y|ied|ies)|rather than|instead of",
    ),
    (
        "must",
        r"must|shall|(?:is|are|be|was|were) (?:\w+ )?required|required to|requires?|needs? to|need"
        r"|needs|needed|has to|have to|had to|obliged|obligatory|mandatory|compulsory",
    ),
    ("may", r"may|can|could|might|cannot|can't|allowed to|permitted to|allowed|permitted|able to"
            r"|optional(?:ly)?|possibl[ey]|perhaps|eligible to"),
    ("should", r"should|ought to|recommended|encouraged|advis(?:ed|able)"),
    ("plan", r"expected to|expects? to|planned|plans? to|intend\w*|scheduled|proposed|aims? to"
             r"|hop(?:es|ed|ing) to|would"),
    ("only", r"only|solely|exclusively"),
    ("except", r"except(?:ing)?|excluding|unless|excluded|apart from|other than|exclud\w+"),
    ("all", r"all|every|always|entire|each|both|any"),
    ("some", r"some|several|sometimes|most|mostly|partly|partially|many|few|often|usually|almost"
             r"|nearly|half|numerous|frequently"),
)  # fmt: skip
_EN: tuple[tuple[Turn, re.Pattern[str]], ...] = tuple(
    (turn, re.compile(rf"(?<![\w-])(?:{written})(?![\w-])")) for turn, written in _WORDS_EN
)
_BACK_EN = re.compile(
    r"(?:required|needed|mandatory|obligatory|compulsory|optional|prohibited|forbidden|banned"
    r"|allowed|permitted|excluded|only|impossible|unnecessary|ineligible|disallowed|possible)$"
)

_MASKS_JA = re.compile(
    r"だけで(?:は)?なく|のみな(?:らず|く)|ばかりで(?:は)?なく|とは限ら(?:ない|ず|ません)|限らず"
    r"|(?:に)?(?:かか|関)わらず|を?問わず|(?:に)?ほかな(?:らない|りません)|に?過ぎ(?:ない|ません|ず)"
    r"|に?すぎ(?:ない|ません|ず)|少な(?:くない|からず)|やむを得(?:ず|ない)|相次|間もなく|まもなく|ではなかろうか"
)
_MUST_JA = re.compile(
    r"な(?:ければ|くては|いと)(?:な(?:らない|りません|らず)|いけ(?:ない|ません))|ねばな(?:らない|らず|りません)"
    r"|ざるを得(?:ない|ません)|欠か(?:せない|せません|さず|すことができ(?:ない|ません))|欠かせ(?:ず|ない)"
)
_MAY_JA = re.compile(
    r"(?:て|で)も?(?:よい|良い|いい|構わない|かまわない|構いません|かまいません|差し支えない"
    r"|差し支えありません)|差し支え(?:ない|ありません)"
    r"|かもしれ(?:ない|ません)|なくて(?:も)?(?:よい|良い|いい|構わない|かまわない|構いません|かまいません)"
)
_WORDS_JA: tuple[tuple[Turn, str], ...] = (
    ("not", r"不可(?!欠)|禁止|禁じ|不要|対象外|不採択|皆無|反対|拒|無効|中止|取りやめ|見送"),
    ("must", r"必要(?!経費|書類|性)|義務|必須|べき|要する|求められ|しなければ|不可欠"),
    ("may", r"可能(?!性)|でき[るまてずなれたうば]|出来|(?<=[しりきちび])(?:得る|うる)"
            r"|認め(?:る|られ|ない|ず|ま[せす]|てい)|許可|許され|任意|可と|ことがある|ことがあり|可能性|恐れ"),
    ("should", r"推奨|望まし|勧め|奨励"),
    ("plan", r"予定|見込|期待|方針|目指|つもり|計画して|計画中|検討"),
    ("only", r"のみ|だけ(?!で)|に限[るりっ]|限定|しか(?![しもる])"),
    ("except", r"を除[くきい]|以外|例外"),
    ("all", r"全て|すべて|全員|いずれも|必ず|常に|毎"
            r"|全(?=[\d一二三四五六七八九十]|課題|国|機関|員)"),
    ("some", r"一部|多く|大半|ほとんど|いくつか|いずれか|大部分|複数|主に"
             r"|数(?=名|人|件|社|か国|カ国)"),
)  # fmt: skip
_JA: tuple[tuple[Turn, re.Pattern[str]], ...] = tuple(
    (turn, re.compile(written)) for turn, written in _WORDS_JA
)
_AHEAD_JA: frozenset[Turn] = frozenset(("all", "some"))
_NOT_WORDS = frozenset(("ない", "無い", "ぬ", "ず", "まい", "無し"))
_DENIED_IN_ONE = re.compile(r"(?:[無非未][一-龥ァ-ヶ]{2}|不(?!可欠|動産|特定)[一-龥]{2})(?<!常勤)$")
"""無関係, 非公開, 未提出, 不十分: said in one word that something is not."""
_E_OF_U = dict(zip("うくぐすつぬぶむ", "えけげせてねべめ", strict=True))
_NOT_PREFIX = frozenset(("未", "非", "不", "無"))


def english_operators(lower: str) -> Iterator[Operator]:
    """Give the turning words of English text (small letters)."""
    bare = _MASKS.sub(lambda match: " " * len(match.group()), lower)
    for turn, pattern in _EN:
        for match in pattern.finditer(bare):
            looks_back = bool(_BACK_EN.search(match.group()))
            yield Operator(turn=turn, start=match.start(), end=match.end(), looks_back=looks_back)


def japanese_operators(text: str, words: Sequence[JapaneseWord]) -> Iterator[Operator]:
    """Give the turning words of Japanese text; negation is read off its words."""
    masked: list[tuple[int, int]] = [match.span() for match in _MASKS_JA.finditer(text)]
    phrases: tuple[tuple[Turn, re.Pattern[str]], ...] = (("must", _MUST_JA), ("may", _MAY_JA))
    for turn, pattern in phrases:
        for match in pattern.finditer(text):
            masked.append(match.span())
            yield Operator(turn=turn, start=match.start(), end=match.end(), looks_back=True)
            if turn == "may" and match.group().startswith("なく"):
                yield Operator(turn="not", start=match.start(), end=match.end(), looks_back=True)
    for turn, pattern in _JA:
        for match in pattern.finditer(text):
            if not _lies_in(match.start(), masked):
                looks_back = turn not in _AHEAD_JA
                yield Operator(
                    turn=turn, start=match.start(), end=match.end(), looks_back=looks_back
                )
    for at, word in enumerate(words):
        is_masked = _lies_in(word.start, masked)
        is_condition = any(after.surface == "ば" for after in words[at + 1 : at + 2])
        yield from () if is_masked else _turning(word, is_condition=is_condition)


def _turning(word: JapaneseWord, *, is_condition: bool) -> Iterator[Operator]:
    """What a word denies or allows by its form."""
    is_not = word.normal in _NOT_WORDS and word.kinds[0] in ("助動詞", "形容詞", "名詞")
    is_prefix = word.kinds[0] == "接頭辞" and word.normal in _NOT_PREFIX
    if is_not or is_prefix:
        yield Operator(turn="not", start=word.start, end=word.end, looks_back=is_not)
    elif _DENIED_IN_ONE.match(word.normal):
        yield Operator(turn="not", start=word.end, end=word.end, looks_back=True)
    elif _is_potential(word) and not is_condition:
        yield Operator(turn="may", start=word.end, end=word.end, looks_back=True)


def _is_potential(word: JapaneseWord) -> bool:
    """Whether a verb says what can be done: 移せる, 使えます; its plain form is 移す, 使う."""
    row = _E_OF_U.get(word.normal[-1:])
    return word.kinds[0] == "動詞" and row is not None and word.surface.endswith((row, f"{row}る"))


def _lies_in(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)
