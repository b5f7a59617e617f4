"""Names that hold no more, or do not hold: "not in Lyon", "from Basel to Geneva". Pure."""

import re

_TITLE = r"(?:the )?(?:(?:Dr|Prof|Mr|Ms|Mrs|Professor|Sir)\.? )?$"
_BEFORE_EN = re.compile(
    r"(?:(?<!or )(?<!if )\bnot(?: (?:in|at|to|by|from|on|with|for|as))?"
    r"|\bno longer(?: (?:in|at|by|with))?|\b(?:instead|in place|in lieu) of"
    r"|\b(?:stands?|standing|stood) in for|\b(?:follow|succeed|replac)(?:s|es|ed|ing)"
    r"|\brather than(?: (?:in|at|to|by|from|on|with|for))?"
    rf"|\b(?:took|takes?|taken|taking) (?:[\w’'-]+ ){{0,3}}over (?:[\w’'-]+ ){{0,4}}from) {_TITLE}",
    re.IGNORECASE,
)
_ALONE_EN = re.compile(r",? (?:alone|only|but also)\b")
_MOVED_EN = re.compile(
    r"\b(?:mov|relocat|transfer|switch|chang|shift|renam|pass|hand)\w*\b"
    r"[^.;:]{0,40}\bfrom (?:the )?$",
    re.IGNORECASE,
)
_TO_EN = re.compile(r"[^.;:]{0,40}\bto\b")
_LEFT_EN = re.compile(
    r"(?: has| have)? (?:step(?:s|ped) down|(?:was|were|is|are|been) (?:succeeded|replaced)"
    r"|resign\w*|retire[sd]?|hand(?:s|ed) over)\b"
)
_WHO_JA = r"(?:氏|さん|先生|教授|准教授|博士|研究員|市|県|町|大学)?"
_AFTER_JA = re.compile(
    rf"{_WHO_JA}(?:(?:では|じゃ|で)な(?:く|い|かっ)|では(?:あり)?ません|に代わ[りっ]|に代え|の代わり|の後(?:を|任)"
    r"|から[^、。]{1,20}[へに](?:移|変|転|替|切り|交代|交替|引っ越|引き継|改)"
    r"|[がは](?:退[いき任]|辞任|退職))"
)
_ONCE = re.compile(
    r"\b(?:left|leaves?|until|previous(?:ly)?|former(?:ly)?|once|originally|at first|first planned"
    r"|initial(?:ly)?|used to|had been|was (?:in|at|based|located|planned|to|the)|predecessor"
    r"|before)\b"
    r"|以前|従来|当初|もともと|元の?|旧|前任|前の|先代|かつて|はじめ|最初|これまで|それまで|まで|離れ|退[任い]",
    re.IGNORECASE,
)
_CHANGED = re.compile(
    r"\b(?:previous(?:ly)?|former(?:ly)?|original(?:ly)?|initial(?:ly)?|used to)\b"
    r"|(?:延期|変更|改正|改定|訂正|移転)前|当初|以前は|従来|もともと|もとの",
    re.IGNORECASE,
)
_FROM_EN = re.compile(r"\bfrom (?:the )?$", re.IGNORECASE)


def is_former_name(text: str, start: int, end: int) -> bool:
    """Whether the name at `text[start:end]` is said to hold no more by what stands beside it."""
    before = text[:start]
    if _BEFORE_EN.search(before) and not _ALONE_EN.match(text, end):
        return True
    if (_MOVED_EN.search(before) and _TO_EN.match(text, end)) or _LEFT_EN.match(text, end):
        return True
    return _AFTER_JA.match(text, end) is not None


def may_be_of_before(text: str, start: int, end: int) -> bool:
    """Whether a statement may say what was before: "It was in Basel", 当初は仙台の予定でした."""
    is_left = _FROM_EN.search(text[:start]) or text.startswith("から", end)
    return bool(is_left or _ONCE.search(text))


def says_what_was(text: str) -> bool:
    """Whether a statement says of a value that it was before: "the original deadline"."""
    return _CHANGED.search(text) is not None
