"""Texts that are there, though little of them is counted at first sight."""

from tests.web.pages import MENU, shown
from tests.web.rows import TITLE, Behaviour

_STORY = "<p>The night ferry sailed again on Tuesday, after eleven days in the dock.</p>" * 30
_COOKIE_SCRIPT = "<script>document.cookie='seen=1';function join(){location.href='/abo'}</script>"
_LONG_SCRIPT = f"<script>{'var tide = 1;' * 100_000}</script>"
_JAPANESE = (
    "<p>夜のフェリーは十一日ぶりに火曜日から運航を再開し、朝早くから四十台の車が港で待っていた。</p>" * 14
    + "<p>この記事の感想は編集部とは関係がありません。</p>"
)
_FRONT_PAGE = "<link rel=canonical href=/>"


def _there(name: str, title: str, body: str, *, head: str = "") -> Behaviour:
    return Behaviour(name, shown(title, body, head=head), "alive", "ok")


TEXTS = (
    _there("behind-scripts", TITLE, _LONG_SCRIPT + _STORY, head=_COOKIE_SCRIPT),
    _there("without-blanks", "夜のフェリーが運航を再開", _JAPANESE, head=_FRONT_PAGE),
    _there("unclosed-header", TITLE, f"<header>{MENU}<main>{_STORY}</main>{_COOKIE_SCRIPT}"),
)
