"""From bytes to text: BOM, declared charset, UTF-8, then the Japanese encodings of old pages."""

import codecs
import re

from aspire_ingest.errors import LoadError

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.I)
_JIS_ESCAPE = re.compile(rb"\x1b\$[@B]|\x1b\(J|\x1b\$\(D")
_WINDOWS_NAMES = {"shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
                  "windows-31j": "cp932", "ms932": "cp932", "x-euc-jp": "euc_jp",
                  "iso-8859-1": "cp1252", "latin-1": "cp1252", "us-ascii": "utf-8"}  # fmt: skip
_JAPANESE = ("cp932", "euc_jp")
_EXPECTED = re.compile("[\u3041-\u3096\u30a1-\u30fa\u30fc\u3001\u3002\u4e00-\u9fff]")
_UNEXPECTED = re.compile("[\uff61-\uff9f\ue000-\uf8ff\u0080-\u009f]")
_MAX_REPLACED_SHARE = 0.01


def decode(data: bytes, name: str, *, charset: str | None = None, markup: bool = False) -> str:
    """Decode the bytes of a text or a page.

    Args:
        data: the bytes.
        name: how errors name the item.
        charset: as the server declared it.
        markup: also believe a `<meta charset>` or XML declaration inside.

    Raises:
        LoadError: the bytes are no text, or in an encoding that cannot be told.
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(codec, "replace")
    if _JIS_ESCAPE.search(data) and all(byte < 0x80 for byte in data):
        return data.decode("iso2022_jp_2", "replace")
    wide = _wide_without_bom(data)
    if wide is not None:
        return wide
    if data.count(0) > max(8, len(data) // 1000):
        raise LoadError(name, "is binary, not text; give a supported format")
    for declared in _declared(data, charset, markup=markup):
        text = _strict(data, declared)
        if text is not None:
            return text
    text = _strict(data, "utf-8") or _best_japanese(data) or _detected(data)
    if text is None:
        raise LoadError(name, "is in an unknown encoding, or no text; save it as UTF-8")
    return text


def _declared(data: bytes, charset: str | None, *, markup: bool) -> list[str]:
    names = [charset] if charset else []
    if markup:
        for pattern in (_XML, _META):
            match = pattern.search(data[:4096])
            if match is not None:
                names.append(match[1].decode("ascii"))
    known: list[str] = []
    for declared in names:
        codec = _WINDOWS_NAMES.get(declared.lower(), declared.lower())
        try:
            if codecs.lookup(codec)._is_text_encoding:  # pyright: ignore[reportPrivateUsage] - the only way to ask
                known.append(codec)
        except LookupError:
            continue
    return known


def _strict(data: bytes, codec: str) -> str | None:
    """The text, or None; single broken characters (a cut mail, a bad gaiji) are let through."""
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, ValueError):
        pass
    if codec == "utf-8" and len(data) < 200:
        return None
    try:
        text = data.decode(codec, "replace")
    except ValueError:
        return None
    return text if text.count("\ufffd") <= _MAX_REPLACED_SHARE * len(text) else None


def _best_japanese(data: bytes) -> str | None:
    best: tuple[float, str] | None = None
    for codec in _JAPANESE:
        text = _strict(data, codec)
        if text is None:
            continue
        foreign = sum(not character.isascii() for character in text) or 1
        score = (len(_EXPECTED.findall(text)) - 2 * len(_UNEXPECTED.findall(text))) / foreign
        if score > 0.5 and (best is None or score > best[0]):
            best = score, text
    return best[1] if best else None


def _wide_without_bom(data: bytes) -> str | None:
    """UTF-16 without a BOM: every other byte of Western text is NUL."""
    head = data[:4096]
    if len(head) < 16 or len(data) % 2:
        return None
    for codec, zeros in (("utf-16-le", head[1::2]), ("utf-16-be", head[0::2])):
        if zeros.count(0) > 0.7 * len(zeros) and head.count(0) < 0.6 * len(head):
            try:
                text = data.decode(codec)
            except UnicodeDecodeError:
                return None
            return text if _is_printable(text) else None
    return None


def _detected(data: bytes) -> str | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy and needed once in a while

    if not _is_printable(data[:65536].decode("latin-1")):
        return None
    match = from_bytes(data[:65536]).best()
    if match is None or match.chaos > 0.1:
        return None
    return _strict(data, match.encoding)


def _is_printable(text: str) -> bool:
    """Tell whether nearly no character is a control character."""
    controls = sum(character < " " and character not in "\t\n\r\f\x1b" for character in text)
    return controls <= 0.01 * len(text)
