"""`GET /pair`: the page behind `verification_uri`. It says what to do; it takes nothing and runs nothing."""

from starlette.requests import Request

from core.server.answers import Answer
from core.server.services import Services

_PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Pair a device with Nod</title>
<style>body{font:1.2rem/1.6 sans-serif;max-width:34rem;margin:4rem auto;padding:0 1rem}</style>
<h1>Pair a device</h1>
<p>Open Nod on your own screen, choose <b>People and devices</b>, then <b>Pair a device</b>,
and type the code that the device shows or says.</p>
<p lang="ja">自分の画面で Nod を開き、<b>人と機器</b>の<b>機器をペアリング</b>を選び、
機器が表示するか読み上げるコードを入力してください。</p>
</html>
"""
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
}


async def page(_services: Services, _request: Request) -> Answer:
    """The page, the same for everybody: a code in its address is not looked up here."""
    return Answer(200, _PAGE.encode(), _HEADERS, "text/html; charset=utf-8")
