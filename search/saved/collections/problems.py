"""What a caller is told about collections."""

from auth.errors import Problem
from search.saved.collections.model import BRANCHES, COLLECTIONS, LEVELS, MEMBERS, RECORDS, SNAPSHOTS


class TooManyCollections(Problem):
    """The account has `COLLECTIONS` of them."""

    status = 409
    code = "too_many_collections"
    zh = f"已有 {COLLECTIONS} 个专题库，请先删除不用的。"
    en = f"There are {COLLECTIONS} collections already. Delete some that are not used."


class CollectionFull(Problem):
    """More rows of a kind than a collection holds."""

    status = 409
    code = "collection_full"
    zh = (
        f"一个专题库最多人工加入或标注 {MEMBERS} 件文献、{BRANCHES} 个分支、{RECORDS} 条未收录记录、{SNAPSHOTS} 个快照；"
        "请用检索式代替逐件加入，或另建专题库。"
    )
    en = (
        f"A collection takes {MEMBERS:,} documents added or noted by hand, {BRANCHES} branches, {RECORDS:,} records that are not"
        f" held and {SNAPSHOTS} snapshots. Use a query instead of single documents, or make another collection."
    )


class CollectionTooLarge(Problem):
    """More documents than can be listed one by one."""

    status = 409
    code = "collection_too_large"

    def __init__(self, found: int, most: int) -> None:
        super().__init__(
            zh=f"共 {found} 件文献，超过 {most} 件，无法逐件列出；请缩小检索式或选择一个分支。",
            en=f"There are {found:,} documents, and at most {most:,} can be listed. Narrow the query, or choose a branch.",
        )


class BranchMisplaced(Problem):
    """A branch that can't stand there."""

    status = 409
    code = "branch_misplaced"
    zh = f"上级分支不存在、在该分支之下，或层级超过 {LEVELS} 级；请另选上级分支。"
    en = f"The branch above it is not there, stands below it, or makes more than {LEVELS} levels. Choose another."


class BranchTaken(Problem):
    """A new branch by a code that one has."""

    status = 409
    code = "branch_taken"
    zh = "这个代码已有一个分支；请换一个代码，或打开那个分支修改。"
    en = "There is a branch of this code. Choose another code, or open that branch to change it."


class DeedOverlaid(Problem):
    """What a deed changed was changed again after it."""

    status = 409
    code = "deed_overlaid"
    zh = "这一步之后，同一内容又被修改过，请先撤销后来的步骤。"
    en = "What this step changed was changed again later. Undo the later steps first."


class ReadOnly(Problem):
    """The collection is shared with the caller to be read."""

    status = 403
    code = "collection_read_only"
    zh = "这个专题库只供您查看，修改请联系建库单位。"
    en = "This collection is shared with you to be read. Ask those who made it for a change."


class SheetUnreadable(Problem):
    """Neither CSV nor XLSX."""

    status = 422
    code = "sheet_unreadable"
    zh = "无法读取该表格：请用 CSV（UTF-8 或 GB18030）或 XLSX，数据放在第一张工作表，首行为列名或每行一个号码。"
    en = (
        "The table can't be read. Send CSV (UTF-8 or GB 18030) or XLSX, with the data on the first sheet: names of columns in the"
        " first row, or a number a row."
    )


class SheetTooLong(Problem):
    """More rows than are taken at a time."""

    status = 413
    code = "sheet_too_long"
    zh = "表格超过 10000 行或解压后过大，请拆分后分批导入。"
    en = "The table has more than 10,000 rows, or is too large unpacked. Split it and send the parts."


class ColumnsMissing(Problem):
    """No column that says what a row is."""

    status = 422
    code = "columns_missing"
    zh = "表格中没有可识别的列：文献表需要“公开（公告）号”或“申请号”，分支表需要“一级分支”或“名称”；列名放在首行。"
    en = (
        "The table has no column that says what a row is: documents need a publication or application number, branches a name or"
        " first level. Names of columns stand in the first row."
    )


class BranchUnreadable(Problem):
    """A row of a table of branches that can't be read."""

    status = 422
    code = "branch_unreadable"

    def __init__(self, line: int, zh: str, en: str) -> None:
        super().__init__(zh=f"第 {line} 行：{zh}。", en=f"Line {line}: {en}.", extra={"line": line})


class RecordsTooMany(Problem):
    """More records that are not held, or documents of their applications and families, than are counted beside documents."""

    status = 409
    code = "records_too_many"
    zh = (
        "这些专题库的未收录记录（及与其同一申请、同族的文献）过多，无法一并统计；"
        "请少选几个专题库，或用 records=false 只统计已收录文献。"
    )
    en = (
        "The collections have too many records that are not held, or documents of the same applications and families, to count them"
        " too. Name fewer collections, or ask with records=false for the documents held alone."
    )
