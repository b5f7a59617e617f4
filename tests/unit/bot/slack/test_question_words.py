"""Each word by which a message opens as a question, or as small talk, has an example of its own.

No opening ends with a question mark: its words alone tell, and there are four at least.
"""

import pytest

from aspire_bot.slack.listeners.questions import looks_like_question

GREETINGS = (
    *("hi", "hello", "hey", "so", "and", "but", "also", "ok", "okay", "well", "then", "sorry"),
    *("please", "excuse me"),
)
VERBS = (
    *("is", "are", "was", "were", "do", "does", "did", "can", "could", "may", "must", "should"),
    *("will", "would", "has", "have"),
)
WHO = (
    *("who", "what", "when", "where", "why", "how", "how much", "how many", "how long"),
    *("how often", "how far"),
)
WHICH_VERBS = (
    *("is", "are", "was", "were", "do", "does", "did", "can", "may", "must", "will", "has", "have"),
)
WHOM = (
    *("i", "we", "you", "he", "she", "it", "they", "there", "this", "that", "the", "a", "an"),
    *("any", "anyone", "anybody", "our", "my", "one"),
)
ASKED_FOR = ("who", "what", "when", "where", "why", "which", "how", "if", "whether", "about")
OPENINGS = (
    *(f"{word}, who is the director" for word in GREETINGS),
    *(f"{word} is the new ceiling" for word in WHO),
    *(f"who {verb} the new rule" for verb in VERBS),
    *(f"who{short} in charge here" for short in ("'s", "’s")),
    *(f"{word} form is to be sent" for word in ("which", "what", "whose")),
    *(f"which forms {verb} we send" for verb in WHICH_VERBS),
    *(f"{verb} the rule hold here" for verb in VERBS),
    *(f"may {who} rule hold here" for who in WHOM),
    *(f"{verb} you tell staff now" for verb in ("can", "could", "would")),
    *(f"can {who} remind staff now" for who in ("you", "someone", "anyone", "anybody")),
    *(f"can someone {verb} it now" for verb in ("tell", "explain", "say", "point", "remind")),
    "can someone please say it",
    *(f"tell {who} who it is" for who in ("me", "us")),
    *(f"let {who} know who it is" for who in ("me", "us")),
    "please explain why it ended",
    *(f"explain {word} it is so" for word in ASKED_FOR),
    *(f"{who}{verb} like to know" for who in ("i", "we") for verb in (" would", "'d", "’d")),
    "i would love to know",
    *(f"{who} {verb} to know" for who in ("i", "we") for verb in ("need", "want")),
    *(f"i{verb} wondering about it" for verb in (" am", "'m", "’m", " was")),
    *(f"we{verb} wondering about it" for verb in (" are", "'re", "’re", " were")),
    "i wonder about it all",
    *(f"{verb} {who} know it" for verb in ("does", "do") for who in ("anyone", "anybody")),
    "does somebody know it",
)
SMALL_TALK = (
    "How are you all today?",
    "How's it going over there?",
    "How’s it going over there?",
    "How is it going over there?",
    "What's up with you today?",
    "What’s up with you today?",
    *(f"Are you {how} right now?" for how in ("ok", "okay", "free", "there", "coming")),
    *(f"Shall we {verb} for lunch?" for verb in ("go", "meet", "have", "start")),
    "Should we go for lunch?",
    "Can you hear me now?",
    "Is everyone here right now?",
    "Is anyone there right now?",
)
JAPANESE = (
    *(f"対象{end}" for end in ("ですか", "でしょうか", "であるか", "だろうか")),
    *(f"使え{end}" for end in ("ますか", "ましたか", "るか")),
    *("使うか", "続くか", "出すか", "持つか", "死ぬか", "休むか", "使ったか", "対象なのか"),
    *("使えないか", "出すべきか"),
    "使えますかね",
    "使えますかな",
    "使えますかしら",
    *(f"上限を教えて{end}" for end in ("", "ください", "下さい", "いただけますか", "もらえますか")),
    *(f"上限を教えて{end}" for end in ("ほしい", "ほしいです", "欲しい", "欲しいです")),
    *(f"上限{end}" for end in ("を知りたい", "が知りたい", "知りたいです", "を知りたいのですが")),
    *(f"上限{end}" for end in ("をお伺いしたい", "に伺いたい", "を伺いたいです")),
    *(f"上限は{word}" for word in ("何", "なに", "誰", "だれ", "いつ", "どこ", "どう", "いくら")),
    *(f"上限って{word}" for word in ("どれ", "どのくらい", "どのように")),
    *(f"{word}まで" for word in ("いつ", "どこ", "いくら", "何件", "何名", "何人", "何回", "何円")),
    *(f"{word}まで" for word in ("何年", "何月", "何日", "何時")),
    *(f"定員は{word}" for word in ("何件", "何名", "何人", "何回", "何円", "何年", "何月", "何日")),
    *("定員は何時", "定員はなん名"),
)
JAPANESE_OTHERS = (
    *("そうですか", "そうなんですか", "無理かもしれません", "無理かも知れません", "無理ではないか"),
    *("いかがお過ごしでしょうか", "お元気ですか", "これでよろしいでしょうか", "行きませんか"),
    *("行きましょうか", "どうしましょうか", "なるほど、そういうことですか"),
    *(f"{word}ですか" for word in ("本当", "ほんと", "大丈夫", "いい", "よい", "ok")),
    *("大丈夫でしょうか", "大丈夫か", "ですよね"),
    *("聞こえますか", "聞こえてますか", "聞こえていますか", "見えますか"),
)


@pytest.mark.parametrize("text", OPENINGS)
def test_each_opening_asks_without_a_question_mark(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize("text", JAPANESE)
def test_each_japanese_ending_asks(text: str) -> None:
    assert looks_like_question(text)


@pytest.mark.parametrize("text", JAPANESE_OTHERS)
def test_japanese_that_only_sounds_like_a_question(text: str) -> None:
    assert not looks_like_question(text)


@pytest.mark.parametrize("text", SMALL_TALK)
def test_small_talk_asks_nothing_of_the_documents(text: str) -> None:
    assert not looks_like_question(
        text.split("? and", maxsplit=1)[0] + "?" if "? and" in text else text
    )


@pytest.mark.parametrize(
    "text",
    [
        "```\nwhat is the new ceiling\n```",
        "`what is the new ceiling`",
        "see https://a.example/what?is=the&new=ceiling",
        "@sato what is the new ceiling?",
        "what is the new ceiling? " * 100,
    ],
)
def test_code_addresses_and_words_to_others_ask_nothing(text: str) -> None:
    assert not looks_like_question(text)
