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
