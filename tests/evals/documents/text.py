"""Text, Markdown and tables in text, in the encodings that programs of Japan and Europe write."""

from tests.evals.documents.case import case_of

_JA = "申請は六月末日までに提出してください。問い合わせは事務局まで。"
_KANA = "担当：ﾔﾏﾀﾞ ｻﾄｼ\n受付は午前九時からです。"
_CIRCLED = "①応募資格 ②提出先 ㈱榛名 Ⅲ章を参照。\n締切は五月です。"
_EN = "Grants of the Elm Fund\n\nThe grant is paid twice a year. Reports are due in May."
_ESC_KANJI, _ESC_ASCII = b"\x1b$B", b"\x1b(B"


def _nec_jis() -> bytes:
    """ISO-2022-JP with signs of NEC's row 13, which the standard does not have."""
    lines: list[bytes] = []
    for line in _CIRCLED.split("\n"):
        written = b""
        for sign in line:
            if ord(sign) < 128:
                written += sign.encode()
                continue
            lead, trail = _jis_pair(sign)
            written += _ESC_KANJI + bytes((lead, trail)) + _ESC_ASCII
        lines.append(written)
    return b"\n".join(lines)


def _jis_pair(sign: str) -> tuple[int, int]:
    """The row and cell of a sign by way of cp932, which has NEC's rows at their places."""
    lead, trail = sign.encode("cp932")
    row = (lead - (0x81 if lead < 0xA0 else 0xC1)) * 2 + 0x21
    if trail >= 0x9F:
        return row + 1, trail - 0x7E
    return row, trail - (0x20 if trail >= 0x80 else 0x1F)


def _three_byte_euc() -> bytes:
    """EUC-JP with signs of JIS X 0212, three bytes each."""
    return "旧字体の丂と丒は補助漢字です。\n名簿の表記はそのまま残してください。".encode("euc_jp")


_TABLE = "区分,日当,宿泊料\n甲地,2600,13100\n乙地,2300,11800\n"
_TABLE_SHOWN = "区分 日当 宿泊料\n甲地 2600 13100\n乙地 2300 11800"

CASES = (
    case_of("utf8.txt", lambda: f"{_EN}\n{_JA}".encode(), f"{_EN}\n{_JA}"),
    case_of("bom.txt", lambda: _JA.encode("utf-8-sig"), _JA),
    case_of("wide-le.txt", lambda: b"\xff\xfe" + _JA.encode("utf-16-le"), _JA),
    case_of("wide-be.txt", lambda: b"\xfe\xff" + _EN.encode("utf-16-be"), _EN),
    case_of("sjis.txt", lambda: _JA.encode("cp932"), _JA),
    case_of("sjis-circled.txt", lambda: _CIRCLED.encode("cp932"), _CIRCLED),
    case_of("sjis-kana.txt", lambda: _KANA.encode("cp932"), _KANA),
    case_of("euc.txt", lambda: _JA.encode("euc_jp"), _JA),
    case_of("euc-kana.txt", lambda: _KANA.encode("euc_jp"), _KANA),
    case_of("euc-0212.txt", _three_byte_euc,
          "旧字体の丂と丒は補助漢字です。\n名簿の表記はそのまま残してください。"),
    case_of("jis.txt", lambda: _JA.encode("iso2022_jp"), _JA),
    case_of("jis-kana.txt", lambda: _KANA.encode("iso2022_jp_ext"), _KANA),
    case_of("jis-nec.txt", _nec_jis, _CIRCLED),
    case_of("latin.txt", lambda: "Größe der Förderung: 500 €\nÜbernachtung: 80 €".encode("cp1252"),
          "Größe der Förderung: 500 €\nÜbernachtung: 80 €"),
    case_of("quotes.txt", lambda: "The “host” pays – not the fellow’s school.".encode("cp1252"),
          "The “host” pays – not the fellow’s school."),
    case_of("short-sjis.txt", lambda: "締切は五月末".encode("cp932"), "締切は五月末"),
    case_of("short-euc.txt", lambda: "応募要領の改訂".encode("euc_jp"), "応募要領の改訂"),
    case_of("short-utf8.txt", lambda: "日当".encode(), "日当"),
    case_of("mac-ends.txt", lambda: b"First line.\rSecond line.\r\rThird line.",
          "First line.\nSecond line.\nThird line."),
    case_of("nul.txt", lambda: b"Fees are 90\x00 yen. They are paid once a year.",
          "Fees are 90 yen. They are paid once a year."),
    case_of(
        "guide.md",
        lambda: b"---\ntitle: Guide\nkind: guideline\n---\n\n# Guide\n\nPay **within** 30 days.\n",
        "Guide\nPay within 30 days.", ("guideline",),
    ),
    case_of(
        "unseen.md",
        lambda: b"# Fees\n\n<!-- do not publish -->\nFees are ~~500~~ 650 yen.\n\n"
        b"[hidden]: # (a remark)\n\n- Rail\n- Bus\n",
        "Fees\nFees are 650 yen.\nRail\nBus", ("do not publish", "500"), ("struck",),
    ),
    case_of(
        "table.md",
        lambda: b"# Rates\n\n| City | Yen |\n| --- | --- |\n| Oslo | 900 |\n| Rome | 700 |\n",
        "Rates\nCity Yen\nOslo 900\nRome 700",
    ),
    case_of("sjis.csv", lambda: _TABLE.encode("cp932"), _TABLE_SHOWN),
    case_of("bom.csv", lambda: _TABLE.encode("utf-8-sig"), _TABLE_SHOWN),
    case_of("semicolons.csv", lambda: b"City;Yen\nOslo;9,5\nRome;7,25\n",
          "City Yen\nOslo 9,5\nRome 7,25"),
    case_of("quoted.csv", lambda: b'Item,Note\r\nRail,"second class, ""saver"""\r\nBus,"two\nlines"',
          'Item Note\nRail second class, "saver"\nBus two lines'),
    case_of("zeros.csv", lambda: b"Code,Post\n0071,651-0002\n0072,651-0003\n",
          "Code Post\n0071 651-0002\n0072 651-0003"),
    case_of("caption.csv", lambda: "旅費単価表\n\n区分,円\n甲地,2600\n".encode(),
          "旅費単価表\n区分 円\n甲地 2600"),
    case_of("tabs.tsv", lambda: b"City\tHost\nGhent\tMaes, An\nDelft\tVisser\n",
          "City Host\nGhent Maes, An\nDelft Visser"),
)  # fmt: skip
