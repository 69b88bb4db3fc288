"""Names of columns in number lists and in the exports of CNIPA's PSS, incoPat and PatSnap, and what each column says. Pure."""

import re
from collections.abc import Mapping, Sequence

from search.text.fold import fold

DOCUMENTS: Mapping[str, tuple[str, ...]] = {
    "publication": (
        *("公开（公告）号", "公开号", "公告号", "公开公告号", "公布号", "授权公告号", "专利公开号", "文献号"),
        *("publication number", "publication no", "publication_number", "patent number", "pn"),
    ),
    "number": ("号码", "number"),
    "application": ("申请号", "专利申请号", "专利号", "application number", "application no", "application_number", "an"),
    "title": (
        *("标题", "发明名称", "专利名称", "名称", "题名", "标题（中文）", "标题（原文）", "[标]标题", "标题（翻译）（中文）"),
        *("title", "title (english)", "title (original)"),
    ),
    "abstract": ("摘要", "摘要（中文）", "摘要（原文）", "abstract"),
    "applicant": (
        *("申请人", "申请（专利权）人", "专利权人", "当前权利人", "[标]申请人", "[标]当前申请（专利权）人", "当前申请（专利权）人"),
        *("[标]原始申请（专利权）人", "原始申请（专利权）人", "applicant", "applicants", "assignee", "current assignee", "pa"),
    ),
    "address": (
        *("申请人地址", "申请（专利权）人地址", "第一申请人地址", "[标]申请（专利权）人地址", "地址"),
        *("applicant address", "assignee address", "address"),
    ),
    "inventor": ("发明人", "发明（设计）人", "[标]发明人", "inventor", "inventors"),
    "filed": ("申请日", "专利申请日", "application date", "filing date", "application_date", "ad"),
    "published": ("公开（公告）日", "公开日", "公告日", "公开公告日", "publication date", "publication_date", "pd"),
    "ipc": ("IPC", "IPC分类号", "IPC主分类号", "IPC分类", "主分类号", "国际分类号", "ipc classification", "ipc-main"),
    "cpc": ("CPC", "CPC分类号", "CPC分类", "联合专利分类号", "cpc classification"),
    "note": ("备注", "附注", "note", "notes", "remark"),
    "tags": ("标签", "标引", "tag", "tags"),
    "branches": ("技术分支", "分支代码", "技术分支代码", "branch", "branches"),
}
"""Kind -> the names of columns that say it, the first that a table has is taken."""

BRANCHES: Mapping[str, tuple[str, ...]] = {
    "code": ("代码", "分支代码", "编号", "code"),
    "level1": ("一级分支", "一级技术分支", "一级", "level 1", "level1"),
    "level2": ("二级分支", "二级技术分支", "二级", "level 2", "level2"),
    "level3": ("三级分支", "三级技术分支", "三级", "level 3", "level3"),
    "name": ("名称", "分支名称", "技术分支", "name"),
    "chain": ("产业链环节", "产业链位置", "环节", "chain", "chain position"),
    "rule": ("纳入规则", "标引规则", "检索说明", "说明", "inclusion rule", "rule"),
    "query": ("检索式", "检索策略", "query"),
}


def kinds(head: Sequence[str], known: Mapping[str, Sequence[str]]) -> list[str]:
    """What each column says, ``""`` where that is none of these or an earlier name of the same kind stands elsewhere."""
    names = [_plain(cell) for cell in head]
    found = [""] * len(head)
    for kind, spellings in known.items():
        for spelling in map(_plain, spellings):
            if spelling in names and not found[names.index(spelling)]:
                found[names.index(spelling)] = kind
                break
    return found


def _plain(name: str) -> str:
    """A name without case, width and blanks."""
    return re.sub(r"\s+", "", fold(name))
