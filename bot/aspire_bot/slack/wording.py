"""All that the bot says in its own words, in each language it speaks."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from aspire_bot.errors import AnswerError
from aspire_ingest.index.errors import (
    AspireError,
    ConfigError,
    IndexAccessError,
    IndexMissingError,
)

_JAPANESE = re.compile(r"[\u3040-\u30ff\u4e00-\u9fff\uff66-\uff9f]")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_PARTIAL_DATE = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """The strings of one language; `{}` is filled in where it stands."""

    language: str
    as_of: str
    disclaimer: str
    nearest: str
    contact: str
    edition: str
    page: str
    more: str
    working: str
    help: str
    incident: str
    errors: Mapping[type[AspireError], str] = field(default_factory=dict[type[AspireError], str])
    """What is said for a kind of error instead of its own `user_message`, by nearest base."""

    def error(self, error: BaseException) -> str:
        """Say what went wrong as far as it concerns the asker, and nothing of our insides."""
        known = error if isinstance(error, AspireError) else AspireError()
        for kind in type(known).__mro__:
            if kind in self.errors:
                return self.errors[kind]
        return known.user_message

    def day(self, year: int, month: int | None = None, day: int | None = None) -> str:
        """Write a date of one, two or three parts as people do."""
        if self.language == "ja":
            return f"{year}年" + (f"{month}月" if month else "") + (f"{day}日" if day else "")
        parts = (str(day) if day else "", _MONTHS[month - 1] if month else "", str(year))
        return " ".join(part for part in parts if part)

    def published(self, value: str) -> str:
        """Write `YYYY`, `YYYY-MM` or `YYYY-MM-DD` readably; anything else as it came."""
        found = _PARTIAL_DATE.fullmatch(value)
        if found is None:
            return value
        year, month, day = (int(part) if part else None for part in found.groups())
        try:
            date(year or 0, month or 1, day or 1)
        except ValueError:
            return value
        return self.day(year or 0, month, day)

    def moment(self, iso: str) -> str | None:
        """Write the day of an ISO 8601 moment, in its own time zone; None where it is none."""
        try:
            at = datetime.fromisoformat(iso)
        except ValueError:
            return None
        return self.day(at.year, at.month, at.day)


ENGLISH = Wording(
    language="en",
    as_of="Documents as of {}",
    disclaimer=(
        "Automated answer from the indexed documents; it can be wrong. Please check the sources."
    ),
    nearest="Nearest documents:",
    contact="Contact: {}",
    edition="edition {}",
    page="p. {}",
    more="and {} more",
    working="is looking through the documents…",
    help=(
        "Ask me a question about the programme, here or in a direct message. I answer from its "
        "documents and show the sources; ask further questions in the same thread. For example: "
        "“What are the goals of the programme?”"
    ),
    incident="Incident {}",
)

JAPANESE = Wording(
    language="ja",
    as_of="{}時点の文書に基づく",
    disclaimer="文書から自動で作成した回答で、誤りの可能性があります。出典をご確認ください。",
    nearest="関連の深い文書:",
    contact="お問い合わせ: {}",
    edition="版: {}",
    page="{}ページ",
    more="ほか{}件",
    working="文書を調べています…",
    help=(
        "このチャンネルまたはダイレクトメッセージで、プログラムについて質問してください。"
        "文書に基づき、出典を付けてお答えします。続けての質問は同じスレッドでどうぞ。"
        "例:「プログラムの目的は何ですか?」"
    ),
    incident="インシデント番号 {}",
    errors={
        AspireError: "こちらで問題が発生しました。もう一度お試しください。",
        AnswerError: "回答を作成できませんでした。もう一度お試しください。",
        ConfigError: "アシスタントの設定に誤りがあります。管理者にお知らせください。",
        IndexAccessError: "現在、文書の索引を読み込めません。",
        IndexMissingError: "文書がまだ登録されていません。",
    },
)


def wording_for(language: str) -> Wording:
    """Choose the wording for a language code; English where we do not speak it."""
    return JAPANESE if language.lower().split("-")[0] == "ja" else ENGLISH


def language_of(text: str) -> str:
    """Tell in which of our languages to speak to someone who wrote this: `ja` or `en`."""
    return "ja" if _JAPANESE.search(text) else "en"
