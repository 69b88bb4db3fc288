"""`patentry sample`: a generated stock of patents as the project's JSON lines."""

import sys
from pathlib import Path
from typing import Annotated

import typer

from indexer.sample.generate import patents
from search.patent.model import encode

app = typer.Typer()


@app.command()
def sample(
    out: Annotated[Path, typer.Option(help="The file to write, or - for standard output.")],
    count: Annotated[int, typer.Option(min=1, help="How many publications.")] = 3_000,
    seed: Annotated[int, typer.Option(help="The same seed gives the same documents.")] = 1,
) -> None:
    """Write generated bilingual patents to try the product on; none of them is a real document."""
    if str(out) == "-":
        for patent in patents(count, seed=seed):
            sys.stdout.buffer.write(encode(patent) + b"\n")
        return
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as file:
        file.writelines(encode(patent) + b"\n" for patent in patents(count, seed=seed))
    typer.echo(f"已生成 {count} 件样例专利 / {count} sample patents written: {out}")
