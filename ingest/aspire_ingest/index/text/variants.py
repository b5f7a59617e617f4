"""Kanji of several forms put as one, for matching alone: 髙橋 is found as 高橋. Pure.

What is stored, shown and quoted keeps the form it came in. Only forms of one character are put
together. Characters that are words of their own stay apart, whoever confuses them in a name: 斉
("together") and 斎 ("purified"). A question may try such a one: `spelt_otherwise`.

Each pair is the form that is given up and the one that stands for it. Where the classes come from:

- `_REVISED`: the older forms that the list of kanji for general use (常用漢字表, 2010) gives in
  brackets, and writings of those that character sets keep apart (鄉, 雞, 敘).
- `_FOR_NAMES`: the pairs that the list of characters for given names (戸籍法施行規則 別表第二)
  marks as one character, and near ones.
- `_PRINTED`: the simple forms that the list of print forms (表外漢字字体表, 2000) allows, and the
  22 characters whose two forms changed places in JIS X 0208 in 1983.
- `_IN_SURNAMES`: forms of surnames that family registers allow as popular ones (the circular 民二
  5200 of 1990, 俗字表) or that the map of the Character Information Promotion Council
  (MJ縮退マップ) leads to the common form.
- `_RADICALS`: signs for radicals that PDF files hold in the place of characters.

The first four were compared pair by pair with that map. Compatibility ideographs (U+FA19) are the
work of NFKC, which has to come first; what selects a glyph (U+E0100 after 葛) is dropped here.
"""

import re
from collections.abc import Iterator

_REVISED = """
亞亜 惡悪 壓圧 圍囲 醫医 爲為 壹壱 稻稲 飮飲 隱隠 營営 榮栄 衞衛 驛駅 悅悦 閱閲 圓円 緣縁 鹽塩
奧奥 應応 橫横 歐欧 毆殴 黃黄 溫温 穩穏 假仮 價価 畫画 會会 壞壊 懷懐 繪絵 擴拡 殼殻 覺覚 學学
嶽岳 樂楽 渴渇 罐缶 卷巻 陷陥 勸勧 寬寛 關関 歡歓 觀観 氣気 歸帰 僞偽 戲戯 犧犠 舊旧 據拠 擧挙
舉挙 虛虚 峽峡 挾挟 狹狭 鄕郷 鄉郷 曉暁 區区 驅駆 勳勲 薰薫 徑径 惠恵 揭掲 溪渓 經経 繼継 莖茎
螢蛍 輕軽 鷄鶏 雞鶏 藝芸 擊撃 缺欠 儉倹 劍剣 圈圏 檢検 權権 獻献 縣県 險険 顯顕 驗験 嚴厳 效効
恆恒 廣広 鑛鉱 號号 國国 濟済 碎砕 齋斎 劑剤 櫻桜 册冊 雜雑 產産 參参 慘惨 棧桟 蠶蚕 贊賛 殘残
絲糸 辭辞 齒歯 兒児 濕湿 實実 寫写 釋釈 壽寿 收収 從従 澁渋 澀渋 獸獣 縱縦 肅粛 處処 緖緒 敍叙
敘叙 尙尚 奬奨 獎奨 將将 稱称 涉渉 燒焼 證証 乘乗 剩剰 壤壌 孃嬢 條条 淨浄 疊畳 繩縄 讓譲 釀醸
囑嘱 觸触 寢寝 愼慎 眞真 盡尽 圖図 粹粋 醉酔 穗穂 隨随 髓髄 數数 樞枢 瀨瀬 聲声 靜静 齊斉 竊窃
攝摂 專専 戰戦 淺浅 潛潜 纖繊 踐践 錢銭 禪禅 雙双 壯壮 搜捜 插挿 爭争 總総 聰聡 莊荘 裝装 騷騒
增増 藏蔵 臟臓 卽即 屬属 續続 墮堕 對対 體体 帶帯 滯滞 臺台 瀧滝 擇択 澤沢 單単 擔担 膽胆 團団
彈弾 斷断 癡痴 遲遅 晝昼 蟲虫 鑄鋳 廳庁 徵徴 聽聴 敕勅 鎭鎮 遞逓 鐵鉄 轉転 點点 傳伝 黨党 盜盗
燈灯 當当 鬪闘 鬭闘 德徳 獨独 讀読 屆届 貳弐 惱悩 腦脳 霸覇 廢廃 拜拝 賣売 麥麦 發発 髮髪 拔抜
蠻蛮 祕秘 濱浜 甁瓶 拂払 佛仏 倂併 竝並 變変 邊辺 辨弁 瓣弁 辯弁 舖舗 步歩 寶宝 豐豊 襃褒 默黙
沒没 飜翻 萬万 滿満 麵麺 彌弥 藥薬 譯訳 豫予 餘余 與与 譽誉 搖揺 樣様 謠謡 來来 賴頼 亂乱 覽覧
龍竜 兩両 獵猟 綠緑 壘塁 勵励 禮礼 隸隷 靈霊 齡齢 曆暦 歷歴 戀恋 鍊錬 爐炉 勞労 樓楼 郞郎 錄録
灣湾 淸清 靑青 內内 每毎 戶戸 戾戻 晚晩 歲歳 污汚 淚涙 狀状 瘦痩 稅税 絕絶 脫脱 說説 羣群 黑黒
龜亀 攜携 頰頬 剝剥 塡填 𠮟叱 餠餅 吳呉 娛娯 敎教 旣既 槪概 銳鋭 姬姫 卻却 巢巣 繫繋 枡桝 曾曽
硏研 艷艶
"""
_FOR_NAMES = """
彥彦 亙亘 凜凛 堯尭 巖巌 晄晃 禰祢 穰穣 萠萌 遙遥 瑤瑶 槇槙 祿禄 禱祷 兔兎 曻昇 昻昂 晋晉
"""
_PRINTED = """
啞唖 穎頴 鷗鴎 攪撹 麴麹 鹼鹸 嚙噛 繡繍 蔣蒋 醬醤 搔掻 屛屏 幷并 沪濾 蘆芦 蠟蝋 噓嘘 摑掴 俱倶
俠侠 軀躯 囊嚢 鯵鰺 鴬鶯 蛎蠣 竃竈 潅灌 諌諫 頚頸 砿礦 蕊蘂 靱靭 賎賤 壷壺 砺礪 梼檮 涛濤 迩邇
蝿蠅 桧檜 侭儘 薮藪 篭籠
"""
_IN_SURNAMES = """
髙高 﨑崎 嵜崎 邉辺 濵浜 桒桑 𠮷吉 冨富 栁柳 桺柳 舘館 嶋島 嶌島 槗橋 𣘺橋 靏鶴 圡土 埜野 渕淵
渊淵 峯峰 薗園 圀国 囯国 栢柏 柗松 枩松 杦杉 畄留 舩船 躰体 凾函 銕鉄 㐂喜 寳宝 邨村 惪徳 濶闊
喆哲 秌秋 夛多 劔剣 劒剣 釼剣 劎剣 逹達 煕熙 凞熙 熈熙 勛勲 寜寧 斈学 楳梅 嶹島 㟢崎 姙妊 凉涼
壻婿
"""
_RADICALS = "⺠民 ⻁虎 ⻄西 ⻆角 ⻑長 ⻘青 ⻝食 ⻤鬼 ⻨麦 ⻩黄 ⻫斉 ⻭歯 ⻯竜 ⻲亀"
_FORMS = str.maketrans(
    {
        given_up: kept
        for pairs in (_REVISED, _FOR_NAMES, _PRINTED, _IN_SURNAMES, _RADICALS)
        for given_up, kept in pairs.split()
    }
)
_HAS_OTHER_FORM = re.compile(f"[{''.join(map(chr, _FORMS))}]")
_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_CONFUSED = ("斉斎", "崎碕", "磯礒", "刈苅", "鶴靍", "藪籔")
"""Characters of their own that stand for each other in surnames."""


def fold_forms(text: str) -> str:
    """Put the common form for each other form of a character; no offset moves."""
    # To look for a form is far cheaper than to put one for each sign, and most texts hold none.
    return text.translate(_FORMS) if not text.isascii() and _HAS_OTHER_FORM.search(text) else text


def fold_variants(text: str) -> str:
    """The same without what selects one glyph of a character; for text in NFKC."""
    return text if text.isascii() else fold_forms(_SELECTORS.sub("", text))


def spelt_otherwise(name: str) -> Iterator[str]:
    """Yield how else a name may be written: 斎藤 for 斉藤. Folded already, two signs at least."""
    if len(name) < 2:
        return
    for one, other in _CONFUSED:
        for held, put in ((one, other), (other, one)):
            if held in name:
                yield name.replace(held, put)
