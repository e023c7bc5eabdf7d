"""What every test stands on: a clean environment and a folder of its own."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[1].parent / "shared"
"""Real texts with annotation, beside the checkout; tests that use them skip where they are absent."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-example", action="store_true", help="write reports/example/ anew instead of comparing")
    parser.addoption("--update-golden", action="store_true", help="write tests/reporter/golden/ anew")
    parser.addoption("--update-documentation", action="store_true", help="write the generated documentation anew")


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No proxy, no foreign certificates, no user's cache or settings reach a test."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "SSL_CERT_FILE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)
    monkeypatch.delenv("REQUESTS_CA_BUNDLE", raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    work = tmp_path / "work"
    work.mkdir()
    monkeypatch.chdir(work)


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of real texts. Skips where there is none."""
    if not SHARED.is_dir():
        pytest.skip("the real texts (shared/) are not beside this checkout")
    return SHARED
