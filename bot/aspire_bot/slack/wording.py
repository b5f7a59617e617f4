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
from aspire_ingest.index.text.language import detect_language
from aspire_ingest.index.types import UNKNOWN_LANGUAGE

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
    model_failed: str
    nearest: str
    contact: str
    edition: str
    gone: str
    page: str
    more: str
    working: str
    status: str
    steps: Mapping[str, str]
    help: str
    incident: str
    busy: str
    full: str
    edited: str
    ask_again: str
    ask_office: str
    share: str
    good: str
    bad: str
    delete: str
    delete_confirm: str
    cancel: str
    asked: str
    staff_question: str
    staff_hint: str
    new_question: str
    set_right: str
    keep_answer: str
    to_thread: str
    staff_complaint: str
    from_office: str
    replied_by: str
    reply_delivered: str
    staff_only: str
    passed_on: str
    in_full: str
    feedback_title: str
    feedback_reason: str
    reasons: Mapping[str, str]
    feedback_comment: str
    feedback_hint: str
    send: str
    thanks: str
    save: str
    channel_title: str
    channel_mode: str
    modes: Mapping[str, str]
    channel_audience: str
    audiences: Mapping[str, str]
    channel_language: str
    languages: Mapping[str, str]
    channel_fixed: str
    channel_saved: str
    sources_title: str
    slash_help: str
    gaps_title: str
    gaps_none: str
    times: str
    report_title: str
    report_outcomes: Mapping[str, str]
    report_votes: str
    report_open: str
    console_at: str
    console_start: str
    tour_coming: str
    nothing_to_read: str
    tour_start: str
    tour_decline: str
    tour_next: str
    tour_later: str
    tour_go_on: str
    tour_again: str
    tour_declined: str
    tour_paused: str
    tour_finished: str
    tour_elsewhere: str
    tour_empty: str
    tour_more: str
    home_title: str
    home_intro: str
    home_ask: str
    home_ask_hint: str
    home_index: str
    home_count: str
    home_empty: str
    home_newest: str
    home_can: str
    home_can_list: tuple[str, ...]
    home_cannot: str
    home_cannot_list: tuple[str, ...]
    home_tour: str
    home_office: str
    prompts_title: str
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
    model_failed="The language model was not available for all of it",
    nearest="Nearest documents:",
    contact="Contact: {}",
    edition="edition {}",
    gone="gone from the site since {}",
    page="p. {}",
    more="and {} more",
    working="Looking through the documents…",
    status="is looking through the documents…",
    steps={
        "search": "Searching the documents",
        "read": "Reading what was found",
        "check": "Checking every statement against its source",
    },
    help=(
        "Ask me a question about the programme, here or in a direct message. I answer from its "
        "documents and show the sources; ask further questions in the same thread. For example: "
        "“What are the goals of the programme?”"
    ),
    incident="Incident {}",
    busy="Many questions have come in at once; yours is number {} in the queue.",
    full="Too many questions are waiting just now. Please ask again in a few minutes.",
    edited="You changed your question. Shall I answer the new one?",
    ask_again="Ask again",
    ask_office="Ask the {} office",
    share="Share in channel",
    good="Helpful",
    bad="Not helpful",
    delete="Delete this answer",
    delete_confirm="The answer goes away for everyone in this conversation.",
    cancel="Cancel",
    asked="{} asked:",
    staff_question="{} asks the office:",
    staff_hint="Reply in this thread; your reply goes back to the asker.",
    new_question="A question for the office",
    set_right="Write the answer",
    keep_answer="Keep as an approved answer",
    to_thread="to the thread",
    staff_complaint="An answer did not help ({}):",
    from_office="*Answer from the {office} office* for {asker}:",
    replied_by="Written by {}, not by the assistant.",
    reply_delivered="Your reply is with the asker.",
    staff_only="Only staff can do this.",
    passed_on="Your question is with the {} office. Their reply will come into this conversation.",
    in_full="In full",
    feedback_title="What was wrong?",
    feedback_reason="Reason",
    reasons={
        "wrong": "It is wrong",
        "outdated": "It is out of date",
        "incomplete": "Something is missing",
        "off_topic": "It answers something else",
        "source": "The source does not say that",
        "other": "Something else",
    },
    feedback_comment="In your words",
    feedback_hint="What should the answer say?",
    send="Send",
    thanks="Thank you. The office will look at it.",
    save="Save",
    channel_title="The bot in this channel",
    channel_mode="When it answers",
    modes={
        "mention": "Only when mentioned",
        "follow": "Also questions in threads it answered",
        "auto": "Every question in the channel",
    },
    channel_audience="From which documents",
    audiences={"public": "Public documents", "staff": "Also documents for staff"},
    channel_language="In which language",
    languages={"auto": "The asker's", "en": "English", "ja": "Japanese"},
    channel_fixed="This channel is set up in the operator's file and cannot be changed here.",
    channel_saved="Saved.",
    sources_title="Documents in the index: {}. The newest:",
    slash_help=(
        "/aspire ask QUESTION – an answer that only you see; you can share it\n"
        "/aspire sources [WORDS] – the documents I answer from\n"
        "/aspire onboarding – what new principal investigators need to know, step by step\n"
        "/aspire settings – for staff: how I behave in this channel\n"
        "/aspire ingest URL, remove DOCUMENT, sync [SOURCE], status, list – for staff: the index\n"
        "/aspire gaps, report, console – for staff: what is asked, and the page to work on it\n"
        "You can also mention me, write to me directly, or choose “Answer this with ASPIRE” in "
        "the menu of a message."
    ),
    gaps_title="Questions that the documents do not answer: {}. Asked most often:",
    gaps_none="No questions are left unanswered.",
    times="{}×",
    report_title="Questions of the last seven days: {}",
    report_outcomes={
        "answered": "Answered: {}",
        "abstained": "Not in the documents: {}",
        "clarify": "Asked back: {}",
        "conversation": "Conversation: {}",
    },
    report_votes="Votes: {up} helpful, {down} not helpful",
    report_open="Questions still without an answer, all in all: {}",
    console_at="The page for staff:",
    console_start=(
        "The page for staff is not set up. Whoever runs me starts it with “aspire-bot console” "
        "and puts its address into ASPIRE_CONSOLE_URL."
    ),
    tour_coming="The tour comes to you in a direct message.",
    nothing_to_read="There is no text in this message that I could read.",
    tour_start="Start the tour",
    tour_decline="No, thanks",
    tour_next="Next",
    tour_later="Later",
    tour_go_on="Go on with the tour",
    tour_again="Start again",
    tour_declined="All right. Whenever you want the tour: /aspire onboarding",
    tour_paused="The tour waits for you here. You can also go on with /aspire onboarding",
    tour_finished="You have been through the whole tour. Shall we start again?",
    tour_elsewhere="That part of the tour is above already. It goes on here:",
    tour_empty=(
        "The documents do not answer any of the tour's questions yet. The office can see which "
        "ones; please ask me anything else meanwhile."
    ),
    tour_more="Also worth asking: {}",
    home_title="{} assistant",
    home_intro=(
        "I answer questions about {} from its documents and show where each statement comes from."
    ),
    home_ask="Ask me",
    home_ask_hint=(
        "The answer comes into our conversation, under Messages. You can also mention me in a "
        "channel or use /aspire."
    ),
    home_index="What I know",
    home_count="{documents} documents ({languages}), as of {day}",
    home_empty="There are no documents yet.",
    home_newest="The newest documents:",
    home_can="What I can do",
    home_can_list=(
        "Answer in English and Japanese, with numbered, dated sources that you can check",
        "Take follow-up questions in the same thread",
        "Say so where the documents do not answer, and name the nearest ones",
    ),
    home_cannot="What I cannot do",
    home_cannot_list=(
        "Know anything that is not in the documents above",
        "Decide or approve anything: that is for the office",
        "Be always right: please check the sources before you rely on an answer",
    ),
    home_tour="New principal investigators: a short tour of what to know",
    home_office="Questions to people: the {} office",
    prompts_title="Ask about {}",
)


JAPANESE = Wording(
    language="ja",
    as_of="{}時点の文書に基づく",
    disclaimer="文書から自動で作成した回答で、誤りの可能性があります。出典をご確認ください。",
    model_failed="言語モデルが一部利用できませんでした",
    nearest="関連の深い文書:",
    contact="お問い合わせ: {}",
    edition="版: {}",
    gone="{}以降サイトに掲載なし",
    page="{}ページ",
    more="ほか{}件",
    working="文書を調べています…",
    status="文書を調べています…",
    steps={
        "search": "文書を検索しています",
        "read": "見つかった箇所を読んでいます",
        "check": "記述を出典と照合しています",
    },
    help=(
        "このチャンネルまたはダイレクトメッセージで、プログラムについて質問してください。"
        "文書に基づき、出典を付けてお答えします。続けての質問は同じスレッドでどうぞ。"
        "例:「プログラムの目的は何ですか?」"
    ),
    incident="インシデント番号 {}",
    busy="質問が集中しています。順番は{}番目です。",
    full="ただいま質問が集中しています。数分後にもう一度お試しください。",
    edited="質問が変更されました。新しい質問にお答えしましょうか。",
    ask_again="もう一度質問する",
    ask_office="{}事務局に問い合わせる",
    share="チャンネルに共有",
    good="役に立った",
    bad="役に立たなかった",
    delete="この回答を削除",
    delete_confirm="この会話の全員から回答が見えなくなります。",
    cancel="キャンセル",
    asked="{} さんの質問:",
    staff_question="{} さんから事務局への質問:",
    staff_hint="このスレッドに返信すると、質問者に届きます。",
    new_question="事務局への質問",
    set_right="回答を書く",
    keep_answer="承認済みの回答として残す",
    to_thread="スレッドへ",
    staff_complaint="回答が役に立たなかったとの報告({}):",
    from_office="*{office}事務局からの回答* {asker} さんへ:",
    replied_by="{} による回答です(自動作成ではありません)。",
    reply_delivered="返信を質問者に届けました。",
    staff_only="この操作は事務局の担当者のみ行えます。",
    passed_on="ご質問を{}事務局に送りました。返信はこの会話に届きます。",
    in_full="全文",
    feedback_title="どこに問題がありましたか",
    feedback_reason="理由",
    reasons={
        "wrong": "内容が誤っている",
        "outdated": "情報が古い",
        "incomplete": "情報が足りない",
        "off_topic": "質問と違うことを答えている",
        "source": "出典にそう書かれていない",
        "other": "その他",
    },
    feedback_comment="コメント",
    feedback_hint="正しくはどう答えるべきでしょうか",
    send="送信",
    thanks="ありがとうございます。事務局で確認します。",
    save="保存",
    channel_title="このチャンネルでの設定",
    channel_mode="回答する場面",
    modes={
        "mention": "メンションされたときのみ",
        "follow": "回答済みスレッド内の質問にも",
        "auto": "チャンネル内のすべての質問に",
    },
    channel_audience="回答に使う文書",
    audiences={"public": "公開文書のみ", "staff": "担当者向け文書も含む"},
    channel_language="回答の言語",
    languages={"auto": "質問者の言語", "en": "英語", "ja": "日本語"},
    channel_fixed="このチャンネルは運用者のファイルで設定されており、ここでは変更できません。",
    channel_saved="保存しました。",
    sources_title="登録文書: {}件。新しいもの:",
    slash_help=(
        "/aspire ask 質問 – 自分だけに見える回答(後から共有できます)\n"
        "/aspire sources [語] – 回答に使う文書の一覧\n"
        "/aspire onboarding – 新任の研究代表者向けの案内\n"
        "/aspire settings – 担当者用: このチャンネルでの設定\n"
        "/aspire ingest URL, remove 文書, sync [取得元], status, list – 担当者用: 索引の管理\n"
        "/aspire gaps, report, console – 担当者用: 質問の状況と担当者用ページ\n"
        "メンションやダイレクトメッセージ、メッセージのメニューの「Answer this with ASPIRE」からも"
        "質問できます。"
    ),
    gaps_title="文書に答えがない質問: {}件。多い順:",
    gaps_none="未回答の質問はありません。",
    times="{}回",
    report_title="過去7日間の質問: {}件",
    report_outcomes={
        "answered": "回答: {}件",
        "abstained": "文書に答えなし: {}件",
        "clarify": "聞き返し: {}件",
        "conversation": "会話: {}件",
    },
    report_votes="評価: 役に立った {up}件、役に立たなかった {down}件",
    report_open="未回答の質問(全期間): {}件",
    console_at="担当者用ページ:",
    console_start=(
        "担当者用ページは設定されていません。運用者が「aspire-bot console」で起動し、"
        "アドレスを ASPIRE_CONSOLE_URL に設定してください。"
    ),
    tour_coming="案内をダイレクトメッセージでお送りします。",
    nothing_to_read="このメッセージには読み取れる文章がありません。",
    tour_start="案内を始める",
    tour_decline="今は不要",
    tour_next="次へ",
    tour_later="後で",
    tour_go_on="案内を続ける",
    tour_again="最初から見る",
    tour_declined="承知しました。必要なときは /aspire onboarding でご覧いただけます。",
    tour_paused="案内はここで中断しています。/aspire onboarding からも再開できます。",
    tour_finished="案内は最後まで終わっています。最初からご覧になりますか。",
    tour_elsewhere="その部分はすでに上にあります。続きはこちらです:",
    tour_empty=(
        "案内の質問に答えられる文書がまだありません。該当する質問は事務局が確認できます。"
        "ほかのご質問はいつでもどうぞ。"
    ),
    tour_more="こちらもお尋ねください: {}",
    home_title="{}アシスタント",
    home_intro="{}に関する質問に、文書に基づき、出典を示してお答えします。",
    home_ask="質問する",
    home_ask_hint=(
        "回答は「メッセージ」タブの会話に届きます。チャンネルでのメンションや /aspire も使えます。"
    ),
    home_index="登録されている文書",
    home_count="{documents}件({languages})、{day}時点",
    home_empty="文書はまだ登録されていません。",
    home_newest="新しい文書:",
    home_can="できること",
    home_can_list=(
        "日本語と英語での回答(確認できる番号・日付付きの出典を添えます)",
        "同じスレッドでの続けての質問への回答",
        "文書に答えがないときにはその旨と関連の深い文書の提示",
    ),
    home_cannot="できないこと",
    home_cannot_list=(
        "上記の文書にないことへの回答",
        "判断や承認(事務局が行います)",
        "常に正しい回答(重要なことは出典をご確認ください)",
    ),
    home_tour="新任の研究代表者の方へ: 知っておくべきことの案内",
    home_office="担当者へのお問い合わせ: {}事務局",
    prompts_title="{}について質問する",
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
    """Tell in which of our languages to speak to someone who wrote this: `ja` or `en`.

    It is the language that an answer to it has: a Japanese name in an English question changes
    nothing.
    """
    found = detect_language(text)
    if found == UNKNOWN_LANGUAGE:
        return "ja" if _JAPANESE.search(text) else "en"
    return "ja" if found == "ja" else "en"
