"""Opens the engine that the settings name; the only importer of the adapters, each when it is used."""

from pathlib import Path

from search.engine.port import Ordinals, PatentIndex, PatentReader
from search.engine.settings import EngineSettings


def open_reader(settings: EngineSettings, *, patient: bool = False) -> PatentReader:
    """The engine for a running service, or for a command, which is `patient`: it never raises `StillReading`, however long tables
    take. Raises `IndexDamaged` or `EngineUnavailable`."""
    if settings.elasticsearch_url:
        from search.engine.elastic.bounds import PATIENT, Bounds  # noqa: PLC0415
        from search.engine.elastic.reader import ElasticReader  # noqa: PLC0415 - 300 ms that an embedded start does not need

        return ElasticReader(settings, bounds=PATIENT if patient else Bounds())
    from search.engine.embedded.reader import EmbeddedReader  # noqa: PLC0415

    return EmbeddedReader(settings.data)


def open_index(settings: EngineSettings, *, ordinals: Ordinals | None = None) -> PatentIndex:
    """The engine for a command that writes. The embedded engine numbers its changes itself; Elasticsearch, which many may
    write to, needs `ordinals`. Raises `EngineLocked` where another process writes to the embedded engine."""
    if settings.elasticsearch_url:
        from search.engine.elastic.index import ElasticIndex  # noqa: PLC0415

        if ordinals is None:
            raise ValueError("Elasticsearch needs ordinals from the database")
        return ElasticIndex(settings, ordinals=ordinals, shards=settings.elasticsearch_shards)
    from search.engine.embedded.index import EmbeddedIndex  # noqa: PLC0415

    return EmbeddedIndex(settings.data)


def holds_documents(settings: EngineSettings) -> bool:
    """Whether the data folder has documents that `put_documents_back` would replace."""
    from search.engine.embedded import backup  # noqa: PLC0415

    return not settings.elasticsearch_url and backup.is_living(settings.data)


def save_documents(settings: EngineSettings, target: Path) -> bool:
    """Copies the documents into the new folder `target`; False where Elasticsearch has them, which makes snapshots of its own."""
    from search.engine.embedded import backup  # noqa: PLC0415

    if settings.elasticsearch_url:
        return False
    backup.save(settings.data, target)
    return True


def put_documents_back(settings: EngineSettings, source: Path, *, aside: Path) -> None:
    """Makes the documents those of the copy, and moves what was there into the folder `aside`. Not for Elasticsearch."""
    from search.engine.embedded import backup  # noqa: PLC0415

    backup.put_back(settings.data, source, aside=aside)
