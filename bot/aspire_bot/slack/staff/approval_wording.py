"""What the bot says of approved answers, in each language it speaks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class ApprovalWording:
    """The strings of one language; `{}` is filled in where it stands."""

    title: str
    question: str
    question_hint: str
    text: str
    text_hint: str
    sources: str
    sources_hint: str
    url: str
    url_hint: str
    valid_until: str
    audience: str
    publish: str
    empty: str
    too_long: str
    unknown_url: str
    source_is_staff: str
    not_in_future: str
    index_unreadable: str
    no_answer_here: str
    published: str
    failed: str
    not_withdrawn: str
    withdrawn: str
    has_ended: str
    details: str
    withdraw: str
    answered: str
    approved_by: str
    not_set_up: str


ENGLISH = ApprovalWording(
    title="Set this answer right",
    question="Question",
    question_hint=(
        "Understandable by itself. Other wordings, or the question in another language, on lines "
        "of their own below it."
    ),
    text="Answer",
    text_hint="What everyone who asks this is told, up to about 600 characters.",
    sources="Sources",
    sources_hint="The documents that say so",
    url="Another source",
    url_hint="The address of a document in the index",
    valid_until="Valid until",
    audience="For whom",
    publish="Approve",
    empty="Please write something here.",
    too_long="The first line may have 300 characters at most.",
    unknown_url="No document in the index has this address.",
    source_is_staff="“{}” is for staff only and cannot stand under a public answer.",
    not_in_future="Please choose a day after today.",
    index_unreadable="The index cannot be read just now; please try again.",
    no_answer_here="This is no answer of mine, or it is not kept any more.",
    published="*Approved answer published.* It is given to everyone who asks:",
    failed="*The approved answer could not be published* ({}):",
    not_withdrawn="*The approved answer could not be withdrawn* ({}):",
    withdrawn="*Approved answer withdrawn* by {}:",
    has_ended="*Approved answer withdrawn:* its last day is over.",
    details="Approved by {by} · valid until {until} · {audience}",
    withdraw="Withdraw",
    answered="*The {office} office has answered this question.* {asker}",
    approved_by="Written and approved by {}, not by the assistant.",
    not_set_up="approved answers are not set up here",
)
JAPANESE = ApprovalWording(
    title="この回答を正す",
    question="質問",
    question_hint=(
        "それだけで意味が分かる文にしてください。別の言い方や他の言語での質問は、"
        "次の行に1行ずつ書けます。"
    ),
    text="回答",
    text_hint="同じ質問をした全員に示す文です。600字程度まで。",
    sources="出典",
    sources_hint="根拠となる文書",
    url="他の出典",
    url_hint="登録されている文書のアドレス",
    valid_until="有効期限",
    audience="対象",
    publish="承認する",
    empty="入力してください。",
    too_long="1行目は300字以内にしてください。",
    unknown_url="このアドレスの文書は登録されていません。",
    source_is_staff="「{}」は担当者向けの文書で、公開の回答の出典にはできません。",
    not_in_future="明日以降の日付を選んでください。",
    index_unreadable="現在、文書の索引を読み込めません。もう一度お試しください。",
    no_answer_here="これは私の回答ではないか、記録が残っていません。",
    published="*承認済みの回答を公開しました。* 同じ質問に次のとおりお答えします:",
    failed="*承認済みの回答を公開できませんでした*({}):",
    not_withdrawn="*承認済みの回答を取り下げられませんでした*({}):",
    withdrawn="*承認済みの回答を取り下げました*({}):",
    has_ended="*承認済みの回答を取り下げました。* 有効期限が過ぎました。",
    details="承認: {by} · 有効期限: {until} · {audience}",
    withdraw="取り下げる",
    answered="*{office}事務局がこの質問に回答しました。* {asker} さん",
    approved_by="{} が作成・承認した回答です(自動作成ではありません)。",
    not_set_up="承認済みの回答はここでは設定されていません",
)


def approval_wording(language: str) -> ApprovalWording:
    """Choose the wording for a language code; English where we do not speak it."""
    return JAPANESE if language.lower().split("-")[0] == "ja" else ENGLISH
