"""What the bot says of work on the index, in each language it speaks."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratingWording:
    """The strings of one language; `{}` is filled in where it stands."""

    begun: str
    begun_here: str
    not_set_up: str
    usage: Mapping[str, str]
    no_files: str
    at_work: Mapping[str, str]
    progress: Mapping[str, str]
    of: str
    waiting: str
    heads: Mapping[str, str]
    date_from: Mapping[str, str]
    no_date: str
    passages: str
    kinds: Mapping[str, str]
    audiences: Mapping[str, str]
    languages: Mapping[str, str]
    alike: str
    same: str
    warnings: Mapping[str, str]
    fields: Mapping[str, str]
    nothing: str
    difference: str
    same_text: str
    more_lines: str
    approve: str
    replace: str
    remove: str
    change: str
    cancel: str
    undo: str
    good_for: str
    cancelled: str
    by: str
    did: Mapping[str, str]
    undone: Mapping[str, str]
    in_index: str
    empty: str
    refused: Mapping[str, str]
    change_title: str
    title: str
    date: str
    date_hint: str
    kind: str
    audience: str
    look_again: str
    bad_date: str
    too_late: str
    kept_no_more: str
    sync_head: str
    sync_all: str
    sync_counts: Mapping[str, str]
    sync_nothing: str
    sync_failed: str
    sync_held: str
    sync_remarked: str
    marked_title: str
    marked_confirm: str
    marked_accept: str
    sync_run: str
    sync_prune: str
    sync_prune_confirm: str
    sync_gone: str
    synced: str
    status_head: str
    status_counts: str
    status_source: Mapping[str, str]
    status_runs: str
    status_alerts: str
    trouble: str
    over: str
    too_old: str
    unreadable: str
    broken: str


ENGLISH = CuratingWording(
    begun="I am looking at it. What it would change comes in our direct conversation.",
    begun_here="I am looking at it. What it would change comes into this channel.",
    not_set_up="The index cannot be changed from here.",
    usage={
        "ingest": "/aspire ingest https://… – looks at a page, and indexes it once you approve. "
        "For a file, send it to me in a direct message.",
        "remove": "/aspire remove DOCUMENT or https://… – takes a document out of the index, once "
        "you approve.",
    },
    no_files="There is no file in this message that I could read.",
    at_work={
        "looking": "Looking at it… Nothing is changed.",
        "doing": "At work on the index…",
        "pruning": "At work on the index…",
        "undoing": "Bringing back what was there before…",
    },
    progress={
        "visit": "visiting pages",
        "load": "reading",
        "embed": "embedding",
        "publish": "publishing",
    },
    of="{step}: {done} of {total}",
    waiting="Somebody else is changing the index just now; I go on when they are done.",
    heads={
        "add": "*New for the index*",
        "replace": "*Replaces what is indexed*",
        "keep": "*The index holds just this already*",
        "remove": "*To be removed from the index*",
    },
    date_from={
        "text": "{} (stated in its text)",
        "url": "{} (from its address)",
        "metadata": "{} (from its metadata)",
        "front matter": "{} (from its first lines)",
        "wanted": "{} (set by staff)",
    },
    no_date="no date",
    passages="passages: {}",
    kinds={
        "news": "news",
        "guideline": "guideline",
        "call": "call",
        "faq": "FAQ",
        "about": "about",
        "people": "people",
        "other": "other",
    },
    audiences={"public": "for everyone", "staff": "for staff"},
    languages={"en": "English", "ja": "Japanese", "und": "unknown language"},
    alike="Nearly the same as ({share} %): {title}",
    same="Says the same as: {title}",
    warnings={
        "followed": "The next sync of {} brings this document again, as its page says it.",
        "no_date": "It has no date: answers cannot say how old it is.",
        "no_language": "Its language is not known.",
        "short": "It is much shorter than what is indexed ({} characters): is the page broken?",
        "gone": "It was known as gone since {}.",
        "published": "It was for staff and would be for everyone.",
        "approved": "It says that {} approved it: it would be given as an approved answer.",
        "marked": "It is marked {}: it should perhaps not be for everyone.",
        "remarks": "Its text does not show all of the file, or may be wrong: {}",
    },
    fields={
        "title": "Title",
        "url": "Address",
        "source": "Comes from",
        "publisher": "Publisher",
        "published": "Date",
        "published_from": "Date from",
        "language": "Language",
        "kind": "Kind",
        "edition": "Edition",
        "supersedes": "Supersedes",
        "audience": "For",
    },
    nothing="nothing",
    difference="Difference to the indexed text (sentences: {inserted} new, {deleted} gone)",
    same_text="The text is the same.",
    more_lines="… and {} lines more",
    approve="Add to the index",
    replace="Replace",
    remove="Remove",
    change="Change…",
    cancel="Cancel",
    undo="Undo",
    good_for="Nothing has been changed yet. This can be approved for a day.",
    cancelled="*Cancelled* by {}. Nothing was changed.",
    by="by {}",
    did={
        "added": "*Added to the index*",
        "replaced": "*Replaced in the index*",
        "removed": "*Removed from the index*",
        "unchanged": "*The index held just this already*",
    },
    undone={
        "added": "*Undone:* it is in the index again, as it was.",
        "replaced": "*Undone:* the earlier version is in the index again.",
        "removed": "*Undone:* it is out of the index again.",
        "unchanged": "*Undone.*",
    },
    in_index="index {}",
    empty="Please write something here.",
    refused={
        "unreadable": "This cannot be indexed:",
        "unknown": "This is not known:",
        "ambiguous": "Several documents have this address; name one of them:",
        "expired": "This was looked at too long ago. Please send it again.",
        "stale": "The index has changed since this was looked at. Please send it again.",
        "changed": "This cannot be undone: the document was changed since.",
        "later": "There is nothing to undo any more.",
        "unsafe": "Too much would be removed; nothing was. If it is meant to go, run "
        "`aspire-ingest sync --prune --yes` where the index is:",
        "settings": "This cannot be done as it is set up:",
        "marked": "It is marked as not for everyone; nothing was changed:",
        "empty": "No documents have been indexed yet.",
        "failed": "That did not work; the index is as it was before:",
        "file": "The file cannot be taken from Slack:",
        "approved": "This is an approved answer: take it out with *Withdraw* under the message "
        "that says it is published.",
        "too_large": "The file is over the limit of {} MB.",
    },
    change_title="Before it is indexed",
    title="Title",
    date="Date",
    date_hint="YYYY-MM-DD, YYYY-MM or YYYY; empty: as the document says",
    kind="Kind",
    audience="For whom",
    look_again="Look again",
    bad_date="This is no date. Write YYYY-MM-DD, YYYY-MM or YYYY.",
    too_late="This was decided in the meantime.",
    kept_no_more="This is too long ago: it is kept no more.",
    sync_head="*Sync of {}*: what it would do. Nothing has been changed yet.",
    sync_all="all sources",
    sync_counts={
        "added": "{} new",
        "changed": "{} changed",
        "removed": "{} removed",
        "gone": "{} gone",
        "unchanged": "{} as before",
        "failed": "{} failed",
        "held": "{} held",
        "moved": "{} moved",
    },
    sync_nothing="nothing",
    sync_failed="*Not read:*",
    sync_held="*Held, not indexed* (what is marked: for staff with `audience: staff`, else "
    "`marks: accepted` for its source, or `aspire-ingest sync --accept-marks`):",
    sync_remarked="*Indexed with remarks:*",
    marked_title="Index it in spite of its mark?",
    marked_confirm="It is marked {} and would be quoted to everyone.",
    marked_accept="Index it",
    sync_run="Run it",
    sync_prune="Run it, remove what is gone",
    sync_prune_confirm="Documents whose pages are gone are removed from the index. Removals by a "
    "sync have no undo.",
    sync_gone="Pages that are gone stay in the index, marked, until their removal is confirmed.",
    synced="*Sync of {} is done.*",
    status_head="*Index {version}* of {moment}",
    status_counts="documents: {documents} · passages: {passages} · {languages}",
    status_source={
        "ok": "read on {}",
        "never": "never read",
        "stale": "last read on {}, too long ago",
        "failing": "failed {} times in a row: {}",
    },
    status_runs="*Last runs*",
    status_alerts="*Needs attention*",
    trouble="*The index needs attention*",
    over="*Over:*",
    too_old="No source was read with success for {} days, longer than allowed.",
    unreadable="The index cannot be looked at: {}",
    broken="The last {} syncs failed as a whole; `aspire-ingest history` says why.",
)
JAPANESE = CuratingWording(
    begun="確認しています。変更内容をダイレクトメッセージでお送りします。",
    begun_here="確認しています。変更内容をこのチャンネルに投稿します。",
    not_set_up="ここからは索引を変更できません。",
    usage={
        "ingest": "/aspire ingest https://… – ページの内容を確認し、承認後に索引に登録します。"
        "ファイルはダイレクトメッセージでお送りください。",
        "remove": "/aspire remove 文書ID または https://… – 承認後に文書を索引から削除します。",
    },
    no_files="このメッセージには読み取れるファイルがありません。",
    at_work={
        "looking": "確認しています… まだ何も変更していません。",
        "doing": "索引を更新しています…",
        "pruning": "索引を更新しています…",
        "undoing": "元の状態に戻しています…",
    },
    progress={
        "visit": "ページを確認中",
        "load": "読み込み中",
        "embed": "ベクトル化中",
        "publish": "公開中",
    },
    of="{step}: {done}/{total}",
    waiting="現在、他の処理が索引を更新しています。終わり次第続けます。",
    heads={
        "add": "*新しく登録される文書*",
        "replace": "*登録済みの文書を置き換えます*",
        "keep": "*同じ内容がすでに登録されています*",
        "remove": "*索引から削除される文書*",
    },
    date_from={
        "text": "{}(本文の記載)",
        "url": "{}(アドレスから)",
        "metadata": "{}(メタデータから)",
        "front matter": "{}(冒頭の記載)",
        "wanted": "{}(担当者の指定)",
    },
    no_date="日付なし",
    passages="{}区間",
    kinds={
        "news": "お知らせ",
        "guideline": "要領・手引",
        "call": "公募",
        "faq": "FAQ",
        "about": "概要",
        "people": "人物",
        "other": "その他",
    },
    audiences={"public": "公開", "staff": "担当者向け"},
    languages={"en": "英語", "ja": "日本語", "und": "言語不明"},
    alike="よく似た文書({share}%): {title}",
    same="同じ内容の文書: {title}",
    warnings={
        "followed": "次回の{}の同期で、ページの記載どおりに再び登録されます。",
        "no_date": "日付がないため、回答で情報の新しさを示せません。",
        "no_language": "言語が分かりません。",
        "short": "登録済みの文書({}字)よりかなり短くなっています。ページの不具合ではありませんか。",
        "gone": "{}以降、掲載が確認できなかった文書です。",
        "published": "担当者向けだった文書が公開になります。",
        "approved": "{}が承認した回答であると記載されています。承認済みの回答として扱われます。",
        "marked": "「{}」と表示されています。公開してよい文書か確認してください。",
        "remarks": "本文に現れない部分、または正しく読めていない可能性のある部分があります: {}",
    },
    fields={
        "title": "題名",
        "url": "アドレス",
        "source": "取得元",
        "publisher": "発行者",
        "published": "日付",
        "published_from": "日付の出所",
        "language": "言語",
        "kind": "種類",
        "edition": "版",
        "supersedes": "置き換える版",
        "audience": "対象",
    },
    nothing="なし",
    difference="登録済みの文書との差分: 追加 {inserted} 文、削除 {deleted} 文",
    same_text="本文は同じです。",
    more_lines="… ほか{}行",
    approve="登録する",
    replace="置き換える",
    remove="削除する",
    change="変更…",
    cancel="取り消す",
    undo="元に戻す",
    good_for="まだ何も変更していません。1日以内に承認できます。",
    cancelled="*取り消しました*({})。何も変更していません。",
    by="担当: {}",
    did={
        "added": "*索引に登録しました*",
        "replaced": "*索引の文書を置き換えました*",
        "removed": "*索引から削除しました*",
        "unchanged": "*同じ内容がすでに登録されていました*",
    },
    undone={
        "added": "*元に戻しました。* 文書は以前のとおり索引にあります。",
        "replaced": "*元に戻しました。* 以前の版が索引にあります。",
        "removed": "*元に戻しました。* 文書は索引から除かれました。",
        "unchanged": "*元に戻しました。*",
    },
    in_index="索引 {}",
    empty="入力してください。",
    refused={
        "unreadable": "登録できません:",
        "unknown": "見つかりません:",
        "ambiguous": "このアドレスの文書が複数あります。文書IDで指定してください:",
        "expired": "確認から時間が経ちすぎています。もう一度お送りください。",
        "stale": "確認後に索引が変わりました。もう一度お送りください。",
        "changed": "その後に文書が変更されたため、元に戻せません。",
        "later": "元に戻せるものがありません。",
        "unsafe": "削除される文書が多すぎるため、何も変更していません。意図したものであれば、索引の"
        "ある環境で `aspire-ingest sync --prune --yes` を実行してください:",
        "settings": "現在の設定では実行できません:",
        "marked": "公開を控えるべき表示があるため、変更していません:",
        "empty": "まだ文書が登録されていません。",
        "failed": "処理できませんでした。索引は元のままです:",
        "file": "Slackからファイルを取得できません:",
        "approved": "これは承認済みの回答です。公開を知らせるメッセージの「取り下げる」で取り下げて"
        "ください。",
        "too_large": "ファイルが上限({} MB)を超えています。",
    },
    change_title="登録内容の変更",
    title="題名",
    date="日付",
    date_hint="YYYY-MM-DD、YYYY-MM、YYYY。空欄: 文書の記載どおり",
    kind="種類",
    audience="対象",
    look_again="再確認する",
    bad_date="日付として読めません。YYYY-MM-DD、YYYY-MM、YYYY の形で書いてください。",
    too_late="すでに処理されています。",
    kept_no_more="時間が経ったため、記録が残っていません。",
    sync_head="*{}の同期*: 次のように変わります。まだ何も変更していません。",
    sync_all="すべての取得元",
    sync_counts={
        "added": "追加 {}",
        "changed": "変更 {}",
        "removed": "削除 {}",
        "gone": "掲載終了 {}",
        "unchanged": "変更なし {}",
        "failed": "失敗 {}",
        "held": "保留 {}",
        "moved": "移動 {}",
    },
    sync_nothing="なし",
    sync_failed="*読み取れなかったもの:*",
    sync_held="*保留し、登録していないもの*(取扱いの表示があるものは、担当者向けなら "
    "`audience: staff`、公開するなら取得元の `marks: accepted` または "
    "`aspire-ingest sync --accept-marks`):",
    sync_remarked="*注記付きで登録したもの:*",
    marked_title="表示がありますが登録しますか",
    marked_confirm="「{}」と表示されています。登録すると誰にでも引用されます。",
    marked_accept="登録する",
    sync_run="実行する",
    sync_prune="掲載終了分を削除して実行",
    sync_prune_confirm="掲載が終わったページの文書を索引から削除します。同期による削除は元に戻せません。",
    sync_gone="掲載が終わったページは、削除を確認するまで印を付けて索引に残します。",
    synced="*{}の同期が終わりました。*",
    status_head="*索引 {version}*({moment})",
    status_counts="{documents}文書、{passages}区間({languages})",
    status_source={
        "ok": "{}に確認",
        "never": "未確認",
        "stale": "最終確認 {}(期限超過)",
        "failing": "{}回続けて失敗: {}",
    },
    status_runs="*最近の実行*",
    status_alerts="*確認が必要です*",
    trouble="*索引の確認が必要です*",
    over="*解消しました:*",
    too_old="{}日間、どの取得元も確認できていません(許容期間を超えています)。",
    unreadable="索引を確認できません: {}",
    broken="直近{}回の同期がすべて失敗しました。`aspire-ingest history` で理由を確認できます。",
)


def curating_wording(language: str) -> CuratingWording:
    """Choose the wording for a language code; English where we do not speak it."""
    return JAPANESE if language.lower().split("-")[0] == "ja" else ENGLISH
