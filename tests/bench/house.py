"""Starting things: the demo that furnishes, PostgreSQL, the real binary, people who sign in."""
import http.client
import json
import os
import pwd
import re
import socket
import subprocess
import time
import urllib.parse
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BINARY = Path(os.environ.get("VEILLEUSE_BINARY", ROOT / "target/release/veilleuse"))
ADDRESS = {"X-Forwarded-For": "192.0.2.1"}


def free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


def started(command, port, log, env=None):
    """A server of ours that listens at `port`."""
    process = subprocess.Popen(command, stdout=open(log, "ab"), stderr=subprocess.STDOUT,
                               env={**os.environ, **(env or {})})
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline and process.poll() is None:
        with socket.socket() as door:
            if door.connect_ex(("127.0.0.1", port)) == 0:
                return process
        time.sleep(0.05)
    raise SystemExit(f"{command[0]} did not open its door; see {log}")


def stop(process):
    process.terminate()
    process.wait(60)


class Browser:
    """One kept connection with its cookies."""

    def __init__(self, port, cookies=None):
        self.port = port
        self.connection = http.client.HTTPConnection("127.0.0.1", port)
        self.cookies = dict(cookies or {})

    def ask(self, method, path, body=None, headers=None):
        headers = {"Accept-Language": "en", "Sec-Fetch-Site": "same-origin", **ADDRESS, **(headers or {})}
        if self.cookies:
            headers["Cookie"] = self.cookie()
        if isinstance(body, dict):
            body = urllib.parse.urlencode(body)
            headers["Content-Type"] = "application/x-www-form-urlencoded"
            headers["Origin"] = f"http://127.0.0.1:{self.port}"
        self.connection.request(method, path, body, headers)
        answer = self.connection.getresponse()
        content = answer.read().decode()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                name, value = value.split(";")[0].split("=", 1)
                self.cookies[name] = value
        return answer, content

    def cookie(self):
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def arrives(self, path):
        """Where `path` leads in the end."""
        for _ in range(5):
            answer, page = self.ask("GET", path)
            if answer.status != 303:
                break
            path = answer.getheader("Location")
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}")
        return path, page


def furnish(folder, at):
    """Lets the demo furnish a region, three people sign in and a visitor write; says who they are."""
    port = free_port()
    demo = started([BINARY, "demo", "--quiet", "--port", str(port), "--at", at, "--data", folder], port,
                   folder / "demo.log")
    people = {}
    for door in ("planner", "advisor", "manager"):
        browser = Browser(port)
        page = browser.ask("GET", "/")[1]
        csrf = re.search(r'name="csrf" value="([^"]*)"', page)[1]
        answer, _ = browser.ask("POST", f"/demo/enter/{door}", {"csrf": csrf})
        assert answer.status == 303, (door, answer.status)
        people[door] = browser.cookies
    visitor = Browser(port)
    answer, page = visitor.ask("POST", "/c/vieux-port/messages",
                               {"body": "Is the ferry running tomorrow morning?", "key": "0123456789abcdef0123456789abcdef"})
    assert answer.status in (200, 303), answer.status
    people["visitor"] = visitor.cookies
    time.sleep(1.5)  # The demo's worker gives the conversation to somebody.
    stop(demo)
    return people, (folder / "demo.key").read_text().strip()


def settings(database, key, port):
    """What every command is told."""
    return {"VEILLEUSE_DATABASE": database, "VEILLEUSE_KEY": key,
            "VEILLEUSE_PUBLIC_URL": f"http://127.0.0.1:{port}", "VEILLEUSE_SMTP": "smtp://127.0.0.1:9",
            "VEILLEUSE_MAIL_FROM": "veilleuse@bench.example"}


def found_board(database, key):
    """A house with one organisation."""
    subprocess.run([BINARY, "migrate"], check=True, stdout=subprocess.DEVNULL,
                   env={**os.environ, "VEILLEUSE_OWNER_DATABASE": database})
    done = subprocess.run([BINARY, "board", "add", "Alone", "--slug", "alone", "--planner", "ann@bench.example",
                           "--given-name", "Ann", "--family-name", "Other"], capture_output=True, text=True,
                          env={**os.environ, **settings(database, key, 1)})
    if done.returncode:
        raise SystemExit(f"no board: {done.stderr}")


class House:
    """`veilleuse serve` on a database, without a worker beside it."""

    def __init__(self, database, key, people, log):
        self.port = free_port()
        self.people = people
        env = {**settings(database, key, self.port), "VEILLEUSE_BEHIND_PROXY": "true",
               "VEILLEUSE_NO_WORKER": "true", "VEILLEUSE_LISTEN": f"127.0.0.1:{self.port}"}
        self.process = started([BINARY, "serve"], self.port, log, env)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        stop(self.process)

    def browser(self, door):
        """Somebody signed in, with an access token that is fresh."""
        held = self.people.get(door, {})
        held.pop("veilleuse-access", None)
        browser = Browser(self.port, held)
        if door in ("planner", "advisor", "manager"):
            browser.arrives("/me")
        self.people[door] = dict(browser.cookies)
        return browser

    def memory(self):
        """What the process holds, in MB."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024

    def tokens(self, count):
        """Secrets of so many API tokens of the planner that may read shifts, and their pool."""
        access = self.browser("planner").cookies["veilleuse-access"]
        api = http.client.HTTPConnection("127.0.0.1", self.port)
        bearer = {"Authorization": f"Bearer {access}", "Content-Type": "application/json", **ADDRESS}

        def ask(method, path, body=None):
            api.request(method, path, body and json.dumps(body), bearer)
            answer = api.getresponse()
            content = json.loads(answer.read())
            if answer.status not in (200, 201):
                raise SystemExit(f"{path} answered {answer.status}: {content}")
            return content

        pool = ask("GET", "/api/v1/pools")["items"][0]["id"]
        return [ask("POST", "/api/v1/tokens", {"name": f"bench {number}", "scopes": ["shifts:read"]})["secret"]
                for number in range(count)], pool


class Postgres:
    """A server of one's own, on a private socket, run by an ordinary user."""

    def __init__(self, folder):
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        self.folder = folder / "pg"
        self.folder.mkdir()
        self.user = "postgres" if os.getuid() == 0 else None
        if self.user:
            owner = pwd.getpwnam(self.user)
            os.chown(self.folder, owner.pw_uid, owner.pw_gid)
        self.run("initdb", "-D", self.folder / "data", "--no-sync", "-A", "trust", "-U", "postgres",
                 "--locale=C.UTF-8", "-E", "UTF8")
        # Writing to the disk is not what is measured, and reading from memory is.
        options = (f"-k {self.folder} -c listen_addresses='' -c fsync=off -c shared_buffers=1GB "
                   "-c full_page_writes=off -c autovacuum=off "
                   "-c wal_level=minimal -c max_wal_senders=0 -c max_wal_size=8GB")
        self.run("pg_ctl", "-D", self.folder / "data", "-w", "-l", self.folder / "log", "-o", options, "start")

    def run(self, program, *arguments, stdin=None):
        """Runs one of PostgreSQL's programs and returns what it printed."""
        command = [str(self.bin / program), *map(str, arguments)]
        if self.user:
            command = ["runuser", "-u", self.user, "--", *command]
        done = subprocess.run(command, input=stdin, capture_output=True, text=True, cwd=self.folder)
        if done.returncode:
            raise SystemExit(f"{program} failed: {done.stderr[-2000:]}")
        return done.stdout

    def stop(self):
        self.run("pg_ctl", "-D", self.folder / "data", "-m", "immediate", "-w", "stop")

    def url(self, role):
        return f"postgres://{role}@localhost/veilleuse?host={self.folder}"

    def sql(self, text):
        """Runs statements above all policies."""
        return self.run("psql", "-h", self.folder, "-U", "postgres", "-d", "veilleuse", "-qAtX",
                        "-v", "ON_ERROR_STOP=1", stdin=text)

    def make(self):
        """The database, with its roles and its tables."""
        psql = ["psql", "-h", self.folder, "-U", "postgres", "-qX", "-v", "ON_ERROR_STOP=1"]
        roles = (ROOT / "deploy/roles.sql").read_text()
        self.run(*psql, stdin=roles)
        self.run(*psql, "-c", "create database veilleuse owner veilleuse_owner")
        self.run(*psql, "-d", "veilleuse", stdin=roles)
        subprocess.run([BINARY, "migrate"], check=True, stdout=subprocess.DEVNULL,
                       env={**os.environ, "VEILLEUSE_OWNER_DATABASE": self.url("veilleuse_owner")})
