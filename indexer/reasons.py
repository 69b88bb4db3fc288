"""Why a record was refused, in the operator's language. Reasons are kept in English, as the parsers and sources give them."""

import re

from indexer.words import chinese

_CHINESE: tuple[tuple[str, str], ...] = (
    (r"no known format", r"不是可识别的格式；若确知其格式，请用 --format 指定"),
    (r"the format (.+) is not read yet", r"尚不支持 \1 格式"),
    (r"a sequence listing, not a publication", r"是序列表，不是专利文献"),
    (r"(\S+) stands at offset (\d+) already, with other content", r"\1 已在偏移 \2 处出现，内容不同；保留前者"),
    (r"(?:record|document) above (\d+) bytes", r"超过 \1 字节"),
    (r"not well-formed XML: (.*)", r"XML 不合语法：\1"),
    (r"not XML: (.*)", r"不是 XML：\1"),
    (r"not JSON: (.*)", r"不是 JSON：\1"),
    (r"not CSV: (.*)", r"不是 CSV：\1"),
    (r"not (UTF-8|GB18030): (.*) at byte (\d+)", r"不是 \1 编码：第 \3 字节处 \2"),
    (r"not of this format: (.*)", r"不符合该格式：\1"),
    (r"has no (\S+)(?: element)?", r"缺少 \1"),
    (r"has (\d+) columns instead of (\d+)", r"有 \1 列，应为 \2 列"),
    (r"a quote is not closed", r"引号没有闭合"),
    (r"(?:publication )?number: (.*)", r"公开号无法识别：\1"),
    (r"number (.+) is not the canonical one of its country, doc_number and kind", r"号码 \1 与其国别、文献号、种类不符"),
    (r"(.+) is no date; one looks like (.*)", r"\1 不是日期，应形如 \2"),
    (r"class (.+) is to be written (.+)", r"分类号 \1 应写作 \2"),
    (r"class: (.*)", r"分类号无法识别：\1"),
    (r"declares the entity (.*), which is never expanded", r"声明了实体 \1；实体一律不展开"),
    (r"refers to the entity (.*), which is never resolved", r"引用了实体 \1；实体一律不解析"),
    (r"neither (\S+) nor (\S+)", r"既不是 \1 也不是 \2"),
    (r"not a (\S+) with its (\S+)", r"不是含 \2 的 \1"),
    (r"(\S+) can't read it: (.*)", r"\1 解析失败：\2"),
    (r"empty file", r"空文件"),
    (r"empty archive", r"空压缩包"),
    (r"ends too early(.*)", r"文件不完整\1；请重新获取"),
    (r"damaged compressed data(.*)", r"压缩数据损坏\1；请重新获取"),
    (r"damaged (ZIP|TAR) file(.*)", r"\1 文件损坏\2；请重新获取"),
    (r"encrypted, which is not read(.*)", r"已加密，无法读取\1"),
    (r"compressed by a method that is not read(.*)", r"压缩方法不支持\1"),
    (r"damaged names or sizes(.*)", r"压缩包内的名称或长度损坏\1；请重新获取"),
    (r"can't be read(.*)", r"无法读取\1"),
    (r"path outside the archive", r"路径指向压缩包之外"),
    (r"a link or device, not a file", r"是链接或设备，不是文件"),
    (r"expands more than (\d+) times: taken for a bomb", r"解压后超过 \1 倍，视为压缩炸弹"),
    (r"directory of (\d+) bytes: taken for a bomb", r"目录达 \1 字节，视为压缩炸弹"),
    (r"holds more than (\d+) files", r"所含文件超过 \1 个"),
    (r"archives within archives, more than (\d+) deep", r"压缩包嵌套超过 \1 层"),
)


def told(reason: str) -> str:
    """The reason for the operator; one that has no Chinese words yet stays as it is."""
    return in_chinese(reason) if chinese() else reason


def in_chinese(reason: str) -> str:
    """The reason in Chinese, what it quotes as it stands."""
    for pattern, words in _CHINESE:
        found = re.fullmatch(pattern, reason, re.DOTALL)
        if found:
            return found.expand(words)
    return reason
