"""What a browser is told with every answer under /s/, an error's included."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest  # noqa: TID251 a middleware speaks HTTP
from django.http.response import HttpResponseBase  # noqa: TID251 a middleware speaks HTTP
from django.utils.csp import CSP, build_policy

from careers.sharing.views import nothing_here

GetResponse = Callable[[HttpRequest], HttpResponseBase]

SHARED = "/s/"
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": build_policy(
        {
            "default-src": [CSP.NONE],
            "style-src": [CSP.SELF],
            "font-src": [CSP.SELF],
            "img-src": [CSP.SELF],
            "form-action": [CSP.SELF],
            "base-uri": [CSP.NONE],
            "frame-ancestors": [CSP.NONE],
        }
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow, noarchive, nosnippet, noimageindex",
}


def shared_pages(get_response: GetResponse) -> GetResponse:
    """No copy, no index, no script, no referrer; and what cannot be read leads nowhere either."""

    def middleware(request: HttpRequest) -> HttpResponseBase:
        response = get_response(request)
        if not request.path_info.startswith(SHARED):
            return response
        if response.status_code == 400:
            response = nothing_here(request)
        for name, value in HEADERS.items():
            response.headers[name] = value
        return response

    return middleware
