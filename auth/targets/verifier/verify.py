#!/usr/bin/env python3
# ruff: noqa: E401, UP006, UP031, UP035, UP045, B904, B905, I001 - Python 3.6; functions stand one line apart to keep it short
# fmt: off
"""Checks an evidence bundle offline:  python verify.py BUNDLE.zip --key BUREAU.pub [--witness LAST.txt]

Exit 0 PASS, 1 FAIL with the first bad thing, 2 cannot tell (no key, a file that can't be read).  The leaves are hashed into the
signed root and counted again by the rule file they name; every other file is made again and compared.  See docs/verify.md.
"""

import argparse, base64, hashlib, json, os, re, struct, sys, unicodedata, zlib
from typing import Any, Dict, List, Optional, Tuple

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import recount  # type: ignore[import-not-found]

PAGE = "d3e62024213c92e9c47a0ec25156dd24638d870c836785e75f104bce3bd5ca1e"  # SHA-256 of the verify.html of this release
BAD = {
    "archive": "压缩包此处不合规范 the archive is not as it was written",
    "files": "缺少此文件、不应有或版本不同 the file is missing, does not belong here or is of another version",
    "form": "格式不规范，或有本程序不认识的内容 not in its one form, or has something unknown",
    "signature": "没有所持公钥的有效签名 no good signature by a key that is held",
    "root": "事实与签名的检查点不符 the leaves are not those that were signed",
    "rule": "不是本项目采用的规则，或没有合同 not the rule that the project adopted, or there is no contract",
    "count": "与重新生成的不符 differs from what is made again",
    "cut": "少于上次所见：末尾被删，或是旧包 fewer facts than seen last: cut, or an older bundle",
    "split": "与上次所见的检查点矛盾 contradicts the checkpoint seen last",
    "sample": "回访抽样的随机数或检查点不是事先约定的 a sample's nonce or root is not the one committed to",
}
MET = {True: "是 yes", False: "否 no", None: "—"}
FILES = "counts.csv counts.json leaves.jsonl manifest.json recount.py rows.csv rule.toml salts.json verify.html verify.py"
NUMBERS = "指标 target,名称 name,读数 reading,数量 counted,决定 decides,要求 needed,上限 at most,缺 missing,达到 met"
ROWS = "指标 target,序号 seq,时间 at,事由 kind,帐号 account,企业 enterprise,结果 result"
TRUST = "须信任 taken on trust: 跨机构首次注册 new across agencies · 所报角色 declared roles · 行为本身 that the deeds took place"
SHAPES = {
    "any": "[^\x00-\x1f]+", "text": "[^\x00-\x1f\x7f-\x9f]{1,200}", "id": "[A-Za-z0-9][A-Za-z0-9._:-]{0,63}", "sha": "[0-9a-f]{64}",
    "region": "[0-9]{6}", "size": "micro|small|medium|large|unknown", "grade": "declared|accepted|delivered|opened|acknowledged",
    "instant": "[0-9]{4}(?:-[0-9]{2}){2}T(?:[01][0-9]|2[0-3])(?::[0-5][0-9]){2}[.][0-9]{6}Z", "day": "[0-9]{4}(?:-[0-9]{2}){2}",
}
FORMS_TEXT = """
manifest;; v=number project=id log=id as_of=day;
salt;; fingerprint=sha salt=sha;
leaf;; v=number seq=number kind=[a-z]+:[a-z_]+ recorded_at=instant happened_at=instant attributes=@;
+ account=id person=sha agency=id link=id
account:registered; account; channel=email|mobile|assisted;
account:contact_verified; account person; contact_class=mobile|enterprise_mail|public_mailbox|in_person new=flag; first_link=id
+ how=touch|declared project=id
account:profile_complete; account; enterprise=id role=rd|ip_manager|executive|other; $ code_region=region address_region=region
account:activated; account;;
account:role_confirmed; account; by=enterprise_contact|call_back;
account:held account:released account:excluded account:disputed account:withdrawn account:erased ; account;; reasons=*text
+ decision=text rule=text
account:registered_elsewhere; account; project=id list=sha;
account:called_back; account; sample=id by=person|officer self=flag rd=flag used=flag;
sample:committed;; project=id sample=id target=id commitment=sha;
sample:drawn;; project=id sample=id size=number root=sha people=number;
sample:closed;; project=id sample=id nonce=sha yes=number no=number unreachable=number;
project:contract;; project=id first=day last=day province=[0-9]{2} quarters=contract|calendar contract_sha256=sha reading=text;
+ agency=id grade=text numbers=*text modifiers=*text
project:rule_adopted;; project=id rule=id version=number sha256=sha; direction=id counts=*text
project:decision;; project=id decision=extension|replacement|plan|waiver|attribution|exclusion|release document_sha256=sha;
+ last=day target=id value=number enterprise=id by=id to=id
enterprise:mark;; enterprise=id mark=text document_sha256=sha; value=text first=day last=day
agreement:signed;; enterprise=id first=day last=day free=flag sha256=sha; $ project=id
push:delivered;; enterprise=id customised=flag parts=*a|b|c|d|e channel=text grade=grade; $ project=id
training:held;; training=id; audience=text project=id
training:attended; person; training=id; project=id
visit:made service:given pair:signed case:published need:collected ;; enterprise=id what=text; $ amount=number project=id
rules;; language=number rule=id version=number name=words notice=notice target=*target; directions=@words modifier=*modifier
words;; zh=any en=any;
notice;; file=any title=any;
target;; id=id name=words line=number quote=any of=*id; distinct=*id direction=id at_least=number at_most=number all_of=id
+ subset_of=id where=*filter each_quarter=number collect=collect sum=id readings=rungs|grades|one reading=id
+ period=window|to_last_day split=id
filter;; attribute=id reason=id; equals=scalar within=*any without=*any contains=*any region_in=*any region_outside=*any
+ months_from=id months=number
collect;; attribute=id all=*any reason=id;
modifier;; id=id name=words line=number quote=any times=number over=number; direction=id
"""
FORMS = {
    name: (about.split(), *(dict(one.split("=") for one in part.split()) for part in parts))
    for line in FORMS_TEXT.replace("\n+", "").replace("$", "size=size region=region marks=*text").strip().split("\n")
    for names, about, *parts in [line.split(";")] for name in names.split()
}  # type: Dict[str, Any]

class Bad(Exception):
    """Where, and which of BAD."""

def need(holds: Any, where: str, what: str = "form") -> None:
    if not holds:
        raise Bad(where, what)

def pack(files: Dict[str, bytes]) -> List[bytes]:
    """The one zip of these files, piece by piece (APPNOTE 4.3): stored, sorted, one date, no attributes."""
    pieces, central, at = [], [], 0  # type: List[bytes], List[bytes], int
    for name, data in sorted(files.items()):
        raw = name.encode("latin-1")
        fixed = struct.pack("<HHHHHIIIHH", 10, 0, 0, 0, 33, zlib.crc32(data), len(data), len(data), len(raw), 0)
        pieces.append(b"PK\3\4" + fixed + raw + data)
        central.append(b"PK\1\2" + struct.pack("<H", 10) + fixed + struct.pack("<HHHII", 0, 0, 0, 0, at) + raw)
        at += len(pieces[-1])
    table = b"".join(central)
    return [*pieces, table + struct.pack("<4sHHHHIIH", b"PK\5\6", 0, 0, len(central), len(central), len(table), at, 0)]

def unpack(data: bytes) -> Dict[str, bytes]:
    """The files of a zip that `pack` makes."""
    files, at = {}, 0
    while data[at : at + 4] == b"PK\3\4" and at + 30 <= len(data):
        size, length = struct.unpack("<IH", data[at + 22 : at + 28])
        start = at + 30 + length
        files[data[at + 30 : start].decode("latin-1")], at = data[start : start + size], start + size
    at = 0
    for name, piece in zip([*sorted(files), "zip"], pack(files)):
        need(data[at : at + len(piece)] == piece, re.sub("[^ -~]", "?", name), "archive")
        at += len(piece)
    need(at == len(data), "zip", "archive")
    return files

def read_lines(data: bytes, where: str) -> List[str]:
    try:
        *lines, rest = data.decode("utf-8").split("\n")
    except UnicodeDecodeError:
        raise Bad(where, "form")
    need(rest == "", where)
    return lines

def written(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)

def canonical(text: str, shape: str, where: str) -> Any:
    """The value of its one JSON spelling: keys sorted, no blanks, NFC (docs/ledger.md)."""
    try:
        value = json.loads(text)
        need(written(value) == text == unicodedata.normalize("NFC", text), where)
    except (ValueError, RecursionError):
        raise Bad(where, "form")
    need(fits(value, shape), where)
    return value

def fits(value: Any, shape: str) -> bool:
    """Whether the value has the shape: * list, @ table, one of FORMS with all it needs and nothing it does not name."""
    if shape[0] == "*":
        return isinstance(value, list) and all(fits(item, shape[1:]) for item in value)
    if shape[0] == "@":
        return isinstance(value, dict) and all(shape == "@" or fits(item, shape[1:]) for item in value.values())
    if shape in FORMS:
        _, needs, may = FORMS[shape]
        shapes = dict(may, **needs)
        return isinstance(value, dict) and set(needs) <= set(value) and all(fits(value[x], shapes.get(x, "(?!)")) for x in value)
    if isinstance(value, int):
        return shape in (("flag", "scalar") if isinstance(value, bool) else ("number",)) and abs(value) < 2**53
    good = isinstance(value, str) and re.fullmatch(SHAPES.get(shape, SHAPES["any"] if shape == "scalar" else shape), value)
    return bool(good) and (shape not in ("day", "instant") or recount.date(value) is not None)

P, L = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # Ed25519, RFC 8032 section 5.1; points are (X, Y, Z, T)
D = -121665 * pow(121666, P - 2, P) % P

def add(a: Any, b: Any) -> Any:
    e, f = (a[1] - a[0]) * (b[1] - b[0]) % P, (a[1] + a[0]) * (b[1] + b[0]) % P
    g, h = 2 * a[3] * b[3] * D % P, 2 * a[2] * b[2] % P
    return (f - e) * (h - g) % P, (h + g) * (f + e) % P, (h - g) * (h + g) % P, (f - e) * (f + e) % P

def times(number: int, held: Any) -> Any:
    total = (0, 1, 1, 0)
    while number:
        total = add(total, held) if number & 1 else total
        held, number = add(held, held), number >> 1
    return total

def point(data: bytes) -> Any:
    sign, y = divmod(int.from_bytes(data, "little"), 2**255)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if y >= P or (x * x - square) % P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P

def is_signed(public: bytes, text: bytes, signature: bytes) -> bool:
    a, base, s = point(public), point(b"\x58" + b"\x66" * 31), int.from_bytes(signature[32:], "little")
    if a is None or base is None or len(signature) != 64 or s >= L:
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + text).digest(), "little") % L
    x, y, z, _ = add(times(s, base), times(k, (P - a[0], a[1], 1, P - a[3])))
    turn = pow(z, P - 2, P)
    return bool((y * turn % P | (x * turn % P & 1) << 255).to_bytes(32, "little") == signature[:32])

def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()

def unb64(text: str, where: str) -> bytes:
    need(re.fullmatch("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", text), where)
    data = base64.b64decode(text)
    need(b64(data) == text, where)
    return data

def read_key(line: str, where: str) -> Tuple[bytes, bytes]:
    """What stands before a signature by a C2SP verifier key (name and id), and the public key."""
    name, _, rest = line.partition("+")
    raw = unb64(rest.partition("+")[2], where)
    number = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    need(len(raw) == 33 and raw[0] == 1 and line == "%s+%s+%s" % (name, number.hex(), b64(raw)), where)
    return name.encode() + b" " + number, raw[1:]

def checkpoint(data: bytes, where: str) -> Tuple[str, int, bytes, List[str]]:
    """Origin, size, root and lines of signatures of a C2SP tlog-checkpoint in a signed-note."""
    text = "\n".join([*read_lines(data, where), ""])
    found = re.fullmatch("([^\n]+)\n(0|[1-9][0-9]{0,14})\n([^\n]{44})\n\n((?:— [^ \n+]+ [^ \n]+\n)+)", text)
    if found is None or re.search("[\x00-\x09\x0b-\x1f]", text):
        raise Bad(where, "form")
    origin, size, coded, signatures = found.groups()
    return origin, int(size), unb64(coded, where), signatures.split("\n")[:-1]

def check_signatures(data: bytes, keys: Dict[bytes, bytes], where: str) -> None:
    """A known key signed it, and none of theirs is bad; lines of others are passed over. Without keys nothing is looked at."""
    good, body = not keys, data[: data.find(b"\n\n") + 1]
    for _, name, coded in (line.split(" ") for line in checkpoint(data, where)[3]):
        raw = unb64(coded, where)
        public = keys.get(name.encode() + b" " + raw[:4])
        need(public is None or is_signed(public, body, raw[4:]), where, "signature")
        good = good or public is not None
    need(good, where, "signature")

def root(hashes: List[bytes]) -> bytes:
    while len(hashes) > 1:
        pairs = [hashlib.sha256(b"\1" + a + b).digest() for a, b in zip(hashes[::2], hashes[1::2])]
        hashes = pairs + hashes[2 * len(pairs) :]
    return hashes[0] if hashes else hashlib.sha256().digest()

def proof(old: int, hashes: List[bytes], whole: bool) -> List[bytes]:
    """SUBPROOF of RFC 6962 section 2.1.2."""
    if old == len(hashes):
        return [] if whole else [root(hashes)]
    half = 1 << (len(hashes) - 1).bit_length() - 1
    if old <= half:
        return [*proof(old, hashes[:half], whole), root(hashes[half:])]
    return [*proof(old - half, hashes[half:], False), root(hashes[:half])]

def sheets(counts: Any, rules: Any, leaves: List[Any]) -> Dict[str, bytes]:
    """The counts for people (RFC 4180, UTF-8 with its mark): a row a reading, and a row a fact behind each number."""
    names = {target["id"]: target["name"]["zh"] for target in rules["target"]}
    numbers, rows = [NUMBERS.split(",")], [ROWS.split(",")]  # type: List[Any], List[Any]
    for one in counts["targets"]:
        for reading in sorted(one["readings"]):
            told = ["是 yes", one.get("needed", ""), one.get("at_most", ""), one["missing"], MET[one.get("met")]]
            told = told if reading == one["reading"] else [""] * 5
            numbers.append([one["id"], names[one["id"]], reading, one["readings"][reading], *told])
        for seq, result in [*([seq, "计入 counted"] for seq in one["rows"]["counted"]), *one["rows"]["left_out"]]:
            leaf, held = leaves[seq], leaves[seq]["attributes"].get("enterprise", "")
            rows.append([one["id"], seq, recount.local(leaf["happened_at"]), leaf["kind"], leaf.get("account", ""), held, result])
    text = [[",".join('"%s"' % str(x).replace('"', '""') for x in row) + "\r\n" for row in made] for made in (numbers, rows)]
    return {name: ("\ufeff" + "".join(held)).encode() for name, held in zip(("counts.csv", "rows.csv"), text)}

def read_leaves(data: bytes, log: str) -> List[Any]:
    leaves, last = [], ""  # type: List[Any], str
    for seq, text in enumerate(read_lines(data, "leaves.jsonl")):
        where = "leaves.jsonl:%d" % (seq + 1)
        leaf = canonical(text, "leaf", where)
        need(leaf["kind"] in FORMS and fits(leaf["attributes"], leaf["kind"]) and set(FORMS[leaf["kind"]][0]) <= set(leaf), where)
        need(leaf["v"] == 1 and leaf["seq"] == seq and last <= leaf["recorded_at"] and leaf.get("agency", log) == log, where)
        leaves.append(leaf)
        last = leaf["recorded_at"]
    return leaves

def check_signed(files: Dict[str, bytes], keys: Dict[bytes, bytes], hashes: List[bytes], last: Optional[bytes]) -> str:
    """Every checkpoint against the leaves, and the proofs between them; then the one seen last. The origin of the log."""
    sizes = sorted(int(name[12:-4]) for name in files if re.fullmatch("checkpoints/(0|[1-9][0-9]{0,14})[.]txt", name))
    need(sizes and sizes[-1] == len(hashes), "leaves.jsonl", "root")
    origins, before = set(), 0
    for size in sizes:
        where = "checkpoints/%d.txt" % size
        origin, held, signed, _ = checkpoint(files[where], where)
        origins.add(origin)
        need(held == size and len(origins) == 1, where)
        need(signed == root(hashes[:size]), where, "root")
        check_signatures(files[where], keys, where)
        steps = "".join(b64(one) + "\n" for one in proof(before, hashes[:size], True)) if before else ""
        made = ("old %d\n%s\n" % (before, steps)).encode() + files[where]
        need(before == 0 or files.get("proofs/%d.txt" % size) == made, "proofs/%d.txt" % size, "count")
        before = size
    if last is not None:
        last = last.replace(b"\xef\xbb\xbf", b"").replace(b"\r", b"").strip() + b"\n"  # as a notepad keeps it
        copied = re.fullmatch(r"(\S+)\s+([0-9]{1,15})\s+((?:[0-9A-Fa-f]\s*){64})", last.decode("latin-1"))
        if copied:  # typed from stamped paper, which has the stamp for a signature
            origin, held, signed = copied.group(1), int(copied.group(2)), bytes.fromhex(copied.group(3))
        else:
            check_signatures(last, keys, "witness")
            origin, held, signed, _ = checkpoint(last, "witness")
        need(held <= len(hashes), "witness", "cut")
        need(origins == {origin} and root(hashes[:held]) == signed, "witness", "split")
    return "".join(origins)

def check_samples(leaves: List[Any], hashes: List[bytes]) -> None:
    """Who was called back follows from a root signed after the nonce was committed to, and from that nonce."""
    held = {}  # type: Dict[str, Any]
    for leaf in leaves:
        told, seq = leaf["attributes"], leaf["seq"]
        if leaf["kind"] == "sample:committed":
            held.setdefault(told["sample"], (seq, told["commitment"]))
        elif leaf["kind"] in ("sample:drawn", "sample:closed"):
            first, commitment = held.get(told["sample"], (seq, ""))
            drawn = first < told.get("size", 0) <= seq and told["root"] == root(hashes[: told["size"]]).hex()
            kept = hashlib.sha256(bytes.fromhex(told.get("nonce", ""))).hexdigest() == commitment
            need(drawn if "root" in told else kept, "leaves.jsonl:%d" % (seq + 1), "sample")

def verify(files: Dict[str, bytes], keys: Dict[bytes, bytes], last: Optional[bytes], own: Dict[str, bytes]) -> List[str]:
    """What the bundle says, once all of it is found right; `Bad`."""
    names = sorted(set(files) - {"SHA256SUMS"})
    sums = "".join("%s  %s\n" % (hashlib.sha256(files[name]).hexdigest(), name) for name in names)
    need(files.get("SHA256SUMS") == sums.encode("latin-1"), "SHA256SUMS", "count")
    marks = sorted((name for name in files if name.startswith("checkpoints/")), key=lambda name: (len(name), name))
    allowed = {*FILES.split(), *marks, *("proofs" + name[11:] for name in marks[1:])}
    for name in sorted(set(names) ^ allowed):
        raise Bad(re.sub("[^ -~]", "?", name), "files")
    for name in ("recount.py", "verify.html", "verify.py"):
        need(hashlib.sha256(files[name]).hexdigest() == PAGE if name == "verify.html" else files[name] == own[name], name, "files")
    manifest = canonical("\n".join(read_lines(files["manifest.json"], "manifest.json")), "manifest", "manifest.json")
    hashes = [hashlib.sha256(b"\0" + line).digest() for line in files["leaves.jsonl"].split(b"\n")[:-1]]
    origin = check_signed(files, keys, hashes, last)
    need(manifest["v"] == 1 and origin.endswith("/" + manifest["log"]), "manifest.json")
    leaves = read_leaves(files["leaves.jsonl"], manifest["log"])
    check_samples(leaves, hashes)
    try:
        rules = recount.toml("\n".join([*read_lines(files["rule.toml"], "rule.toml"), ""]))
        need(fits(rules, "rules") and rules["language"] == 1, "rule.toml")
        filters = [rule for target in rules["target"] for rule in target.get("where", ())]
        need(all(sum(one in rule for one in recount.OPERATORS) == 1 for rule in filters), "rule.toml")
        count = recount.Count(rules, manifest["project"], manifest["as_of"], leaves)
        adopted = [hashlib.sha256(files["rule.toml"]).hexdigest(), rules["rule"], rules["version"]]
        need(adopted == [count.adopted[name] for name in ("sha256", "rule", "version")], "rule.toml", "rule")
        counts = count.standing()
    except (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError):
        raise Bad("rule.toml", "rule")
    need(files["counts.json"] == written(counts).encode() + b"\n", "counts.json", "count")
    for name, data in sheets(counts, rules, leaves).items():
        need(files[name] == data, name, "count")
    salts = canonical("\n".join(read_lines(files["salts.json"], "salts.json")), "@salt", "salts.json")
    for account, held in salts.items():
        opened = hashlib.sha256(bytes.fromhex(held["salt"] + held["fingerprint"])).hexdigest()
        need(any(leaf.get("account") == account and leaf.get("person") == opened for leaf in leaves), "salts.json", "count")
    signed = "检查点 checkpoint %s %d %s · 记录至 recorded until " % (origin, len(hashes), b64(root(hashes)))
    return [*report(manifest, rules, counts), signed + recount.local(leaves[-1]["recorded_at"]), TRUST]

def report(manifest: Any, rules: Any, counts: Any) -> List[str]:
    names = {target["id"]: target["name"]["zh"] for target in rules["target"]}
    lines = ["项目 project %s · 截至 as of %s · %s" % (manifest["project"], manifest["as_of"], rules["name"]["zh"])]
    for one in counts["targets"]:
        told = ["%s %d%s" % (name, held, "*" if name == one["reading"] else "") for name, held in sorted(one["readings"].items())]
        bounds = ["%s %d" % (sign, one[name]) for sign, name in (("≥", "needed"), ("≤", "at_most")) if name in one]
        lines.append(" ".join([MET[one.get("met")], one["id"], names[one["id"]] + ":", " · ".join(told), *bounds]))
    return lines

def say(text: str) -> None:
    print(text.encode(sys.stdout.encoding or "utf-8", "replace").decode(sys.stdout.encoding or "utf-8"))

def read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()

def save(path: str, files: Dict[str, bytes]) -> None:
    """Keeps the newest checkpoint, in one step."""
    newest = max((name for name in files if name.startswith("checkpoints/")), key=lambda name: (len(name), name))
    with open(path + ".new", "wb", buffering=0) as file:
        file.write(files[newest])
        os.fsync(file.fileno())
    os.replace(path + ".new", path)

def main(arguments: List[str]) -> int:
    parser = argparse.ArgumentParser(description="核对证据包 Checks an evidence bundle offline.")
    parser.add_argument("bundle")
    parser.add_argument("--key", help="公钥文件，每行一把 a file of verifier keys, one a line")
    parser.add_argument("--witness", help="上次检查点的文件，核对后更新 the file of the checkpoint seen last; renewed on PASS")
    given = parser.parse_args(arguments)
    files, last, here = {}, None, os.path.dirname(os.path.abspath(__file__))  # type: Dict[str, bytes], Optional[bytes], str
    try:
        data, own = read(given.bundle), {name: read(os.path.join(here, name)) for name in ("verify.py", "recount.py")}
        keys = dict(read_key(line, given.key) for line in (read(given.key).decode("utf-8-sig").split() if given.key else ()))
        last = read(given.witness) if given.witness and os.path.exists(given.witness) else None
        files = unpack(data)
        say("\n".join(verify(files, keys, last, own)))
        if not keys:
            raise OSError("未给公钥 no --key")
        if given.witness:
            save(given.witness, files)
    except (OSError, UnicodeDecodeError) as error:
        say("不能判定 CANNOT TELL: %s" % error)
        return 2
    except Bad as bad:
        where, what = bad.args
        unsure = where == given.key or (where == "witness" and what not in ("cut", "split"))
        say("%s %s: %s" % ("不能判定 CANNOT TELL" if unsure else "FAIL", where, BAD[what]))
        if where == "witness" and not unsure:
            save(given.witness + ".conflict", files)
        return 2 if unsure else 1
    say("PASS")
    return 0

if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
