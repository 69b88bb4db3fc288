"""Collections as they are answered."""

from typing import Any

from search.saved.collections.contents import Counted
from search.saved.collections.dated import Difference
from search.saved.collections.estimates import Estimate, Share
from search.saved.collections.importing import Imported
from search.saved.collections.model import Collection, Snapshot, named
from search.saved.collections.room import Listing
from search.saved.collections.schemas import (
    BranchView,
    CollectionView,
    CollectionWhole,
    DocumentView,
    EstimateView,
    ImportView,
    ShareView,
    SinceView,
    SnapshotView,
)
from search.saved.collections.tabling import in_order


def collection_view(held: Collection, user: str) -> CollectionView:
    return CollectionView(**_said(held, user))


def whole_view(counted: Counted, user: str, lang: str) -> CollectionWhole:
    held, refused = counted.shape.held, {code: str(getattr(error, lang)) for code, error in counted.refused.items()}
    branches = [
        BranchView(
            code=each.code,
            parent=each.parent,
            name=each.name,
            chain=each.chain,
            rule=each.rule,
            query=each.canonical,
            reference=reference(held.id, each.code),
            total=counted.branches.get(each.code),
            refused=refused.get(each.code),
        )
        for each in in_order(counted.shape.branches)
    ]
    return CollectionWhole(**_said(held, user), total=counted.total, refused=refused.get(""), branches=branches)


def reference(id: str, code: str = "") -> str:  # noqa: A002 - the column's own name
    """What names a collection or a branch of it in a query."""
    return f'collection:"{id}/{code}"' if code else f'collection:"{id}"'


def _said(held: Collection, user: str) -> dict[str, Any]:
    names = ("id", "name", "about", "organisation", "enterprise", "changed_at", "version")
    return {name: getattr(held, name) for name in names} | {
        "query": held.canonical,
        "columns": list(held.columns),
        "project": dict(held.project),
        "reference": reference(held.id),
        "own": held.owner == user,
    }


def import_view(brought: Imported) -> ImportView:
    return ImportView.model_validate(brought, from_attributes=True)


def snapshot_view(id: str, taken: Snapshot) -> SnapshotView:  # noqa: A002
    values = {name: getattr(taken, name) for name in Snapshot.__slots__}
    return SnapshotView(**values, query=named(id, taken.number))


def since_view(found: Difference, queries: tuple[str, str]) -> SinceView:
    came, went = queries
    return SinceView(came=list(found.came), went=list(found.went), stayed=found.stayed, came_query=came, went_query=went)


def estimate_view(estimate: Estimate) -> EstimateView:
    shares: dict[str, Any] = {name: _share(getattr(estimate, name)) for name in ("precision", "recall")}
    named: dict[str, Any] = {name: list(getattr(estimate, name)) for name in ("unjudged", "missed", "absent")}
    return EstimateView(**shares, **named, left=estimate.left)


def _share(found: Share) -> ShareView:
    return ShareView(hits=found.hits, of=found.of, share=found.share, low=found.low, high=found.high)


def document_view(listed: Listing) -> DocumentView:
    shown, said = listed.shown, listed.said
    return DocumentView(
        number=shown.number,
        titles=shown.titles,
        publication_date=shown.publication_date,
        applicants=[party.name for party in shown.applicants],
        branches=listed.branches,
        stands=said.stands,
        key=said.key,
        note=said.note,
        tags=list(said.tags),
        cells=dict(said.cells),
    )
