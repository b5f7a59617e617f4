"""Marks of confidence, drafts and embargoes: found where marks stand, never in running text."""

import datetime
import json
from pathlib import Path

import pytest

import aspire_training
from aspire_ingest.load.stated.marks import find_marks

BODY = "\n\n".join(f"Paragraph {n} says something about the programme." for n in range(30))


def marks(text: str = "", *, title: str = "Plan", source: str = "docs/plan.md") -> list[str]:
    found = find_marks(f"{text}\n\n{BODY}", title=title, source=source)
    return [mark.text for mark in found]


@pytest.mark.parametrize(
    "line",
    [
        "社外秘",
        "最高機密",
        "席上配布のみ",
        "部内検討用",
        "未公表",
        "転載禁止・部外秘",
        "無断転載禁止・部外秘",
        "部外秘・複写禁止",
        "部外秘・複製不可",
        "部外秘・引用禁止",
        "席上配布限り",
        "内部検討用",
        "所内検討用",
        "社内検討用",
        "TLP: RED",
        "TLP:AMBER+STRICT",
        "Commercial in confidence",
        "Predecisional",
        "Staff distribution only",
        "Consultation draft",
        "Not for quotation or circulation",
        "TLP:AMBER",
        "Privileged & Confidential",
        "Commercial-in-Confidence",
        "Not for citation or distribution",
        "FOR INTERNAL CIRCULATION ONLY",
        "Confidential – do not forward",
        "Discussion draft of 3 May 2026",
        "Eyes only",
        "Pre-decisional draft",
        "【社外秘】",
        "〔取扱注意〕",
        "＜関係者限り＞",
        "部外秘",
        "厳秘",
        "（秘）",
        "㊙",
        "非公開",
        "社　外　秘",
        "社外秘・取扱注意",
        "※関係者限り",
        "「社外秘」",
        "（社外秘）はじめに読む資料",
        "会議後回収",
        "機密性2情報",
        "案",
        "（案）",
        "未定稿",
        "ドラフト",
        "ドラフト版 2026年5月1日",
        "*** CONFIDENTIAL ***",
        "**CONFIDENTIAL**",
        "CONFIDENTIAL",
        "Strictly Confidential",
        "Private and confidential",
        "CONFIDENTIAL DRAFT",
        "INTERNAL USE ONLY",
        "For internal use only",
        "DRAFT",
        "Draft v0.3",
        "DRAFT 2 (3 May 2026)",
        "[DRAFT]",
        "C O N F I D E N T I A L",
        "ＣＯＮＦＩＤＥＮＴＩＡＬ",
        "DRAFT – NOT FOR CIRCULATION",
        "Confidential – do not distribute",
        "Status: Draft",
        "| Classification | Confidential |",
        "機密区分：社外秘",
        "# CONFIDENTIAL",
        "## 社外秘",
        "CONFIDENTIAL. For the committee alone.",
        "EMBARGOED UNTIL FURTHER NOTICE",
        "EMBARGOED UNTIL 5 December",
        "Not for distribution",
    ],
)
def test_a_line_of_its_own_near_the_top_is_a_mark(line: str) -> None:
    assert marks(f"# Plan for 2027\n\n{line}")
    assert marks(f"{line}\n\n# Plan for 2027")


@pytest.mark.parametrize(
    "line",
    [
        "The draft report was discussed.",
        "# Confidential information",
        "## 秘密情報の取扱い",
        "社外秘の情報の扱いは別に定める。",
        "「社外秘」の表示がある場合は連絡すること。",
        "『取扱注意』扱いの箱は二人で運ぶ。",
        "（社外秘）と記された文書は送らない。",
        "- 社外秘",
        "- Draft",
        "1. Draft",
        "# 案内",
        "提案",
        "## 秘密保持",
        "# Confidentiality",
        "Drafting the proposal",
        "| Draft | Final | Approved |",
        "草案の作成",
        "This document is confidential and may not be shared with anybody.",
        "開催形式：非公開",
        "Embargoed until 1 December 2027, the data were then shared.",
        "# Draft guidelines of 2025",
        "Not for profit organisations",
        "予算案",
        "# 法律案の審議",
        "公募要領（案）に関する意見募集",
        "Access: restricted",
        "取扱注意事項",
        "内部資料室",
        "転載禁止",
        "複写禁止",
        "Discussion of the draft",
        "機密文書の保存",
        "秘書室",
        "## 関係者",
    ],
)
def test_what_talks_about_a_mark_is_none(line: str) -> None:
    assert marks(f"# Plan for 2027\n\nFirst words.\n\nMore words.\n\n{line}") == []


@pytest.mark.parametrize(
    "title",
    [
        "公募要領（案）",
        "公募要領【案】",
        "公募要領 (案)",
        "公募要領　案",
        "【社外秘】予算",
        "Guidelines (draft)",
        "Guidelines [DRAFT v2]",
        "Guidelines – Draft",
        "DRAFT: Guidelines",
        "CONFIDENTIAL Guidelines",
        "Budget - NOT FOR DISTRIBUTION",
        "（未定稿）報告書",
        "報告書（素案）",
        "社外秘：予算",
        "予算　取扱注意",
    ],
)
def test_titles_open_or_close_with_marks(title: str) -> None:
    assert marks(title=title)
    assert marks(f"# {title}", title="Plan")


@pytest.mark.parametrize(
    "title",
    [
        "予算案",
        "提案",
        "ご案内",
        "公募要領（案）に関する意見募集の結果",
        "Confidential information",
        "How to write a first draft",
        "The draft",
        "Draft guidelines on travel",
        "秘密保持の手引",
        "会議（第3回）",
        "NATIONAL DRAFT BOARD",
        "検討案の比較",
    ],
)
def test_titles_that_talk_about_marks_are_none(title: str) -> None:
    assert marks(title=title) == []


@pytest.mark.parametrize(
    "name",
    [
        "budget_DRAFT.docx",
        "DRAFT_budget.docx",
        "draft-budget-2027.md",
        "budget-draft-v3.md",
        "予算(案).xlsx",
        "予算（案）.xlsx",
        "予算_案.pdf",
        "社外秘_予算.pdf",
        "【取扱注意】予算.pdf",
        "㊙予算.xlsx",
        "draft.md",
        "Budget CONFIDENTIAL.pdf",
        "confidential_budget.pdf",
        "手引 未定稿.docx",
        "ＤＲＡＦＴ_budget.md",
    ],
)
def test_names_of_files_carry_marks(name: str) -> None:
    assert marks(source=f"docs/{name}")
    assert marks(source=f"https://a.example/files/{name}")


@pytest.mark.parametrize(
    "name",
    [
        "how-to-draft-a-proposal.md",
        "confidential-information-policy.md",
        "予算案.pdf",
        "案内.md",
        "secret.md",
        "提案書.docx",
        "drafting-guide.md",
        "the-first-draft.md",
        "秘密保持.md",
    ],
)
def test_names_that_talk_about_marks_are_none(name: str) -> None:
    assert marks(source=f"docs/{name}") == []


def test_marks_stand_in_headings_further_down_and_in_footers() -> None:
    assert marks(f"# Plan\n\n{BODY}\n\n## CONFIDENTIAL\n\nFigures.") == ["CONFIDENTIAL"]
    pages = f"Confidential\n\n{BODY}\n\n".join(("# Plan\n\n" + BODY + "\n\n", "", ""))
    assert marks(pages) == ["Confidential"]
    assert find_marks(BODY, title="Plan", source="p.pdf", margins=("- 社外秘 -",))


def test_headings_that_are_the_classes_of_a_policy_are_none() -> None:
    policy = f"# Classes\n\n{BODY}\n\n## 極秘\n\nWords.\n\n## 社外秘\n\nWords.\n\n## 公開\n\nWords."
    assert marks(policy) == []
    assert marks(f"# Work\n\n{BODY}\n\n## Draft\n\nWords.\n\n## 非公開\n\nWords.") == []


@pytest.mark.parametrize(
    ("line", "last"),
    [
        ("EMBARGOED UNTIL 1 December 2026", "2026-12-01"),
        ("Embargoed for release until 10:00 GMT on 3 June 2027", "2027-06-03"),
        ("Embargo: 2026-12-01 00:01 (JST)", "2026-12-01"),
        ("Under embargo until December 1, 2026 at 10:00 a.m. EST", "2026-12-01"),
        ("NOT FOR RELEASE BEFORE 5 December 2026", "2026-12-05"),
        ("【解禁日時】2026年12月1日（火）14時", "2026-12-01"),
        ("報道解禁：令和8年12月1日 午後2時", "2026-12-01"),
        ("2026年12月1日解禁", "2026-12-01"),
        ("Embargoed until February 2027", "2027-02-28"),
    ],
)
def test_an_embargo_says_until_when_it_holds(line: str, last: str) -> None:
    (mark,) = find_marks(f"{line}\n\n# Results\n\n{BODY}", title="Results", source="r.md")
    day = datetime.date.fromisoformat(last)
    assert mark.until == day
    assert mark.holds(day)
    assert not mark.holds(day + datetime.timedelta(days=1))


@pytest.mark.parametrize(
    ("key", "value", "is_mark"),
    [
        ("status", "draft", True),
        ("draft", "true", True),
        ("draft", "false", False),
        ("confidential", "yes", True),
        ("取扱", "社外秘", True),
        ("note", "a draft of mine", False),
        ("embargo", "2027-01-01", True),
        ("visibility", "Staff", True),
        ("visibility", "everyone", False),
        ("公開範囲", "事務局", True),
        ("対象", "大学", False),
        *(
            (key, "staff", True)
            for key in (
                "access",
                "readers",
                "permission",
                "permissions",
                "sharing",
                "share",
                "scope",
                "閲覧範囲",
                "対象",
                "対象者",
                "閲覧",
                "公開",
                "公開区分",
                "閲覧権限",
            )
        ),
        *(
            ("visibility", value, True)
            for value in (
                "internal",
                "private",
                "restricted",
                "hidden",
                "unlisted",
                "members",
                "team",
                "none",
                "office",
                "職員",
                "内部",
                "部内",
                "社内",
                "所内",
                "学内",
                "関係者",
                "限定",
                "不可",
                "なし",
            )
        ),
        *((key, "Yes", True) for key in ("internal", "hidden", "unlisted", "staff_only", "非公開")),
        *((key, "false", True) for key in ("publish", "公開")),
        *(("private", value, True) for value in ("on", "1")),
        *(("public", value, True) for value in ("off", "0")),
        ("audience of it", "staff", False),
        ("private", "true", True),
        ("private", "false", False),
        ("public", "no", True),
        ("public", "yes", False),
        ("private", "", True),
        ("draft", " ", True),
        ("note", "", False),
        ("visibility", '["press", "staff"]', True),
        ("visibility", '["everyone"]', False),
        ("visibility", "[]", False),
    ],
)
def test_keys_of_front_matter_carry_marks(key: str, value: str, is_mark: bool) -> None:
    assert bool(find_marks(BODY, title="Plan", source="p.md", extra={key: value})) is is_mark


def test_hostile_lines_take_no_time() -> None:
    for line in (
        "a" * 150,
        "draft " * 26,
        "CONFIDENTIAL " * 12,
        "1 " * 70,
        "(" * 150,
        "社外秘" * 40,
    ):
        marks(
            "\n\n".join([f"Embargoed until {line}", line, f"# {line}", f"{line}:{line}"]),
            title=line,
        )


def test_hardly_any_document_that_is_for_everyone_is_held() -> None:
    """Guidelines, calls, minutes and news: many speak of drafts and of what is confidential."""
    folder = Path(aspire_training.__file__).with_name("own")
    documents = [
        json.loads(line)
        for path in sorted(folder.glob("docs-*.jsonl"))
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    assert len(documents) > 100
    held = [
        document["doc_id"]
        for document in documents
        if find_marks(document["text"], title=document["title"], source="documents.jsonl")
    ]
    assert len(held) <= len(documents) // 100, held
