"""Each word by which a question asks for a kind of value, or a text holds one, has an example.

An example holds its word and no other of the table, so that it fails where the word is lost.
"""

import pytest

from aspire_bot.answering.message.query.expectation import Expectation, expectations, holds

E = Expectation

ASKS: dict[Expectation, tuple[str, ...]] = {
    E.PHONE: ("Is there a telephone?", "Can I call you", "May we call them", "電話で聞けますか"),
    E.EMAIL: (
        "Give me the e-mail address",
        "Is there an email for it?",
        "メールアドレスを教えて",
        "事務局のメアドを教えて",
    ),
    E.ADDRESS: (
        "Give me the url of the portal",
        "Give me the web page address",
        "Give me the web site address",
        "Send a link to the form",
        "ウェブサイトを教えて",
        "ホームページのアドレスを教えて",
    ),
    E.MEANING: (
        "What PI stands for",
        "What CREST = in this text",
        "What it is abbreviated to",
        "Explain the acronym",
        "The name spelt out",
        "What it is short for",
        "ERATOは何の略でしょう",
        "略称を教えて",
        "正式名を教えて",
        "CRESTの意味は",
    ),
    E.MONEY: (
        "How much can be spent",
        "What is the travel cost",
        "What was the travel cost",
        "What are the cost and the limit",
        *(f"What is the {sum_}" for sum_ in ("amount", "budget", "ceiling", "price", "fee")),
        "Is there an upper limit?",
        "Is the amount fixed?",
        "Is there a budget?",
        "Is there a ceiling?",
        "Tell me the funding per project?",
        "Tell me the award size?",
        "How many yen",
        "How many dollars",
        "How many euros",
        "Tell me the highest price",
        "Tell me the maximum amount",
        "Tell me the lowest cost",
        "Tell me the minimum fee",
        "旅費はいくら",
        "金額を教えて",
        "何円まで",
        "上限額を教えて",
        "予算額を教えて",
        "費用は誰が負担",
        "限度額を教えて",
        "研究費の上限",
        "予算の額",
        "経費の上限",
    ),
    E.SHARE: (
        "What share is kept",
        "What percentage is kept",
        "What percent is kept",
        "What proportion is kept",
        "What rate is applied",
        "Tell me the success rate",
        "Tell me the adoption rate",
        "Tell me the indirect cost rate",
        "何割まで",
        "何%まで",
        "何％まで",
        "何パーセントまで",
        "割合を教えて",
        "採択率を教えて",
        "比率を教えて",
    ),
    E.DURATION: (
        "How long does it run",
        "How many days",
        "How many weeks",
        "How many months",
        "How many years",
        "How old may I be",
        "何日間の出張",
        "何週まで",
        "何年以内",
        "何年以上",
        "何年未満",
        "何年前の論文",
        "何年続く",
        "何か月の滞在",
        "何カ月の滞在",
        "何ヶ月の滞在",
        "何箇月の滞在",
        "何歳まで",
        "どのくらいの期間",
    ),
    E.PERIOD: (
        "What period is covered",
        "Which duration is meant",
        "By when must it be sent",
        "How soon must it be sent",
        "How long before the trip",
        "期間はどれ",
        "いつから使える",
        "いつまで使える",
        "何日前に出す",
    ),
    E.COUNT: (
        "How many were there",
        "Tell me the number of teams",
        *(f"何{unit}ありますか" for unit in ("件", "人", "名", "課題", "社", "か国", "カ国", "回")),
        *(f"何{unit}ありますか" for unit in ("つ", "校", "機関", "チーム", "本", "項目")),
        "いくつありますか",
        "件数を教えて",
        "人数を教えて",
    ),
    E.PEOPLE: (
        "List the PIs",
        "Name the principal investigators",
        "Give the names of speakers",
        "Who are the people",
        "Which persons came",
        "Which members came",
        "Which officers came",
        "Which organisers came",
        "Which organizers came",
        "Which participants came",
        "Which professors came",
        "Which doctors came",
        "Which directors came",
        "Which advisors came",
        "Which advisers came",
        "氏名を教えて",
        "研究代表者は誰",
        "PIはだれ",
        "講演者は誰",
    ),
    E.PERSON: (
        "Who came",
        "Whose was it",
        "Whom can I ask",
        "誰に聞く",
        "だれに聞く",
        "どなたに聞く",
        "何という人",
        "何という方",
    ),
    E.DATE: (
        "When was it",
        "Tell me the exact date",
        "Are there dates?",
        "What date was it",
        "What day was it",
        "Which month was it",
        "What year was it",
        "Which fiscal year was it",
        "What time was it",
        "Tell me the deadline",
        "Tell me the due date",
        "Tell me what is due on Monday",
        "いつだった",
        "何日ですか",
        "何月ですか",
        "何年ですか",
        *(f"{word}を教えて" for word in ("期日", "締切", "締め切り", "〆切", "日付", "日程")),
        "日時を教えて",
    ),
    E.PLACE: (
        "Where was it",
        *(f"Which {place} was it" for place in ("place", "city", "country", "location")),
        *(f"Which {place} was it" for place in ("building", "countries")),
        "Tell me the venue",
        "どこだった",
        "場所を教えて",
        "会場を教えて",
        "開催地を教えて",
        "どの国",
        "何処だった",
    ),
    E.LISTING: (
        "A list of them",
        "Which of the two teams",
        *(f"What {kind} there" for kind in ("kinds", "types", "categories", "themes", "goals")),
        *(f"What {kind} there" for kind in ("areas", "fields", "conditions", "requirements")),
        *(f"What {kind} there" for kind in ("points", "steps", "changes", "items")),
        "What are they",
        *(f"Name {which} of them" for which in ("the", "all", "some", "three", "two")),
        "目標を挙げて",
        "一覧を見せて",
        "列挙して",
        "すべて教えて",
        "全て教えて",
        "どのような制度がありますか",
        "どのような種類か",
        "どんな制度がありますか",
        "どんな種類か",
        *(f"{what}は何" for what in ("課題", "目標", "テーマ", "分野", "機関")),
        "国はどこ",
        "目標はどれ",
    ),
    E.STATUS: (
        "Is it still open",
        "Has it already closed",
        "Do they yet accept it",
        "Is it currently running",
        "Is it still available",
        "Is it closed now",
        "Is it open yet",
        "受付中でしょうか",
        "募集中でしょうか",
        "まだ応募はできる",
        "まだ申請はできる",
        "まだ受付はある",
        "もう終わった",
        "もう締め切られた",
    ),
    E.DECISION: (
        *(f"{verb} it be so" for verb in ("Can", "Could", "May", "Must", "Should", "Will")),
        *(f"{verb} it so" for verb in ("Is", "Are", "Was", "Were", "Do", "Does", "Did")),
        *(f"{verb} it so" for verb in ("Has", "Have")),
        *(f"{word} is it so" for word in ("And", "But", "So", "Then")),
        "旅費にできますか",
        "旅費にできるか",
        "対象ですか",
        "使えますか",
        "変更は可能か",
        "報告は必要か",
        "支出が認められる",
    ),
}


@pytest.mark.parametrize(
    ("kind", "question"), [(kind, text) for kind, texts in ASKS.items() for text in texts]
)
def test_every_word_that_asks_for_a_value(kind: Expectation, question: str) -> None:
    assert kind in expectations(question)


HELD: dict[Expectation, tuple[str, ...]] = {
    E.COUNT: (
        *(
            f"There were {word} of them"
            for word in (
                *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"),
                *("eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen"),
                *("eighteen", "nineteen", "twenty", "thirty", "forty", "fifty", "a hundred"),
                *("a dozen", "both", "no more"),
            )
        ),
        *("二つある", "三人いる", "四名いる", "五件ある", "六課題ある", "七か国ある", "八カ国ある"),
        *("九回ある", "十社ある", "百校ある", "千機関ある", "全四部から成る"),
    ),
    E.STATUS: (
        *(f"The call {word} in May" for word in ("closed", "opened", "opens", "closes", "ended")),
        "The call is open",
        "The call was open",
        "The deadline is in May",
        "The office accepts it",
        "Forms are accepted until May",
        "五月に締切",
        "五月に締め切る",
        "五月に終了",
        "五月から受付",
        "募集期間は五月",
    ),
    E.LISTING: (
        *(f"The {word} theme" for word in ("first", "second", "third")),
        "- energy",
        "・量子",
        "* energy",
        "1. energy",
        "2) energy",
        "energy | quantum",
        "分野:量子および材料",
        "分野:量子及び材料",
        "分野:量子と材料",
        "分野:量子、材料",
        "Fields: energy and quantum",
    ),
    E.PLACE: (
        *(f"They met {word} Kyoto" for word in ("at", "in", "near")),
        *(f"They went {word} Kyoto" for word in ("to", "from")),
        "It is online",
        "It was a virtual one",
        "It is headquartered abroad",
        "Kyoto University hosted it",
        *(f"松本{sign}だ" for sign in "都道府県市区町村"),
        *(f"{word}だ" for word in ("オンライン", "会場", "別館", "ホール", "大学", "センター")),
        *("対面だ", "本部だ", "駅にて", "駅で開く"),
    ),
    E.PERSON: (  # who decides may be a body
        "JST decides",
        *(
            f"The {body} decides"
            for body in (
                *("Ministry", "Agency", "Council", "Committee", "University", "Institute"),
                *("Foundation", "Secretariat", "office"),
            )
        ),
        *(
            "文部科学省が決める",
            "研究機構が決める",
            "財団が決める",
            "大学が決める",
            "委員会が決める",
        ),
        *("事務局が決める", "事務部門が決める", "所属機関が決める"),
    ),
    E.PEOPLE: (
        *(
            f"{title} O'Neill spoke"
            for title in ("Dr", "Prof.", "Mr", "Ms.", "Mrs", "Professor", "Sir", "Dame")
        ),
        *(
            f"清水{title}が話した"
            for title in (
                *("先生", "氏", "教授", "博士", "部長", "理事長", "理事", "室長", "課長", "様"),
                *("さん", "PO", "PD"),
            )
        ),
        "発表は清水課題。",
        *(f"{role}の清水" for role in ("教授", "PO", "PD", "研究主幹", "運営統括")),
    ),
    E.EMAIL: ("Ask by e-mail", "Ask by email", "メールで聞く"),
    E.DURATION: (
        *("It took 3 days", "It took 5 business days", "It took 2 weeks", "It took 4 months"),
        *("It took 2 years", "It took 6 hours", "It took 30 minutes", "It took 2 nights"),
        "They are 39 years old",
    ),
    E.DATE: ("in fiscal 2025", "on 4 November 2025"),
    E.PERIOD: ("in fiscal 2025", "on 4 November 2025", "It took 2 weeks"),
}


@pytest.mark.parametrize(
    ("kind", "text"), [(kind, text) for kind, texts in HELD.items() for text in texts]
)
def test_every_word_that_a_text_holds_a_value_by(kind: Expectation, text: str) -> None:
    assert holds(kind, text)


THINGS = (
    *("University", "Institute", "Agency", "Center", "Centre", "Centers", "Centres", "Program"),
    *("Programme", "Research", "Science", "Sciences", "Technology", "Council", "Office"),
    *("Officer", "Officers", "Director", "Scientists", "Headquarters", "Ministry", "Society"),
    *("Department", "Meeting", "Project", "Call", "Session", "Workshop", "Symposium", "Annex"),
    *("Field", "Global", "International", "National", "Japan", "United", "States", "Kingdom"),
    *("Tokyo", "South", "North", "New", "Standard", "Time", "Investigator", "Principal"),
    *("Engineering", "Biology", "Zone", "Form", "Table", "Section", "Fiscal", "Year"),
)
MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September",
          "October", "November", "December")  # fmt: skip


@pytest.mark.parametrize("word", THINGS)
def test_two_capitalised_words_of_a_thing_are_no_person(word: str) -> None:
    assert holds(E.PEOPLE, "Kenta Miyano spoke")
    assert not holds(E.PEOPLE, f"Kenta {word} was named")


@pytest.mark.parametrize(
    "word", [*MONTHS, "The", "In", "On", "At", "For", "This", "That", "An", "And"]
)
def test_a_month_or_a_small_word_begins_no_name(word: str) -> None:
    assert not holds(E.PEOPLE, f"{word} Gathering was short")


@pytest.mark.parametrize(
    ("question", "wider", "narrower"),
    [
        ("What period is covered, and how long is it?", E.PERIOD, E.DURATION),
        ("What period is covered, and when does it end?", E.PERIOD, E.DATE),
        ("How many years may it last?", E.DURATION, E.COUNT),
        ("How many yen is it?", E.MONEY, E.COUNT),
        ("Which speakers came, and who led?", E.PEOPLE, E.PERSON),
        ("List the speakers.", E.PEOPLE, E.LISTING),
        ("How many telephone lines are there?", E.PHONE, E.COUNT),
    ],
)
def test_a_wider_kind_stands_for_the_narrower(
    question: str, wider: Expectation, narrower: Expectation
) -> None:
    found = expectations(question)
    assert wider in found
    assert narrower not in found


@pytest.mark.parametrize(
    ("question", "other"),
    [
        ("How much longer does it take", E.MONEY),
        ("How much time is there", E.MONEY),
        *((f"何日{end}の出張", E.DATE) for end in ("間", "まで", "以内", "前")),
        ("何月間の出張", E.DATE),
        *((f"何年{end}の研究", E.DATE) for end in ("間", "まで", "以内", "以上", "未満", "続く")),
    ],
)
def test_a_length_is_no_date_and_no_sum(question: str, other: Expectation) -> None:
    assert other not in expectations(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who decides, Tanaka or Suzuki?",
        "SPRINGかFORESTのどちらの誰ですか",
        "SPRINGとFOREST、誰ですか、POとPDのどっち",
    ],
)
def test_one_of_two_that_are_named_is_no_person(question: str) -> None:
    assert E.PERSON not in expectations(question)


@pytest.mark.parametrize(
    ("kind", "term"),
    [(E.PERSON, "is:person"), (E.PEOPLE, "is:person"), (E.PLACE, "is:place")],
)
def test_a_name_that_analysis_knows_is_held(kind: Expectation, term: str) -> None:
    assert holds(kind, "あ", terms=frozenset({term}))
    assert not holds(kind, "あ", terms=frozenset())
