"""Values as rows, and rows as values. Pure."""

from search.saved.collections.model import Branch, Document, Values


def branch_values(branch: Branch) -> Values:
    """A branch as a row."""
    return {name: getattr(branch, name) for name in Branch.__slots__ if name != "code"}


def document_values(document: Document) -> Values | None:
    """What was said of a document as a row; none where nothing is said."""
    if document == Document(document.number):
        return None
    values = {name: getattr(document, name) for name in Document.__slots__ if name != "number"}
    return values | {"tags": list(document.tags), "cells": dict(document.cells)}


def document_of(number: str, values: Values | None) -> Document:
    """A document as its row says."""
    return Document(number, **{**values, "tags": tuple(values["tags"])}) if values else Document(number)


def branch_of(code: str, values: Values) -> Branch:
    """A branch as its row says."""
    return Branch(code, **values)
