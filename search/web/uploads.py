"""What a form brings as a file."""

from fastapi import Request
from starlette.datastructures import FormData, UploadFile


async def uploaded(request: Request) -> bytes:
    """Its file, else the lines that were pasted."""
    async with request.form() as form:
        lines = form.get("lines")
        return await file_of(form) or (lines.encode() if isinstance(lines, str) else b"")


async def file_of(form: FormData) -> bytes:
    """The bytes of its file; none where none was chosen."""
    file = form.get("file")
    return await file.read() if isinstance(file, UploadFile) else b""
