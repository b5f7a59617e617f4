"""Codes and names of languages: which there are, and which one is meant. Pure.

The codes are those of ISO 639-1 and 639-2, with the names that the Library of Congress lists in
English, and the names of languages that are read here in Japanese and in themselves.
"""

import re
import unicodedata
from collections.abc import Mapping

_LISTED = """
aa=aar,afar; ab=abk,abkhazian; ae=ave,avestan; af=afr,afrikaans; ak=aka,akan; am=amh,amharic;
an=arg,aragonese; ar=ara,arabic,アラビア語; as=asm,assamese; av=ava,avaric; ay=aym,aymara;
az=aze,azerbaijani; ba=bak,bashkir; be=bel,belarusian; bg=bul,bulgarian; bh=bih,bihari;
bi=bis,bislama; bm=bam,bambara; bn=ben,bengali; bo=bod,tib,tibetan; br=bre,breton; bs=bos,bosnian;
ca=cat,catalan,valencian; ce=che,chechen; ch=cha,chamorro; co=cos,corsican; cr=cre,cree;
cs=ces,cze,czech,チェコ語;
cu=chu,church slavic,old slavonic,church slavonic,old bulgarian,old church slavonic;
cv=chv,chuvash; cy=cym,wel,welsh; da=dan,danish; de=deu,ger,german,deutsch,ドイツ語;
dv=div,divehi,dhivehi,maldivian; dz=dzo,dzongkha; ee=ewe,ewe; el=ell,gre,greek,ギリシャ語;
en=eng,english,英語; eo=epo,esperanto; es=spa,spanish,castilian,español,スペイン語;
et=est,estonian; eu=eus,baq,basque; fa=fas,per,persian; ff=ful,fulah;
fi=fin,finnish,フィンランド語; fj=fij,fijian; fo=fao,faroese;
fr=fra,fre,french,français,フランス語; fy=fry,western frisian; ga=gle,irish;
gd=gla,gaelic,scottish gaelic; gl=glg,galician; gn=grn,guarani; gu=guj,gujarati; gv=glv,manx;
ha=hau,hausa; he=heb,hebrew; hi=hin,hindi,ヒンディー語; ho=hmo,hiri motu; hr=hrv,croatian;
ht=hat,haitian,haitian creole; hu=hun,hungarian; hy=hye,arm,armenian; hz=her,herero;
ia=ina,interlingua; id=ind,indonesian,bahasa indonesia,インドネシア語;
ie=ile,interlingue,occidental; ig=ibo,igbo; ii=iii,sichuan yi,nuosu; ik=ipk,inupiaq; io=ido,ido;
is=isl,ice,icelandic; it=ita,italian,italiano,イタリア語; iu=iku,inuktitut;
ja=jpn,japanese,jp,日本語,にほんご; jv=jav,javanese; ka=kat,geo,georgian; kg=kon,kongo;
ki=kik,kikuyu,gikuyu; kj=kua,kuanyama,kwanyama; kk=kaz,kazakh; kl=kal,kalaallisut,greenlandic;
km=khm,central khmer; kn=kan,kannada; ko=kor,korean,韓国語,朝鮮語,한국어; kr=kau,kanuri;
ks=kas,kashmiri; ku=kur,kurdish; kv=kom,komi; kw=cor,cornish; ky=kir,kirghiz,kyrgyz;
la=lat,latin,ラテン語; lb=ltz,luxembourgish,letzeburgesch; lg=lug,ganda;
li=lim,limburgan,limburger,limburgish; ln=lin,lingala; lo=lao,lao; lt=lit,lithuanian;
lu=lub,luba-katanga; lv=lav,latvian; mg=mlg,malagasy; mh=mah,marshallese; mi=mri,mao,maori;
mk=mkd,mac,macedonian; ml=mal,malayalam; mn=mon,mongolian,モンゴル語; mr=mar,marathi;
ms=msa,may,malay,マレー語; mt=mlt,maltese; my=mya,bur,burmese,ミャンマー語; na=nau,nauru;
nb=nob,norwegian bokmål; nd=nde,north ndebele; ne=nep,nepali,ネパール語; ng=ndo,ndonga;
nl=nld,dut,dutch,flemish,nederlands,オランダ語; nn=nno,norwegian nynorsk; no=nor,norwegian;
nr=nbl,south ndebele; nv=nav,navajo,navaho; ny=nya,chichewa,chewa,nyanja;
oc=oci,occitan,provençal; oj=oji,ojibwa; om=orm,oromo; or=ori,oriya; os=oss,ossetian,ossetic;
pa=pan,panjabi,punjabi; pi=pli,pali; pl=pol,polish,ポーランド語; ps=pus,pushto,pashto;
pt=por,portuguese,português,ポルトガル語; qu=que,quechua; rm=roh,romansh; rn=run,rundi;
ro=ron,rum,romanian,moldavian,moldovan; ru=rus,russian,русский,ロシア語; rw=kin,kinyarwanda;
sa=san,sanskrit; sc=srd,sardinian; sd=snd,sindhi; se=sme,northern sami; sg=sag,sango;
si=sin,sinhala,sinhalese; sk=slk,slo,slovak; sl=slv,slovenian; sm=smo,samoan; sn=sna,shona;
so=som,somali; sq=sqi,alb,albanian; sr=srp,serbian; ss=ssw,swati; st=sot,southern sotho;
su=sun,sundanese; sv=swe,swedish,スウェーデン語; sw=swa,swahili; ta=tam,tamil; te=tel,telugu;
tg=tgk,tajik; th=tha,thai,タイ語; ti=tir,tigrinya; tk=tuk,turkmen;
tl=tgl,tagalog,フィリピノ語,filipino; tn=tsn,tswana; to=ton,tonga; tr=tur,turkish,トルコ語;
ts=tso,tsonga; tt=tat,tatar; tw=twi,twi; ty=tah,tahitian; ug=uig,uighur,uyghur;
uk=ukr,ukrainian,ウクライナ語; ur=urd,urdu; uz=uzb,uzbek; ve=ven,venda;
vi=vie,vietnamese,tiếng việt,ベトナム語; vo=vol,volapük; wa=wln,walloon; wo=wol,wolof;
xh=xho,xhosa; yi=yid,yiddish; yo=yor,yoruba; za=zha,zhuang,chuang;
zh=zho,chi,chinese,中国語,中文,汉语,漢語; zu=zul,zulu
"""
_OTHERS = """
ace ach ada ady afa afh ain akk ale alg alt ang anp apa arc arn arp art arw ast ath aus awa bad
bai bal ban bas bat bej bem ber bho bik bin bla bnt bra btk bua bug byn cad cai car cau ceb cel
chb chg chk chm chn cho chp chr chy cmc cnr cop cpe cpf cpp crh crp csb cus dak dar day del den
dgr din doi dra dsb dua dum dyu efi egy eka elx enm ewo fan fat fil fiu fon frm fro frr frs fur
gaa gay gba gem gez gil gmh goh gon gor got grb grc gsw gwi hai haw hil him hit hmn hsb hup iba
ijo ilo inc ine inh ira iro jbo jpr jrb kaa kab kac kam kar kaw kbd kha khi kho kmb kok kos kpe
krc krl kro kru kum kut lad lah lam lez lol loz lua lui lun luo lus mad mag mai mak man map mas
mdf mdr men mga mic min mis mkh mnc mni mno moh mos mul mun mus mwl mwr myn myv nah nai nap nds
new nia nic niu nog non nqo nso nub nwc nym nyn nyo nzi osa ota oto paa pag pal pam pap pau peo
phi phn pon pra pro raj rap rar roa rom rup sad sah sai sal sam sas sat scn sco sel sem sga sgn
shn sid sio sit sla sma smi smj smn sms snk sog son srn srr ssa suk sus sux syc syr tai tem ter
tet tig tiv tkl tlh tli tmh tog tpi tsi tum tup tut tvl tyv udm uga umb und vai vot wak wal war
was wen xal yao yap ypk zap zbl zen zgh znd zun zxx zza
"""
"""Codes of three letters for what has none of two: smaller languages, groups, several, unknown."""
_TAG = re.compile(r"(?P<code>[a-z]{2,3})(?:[-_][a-z0-9_-]+)?")
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_BETWEEN = re.compile(r"\s*[,;/&+|、・]\s*|\s+and\s+|\s*と\s*")


def _read_list() -> tuple[Mapping[str, str], frozenset[str]]:
    """The code of two letters by each name and code of three letters, and the former alone."""
    code_by_name: dict[str, str] = {}
    codes: set[str] = set()
    for entry in _LISTED.replace("\n", " ").strip("; ").split("; "):
        code, _, names = entry.partition("=")
        codes.add(code)
        code_by_name |= dict.fromkeys(names.split(","), code)
    return code_by_name, frozenset(codes)


CODE_BY_NAME, _CODES = _read_list()
_CODES_OF_THREE = frozenset(_OTHERS.split())


def language_code(value: str) -> str | None:
    """Read a stated language ("en-US", "ja_JP", "Japanese", 日本語) as its two-letter code.

    None where it is no known one, or has no such code.
    """
    plain = _plain(value)
    if plain in CODE_BY_NAME:
        return CODE_BY_NAME[plain]
    if tag := _TAG.fullmatch(plain):
        return tag["code"] if tag["code"] in _CODES else CODE_BY_NAME.get(tag["code"])
    _, _, name = plain.rpartition(" ")  # "British English"
    return CODE_BY_NAME.get(name) if plain.count(" ") == 1 else None


def is_language(value: str) -> bool:
    """Whether a value names languages that are known, one or several ("ja, en")."""
    return all(
        language_code(part) is not None or _plain(part) in _CODES_OF_THREE
        for part in _BETWEEN.split(_plain(value))
    )


def _plain(value: str) -> str:
    return " ".join(_BRACKETS.sub("", unicodedata.normalize("NFKC", value)).casefold().split())
