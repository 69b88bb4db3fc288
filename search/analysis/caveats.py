"""What tables say of themselves, in both languages."""

from collections.abc import Sequence
from datetime import date

from search.analysis.curves import FEWEST_UNITS, FEWEST_YEARS, Refusal
from search.analysis.labels import named
from search.analysis.model import Caveat
from search.engine.model import Unit
from search.query.errors import QueryError

UNITS: dict[Unit, tuple[str, str]] = {
    "publication": ("公开文献", "publications"),
    "application": ("申请", "applications"),
    "family": ("同族", "families"),
}


def no_documents(clauses: Sequence[tuple[str, int]]) -> Caveat:
    """`clauses` are the parts of the question with their own counts."""
    zh = "；".join(f"{text} 单独有 {count} 件" for text, count in clauses)
    en = "; ".join(f"{text} alone has {count}" for text, count in clauses)
    return Caveat(
        "no_documents",
        f"没有文献符合这个检索式，所以表是空的。{f'各部分：{zh}。' if zh else ''}请放宽条件再试。",
        f"No document matches the query, so the table is empty. {f'Its parts: {en}. ' if en else ''}Ask for less and try again.",
    )


def field_empty(dimension: str) -> Caveat:
    zh, en = (named(dimension, lang) for lang in ("zh", "en"))
    return Caveat(
        "field_empty",
        f"这些文献都没有“{zh}”，无法统计。",
        f"None of the documents has a value of “{en}”; there is nothing to count.",
    )


def coverage(dimension: str, share: float, unit: Unit) -> Caveat:
    zh, en = (named(dimension, lang) for lang in ("zh", "en"))
    of_zh, of_en = UNITS[unit]
    return Caveat(
        "coverage",
        f"“{zh}”只在 {share:.1%} 的{of_zh}中已知，其余不在表中。",
        f"“{en}” is known of {share:.1%} of the {of_en}; the rest are not in the table.",
    )


def lag(since: date) -> Caveat:
    return Caveat(
        "lag",
        f"专利申请一般在 18 个月内公开：{since.isoformat()} 以后的申请还没有全部公开，标灰年份的数字偏低。",
        f"Applications are published within 18 months as a rule: of those since {since.isoformat()} not all are yet,"
        " and the numbers of the years in grey are too low.",
    )


def year_unfinished(day: date) -> Caveat:
    return Caveat(
        "year_unfinished",
        f"标灰的年份尚未结束，数字截至 {day.isoformat()}。",
        f"The year in grey is not over: its numbers are up to {day.isoformat()}.",
    )


def left_out(number: int, unit: Unit) -> Caveat:
    zh, en = UNITS[unit]
    return Caveat(
        "duplicates",
        f"按{zh}计：另有 {number} 件文献属于已计入的{zh}，没有重复计数。",
        f"Counted by {en}: {number} further publications of {en} that are counted already were left out.",
    )


def waiting(number: int, unit: Unit) -> Caveat:
    zh, en = UNITS[unit]
    return Caveat(
        "records",
        f"其中 {number} 件{zh}未收录，只有导入表中的记录：按记录所载的标题、摘要、申请人及地址、发明人、日期和分类计入，"
        "其他内容（权利要求、说明书、引证、法律状态等）未知；文献收录后自动替换记录。",
        f"{number} of the {en} are not held: records of imported tables, counted by what these tell of title, abstract, applicants,"
        " addresses, inventors, dates and classes; the rest (claims, description, citations, legal status and so on) is unknown. A"
        " document takes the record's place when it is loaded.",
    )


def without_status(number: int, unit: Unit) -> Caveat:
    zh, en = UNITS[unit]
    return Caveat(
        "records_without_status",
        f"另有 {number} 件{zh}未收录，只有导入的记录：记录没有法律状态，无法判断是否有效，不计入有效发明专利；文献收录后自动计入。",
        f"Another {number} of the {en} are not held, but records of imported tables: these tell no legal status, so whether they"
        " are in force is unknown, and none is counted here until its document is loaded.",
    )


def counted_in_each(dimension: str) -> Caveat:
    zh, en = (named(dimension, lang) for lang in ("zh", "en"))
    return Caveat(
        "counted_in_each",
        f"一件可以有几个“{zh}”，在每一个中各计一次，所以各行之和大于总数。",
        f"One with several values of “{en}” counts in each of them, so the rows add up to more than the total.",
    )


def cut(dimension: str, shown: int) -> Caveat:
    zh, en = (named(dimension, lang) for lang in ("zh", "en"))
    return Caveat("cut", f"“{zh}”只列出前 {shown} 个。", f"Only the first {shown} of “{en}” are listed.")


def not_all_listed(dimension: str, listed: int) -> Caveat:
    zh, en = (named(dimension, lang) for lang in ("zh", "en"))
    return Caveat(
        "not_all_listed",
        f"“{zh}”超过 {listed} 个，集中度没有计算。",
        f"There are more than {listed} of “{en}”; how concentrated they are was not reckoned.",
    )


def too_many_to_tell(dimension: str) -> Caveat:
    zh, en = (named(dimension, lang) for lang in ("zh", "en"))
    return Caveat(
        "too_many_to_tell",
        f"文献太多，无法逐件统计有多少个不同的“{zh}”，所以空缺，其余照常统计。缩小检索范围后即可得到。",
        f"There are too many documents to count how many different values of “{en}” they have, so that is left out; the rest is"
        " counted as ever. Narrow the query to have it.",
    )


def newcomers(first: str, looked_at: int) -> Caveat:
    return Caveat(
        "newcomers",
        f"新进入者：在本检索式范围内，所有文献的申请日都不早于 {first}；从此后申请最多的 {looked_at} 个中找出。",
        f"Newcomers: within this query all their documents were filed on {first} or later; sought among the {looked_at} who filed"
        " most since.",
    )


def refused(why: Refusal) -> Caveat:
    zh, en = _REFUSED[why]
    return Caveat("no_curve", f"没有拟合生命周期曲线：{zh}。", f"No curve was fitted: {en}.")


def rising(years: int, day: date, fewest: int) -> Caveat:
    return Caveat(
        "rising",
        f"上升：截至 {day.isoformat()} 的最近 {years} 年公开的文献与整个检索结果相比；增长率对比再往前的 {years} 年；"
        f"不足 {fewest} 件的不列。",
        f"Rising: publications of the {years} years up to {day.isoformat()} against all of the query; growth is against the"
        f" {years} years before; what has fewer than {fewest} is not listed.",
    )


def apart(fewest: int) -> Caveat:
    return Caveat(
        "apart",
        f"特征：与本系统收录的全部文献相比，本检索结果中比例更高的；不足 {fewest} 件的不列。",
        f"What sets the documents of the query apart: of a greater share than among everything held; what has fewer than {fewest}"
        " is not listed.",
    )


def between(looked_at: int, each: int, owners: int, citing: int) -> Caveat:
    return Caveat(
        "between",
        f"申请人之间：只看被引最多的 {looked_at} 件中已收录的文献，每个被引申请人最多 {each} 件；"
        f"列出前 {owners} 个被引申请人，每个最多 {citing} 个施引申请人。",
        f"Between applicants: of the {looked_at} documents cited most, those that are held, {each} of each applicant at most; the"
        f" first {owners} cited applicants, each with {citing} citing ones at most.",
    )


def irregular(declared: int) -> Caveat:
    return Caveat(
        "irregular",
        f"非正常申请 {declared} 件，由申请人申报，公开数据中没有这一项，无法核对。",
        f"{declared} irregular applications (非正常申请) as declared by the applicant; published data don't tell of them.",
    )


def density(at: date, today: date) -> tuple[Caveat, ...]:
    """What the number of inventions held can't tell."""
    return (NOT_OFFICIAL, OWNED, HIGH_VALUE) if at == today else (NOT_OFFICIAL, OWNED, HIGH_VALUE, ENDED)


def branch_refused(zh: str, en: str, why: QueryError) -> Caveat:
    return Caveat("branch_refused", f"“{zh}”没有统计：{why.zh}", f"“{en}” was not counted. {why.en}")


def places_absent(names: Sequence[str]) -> Caveat:
    shown = "、".join(names[:10])
    return Caveat(
        "places_absent",
        f"给出了人口但没有有效发明专利的地区：{shown}。请核对写法与文献一致，如“贵州省”“贵阳市”。",
        f"Places with people and no invention in force: {shown}. See whether they are spelled as in documents, 贵州省 or 贵阳市.",
    )


def merged(number: int) -> Caveat:
    return Caveat(
        "merged",
        f"同一申请人的不同名称按您看到的合并（{number} 个申请人有多个名称）计为一个。",
        f"Names of one applicant count as one, by the merges that you see ({number} applicants have several names).",
    )


BRANCHES = Caveat(
    "branches",
    "一件可以在几个分支中，上级分支包含下级分支的全部文献，所以各分支之和不等于总数；“未入分支”是专题库中不属于任何分支的文献。",
    "One can stand in several branches, and a branch holds all that those below it hold: branches don't add up to the total. What"
    " is in no branch of the collection is a row of its own.",
)
OWN_FIRST = Caveat(
    "own_first",
    "每个分支列出的是它自己的前几项，没有列出的不等于没有；要横向比较同一项，请用分支与该维度的交叉表。",
    "Listed are the first ones of each branch by itself, and what is not listed need not be nothing. To compare one thing over all"
    " branches, cross them with its dimension.",
)
WITHIN_LOADED = Caveat(
    "within_loaded",
    "引证只统计本系统已收录的文献：没有收录的文献的引用看不到。",
    "Citations are those of the documents held: what is not held cites, too, and is not seen.",
)
NOT_OFFICIAL = Caveat(
    "not_official",
    "本表由已收录的公开数据推算，不是国家知识产权局的官方统计，不能代替其证明。",
    "Reckoned from the published data held here: no official statistics of CNIPA, and no substitute for its certificate.",
)
PLACES = Caveat(
    "places",
    "省份和城市取自文献上的申请人地址，来源国取第一申请人的国别；没有地址的文献不在表中。",
    "Province and city are of the addresses that documents print of their applicants, the country is of the first applicant;"
    " documents without are not in the table.",
)
FROM_ABROAD = Caveat(
    "from_abroad",
    "来华：中国专利文献中，第一申请人的国别不是中国（含港澳台）的；没有著录国别的计入总数，不在各行中。",
    "Chinese documents whose first applicant is not from China, Hong Kong, Macao or Taiwan; those that print no country are in the"
    " total and in no row.",
)
RECKONED = Caveat(
    "reckoned",
    "法律状态由已收录的数据推算，不是官方登记簿的状态；没有收录的缴费和无效等事项看不到。",
    "The legal status is reckoned from what is held, and is not that of the register: fees or invalidations that are not held"
    " are not seen.",
)
CURVE = Caveat(
    "curve",
    "曲线用加权最小二乘法按完整年份的申请量拟合，括号内是 95% 区间；它假定增长终会饱和，请与专业判断一起使用。",
    "The curve is fitted to the filings of complete years by weighted least squares, with 95 % intervals; it takes for granted"
    " that growth ends. Use it beside an expert's judgement.",
)
GRANTS = Caveat(
    "grants",
    "授权日取授权公告日；申请人取授权文献所载，其后的转让看不到。",
    "The day of a grant is that of its publication, the applicant is the one printed there; later transfers are not seen.",
)
IRREGULAR = Caveat(
    "irregular",
    "非正常申请：没有申报，公开数据中没有这一项。",
    "Irregular applications (非正常申请): not declared, and published data don't tell.",
)
OWNED = Caveat(
    "owned",
    "有效发明专利：已公告授权、推算仍有效的中国发明专利，按授权文献所载申请人的地址或名称归属；"
    "没有收录的终止、恢复、转让和变更看不到，人口数由您给出。",
    "Inventions granted in China and in force as reckoned, by the address or name of the applicants printed in the grant; lapses,"
    " restorations and transfers that are not held are not seen, and the number of people is as given.",
)
HIGH_VALUE = Caveat(
    "high_value",
    "高价值发明专利按“十四五”规划的五种情形统计，一件符合几种只计一次。这里能推算的是：维持年限超过 10 年（自申请日起）；"
    "有海外同族；属于战略性新兴产业（只按您给出的检索式界定）。质押融资金额较高、获得国家科学技术奖或中国专利奖的，"
    "没有任何文献记载，不在内，所以合计偏低。",
    "High-value inventions are of five kinds (14th five-year plan), and one of several counts once. Told here are: in force for"
    " more than 10 years from filing; a family abroad; strategic emerging industries, by the query that you give and no other."
    " Of high pledges and of national prizes no document tells: these are missing, and the sum is too low by them.",
)
FAMILY_ABROAD = Caveat(
    "family_abroad",
    "有海外同族：同一同族（数据来源的同族号，否则首次申请相同）中已收录的文献里，有境外（不含港澳台）专利局或 WO、EP 的公开或授权。"
    "没有收录的同族看不到（偏低）；官方要求海外同族专利权，而公开和 WO 还不是专利权（偏高）。",
    "A family abroad: a member that is held of the same family (as the source names it, else of one first filing) was published,"
    " granted or not, by an office other than those of China, Hong Kong, Macao and Taiwan, WO and EP too. Members that are not"
    " held are not seen (too low); officially a patent right is asked for, which a published application or WO is not (too high).",
)
FAMILIES_MANY = Caveat(
    "families_many",
    "有效发明专利太多，没有逐件查找海外同族，也就没有合计高价值发明专利；请缩小检索式，或给出企业名单。",
    "There are too many inventions to look up their families one by one, so families abroad and the sum of high-value ones are"
    " not told. Narrow the query, or give a list of enterprises.",
)
UNKNOWN = Caveat(
    "unknown",
    "名称按文献上的申请人全称精确比对：表中的名称没有任何已收录的文献，可能是写法不同、曾用名，或确实没有申请。",
    "Names are compared with applicants whole and exactly. Nothing is held under these: they may be spelled otherwise, be former"
    " names, or have filed nothing.",
)
ENDED = Caveat(
    "ended",
    "统计日早于今天：其间已终止的专利按推算的终止日归入，没有推算出终止日的不计。",
    "The day is past: what has ended since counts by the day on which it is reckoned to have ended; without it, not at all.",
)
_REFUSED: dict[Refusal, tuple[str, str]] = {
    "too_few_units": (f"完整年份的申请不足 {FEWEST_UNITS} 件", f"fewer than {FEWEST_UNITS} filings in complete years"),
    "too_few_years": (f"有申请的完整年份不足 {FEWEST_YEARS} 年", f"fewer than {FEWEST_YEARS} complete years with filings"),
    "flat": ("各年申请量没有明显的起伏", "the filings are level over the years"),
    "no_ceiling": ("增长还看不到上限", "no ceiling of the growth can be told yet"),
}
