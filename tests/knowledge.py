"""A small knowledge base about a made-up side of the programme, written as files and indexed.

Two languages, a translated pair, two editions, a table, another programme, a document for staff.
"""

from importlib import resources
from pathlib import Path

from tests.small_index import lent_chroma

from aspire_ingest.bootstrap import build_parts
from aspire_ingest.pipeline.pipeline import RunRequest, ingest
from aspire_ingest.pipeline.run_summary import Report
from aspire_ingest.settings import IngestSettings

SITE = "https://example.org/aspire"
RESERVE = "40 million yen"
"""What only staff may know."""

ABOUT = f"""---
title: About ASPIRE
url: {SITE}/en/about.html
date: 2025-04-01
language: en
kind: about
---

# About ASPIRE

ASPIRE (Adopting Sustainable Partnerships for Innovative Research Ecosystem) funds international \
joint research.

## Goals

The goals of ASPIRE are to link top researchers in Japan with communities abroad, to train young \
researchers, and to promote the circulation of talent.

## Fields

ASPIRE supports research in these fields:

- Energy
- Materials
- Quantum technology
- Semiconductors
"""

REPORT_EN = f"""---
title: "Field meeting of the ASPIRE bioengineering projects"
url: {SITE}/report/251111_e.html
date: 2025-11-11
language: en
kind: news
---

# Field meeting of the ASPIRE bioengineering projects

On November 4, 2025, the principal investigators of the ASPIRE bioengineering field held a field \
meeting online. The meeting was moderated by Dr. Hiroshi Shimizu, Program Officer. All eight \
projects presented their progress.

## What came out

The participants concluded that the integration of synthetic biology with AI will be essential \
for Japan to become a hub. Dr. Kenjiro Miyano, Program Director, said that the flexibility of the \
funding is expected to drive the programme [7].
"""

REPORT_JA = f"""---
title: "ASPIRE バイオ分野 領域会議を開催"
url: {SITE}/report/251111.html
date: 2025-11-11
language: ja
kind: news
---

# ASPIRE バイオ分野 領域会議を開催

2025年11月4日、ASPIREバイオ分野の研究代表者による領域会議をオンラインで開催しました。\
司会は清水浩研究主幹が務めました。全8課題が進捗を発表しました。

## 議論の結果

参加者は、日本が拠点となるには合成生物学とAIの融合が不可欠であると結論づけました。
"""

BUYOUT_JA = f"""---
title: "研究代表者の人件費について"
url: {SITE}/buyout.html
date: 2025-06-02
language: ja
kind: guideline
---

# 研究代表者の人件費について

研究代表者の人件費は、年間120万円を上限として直接経費から支出することができます。\
支出には所属機関の同意書が必要です。
"""


def _handbook(year: int, percent: int, form: int) -> str:
    return f"""---
title: "ASPIRE Handbook FY{year}"
url: {SITE}/en/handbook-fy{year}.html
date: {year}-04-01
language: en
kind: guideline
edition: FY{year}
---

# ASPIRE Handbook FY{year}

## Carry-over

A project may carry over up to {percent} percent of its direct costs to the next year without \
approval. A larger carry-over needs approval on Form {form}.

## Daily allowance

Table 1. Daily allowance for research trips

| Country group | Lodging a night | Daily allowance |
| --- | --- | --- |
| Europe | {year - 2000 - 6},000 yen | 6,200 yen |
| Asia | {year - 2000 - 12},000 yen | 4,500 yen |
"""


CREST = """---
title: "CREST: outline of the programme"
url: https://example.org/crest/en/outline.html
date: 2025-04-01
language: en
kind: about
---

# CREST: outline of the programme

CREST supports teams that work on strategic objectives. A CREST team receives 300 million yen \
over five and a half years. CREST research directors submit a mid-term report in the third year.
"""

STAFF = f"""---
title: Reserve of the programme
date: 2025-05-01
language: en
kind: guideline
audience: staff
---

# Reserve of the programme

The reserve of the ASPIRE programme for unforeseen costs is {RESERVE}. Only the steering group \
decides on the reserve.
"""

FILES = {
    "about-en.md": ABOUT,
    "report-en.md": REPORT_EN,
    "report-ja.md": REPORT_JA,
    "buyout-ja.md": BUYOUT_JA,
    "handbook-fy2025-en.md": _handbook(2025, 5, 4),
    "handbook-fy2026-en.md": _handbook(2026, 10, 5),
    "crest-en.md": CREST,
    "staff-reserve.md": STAFF,
}

SAMPLE = Path(str(resources.files("aspire_ingest") / "sample"))
"""The sample knowledge that is shipped."""


def write(folder: Path) -> None:
    """Write the documents as files."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")


def add(home: Path, *targets: Path) -> Report:
    """Index targets with the default embedder, as `aspire-ingest add` does, in this process."""
    settings = IngestSettings(home=home)
    with build_parts(settings, lambda _step, _done, _total: None, open_chroma=lent_chroma) as parts:
        report = ingest(RunRequest(targets=[str(target) for target in targets]), parts)
    assert report.failures == ()
    return report
