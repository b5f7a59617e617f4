"""True statements in other words: synonyms by a list of our own, and cells of tables as sentences."""

import random
import re
from collections.abc import Iterator

from tests.evals.checking.cases import Made, Place

from aspire_bot.answering.quotes.evidence import quoted
from aspire_ingest.index.reader import IndexReader

_SYNONYMS_EN = {
    "researchers": "scientists", "meeting": "gathering", "discussed": "talked about",
    "important": "significant", "began": "commenced", "shows": "demonstrates", "many": "numerous",
    "receive": "obtain", "provides": "offers", "provide": "offer", "helps": "aids",
    "used": "employed", "new": "novel", "built": "constructed", "large": "sizeable",
    "support": "back", "supports": "backs", "started": "commenced", "selected": "chosen",
    "created": "made", "known": "famous", "main": "principal", "often": "frequently",
    "begin": "commence", "purchase": "buy", "located": "situated", "approximately": "roughly",
    "about": "around", "several": "a number of", "ended": "finished", "need": "require",
    "required": "needed", "choose": "pick", "allows": "lets", "ensure": "make sure",
    "information": "details", "additional": "further", "first": "initial", "current": "present",
    "obtain": "get", "completed": "finished", "company": "firm", "children": "kids",
    "film": "movie", "area": "region", "aim": "goal", "opportunity": "chance", "joined": "entered",
    "world": "globe", "formed": "founded", "became": "turned into", "won": "gained",
    "died": "passed away", "sent": "dispatched", "money": "funds", "institution": "organisation",
    "applies": "is valid", "paid": "settled", "costs": "expenses", "reported": "recounted",
    "difficult": "hard", "quickly": "rapidly", "result": "outcome", "problem": "difficulty",
    "place": "location", "work": "labour", "people": "persons", "small": "little",
}  # fmt: skip
_SYNONYMS_JA = {
    "開催した": "開いた", "行われた": "実施された", "発表した": "公表した", "重要": "大切",
    "開始": "スタート", "終了": "完了", "支援する": "後押しする", "課題": "問題", "目的": "狙い",
    "提出": "届け出", "使用": "利用", "購入": "買い入れ", "必要": "要", "多くの": "たくさんの",
    "参加した": "加わった", "議論した": "話し合った", "設立": "創設", "増加": "増大", "場所": "地点",
    "作られた": "製作された", "有名": "著名", "様々な": "いろいろな", "現在": "今", "最初": "初め",
    "場合": "とき", "人気": "評判", "得る": "手に入れる", "規定": "決まり", "研究者": "学者",
    "報告": "リポート", "機関": "組織", "協力": "連携", "一部": "ある部分", "影響": "作用",
    "述べ": "語っ", "示し": "表し", "用い": "使い", "行い": "実施し", "呼ばれ": "称され",
}  # fmt: skip
_MOST_REPLACED = 2


def paraphrases_of(place: Place, generator: random.Random) -> Iterator[Made]:
    """The sentence with one or two of its words replaced by others that mean the same."""
    text = " ".join(place.text.split())
    table = _SYNONYMS_JA if place.language == "ja" else _SYNONYMS_EN
    edge = "" if place.language == "ja" else r"\b"
    found = [word for word in table if re.search(rf"{edge}{word}{edge}", text)]
    generator.shuffle(found)
    said = text
    for word in found[:_MOST_REPLACED]:
        said = re.sub(rf"{edge}{word}{edge}", table[word], said, count=1)
    if said != text:
        yield Made(
            kind="paraphrase", is_true=True, text=said, places=(place,), language=place.language
        )


def cells_of(index: IndexReader, language: str) -> Iterator[Made]:
    """What the rows of tables say, each cell as a sentence."""
    for document_id, info in index.documents().items():
        if info.language != language:
            continue
        for passage in index.passages_of(document_id):
            for at, sentence in enumerate(passage.sentences):
                place = Place(passage=passage, at=at, language=language, group=document_id)
                if sentence.form == "row":
                    row = quoted(passage, sentence)
                    for said in _sentences(row, sentence.lead, language):
                        yield Made(
                            kind="table", is_true=True, text=said, places=(place,),
                            language=language,
                        )  # fmt: skip


def _sentences(row: str, lead: str, language: str) -> Iterator[str]:
    headers = [cell.strip() for cell in lead.rsplit("\n", maxsplit=1)[-1].split("|")]
    cells = [cell.strip() for cell in row.strip().strip("|").split("|")]
    if len(headers) != len(cells) or len(cells) < 2 or len(cells[0]) > 40:
        return
    for header, cell in zip(headers[1:], cells[1:], strict=True):
        if cell and header and len(cell) < 40 and re.search(r"\d", cell):
            if language == "ja":
                yield f"{cells[0]}の{header}は{cell}です。"
            else:
                yield f"For {cells[0]}, the {header[:1].lower()}{header[1:]} is {cell}."
