"""Words that ask, but name nothing: none of them is searched for."""

import pytest
from tests.unit.bot.answering.made import index, info

from aspire_bot.answering.message.query.glossary import load_glossary
from aspire_bot.answering.message.query.rewrite import Rewriter
from aspire_bot.answering.message.query.spelling import Spelling
from aspire_bot.answering.types import Question
from aspire_ingest.index.text.analysis import analyze

REWRITER = Rewriter(load_glossary(None, analyze), Spelling())
INDEX = index(
    "# Lodging\n\nLodging abroad is paid.\n",
    ("宿泊は実費とする。", info("ja", language="ja")),
)
ENGLISH = (
    *("take", "took", "place", "dr", "prof", "professor", "list", "name", "tell", "held", "hold"),
    *("many", "much", "kind", "stand", "mean", "know", "find", "give", "describe", "explain"),
    *("page", "document", "article", "source", "answer", "question", "please", "ask", "long"),
    *("happen", "exact", "exactly", "current", "still", "actual", "become", "something"),
    *("anything", "thing", "way", "get", "got", "make", "made", "go", "went", "come", "came"),
    *("let", "also", "possible", "allow", "need", "want", "like", "mention", "state", "accord"),
    *("latest", "newest", "most", "recent", "last", "now", "per", "right", "true", "fact"),
    *("date", "time", "other", "else", "beside", "except", "apart", "instead"),
    *("even", "just", "about", "may", "might", "must", "should", "could", "would", "upon"),
    *("edition", "version", "sort", "regard", "relate", "gave", "given", "certain"),
    *("particular", "specific", "general", "usual", "whats", "wheres", "whens", "whos", "hows"),
    *("whys", "thats", "theres", "heres", "dont", "doesnt", "didnt", "isnt", "arent", "wasnt"),
    *("werent", "hasnt", "havent", "cant", "couldnt", "wont", "wouldnt", "shouldnt", "ive"),
    *("weve", "theyre", "pls", "plz", "thx", "btw", "asap"),
)
JAPANESE = (
    *("何", "誰", "いつ", "どこ", "どの", "どれ", "どう", "どんな", "幾つ", "幾ら"),
    *("いくつ", "いくら", "なぜ", "何故", "だれ", "どなた", "教える", "言う", "有る", "居る"),
    *("成る", "下さる", "頂く", "出来る", "知る", "述べる", "示す", "書く", "資料"),
    *("他", "外", "無い", "なし", "パーセント", "何人", "何件", "何年", "何月", "何日", "何か月"),
    *("何名", "何回", "質問", "行う", "行なう", "方", "事", "物", "際", "場合"),
    *("認める", "可能", "必要", "次", "この", "その", "つく", "就く", "付く", "年度", "後"),
    *("以内", "間", "日", "月", "年", "円", "人", "名", "件", "前", "中", "内", "上", "下"),
    *("うち", "版", "以外", "除く", "最新", "直近", "最近", "現在", "今"),
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        *((f"{word} lodging", "lodging") for word in ENGLISH),
        *((f"宿泊 {word}", "宿泊") for word in JAPANESE),
    ],
)
def test_a_word_that_names_nothing_is_not_searched_for(text: str, named: str) -> None:
    language = "en" if named == "lodging" else "ja"
    query = REWRITER.rewrite(Question(text=text), INDEX)
    (needed,) = query.query_terms
    assert needed.is_met(frozenset(analyze(named, language)), language)
