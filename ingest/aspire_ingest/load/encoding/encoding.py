"""From bytes to text: BOM, declared charset, UTF-8, then the Japanese encodings of old files.

A reading that nobody can have written is not taken; where two encodings give readings that are both
likely, or none does, the file is refused and its readings are shown.
"""

import codecs
import re
from collections.abc import Iterator

from aspire_ingest.errors import LoadError
from aspire_ingest.index.types import Remark
from aspire_ingest.load.encoding.jis import decode_euc_jp, decode_iso_2022_jp, is_iso_2022_jp
from aspire_ingest.load.encoding.likelihood import (
    LIKELY,
    has_kana,
    has_runs,
    is_garbled,
    is_japanese_in_wrong_letters,
    is_kanji,
    is_korean,
    is_quoted,
    is_spelt,
    is_western,
    likelihood,
)
from aspire_ingest.load.encoding.wide import has_controls, kanji_readings, wide_readings
from aspire_ingest.quality import NOT_READABLE

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_META = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""", re.IGNORECASE)
_XML = re.compile(rb"""\A\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{2,40})["']""", re.I)
_NAMES = {"shift_jis": "cp932", "shift-jis": "cp932", "sjis": "cp932", "x-sjis": "cp932",
          "windows-31j": "cp932", "ms932": "cp932", "ms_kanji": "cp932", "x-euc-jp": "euc_jp",
          "euc-jp": "euc_jp", "eucjp": "euc_jp", "cp51932": "euc_jp", "eucjp-ms": "euc_jp",
          "eucjpms": "euc_jp", "cp50220": "iso2022_jp", "cp50221": "iso2022_jp",
          "cp50222": "iso2022_jp", "csiso2022jp": "iso2022_jp", "iso-2022-jp": "iso2022_jp",
          "gb2312": "gb18030", "gbk": "gb18030", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
          "us-ascii": "utf-8"}  # fmt: skip
_SPOKEN = {"cp932": "Shift_JIS", "euc_jp": "EUC-JP", "iso2022_jp": "ISO-2022-JP",
           "gb2312": "GB2312",
           "euc_kr": "EUC-KR",
           "cp949": "EUC-KR", "cp1252": "Windows-1252",
           "utf-8": "UTF-8", "utf-16-le": "UTF-16 (little-endian)",
           "utf-16-be": "UTF-16 (big-endian)"}  # fmt: skip
_NO_CHARSETS = frozenset({"utf-7", "punycode", "idna", "unicode_escape", "raw_unicode_escape"})
_UTF_7_BOM = (b"+/v8", b"+/v9", b"+/v+", b"+/v/")
_UTF_7_RUN = re.compile(rb"\+([A-Za-z0-9+/]{3,})-?")
_EUC_KANA = re.compile(rb"(?:\x8e[\xa1-\xdf]){3}")
_JAPANESE = ("cp932", "euc_jp")
_MAX_REPLACED_SHARE = 0.01
_MOST_REPLACED = 20
_CLEARLY_BETTER = 0.15
_LOOKED_AT = 65_536
"""Bytes that are enough to tell text from others."""
_FEW_BYTES = 32
"""Fewer say nothing of their encoding, but where they are Japanese or Western."""
_MANY_KANJI = 10
_MANY_CODED = 8
"""Characters of base 64 that no chance makes Japanese: three kanji."""
_SHOWN = 30


def decode(data: bytes, name: str, *, charset: str | None = None, markup: bool = False) -> str:
    """Decode the bytes of a text or a page.

    Args:
        data: the bytes.
        name: how errors name the item.
        charset: as the server declared it.
        markup: also believe a `<meta charset>` or XML declaration inside.

    Raises:
        LoadError: the bytes are no text, or in an encoding that cannot be told; the readings that
            are possible are shown.
    """
    for bom, codec in _BOMS:
        if data.startswith(bom):
            return data.decode(codec, "replace")
    _refuse_utf_7(data, name)
    if is_iso_2022_jp(data) and (max(data) < 0x80 or _strict(data, "utf-8") is None):
        return _sound(decode_iso_2022_jp(data), "iso2022_jp", name)
    wide = _wide(data, name)
    if wide is not None:
        return wide
    if data.count(0) > max(8, len(data) // 1000) or has_controls(data[:_LOOKED_AT]):
        raise LoadError(name, "is binary, not text; give a supported format")
    for declared in _declared(data, name, charset, markup=markup):
        text = _strict(data, declared)
        if text is not None and not is_garbled(text) and not _is_utf_8_read_apart(data, declared):
            return text
    text = _strict(data, "utf-8")
    if text is None:
        text = _utf_8_of_halves(data)
    if text is None:
        return _undeclared(data, name)
    _refuse_kanji_read_apart(text, "utf-8", data, name)
    return text


def unread_remarks(text: str) -> tuple[Remark, ...]:
    """Tell how many characters of a decoded text could not be read."""
    count = text.count("\ufffd")
    if not count:
        return ()
    return (
        Remark(kind="doubtful", what=f"{count} character{'s' if count > 1 else ''} {NOT_READABLE}"),
    )


def _wide(data: bytes, name: str) -> str | None:
    """The text of bytes that are UTF-16 or UTF-32 without a byte order mark; None of others.

    Raises:
        LoadError: two readings are likely, with its bytes in either order, or in single bytes.
    """
    readings = wide_readings(data)
    if not readings:
        return None
    is_narrow = 0 not in data and _is_printable(data[:_LOOKED_AT].decode("latin-1"))
    if is_narrow and (narrow := _narrow_reading(data)):
        readings.append(narrow)
    if len(readings) > 1:
        raise _ambiguous(name, dict(readings), [codec for codec, _ in readings])
    return readings[0][1]


def _narrow_reading(data: bytes) -> tuple[str, str] | None:
    """A likely reading of some bytes in an encoding of single bytes."""
    for codec in ("utf-8", *_JAPANESE):
        text = _strict(data, codec)
        if text is not None and likelihood(text) >= LIKELY:
            return codec, text
    return None


def _refuse_utf_7(data: bytes, name: str) -> None:
    """UTF-7 hides markup and text from whoever looks at the bytes, and no program writes it."""
    refusal = LoadError(name, "is in UTF-7, which is not read; save it as UTF-8")
    if data.startswith(_UTF_7_BOM):
        raise refusal
    if b"+" not in data or max(data) >= 0x80:
        return
    runs = _UTF_7_RUN.findall(data[:_LOOKED_AT])
    japanese = [run for run in runs if _is_japanese_run(run)]
    if sum(map(len, japanese)) >= _MANY_CODED and len(japanese) > 0.5 * len(runs):
        raise refusal


def _refuse_kanji_read_apart(text: str, codec: str, data: bytes, name: str) -> None:
    """A title of kanji in UTF-16 may be text of single bytes as well: 大学 is `'Yf[`."""
    if text.rstrip(".,:;!?").isalnum() or any(map(str.isspace, text)):
        return
    wide = {other: kanji for other, kanji in kanji_readings(data) if all(map(is_kanji, kanji))}
    if wide:
        raise _ambiguous(name, wide | {codec: text}, [*wide, codec])


def _is_japanese_run(run: bytes) -> bool:
    try:
        text = (b"+" + run + b"-").decode("utf-7")
    except (UnicodeDecodeError, ValueError):
        return False
    return not text.isascii() and likelihood(text) >= LIKELY


def _declared(data: bytes, name: str, charset: str | None, *, markup: bool) -> Iterator[str]:
    """The codecs that the server and the page name, the server's first."""
    names = [charset] if charset else []
    if markup:
        for pattern in (_XML, _META):
            match = pattern.search(data[:4096])
            # a page whose declaration can be read byte by byte is not in UTF-16
            if match is not None and not match[1].lower().startswith(b"utf-16"):
                names.append(match[1].decode("ascii"))
    for declared in names:
        codec = _NAMES.get(declared.strip().lower(), declared.strip().lower())
        try:
            info = codecs.lookup(codec)
        except (LookupError, ValueError):
            continue
        if info.name == "utf-7":
            raise LoadError(name, "is in UTF-7, which is not read; save it as UTF-8")
        is_charset = info._is_text_encoding and info.name.replace("-", "_") not in _NO_CHARSETS  # pyright: ignore[reportPrivateUsage] - the only way to ask
        if is_charset:
            # what calls itself Latin-1, under whatever name, was written on Windows
            yield "cp1252" if info.name == "iso8859-1" else info.name


def _strict(data: bytes, codec: str) -> str | None:
    """The text, or None; single broken characters (a cut mail, a bad gaiji) are let through."""
    if codec == "euc_jp":
        return _few_replaced(decode_euc_jp(data))
    if codec == "iso2022_jp":
        return _few_replaced(decode_iso_2022_jp(data))
    try:
        return data.decode(codec)
    except (UnicodeDecodeError, ValueError):
        pass
    if codec == "utf-8" and len(data) < 200:
        return None
    try:
        return _few_replaced(data.decode(codec, "replace"))
    except ValueError:
        return None


def _utf_8_of_halves(data: bytes) -> str | None:
    """UTF-8 of programs that write the halves of UTF-16 one by one; a lone half is not readable."""
    try:
        halves = data.decode("utf-8", "surrogatepass")
    except UnicodeDecodeError:
        return None
    return halves.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _few_replaced(text: str) -> str | None:
    limit = min(_MOST_REPLACED, _MAX_REPLACED_SHARE * len(text))
    return text if text.count("\ufffd") <= limit else None


def _sound(text: str, codec: str, name: str) -> str:
    if is_garbled(text):
        raise LoadError(name, f"reads as {_reading(codec, text)}; save it as UTF-8")
    return text


def _is_utf_8_read_apart(data: bytes, declared: str) -> bool:
    """Tell UTF-8 that a declaration of single bytes would take apart (`Ã©`)."""
    return declared.startswith(("cp125", "iso8859", "koi8", "mac-")) and (
        max(data, default=0) >= 0x80 and _strict(data, "utf-8") is not None
    )


def _undeclared(data: bytes, name: str) -> str:
    """The one likely reading of bytes that say nothing of their encoding and are no UTF-8."""
    readings = {codec: text for codec in _JAPANESE if (text := _strict(data, codec)) is not None}
    likely = {codec: likelihood(text) for codec, text in readings.items()}
    if _EUC_KANA.search(data) and likely.get("euc_jp", 0.0) >= LIKELY:
        return readings["euc_jp"]  # as Shift_JIS it would be kanji of one row, one after another
    western = _strict(data, "cp1252")
    if western is not None and is_quoted(western) and not any(map(has_runs, readings.values())):
        return western  # `It’s` would be `It痴`
    best = sorted(likely, key=lambda codec: -likely[codec])
    if best and likely[best[0]] >= LIKELY:
        rivals = [codec for codec in best[1:] if likely[codec] > likely[best[0]] - _CLEARLY_BETTER]
        text = readings[best[0]]
        if best[0] == "euc_jp" and not has_kana(text) and len(text.strip()) > _MANY_KANJI:
            rivals += _foreign(data, readings)
        if rivals:
            raise _ambiguous(name, readings, [best[0], *rivals])
        _refuse_kanji_read_apart(text, best[0], data, name)
        return text
    return _foreign_text(data, name, readings, best)


def _foreign_text(data: bytes, name: str, readings: dict[str, str], best: list[str]) -> str:
    """The reading of bytes that are no Japanese, where there is only one."""
    western = _strict(data, "cp1252")
    wide = dict(kanji_readings(data))
    if len(wide) == 1 and not (western and is_western(western)):
        text = next(iter(wide.values()))
        if not readings or len(text) > _MANY_KANJI:
            return text
    if wide:
        readings |= wide if western is None else wide | {"cp1252": western}
        raise _ambiguous(name, readings, [*wide, *best, *readings])
    found = _detected(data)
    if western is not None and is_western(western):
        if (
            is_quoted(western)
            or found is None
            or found[1] == western
            or not is_spelt(found[1])
            or found[0].startswith(("big5", "utf", "euc", "cp9"))
        ):
            return western
        readings |= {"cp1252": western, found[0]: found[1]}
        raise _ambiguous(name, readings, ["cp1252", found[0]])
    if found is not None and len(data) >= _FEW_BYTES:
        codec, text = found
        if not is_garbled(text) and not is_japanese_in_wrong_letters(text):
            return text
        readings[codec] = text
        best = [codec, *best]
    if best and _is_printable(data[:_LOOKED_AT].decode("latin-1")):
        raise _ambiguous(name, readings, best)
    raise LoadError(name, "is in an unknown encoding, or no text; save it as UTF-8")


def _foreign(data: bytes, readings: dict[str, str]) -> list[str]:
    """Readings as Korean or Chinese of what would be Japanese without a single kana."""
    found: list[str] = []
    for codec in ("euc_kr", "gb2312"):
        text = _strict(data, codec)
        if text is not None and "\ufffd" not in text and (codec != "euc_kr" or is_korean(text)):
            readings[codec] = text
            found.append(codec)
    return found


def _ambiguous(name: str, readings: dict[str, str], order: list[str]) -> LoadError:
    both = list(dict.fromkeys(order))[:2]
    shown = ", or ".join(_reading(codec, readings[codec]) for codec in both)
    return LoadError(
        name, f"is in an encoding that cannot be told: it reads as {shown}; save it as UTF-8"
    )


def _reading(codec: str, text: str) -> str:
    start = next((at for at, character in enumerate(text) if not character.isascii()), 0)
    shown = " ".join(text[max(0, start - 5) :][:_SHOWN].split())
    return f'"{shown}" in {_SPOKEN.get(codec, codec)}'


def _detected(data: bytes) -> tuple[str, str] | None:
    from charset_normalizer import from_bytes  # noqa: PLC0415 - heavy and needed once in a while

    if not _is_printable(data[:_LOOKED_AT].decode("latin-1")):
        return None
    match = from_bytes(data[:_LOOKED_AT]).best()
    if match is None or match.chaos > 0.1 or match.encoding.startswith(("utf_16", "utf_32")):
        return None
    text = _strict(data, match.encoding)
    return None if text is None else (match.encoding, text)


def _is_printable(text: str) -> bool:
    """Tell whether nearly no character is a control character."""
    controls = sum(character < " " and character not in "\t\n\r\f\x1b" for character in text)
    return controls <= 0.01 * len(text)
