# docker build -t citecheck . && docker run --rm -v "$PWD:/work" -v citecheck-store:/store citecheck check docs/
FROM python:3.12-slim AS build
WORKDIR /src
COPY pyproject.toml README.md LICENSE ./
COPY citecheck ./citecheck
RUN python -m venv /opt/citecheck && /opt/citecheck/bin/pip install --no-cache-dir .

FROM python:3.12-slim
RUN useradd --uid 10001 --create-home citecheck && install -d -o citecheck /store /work
COPY --from=build /opt/citecheck /opt/citecheck
ENV PATH=/opt/citecheck/bin:$PATH XDG_CACHE_HOME=/store PYTHONUNBUFFERED=1
USER 10001
WORKDIR /work
VOLUME /store
ENTRYPOINT ["citecheck"]
CMD ["--help"]
