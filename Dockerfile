# Two stages: the first installs what production needs, each file checked against the lock's hashes; the second is that and nothing else.
FROM python:3.11-slim AS build
WORKDIR /source
COPY pyproject.toml requirements.lock README.md LICENSE ./
COPY scripts/locked.py scripts/
RUN python scripts/locked.py > production.txt \
 && python scripts/locked.py setuptools > build.txt \
 && python -m venv /opt/patentry \
 && /opt/patentry/bin/pip install --no-cache-dir --require-hashes --requirement production.txt \
 && python -m pip install --no-cache-dir --require-hashes --requirement build.txt
COPY auth auth
COPY search search
COPY indexer indexer
RUN python -m pip wheel --no-deps --no-build-isolation --wheel-dir wheels . \
 && /opt/patentry/bin/pip install --no-deps --no-index wheels/*.whl

FROM python:3.11-slim
RUN useradd --uid 10001 --no-create-home --home-dir /data --shell /usr/sbin/nologin patentry \
 && install --directory --owner 10001 --mode 0700 /data
COPY --from=build /opt/patentry /opt/patentry
ENV PATH=/opt/patentry/bin:$PATH PATENTRY_DATA=/data PYTHONUNBUFFERED=1
USER 10001
VOLUME /data
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s \
  CMD ["python", "-c", "import urllib.request; urllib.request.urlopen('http://127.0.0.1:8000/readyz', timeout=4)"]
ENTRYPOINT ["patentry"]
CMD ["serve", "--host", "0.0.0.0", "--port", "8000"]
