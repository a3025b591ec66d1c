#!/usr/bin/env python3
"""Server time and bytes of each page of a running demo.

    cargo build --release && target/release/veilleuse demo --quiet --at 2026-12-04T19:00+01:00 --port 8090
    tests/bench/pages.py http://127.0.0.1:8090 [REQUESTS]

Prints a row a page: bytes plain and compressed, median and 95th percentile of the server's answer in
milliseconds over one kept connection. The same run measures /healthz, which does next to nothing, so
that figures of different machines can be compared by their ratio to it.
"""
import http.client
import re
import statistics
import sys
import time
import urllib.parse

base = urllib.parse.urlsplit(sys.argv[1])
requests = int(sys.argv[2]) if len(sys.argv) > 2 else 200

PAGES = [
    (None, "/healthz"), (None, "/"), (None, "/sign-in"), (None, "/mailbox"), (None, "/c/vieux-port"),
    ("planner", "/today"), ("planner", "/rota"), ("planner", "/coverage"),
    ("advisor", "/shifts"), ("advisor", "/wishes"), ("advisor", "/inbox"), ("advisor", "FIRST"),
    ("advisor", "/notebook"), ("advisor", "/me"), ("manager", "/coverage"),
]


class Browser:
    """One kept connection with its cookies."""

    def __init__(self):
        self.connection = http.client.HTTPConnection(base.hostname, base.port)
        self.cookies = {}

    def ask(self, method, path, body=None, encoding=None):
        headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin"}
        if self.cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        if encoding:
            headers["Accept-Encoding"] = encoding
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"{base.scheme}://{base.netloc}"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                pair = value.split(";")[0].split("=", 1)
                self.cookies[pair[0]] = pair[1]
        return answer, content

    def enter(self, door):
        page = self.ask("GET", "/")[1].decode()
        csrf = re.search(r'name="csrf" value="([^"]*)"', page)
        body = urllib.parse.urlencode({"csrf": csrf.group(1) if csrf else ""})
        answer, _ = self.ask("POST", f"/demo/enter/{door}", body)
        assert answer.status == 303, (door, answer.status)


def measure(door, path):
    browser = Browser()
    if door:
        browser.enter(door)
    if path == "FIRST":
        path = re.search(r'href="(/inbox/[0-9a-f-]+)', browser.ask("GET", "/inbox")[1].decode()).group(1)
    answer, plain = browser.ask("GET", path)
    while answer.status == 303:
        path = answer.getheader("Location")
        answer, plain = browser.ask("GET", path)
    assert answer.status == 200, (path, answer.status)
    small = len(browser.ask("GET", path, encoding="gzip")[1])
    took = []
    for _ in range(requests):
        begun = time.perf_counter()
        browser.ask("GET", path)
        took.append((time.perf_counter() - begun) * 1000)
    took.sort()
    return len(plain), small, statistics.median(took), took[int(len(took) * 0.95) - 1]


print("| as | page | bytes | gzip | median ms | p95 ms |")
print("|---|---|---|---|---|---|")
for door, path in PAGES:
    plain, small, median, p95 = measure(door, path)
    name = "/inbox/{conversation}" if path == "FIRST" else path
    print(f"| {door or '–'} | `{name}` | {plain} | {small} | {median:.1f} | {p95:.1f} |")
