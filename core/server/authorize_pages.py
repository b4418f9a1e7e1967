"""The pages of the authorization endpoint: who is asked, "approve on your screen", and what went wrong.

Each is one file of plain HTML in the browser's language. Nothing comes from elsewhere: style and script are
written into the page and named by a nonce, and the policy forbids everything else, framing included.
"""

import html
import secrets
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response

from core.server.redirects import form_target
from core.texts.catalog import LANGUAGES, Texts, language_of

_STYLE = """
body{font:1.2rem/1.6 sans-serif;max-width:34rem;margin:12vh auto;padding:0 1rem;color:#1c1c1c;background:#fff}
h1{font-size:1.6rem}.code{font-size:3rem;letter-spacing:.3em;margin:.5rem 0}
.left{font-variant-numeric:tabular-nums}
input,button{font:inherit;padding:.4rem .8rem}.wrong{color:#a00000}
@media(prefers-color-scheme:dark){body{color:#eee;background:#1c1c1c}.wrong{color:#ff9a9a}}
"""
_SCRIPT = """
const left=document.getElementById("left"),end=performance.now()+1000*Number(left.textContent);
setInterval(()=>{left.textContent=Math.max(0,Math.ceil((end-performance.now())/1000))},250);
(async()=>{for(;;){try{const a=await fetch(location.pathname+"/state",{cache:"no-store"});
if(a.status==429){await new Promise(r=>setTimeout(r,2000));continue}
if(!a.ok||!(await a.json()).pending){location.reload();return}}
catch(e){await new Promise(r=>setTimeout(r,1000))}}})();
"""


def texts_for(request: Request) -> Texts:
    """The sentences in the language that the browser wants most and that there is (RFC 9110 12.5.4)."""
    best, quality = "en", 0.0
    for part in request.headers.get("accept-language", "")[:200].split(","):
        tag, _, weight = part.strip().partition(";q=")
        is_ours = tag.split("-")[0].lower() in LANGUAGES
        value = _quality(weight)
        if is_ours and value > quality:
            best, quality = language_of(tag), value
    return Texts(best)


def _quality(weight: str) -> float:
    try:
        return float(weight) if weight else 1.0
    except ValueError:
        return 0.0


def ask(
    texts: Texts, client_name: str, parameters: Mapping[str, str], redirect_uri: str, *, is_unknown: bool
) -> Response:
    """Asks for the nickname; the other parameters go along."""
    hidden = "".join(
        f'<input type="hidden" name="{html.escape(name)}" value="{html.escape(value)}">'
        for name, value in parameters.items()
        if name != "login_hint"
    )
    unknown = texts.say("server-ask-unknown", client=client_name)
    wrong = f'<p class="wrong" role="alert">{html.escape(unknown)}</p>' if is_unknown else ""
    lead = html.escape(texts.say("server-ask-lead", client=client_name))
    body = (
        f'<p>{lead}</p>{wrong}<form action="/authorize" method="get">{hidden}'
        f"<p><label>{_say(texts, 'server-ask-nickname')} "
        '<input name="login_hint" required maxlength="60" autocomplete="off" autofocus></label> '
        f"<button>{_say(texts, 'server-ask-button')}</button></p></form>"
    )
    targets = f"'self' {form_target(redirect_uri)}"
    return _page(texts, "server-ask-heading", body, form_action=targets)


def wait(texts: Texts, client_name: str, nickname: str, code: str | None, left_s: int) -> Response:
    """Says where to approve, with code and countdown; goes on by itself once it is decided."""
    lead = html.escape(texts.say("server-wait-lead", client=client_name, nickname=nickname))
    shown = ""
    if code is not None:
        shown = f'<p>{_say(texts, "server-wait-code")}</p><p class="code" id="code">{code}</p>'
    body = (
        f'<p>{lead}</p>{shown}<p class="left">{_say(texts, "server-wait-left")} '
        f'<span id="left">{left_s}</span></p>'
        f"<p>{_say(texts, 'server-wait-script')}</p>"
    )
    head = '<noscript><meta http-equiv="refresh" content="3"></noscript>'
    return _page(texts, "server-wait-heading", body, head=head, script=_SCRIPT)


def over(texts: Texts) -> Response:
    """Says that there is nothing to wait for any more."""
    return _page(texts, "server-over-heading", f"<p>{_say(texts, 'server-over-lead')}</p>")


def wrong(texts: Texts, key: str, status: int, headers: Mapping[str, str] | None = None) -> Response:
    """Says what is wrong where the browser must not be sent back (RFC 6749 section 4.1.2.1)."""
    response = _page(texts, "server-wrong-heading", f"<p>{_say(texts, key)}</p>", status=status)
    response.headers.update(headers or {})
    return response


def go(address: str) -> Response:
    """Sends the browser on with a GET, and tells the next page nothing of this one."""
    headers = {"Location": address, "Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
    return Response(status_code=303, headers=headers)


def _say(texts: Texts, key: str) -> str:
    return html.escape(texts.say(key))


def _page(
    texts: Texts,
    heading: str,
    body: str,
    *,
    head: str = "",
    script: str = "",
    form_action: str = "'none'",
    status: int = 200,
) -> Response:
    nonce = secrets.token_urlsafe(16)
    tail = f'<script nonce="{nonce}">{script}</script>' if script else ""
    page = (
        f'<!doctype html><html lang="{texts.locale}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width">{head}'
        f'<title>{_say(texts, "server-title")}</title><style nonce="{nonce}">{_STYLE}</style></head>'
        f"<body><main><h1>{_say(texts, heading)}</h1>{body}</main>{tail}</body></html>"
    )
    policy = (
        f"default-src 'none'; style-src 'nonce-{nonce}'; script-src 'nonce-{nonce}'; connect-src 'self'; "
        f"form-action {form_action}; base-uri 'none'; frame-ancestors 'none'"
    )
    headers = {
        "Content-Security-Policy": policy,
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "DENY",
        "Referrer-Policy": "no-referrer",
        "Cache-Control": "no-store",
        "Content-Language": texts.locale,
    }
    return Response(page, status, headers, "text/html; charset=utf-8")
