"""What aspire-ingest says of files, in Japanese: complete, and each value where it belongs."""

import ast
import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources
from pathlib import Path

import pytest

import aspire_ingest
from aspire_bot.messages.ingest_reports import (
    held_reason_in,
    place_in,
    reason_in,
    remark_in,
    remark_line_in,
)

_CODE = Path(aspire_ingest.__file__).parent
_LATIN_WORD = re.compile(r"[A-Za-z]{4,}")
_ERRORS = {"LoadError", "FetchError"}


def _literal(node: ast.expr) -> list[str]:
    """The sentences that a node can be, "{}" for what is filled in; none where a name stands."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        parts = [one.value if isinstance(one, ast.Constant) else "{}" for one in node.values]
        return ["".join(map(str, parts)).replace("{:g}", "{}")]
    if isinstance(node, ast.IfExp):
        return [*_literal(node.body), *_literal(node.orelse)]
    return []


@cache
def _calls() -> Sequence[ast.Call]:
    """Read the code once: each worker does so when it collects its tests."""
    files = (*_CODE.glob("load/**/*.py"), *_CODE.glob("web/*.py"), *_CODE.glob("sync/*.py"))
    nodes = (node for file in files for node in ast.walk(ast.parse(file.read_text("utf-8"))))
    return [node for node in nodes if isinstance(node, ast.Call)]


def _reasons() -> set[str]:
    found = {
        sentence
        for call in _calls()
        if isinstance(call.func, ast.Name) and call.func.id in _ERRORS
        for argument in call.args[1:2]
        for sentence in _literal(argument)
    }
    return {one for one in found if not one.startswith("{}") and "answered {} {}{}" not in one}


def _things() -> set[str]:
    found: set[str] = set()
    for call in _calls():
        kinds = [getattr(one, "value", None) for one in call.args[:1]]
        if kinds and kinds[0] in ("hidden", "lost", "doubtful"):
            found |= {sentence for one in call.args[1:3] for sentence in _literal(one)}
    return {one for one in found if "{}" not in one}


@pytest.mark.parametrize("reason", sorted(_reasons()))
def test_every_reason_is_said_in_japanese(reason: str) -> None:
    filled = reason.replace("{}", "77")
    said = reason_in("ja", filled)
    assert said != filled
    assert said.count("77") == filled.count("77")
    assert reason_in("ja", f"guides/rules.pdf: {filled}") == f"guides/rules.pdf: {said}"
    assert reason_in("en", filled) == filled


@pytest.mark.parametrize("thing", sorted(_things()))
def test_everything_that_is_counted_has_a_japanese_name(thing: str) -> None:
    said = remark_in("ja", f"1,234 {thing}")
    assert not _LATIN_WORD.search(said)
    assert said.endswith(" 1,234件")


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("is empty; check the file", "空のファイルです。確かめてください"),
        ("no full answer within 60 s; try later",
         "60秒以内に応答が終わりませんでした。後でやり直してください"),
        ("is damaged (BadZipFile: no: header); save it again",
         "壊れています（BadZipFile: no: header）。保存し直してください"),
        ("redirects to 'ftp://x', which is refused: only http and https addresses are fetched",
         "転送先の 'ftp://x' は受け付けません。取得できるのは http と https のアドレスだけです"),
        ("`audience` is 'all'; write one of public, staff",
         "`audience` の値が 'all' です。次のいずれかを書いてください: public, staff"),
        ("site failed 3 times in a row: the server answered 503",
         "site が3回続けて失敗しました: サーバーの応答: 503"),
        ("sync failed 4 times in a row: odd", "同期が4回続けて失敗しました: odd"),
        ("goals is not in the index", "goals は索引にありません"),
        ("something that nobody has foreseen", "something that nobody has foreseen"),
        ("", ""),
    ],
)  # fmt: skip
def test_reasons_keep_what_they_fill_in(reason: str, said: str) -> None:
    assert reason_in("ja", reason) == said


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("2 hidden rows, sheet Rates, 2026", "非表示の行 2件（シート「Rates, 2026」）"),
        ("2 hidden rows, sheet Rates", "非表示の行 2件（シート「Rates」）"),
        (
            "1 cell that shows an error, sheet A, cell D7",
            "エラーを表示しているセル 1件（シート「A」のセル D7）",
        ),
        (
            "2 cells that show an error, sheet A, cells D7, D12",
            "エラーを表示しているセル 2件（シート「A」のセル D7, D12）",
        ),
        ("1 struck passage", "取り消し線のある箇所 1件"),
        ("a page that is a picture, page 3", "画像だけのページ（3ページ）"),
        ("text that is not seen: 103 letters, pages 2-4", "見えない文字: 103文字（2-4ページ）"),
        ("text that is not seen: 1 letter, page 2", "見えない文字: 1文字（2ページ）"),
        (
            "what OCR did not read: 1 piece of lines, page 2",
            "文字認識（OCR）で読めなかった行の部分: 1か所（2ページ）",
        ),
        ("3 signs of the font Wingdings", "フォント Wingdings の記号 3件"),
        ("nothing known", "nothing known"),
    ],
)
def test_remarks_say_what_and_where(line: str, said: str) -> None:
    assert remark_line_in("ja", line) == said


@pytest.mark.parametrize(
    ("reason", "said"),
    [
        ("marked CONFIDENTIAL, 社外秘", "表示: CONFIDENTIAL, 社外秘"),
        (
            "marked draft; quality 0.4 is below 0.5 (2 hidden rows)",
            "表示: draft; 読み取りの質 0.4 が基準の 0.5 に達していません（非表示の行 2件）",
        ),
        ("odd (and more)", "odd (and more)"),
        ("", ""),
    ],
)
def test_why_a_document_is_held(reason: str, said: str) -> None:
    assert held_reason_in("ja", reason) == said
    assert held_reason_in("en", reason) == reason


def test_an_unknown_language_is_shown_in_english() -> None:
    assert reason_in("fr", "is empty; check the file") == "is empty; check the file"
    assert place_in("../ja", "page 3") == "page 3"


def test_each_sentence_fills_in_what_the_english_one_does() -> None:
    file = resources.files("aspire_bot.messages.ingest") / "ja.toml"
    table: dict[str, dict[str, str]] = tomllib.loads(file.read_text("utf-8"))
    for part in ("reasons", "remarks", "places"):
        for english, said in table[part].items():
            assert english.count("{}") == len(re.findall(r"\{\d?\}", said)), english
