"""Writing a tree in another language: what each writer shares.

What the language can't carry stays in sight: the part stands in braces as the native language writes it, which the language's own
readers refuse, or is written as near as can be; either way a note says so.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from contextlib import contextmanager
from typing import ClassVar

from search.query import fields
from search.query.dialects.frame import Written
from search.query.dialects.language import Language
from search.query.errors import Note, note
from search.query.render import quoted, render
from search.query.tree import And, Leaf, Near, Not, Or, Query, Range, Ref, Value, Wild, Word


class Writer(ABC):
    """One tree; an And, Or, Not or Near within another stands in brackets."""

    language: ClassVar[Language]
    AND: ClassVar[str] = " AND "
    OR: ClassVar[str] = " OR "
    BUT_NOT: ClassVar[str] = " NOT "
    NOT: ClassVar[str] = "NOT "
    bare_not: ClassVar[bool] = False
    """Whether the language knows NOT without a term before it."""
    codes: ClassVar[dict[str, str]]
    """Our fields that have a code of their own, with the code that is written."""
    within_sentence: ClassVar[bool] = False
    """Whether distances in words never reach across the end of a sentence in the language."""

    def __init_subclass__(cls) -> None:
        cls.codes = {}
        for code, names in cls.language.codes.items():
            if len(names) == 1 and names[0]:
                cls.codes.setdefault(names[0], code)

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.notes: list[Note] = []

    def whole(self, tree: Query) -> Written:
        self.node(tree)
        return self.written()

    def written(self) -> Written:
        return Written("".join(self.parts), tuple(self.notes))

    @abstractmethod
    def fielded(self, field: str | None, text: str) -> str | None:
        """`text` (a word, a quotation) in the field of that name; ``None`` where the language has no such field."""

    @abstractmethod
    def is_bare(self, text: str) -> bool:
        """Whether `text` without quotation marks is read as this one word."""

    def range(self, span: Range) -> str | None:
        """A range of days; ``None`` where the language has no such date."""
        return None

    def closeness(self, near: Near) -> str | None:
        """The operator of a `Near` with blanks around it; ``None`` where the language has none."""
        return None

    def reference(self, ref: Ref) -> str | None:
        """A question of the history."""
        return None

    def value(self, value: Value) -> str | None:
        """A value of a keyword, class or number field."""
        bare = self.is_bare(value.value) and value.value == self.language.truncation.plain(value.value)
        return self.fielded(value.field, value.value if bare else quoted(value.value))

    def key_pattern(self, wild: Wild) -> str | None:
        """A pattern over the keys of a field that is no text."""
        pattern = self.language.truncation.write(wild.pattern)
        return pattern and self.fielded(wild.field, pattern if self.is_bare(pattern) else quoted(pattern))

    def items(self, tree: And | Or) -> None:
        """The items with the operators between them."""
        for number, item in enumerate(tree.items):
            if number and isinstance(tree, And) and isinstance(item, Not):
                self.emit(self.BUT_NOT)
                self.inner(item.item)
            else:
                self.emit((self.AND if isinstance(tree, And) else self.OR) if number else "")
                self.inner(item)

    def node(self, tree: Query) -> None:
        match tree:
            case And() | Or():
                self.items(tree)
            case Not():
                if not self.bare_not:
                    self.tell("bare_not", tree)
                self.emit(self.NOT)
                self.inner(tree.item)
            case Near():
                operator = self.closeness(tree)
                if operator is None:
                    self.unsupported(tree)
                else:
                    if self.within_sentence and tree.unit == "word":
                        self.tell("within_sentence", tree, operator.strip())
                    self.inner(tree.left)
                    self.emit(operator)
                    self.inner(tree.right)
            case _:
                text = self.leaf(tree)
                if text is None:
                    self.unsupported(tree)
                else:
                    self.emit(text)

    def inner(self, tree: Query) -> None:
        """A node below another."""
        if isinstance(tree, And | Or | Not) or (isinstance(tree, Near) and self.closeness(tree)):
            with self.brackets():
                self.node(tree)
        else:
            self.node(tree)

    def leaf(self, tree: Leaf) -> str | None:
        match tree:
            case Word():
                return self.word(tree)
            case Wild():
                known = fields.field(tree.field) if tree.field else None
                return self.wild(tree) if known is None or known.kind == "text" else self.key_pattern(tree)
            case Value(field, value) if (known := fields.field(field)) and known.kind == "text":
                text = self.fielded(field, quoted(self.language.truncation.plain(value)))
                if text is not None:
                    self.tell("whole_name", tree)
                return text
            case Value():
                return self.value(tree)
            case Range():
                return self.range(tree)
            case Ref():
                return self.reference(tree)
        return None

    def word(self, word: Word) -> str | None:
        plain = self.language.truncation.plain(word.text)
        bare = not word.exact and plain == word.text and self.is_bare(word.text)
        text = self.fielded(word.field, word.text if bare else quoted(plain if self.language.truncation.phrases else word.text))
        if text is not None and not bare and not word.exact:
            self.tell("quoted_word", word)
        return text

    def wild(self, wild: Wild) -> str | None:
        pattern = self.language.truncation.write(wild.pattern)
        if pattern is None:
            return None
        if self.is_bare(pattern):
            return self.fielded(wild.field, pattern)
        return self.fielded(wild.field, quoted(pattern)) if self.language.truncation.phrases else None

    def emit(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    @contextmanager
    def brackets(self) -> Iterator[None]:
        self.emit("(")
        yield
        self.emit(")")

    def tell(self, code: str, tree: Query, found: str = "") -> None:
        """Notes at this place what is not carried of `tree`."""
        named = {"dialect_zh": self.language.zh, "dialect": self.language.en}
        self.notes.append(note(code, self.length, found=found or render(tree), **named))

    def days(self, span: Range) -> tuple[str, str]:
        """The ends without dashes, an open one empty."""
        return (span.low or "").replace("-", ""), (span.high or "").replace("-", "")

    def unsupported(self, tree: Query) -> None:
        """The node as the native language writes it, in braces."""
        self.tell("unsupported", tree)
        self.emit(f"{{{render(tree)}}}")
