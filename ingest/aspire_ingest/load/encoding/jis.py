"""Japanese encodings as Windows writes them, beyond what the codecs of Python know.

ISO-2022-JP with half-width kana, NEC row 13 and IBM's extensions (code pages 50220 to 50222), and
EUC-JP with the same rows (code page 51932, eucJP-ms). Characters that the standards have are read
by the standards' codecs, so that an ordinary text reads as ever.
"""

import re
from collections.abc import Callable

_REPLACEMENT = "\ufffd"
_KANA_OFFSET = 0xFF61 - 0x21
_RAISE = bytes(code | 0x80 for code in range(0x100))
_ESCAPE = re.compile(rb"\x1b(?:\$[@AB]|\$\([@ABCDOPQ]|\([BJIH])|[\x0e\x0f]")
_KANJI = re.compile("[\u4e00-\u9fff\uf900-\ufaff]")
_PAIRS = re.compile(
    rb"(?P<kana>(?:\x8e[\xa1-\xdf])+)|(?P<third>(?:\x8f[\xa1-\xfe][\xa1-\xfe])+)"
    rb"|(?P<pairs>(?:[\xa1-\xfe][\xa1-\xfe])+)|(?P<ascii>[\x00-\x7f]+)|(?P<odd>.)",
    re.DOTALL,
)


def is_iso_2022_jp(data: bytes) -> bool:
    """Tell a text that switches to Japanese by escapes; half-width kana may have eight bits."""
    if not re.search(rb"\x1b(?:\$[@B]|\$\([DOPQ]|\([IJ])", data):
        return False
    return re.search(rb"[\x80-\xa0\xe0-\xff]", data) is None


def decode_iso_2022_jp(data: bytes) -> str:
    """Read ISO-2022-JP in all its forms; U+FFFD for each character that is none."""
    try:
        if b"\x0e" not in data:
            return data.decode("iso2022_jp_2")
    except UnicodeDecodeError:
        pass
    pieces: list[str] = []
    read: Callable[[bytes], str] = _ascii
    is_shifted = False
    position = 0
    for escape in [*_ESCAPE.finditer(data), None]:
        end = escape.start() if escape else len(data)
        for line in data[position:end].splitlines(keepends=True):
            pieces.append(_kana(line) if is_shifted else read(line))
            if line.endswith((b"\n", b"\r")):
                read, is_shifted = _ascii, False  # a line ends in ASCII, whatever it began in
        if escape is not None:
            position = escape.end()
            is_shifted = escape[0] == b"\x0e"
            if escape[0] not in (b"\x0e", b"\x0f"):
                read = _READERS.get(escape[0][1:], _unknown)
    return "".join(pieces)


def decode_euc_jp(data: bytes) -> str:
    """Read EUC-JP with JIS X 0212 and the rows of Windows; U+FFFD for what is no character."""
    try:
        return data.decode("euc_jp")
    except UnicodeDecodeError:
        pass
    pieces: list[str] = []
    for match in _PAIRS.finditer(data):
        if match["ascii"]:
            pieces.append(match["ascii"].decode("ascii"))
        elif match["kana"]:
            pieces.append("".join(chr(0xFF61 + code - 0xA1) for code in match["kana"][1::2]))
        elif match["third"]:
            pieces.append(_by_character(match["third"], 3, "euc_jp", _ibm))
        elif match["pairs"]:
            pieces.append(_by_character(match["pairs"], 2, "euc_jp", _windows))
        else:
            pieces.append(_REPLACEMENT)
    return "".join(pieces)


def _by_character(data: bytes, size: int, codec: str, otherwise: Callable[[bytes], str]) -> str:
    try:
        return data.decode(codec)
    except UnicodeDecodeError:
        pass
    pieces: list[str] = []
    for start in range(0, len(data), size):
        character = data[start : start + size]
        try:
            pieces.append(character.decode(codec))
        except UnicodeDecodeError:
            pieces.append(otherwise(character))
    return "".join(pieces)


def _windows(pair: bytes) -> str:
    """A pair of EUC that JIS X 0208 leaves free, as Shift_JIS of Windows has it."""
    if len(pair) < 2:
        return _REPLACEMENT
    row, cell = pair[0] - 0xA0, pair[1] - 0xA0
    lead = (row - 1) // 2 + (0x81 if row < 63 else 0xC1)
    trail = cell + 0x3F + (cell > 63) if row % 2 else cell + 0x9E
    try:
        return bytes([lead, trail]).decode("cp932")
    except UnicodeDecodeError:
        return _REPLACEMENT


def _ibm(character: bytes) -> str:
    """A character of eucJP-ms beyond JIS X 0212: IBM's, from cell 83 of row 83 on."""
    index = (character[1] - 0xF3) * 94 + character[2] - 0xF3 if len(character) == 3 else -1
    return _IBM[index] if 0 <= index < len(_IBM) else _REPLACEMENT


def _ibm_order() -> str:
    """IBM's extensions in the order of eucJP-ms: signs, then the kanji JIS X 0212 lacks.

    The kanji follow their order in Shift_JIS, FA40 to FC4B.
    """
    found = list("ⅰⅱⅲⅳⅴⅵⅶⅷⅸⅹⅠⅡⅢⅣⅤⅥⅦⅧⅨⅩ＇＂㈱№℡")
    for lead in (0xFA, 0xFB, 0xFC):
        for trail in (*range(0x40, 0x7F), *range(0x80, 0xFD)):
            try:
                character = bytes([lead, trail]).decode("cp932")
            except UnicodeDecodeError:
                continue
            if _KANJI.match(character) and not _has_third_plane(character):
                found.append(character)
    return "".join(found)


def _has_third_plane(character: str) -> bool:
    try:
        return len(character.encode("euc_jp")) == 3
    except UnicodeEncodeError:
        return False


def _ascii(data: bytes) -> str:
    return "".join(
        chr(code)
        if code < 0x80
        else chr(0xFF61 + code - 0xA1)
        if 0xA1 <= code <= 0xDF
        else _REPLACEMENT
        for code in data
    )


def _roman(data: bytes) -> str:
    return _ascii(data).replace("\\", "¥").replace("~", "‾")


def _kana(data: bytes) -> str:
    return "".join(
        chr((code & 0x7F) + _KANA_OFFSET) if 0x21 <= code & 0x7F <= 0x5F else chr(code & 0x7F)
        for code in data
    )


def _plane(
    codec: str, otherwise: Callable[[bytes], str], prefix: bytes = b""
) -> Callable[[bytes], str]:
    """A reader of pairs of seven bits by an EUC codec; other bytes stand for themselves."""

    def read(data: bytes) -> str:
        pieces: list[str] = []
        for match in re.finditer(rb"(?P<pairs>(?:[\x21-\x7e]{2})+)|(?P<other>.)", data, re.DOTALL):
            if match["pairs"] is None:
                code = match["other"][0]
                pieces.append(
                    _ascii(match["other"]) if code < 0x21 or code >= 0xA1 else _REPLACEMENT
                )
                continue
            raised = match["pairs"].translate(_RAISE)
            if prefix:
                raised = b"".join(prefix + raised[at : at + 2] for at in range(0, len(raised), 2))
            pieces.append(_by_character(raised, 2 + len(prefix), codec, otherwise))
        return "".join(pieces)

    return read


def _unknown(data: bytes) -> str:
    return _REPLACEMENT * len(data)


def _nothing(character: bytes) -> str:
    return _REPLACEMENT if character else ""


_IBM = _ibm_order()
_READERS: dict[bytes, Callable[[bytes], str]] = {
    b"(B": _ascii,
    b"(J": _roman,
    b"(H": _roman,
    b"(I": _kana,
    b"$@": _plane("euc_jp", _windows),
    b"$B": _plane("euc_jp", _windows),
    b"$(@": _plane("euc_jp", _windows),
    b"$(B": _plane("euc_jp", _windows),
    b"$A": _plane("gb2312", _nothing),
    b"$(A": _plane("gb2312", _nothing),
    b"$(C": _plane("euc_kr", _nothing),
    b"$(D": _plane("euc_jp", _ibm, b"\x8f"),
    b"$(O": _plane("euc_jis_2004", _windows),
    b"$(Q": _plane("euc_jis_2004", _windows),
    b"$(P": _plane("euc_jis_2004", _nothing, b"\x8f"),
}
