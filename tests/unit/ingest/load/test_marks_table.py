"""A table of short texts: forty that carry a mark where marks stand, sixty that speak of one."""

import pytest

from aspire_ingest.load.stated.marks import find_marks

BODY_EN = "\n\n".join(f"Section {n} sets out how teams report their travel." for n in range(20))
BODY_JA = "\n\n".join(f"第{n}節では旅費の報告の方法を定める。" for n in range(20))

MARKED: tuple[tuple[str, str], ...] = (
    # title and text; an empty title marks nothing
    ("", "社外秘\n\n# 次年度の計画"),
    ("", "# 次年度の計画\n\n【社外秘】"),
    ("", "# 次年度の計画\n\n取扱注意"),
    ("", "〈取扱注意〉\n\n# 評価の結果"),
    ("", "# 評価の結果\n\n部外秘"),
    ("", "（部外秘）\n\n# 評価の結果"),
    ("", "# 委員会資料\n\n※ 関係者限り"),
    ("", "# 委員会資料\n\n委員限り・会議後回収"),
    ("", "# 公募要領（案）"),
    ("", "# 公募要領【素案】"),
    ("", "（案）\n\n# 公募要領"),
    ("", "# 公募要領\n\n未定稿"),
    ("", "# 報告書\n\nドラフト版 2027年2月3日"),
    ("", "# 報告書\n\n取扱区分：部外秘"),
    ("", "| 機密区分 | 社外秘 |\n| --- | --- |\n\n# 報告書"),
    ("", "社 外 秘\n\n# 契約の一覧"),
    ("", "**取扱厳重注意**\n\n# 契約の一覧"),
    ("", "# 契約の一覧\n\n機密性３情報"),
    ("", "【解禁日時】令和72年3月4日 午後2時\n\n# 採択の発表"),
    ("", "報道解禁：2090年3月4日\n\n# 採択の発表"),
    ("", "CONFIDENTIAL\n\n# Plan of the panel"),
    ("", "# Plan of the panel\n\n*** CONFIDENTIAL ***"),
    ("", "# Plan of the panel\n\nStrictly confidential"),
    ("", "# Plan of the panel\n\nPrivate & Confidential"),
    ("", "# Plan of the panel\n\nConfidential – do not distribute"),
    ("", "# Plan of the panel\n\nFOR INTERNAL USE ONLY"),
    ("", "# Plan of the panel\n\nClassification: Confidential"),
    ("", "DRAFT\n\n# Rules for travel"),
    ("", "# Rules for travel\n\nDRAFT v0.7"),
    ("", "# Rules for travel (draft)"),
    ("", "# DRAFT – Rules for travel"),
    ("", "# Rules for travel\n\nWorking draft 2 (4 March 2027)"),
    ("", "# Rules for travel\n\nDraft – not for citation"),
    ("", "# Rules for travel\n\nStatus: draft"),
    ("", "EMBARGOED UNTIL 4 March 2090\n\n# Awards"),
    ("", "# Awards\n\nEmbargo: 2090-03-04 09:00 JST"),
    ("", "# Awards\n\nUnder embargo until March 4, 2090 at noon"),
    ("", "NOT FOR RELEASE BEFORE 4 March 2090\n\n# Awards"),
    ("CONFIDENTIAL: Awards", "The list of the panel."),
    ("採択の一覧（取扱注意）", "委員会の一覧。"),
)

SPOKEN_OF: tuple[tuple[str, str], ...] = (
    ("", "# 手引\n\n社外秘の資料を持ち出してはならない。"),
    ("", "# 手引\n\n研究者は、社外秘と記された文書を電子メールで送らないこと。"),
    ("", "# 社外秘情報の管理について"),
    ("", "# 手引\n\n「社外秘」の表示がある場合は事務局に連絡してください。"),
    ("", "# 手引\n\n- 社外秘\n- 部外秘\n- 公開"),
    ("", "# 手引\n\n取扱注意の薬品は鍵のかかる棚に保管する。"),
    ("", "# 取扱注意事項"),
    ("", "# 手引\n\n取扱注意と表示された箱は2人で運ぶ。"),
    ("", "# 手引\n\n放射性物質の取扱いに注意すること。"),
    ("", "# 手引\n\n部外秘とする範囲は所属機関が定める。"),
    ("", "# 手引\n\n会議の資料は部外秘であり、複写できない。"),
    ("", "# 手引\n\n秘密保持契約を結んだ相手にのみ開示する。"),
    ("", "# 秘密保持契約の書き方"),
    ("", "# 手引\n\n機密情報を含むファイルは暗号化する。"),
    ("", "# 機密情報の取扱い"),
    ("", "# 手引\n\n非公開の会合は年に二回開かれる。"),
    ("", "# 手引\n\n審査は非公開で行います。"),
    ("", "# 手引\n\n内部資料の請求は総務課が受け付ける。"),
    ("", "# 次年度予算案の概要"),
    ("", "# 手引\n\n委員会は改定案を承認した。"),
    ("", "# 手引\n\n提案書の案を作成するときは様式2を用いる。"),
    ("", "# ご案内"),
    ("", "# 手引\n\n原案に対し三件の意見が寄せられた。"),
    ("", "# 公募要領（案）に対する意見募集の結果について"),
    ("", "# 手引\n\n素案の段階で相談することが望ましい。"),
    ("", "# 手引\n\nドラフトを共有してから一週間で確定する。"),
    ("", "# ドラフトの書き方"),
    ("", "# 手引\n\n未定稿の論文は業績に数えない。"),
    ("", "# 手引\n\n草案の作成は委員が分担する。"),
    ("", "# 手引\n\n1. 案\n2. 確定版"),
    ("", "# 手引\n\n報道解禁の日時は広報課が決める。"),
    ("", "# 手引\n\nエンバーゴの付いた論文は解禁後に登録する。"),
    ("", "# 解禁日の決め方"),
    ("秘書の業務", "秘書は日程を調整する。"),
    ("提案の手引", "案を三つ示すこと。"),
    ("", "# Guide\n\nMark a file CONFIDENTIAL if it holds personal data."),
    ("", "# Guide\n\nAll reviews are confidential and are not passed on."),
    ("", "# Confidential information and how to store it"),
    ("", "# Confidentiality of reviews"),
    ("", "# Guide\n\nConfidential annexes go in a separate envelope."),
    ("", '# Guide\n\nA page stamped "CONFIDENTIAL" must not be copied.'),
    ("", "# Guide\n\n- Public\n- Internal\n- Confidential"),
    ("", "# Guide\n\n| Level | Meaning |\n| --- | --- |\n| Confidential | for the panel |"),
    ("", "# Guide\n\nKeep patient records strictly confidential at all times."),
    ("", "# Guide\n\nThe panel met in a confidential session in May."),
    ("", "# Drafting a proposal"),
    ("", "# How to comment on a draft"),
    ("", "# Guide\n\nThe draft was sent to partners for comment in June."),
    ("", "# Guide\n\nA first draft is due four weeks before the deadline."),
    ("", "# Guide\n\nPlease draft the summary in plain words."),
    ("", "# Draft guidelines: what the consultation said"),
    ("", "# Guide\n\n1. Draft\n2. Review\n3. Submit"),
    ("", "# Guide\n\nTeams use the NFL draft as an example of a queue."),
    ("", "# Guide\n\nThe ship has a draft of nine metres."),
    ("", "# Guide\n\nSome journals put papers under embargo until a set date."),
    ("", "# Guide\n\nThe embargo on exports was lifted on 4 March 2026."),
    ("", "# Embargo periods and open access"),
    ("", "# Guide\n\nThe data were embargoed until 4 March 2090, when they became free."),
    ("Secretarial support", "The secretary keeps the list."),
    ("The restricted call and who may apply", "Two institutes may apply."),
)


def _marks(title: str, text: str) -> list[str]:
    body = BODY_EN if (title + text).isascii() else BODY_JA
    found = find_marks(f"{text}\n\n{body}", title=title or "Report", source="docs/report.md")
    return [mark.text for mark in found]


def test_the_table_is_as_long_as_it_says() -> None:
    assert (len(set(MARKED)), len(set(SPOKEN_OF))) == (40, 60)


@pytest.mark.parametrize(("title", "text"), MARKED)
def test_a_mark_where_marks_stand_is_found(title: str, text: str) -> None:
    assert _marks(title, text)


@pytest.mark.parametrize(("title", "text"), SPOKEN_OF)
def test_words_of_running_text_are_no_marks(title: str, text: str) -> None:
    assert _marks(title, text) == []
