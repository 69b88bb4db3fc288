"""An Elasticsearch that takes every bulk request at once: the cluster's time taken out of I1. `python -m … PORT`."""

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Handler(BaseHTTPRequestHandler):
    """Answers a bulk request with one created item for each pair of lines, anything else with an empty object."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # as Elasticsearch does: head and body go in two packets, and the second would wait 40 ms

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length", "0")))
        item = b'{"index":{"_index":"i","_id":"1","_version":1,"result":"created","status":201,"_seq_no":0,"_primary_term":1}}'
        items = b",".join([item] * (body.count(b"\n") // 2))
        self._answer(b'{"took":1,"errors":false,"items":[' + items + b"]}")

    def do_PUT(self) -> None:
        self.do_POST()

    def do_GET(self) -> None:
        self._answer(b'{"status":"green"}')

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("x-elastic-product", "Elasticsearch")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        """Says nothing: the other side is measured."""


if __name__ == "__main__":
    ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
