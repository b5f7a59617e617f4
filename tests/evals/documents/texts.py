"""Sentences that the samples show: invented rules of invented programmes."""

_ENGLISH = """\
The Ruddock fund pays the travel of doctoral students to partner institutions abroad.
A stay lasts between three and eighteen months and may be split into two parts.
Applications are accepted from 4 March until 17 May, noon, Japanese time.
The ceiling for one project is 12,400,000 yen in direct costs and 30 percent on top.
Each proposal is read by three reviewers who work outside the applicant's institution.
Salaries of principal investigators cannot be charged to the grant.
The host laboratory confirms in writing that a desk and a supervisor are available.
Interviews take place online and last forty minutes, including questions from the panel.
Results are sent by e-mail to the applicant and to the research office in the same week.
Unspent money is returned within sixty days after the end of the fiscal year.
Equipment that costs more than 500,000 yen needs an approval before it is ordered.
Open access fees are eligible if the article names the fund in its acknowledgements.
The final report has ten pages at most and is published in English or in Japanese.
Visas, vaccinations and insurance are arranged by the travellers themselves.
Family members may be brought along, but their tickets are not reimbursed.
A change of the partner laboratory is possible once, on a request with reasons.
Meetings of all projects are held every October in Sendai, Kobe or Fukuoka.
Personal data is deleted five years after the last payment has been made.
The programme office answers questions on weekdays between ten and four.
Consortia of up to four universities can apply with a single lead institution.
Childcare costs during a conference are covered up to 8,000 yen a day.
Samples and reagents are shipped at the expense of the sending laboratory.
Researchers on leave keep their project and may extend it by the same period.
Data management plans are due three months after the start of the project.
The advisory board meets twice a year and publishes a summary of its advice.
Software that is written with the grant is released under an open licence.
Small purchases below 30,000 yen need no quotation from a second supplier.
Teaching duties of the applicant are reduced by agreement with the faculty.
Prizes and honours that follow from the work are reported on the project page.
The exchange rate is that of the day on which the invoice was issued.
A second phase of two years is granted to about a third of the projects.
Audits are announced two weeks ahead and concern the accounts of one year.
Joint degrees are encouraged where both universities have signed an agreement.
Accommodation is reimbursed up to 11,500 yen a night against a receipt.
Early-career members lead at least one work package in every consortium.
The steering group decides by a simple majority of the members present.""".splitlines()

_JAPANESE = """\
本事業は博士課程学生の海外派遣を支援するものです。
滞在期間は三か月以上十八か月以下とし、二回に分けることができます。
申請の受付は三月四日から五月十七日正午までです。
一課題あたりの直接経費の上限は1240万円とします。
審査は所属機関の外の査読者三名によって行われます。
研究代表者の給与を本助成金から支出することはできません。
受入研究室は机と指導者を用意することを文書で確認します。
面接はオンラインで行い、質疑を含めて四十分とします。
結果は申請者と研究支援課に同じ週に電子メールで通知します。
未使用額は年度終了後六十日以内に返還してください。
五十万円を超える設備は発注前に承認を受ける必要があります。
謝辞に本事業の名称を記した論文の掲載料は支出できます。
最終報告書は十頁以内とし、日本語または英語で公開されます。
査証と予防接種と保険は渡航者が各自で手配します。
家族を同伴することはできますが、旅費は支給されません。
連携研究室の変更は理由を付した申請により一回に限り認めます。
全課題の合同会議を毎年十月に仙台または神戸で開催します。
個人情報は最後の支払いから五年後に消去されます。
事務局は平日の十時から十六時まで質問に回答します。
四大学までの連合は一つの代表機関から申請できます。
会議中の託児費用は一日八千円まで支給されます。
試料と試薬の輸送費は送付元の研究室が負担します。
休業中の研究者は課題を継続し同じ期間だけ延長できます。
データ管理計画は課題開始から三か月以内に提出します。
助言委員会は年に二回開かれ、その要旨を公表します。
助成金で作成したソフトウェアは公開の許諾で配布します。
三万円未満の購入に二社目の見積書は必要ありません。
宿泊費は領収書と引き換えに一泊11500円まで支給します。""".splitlines()


def english(start: int, count: int) -> tuple[str, ...]:
    """So many sentences from a place of the list on, from its beginning again after its end."""
    return tuple(_ENGLISH[(start + step) % len(_ENGLISH)] for step in range(count))


def japanese(start: int, count: int) -> tuple[str, ...]:
    """So many Japanese sentences, likewise."""
    return tuple(_JAPANESE[(start + step) % len(_JAPANESE)] for step in range(count))
