"""`patentry serve`."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer


def serve(
    host: Annotated[str, typer.Option(help="The address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="The port to listen on.")] = 8000,
    workers: Annotated[int, typer.Option(min=1, help="Processes that answer.")] = 1,
) -> None:
    """Answer searches, until stopped."""
    with _lasting():
        import uvicorn  # noqa: PLC0415  other commands don't serve

        from search.api import logs  # noqa: PLC0415
        from search.app import create_app  # noqa: PLC0415
        from search.services import open_services  # noqa: PLC0415
        from search.settings import Settings  # noqa: PLC0415

        settings = Settings()
        logs.configure(settings.log_level)
        alone = workers == 1
        if not alone:
            open_services(settings).close()  # what keeps a process from starting is said once, here
        app = create_app(settings) if alone else "search.app:from_environment"
    uvicorn.run(
        app,
        factory=not alone,
        host=host,
        port=port,
        workers=workers,
        log_config=None,
        access_log=False,  # one line a request is written by search.api.middleware
        server_header=False,
        ws="none",
        proxy_headers=bool(settings.trusted_proxies),
        forwarded_allow_ips=settings.trusted_proxies or None,
    )


@contextmanager
def _lasting() -> Iterator[None]:
    """What is made inside lives as long as the process: the garbage collector looks at it neither now, which makes the start a
    tenth shorter, nor ever again."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()
