"""Lists of words that verification treats in a way of their own. Pure."""

import re
from functools import lru_cache
from importlib import resources

_PROPER = re.compile(r"(?<=[\[ ])[A-Z][a-z]{3,}(?=[,\]])")
"""A name of one word in the dictionary of everyday words: Italy, Italian."""


def words(listed: str) -> frozenset[str]:
    """Take apart a list written as one text."""
    return frozenset(listed.split())


LIGHT = words(
    "accord guidelin document state say said note mention also howev therefor addit specif"
    " follow describ explain report articl page text sourc inform answer question contain"
    " provid includ regard concern case us made make take took becom becam one respect thus"
    " well see exampl"
    " 因る 拠る 依る 記載 述べる 言う 就いて 関する 対する 資料 文書 出典 場合 者"
    " 的 等 等々 為 通り 次 以下 又 更に 尚 即ち 記事 報告 情報 行う 行なう"
    " 下さる 頂く 致す 様 方 旨 点 上 中 内 際 毎 於く 於ける 依れる 良い 時"
    " 所 約 名 つ 個"
)
"""Words that add nothing to be supported."""

TITLES = words("dr prof professor profs mr mrs ms mx sir dame doctor dr. prof. mr. mrs. ms. drs")

POSTS = words("pi pis po pos pd pds ad ads co-pi co-pis")
"""Who somebody is in a scheme, behind its name: a Rising PI."""

LABELS = words(
    "part form type category section annex appendix group track panel option phase stage class"
    " schedule strand pillar article area division line lot"
)
"""What stands before a letter that tells one of a kind: Part C, types A and B."""

ROLE_WORDS = words(
    "program programme director officer president chair chairman chairperson advisor adviser"
    " minister manager coordinator investigator principal vice secretary head leader dean"
    " associate assistant senior chief executive pd po pi ad"
)

THINGS = words(
    "university institute agency center centre centers centres program programme research"
    " science sciences technology council office officer headquarters ministry society"
    " department meeting project call session workshop symposium annex field global"
    " international national japan united states kingdom tokyo south north east west new"
    " standard time engineering biology zone form table section fiscal year figure appendix"
    " chapter article group foundation committee school college hospital laboratory city"
    " prefecture street river lake sea island mount bay park bridge station airport company"
    " corporation bank war treaty act law party league cup award prize fund scientists top"
    " rising partnership partnerships innovation health energy quantum materials handbook"
    " edition version news award house museum library church"
)

WEEKDAYS = words(
    "monday tuesday wednesday thursday friday saturday sunday"
    " mondays tuesdays wednesdays thursdays fridays saturdays sundays"
)
"""Of one of them a contrast tells; they are nobody's name."""

QUANTIFIERS = words(
    "all both each either every few half many most neither no nobody none only other several some"
)
"""What says how many of those there are that are named after it: Most Spaniards."""

FUNCTION_WORDS = words(
    "not cannot can't without no never none nor neither can could may might must shall should would"
    " dr prof mr mrs ms only all every each both any"
    " 無い 出来る 御 様 氏 さん 先生 こと もの 為 様 於く 因る"
)
"""Words that are read as turning words or titles: they say nothing besides."""


_IRREGULAR = (
    "lead led|hold held|pay paid|choose chose chosen|begin began begun|run ran|spend spent"
    "|send sent"
    "|give gave given|take took taken|make made|meet met|build built|lose lost|win won|keep kept"
    "|buy bought|sell sold|tell told|say said|grow grew grown|rise rose risen|fall fell fallen"
    "|draw drew drawn|know knew known|show shown|speak spoke spoken|write wrote written|get got"
    "|become became|bring brought|teach taught|think thought|leave left|come came|go went gone"
    "|stand stood|understand understood|break broke broken|bear borne|withdraw withdrew"
    " withdrawn|fly flew flown|hear heard|lend lent|mean meant|rewrite rewritten|see saw"
    " seen|seek sought|swim swum|deal dealt|feed fed|fight fought|forget forgot forgotten|hide hid"
    " hidden|sit sat|sleep slept|steal stole stolen|stick stuck|strike struck|undertake undertook"
    " undertaken|oversee oversaw overseen|throw threw thrown|wear wore worn|do did done|drive drove"
    " driven|eat ate eaten|learn learnt|shut shut|freeze froze frozen|forbid forbade forbidden"
)
BASE_FORMS = {
    form: forms[0] for forms in map(str.split, _IRREGULAR.split("|")) for form in forms[1:]
}
"""Past forms that no stem joins to their verb: led is of lead."""


@lru_cache(maxsize=1)
def places() -> frozenset[str]:
    """Give the countries, their people and the cities of the everyday words, small."""
    text = (resources.files(__package__ or "") / "lexicon.yaml").read_text("utf-8")
    return frozenset(map(str.casefold, _PROPER.findall(text)))
