"""Asking fast: wrk for HTTP, pgbench for PostgreSQL."""
import re
import subprocess

UNITS = {"us": 0.001, "ms": 1, "s": 1000, "m": 60_000}


def milliseconds(text):
    number, unit = re.fullmatch(r"([\d.]+)(\w+)", text).groups()
    return float(number) * UNITS[unit]


def spaced(number):
    """12345 as 12 345."""
    return f"{number:,.0f}".replace(",", " ")


class Seen:
    """What wrk saw."""

    def __init__(self, printed):
        refused = re.search(r"Non-2xx or 3xx responses: (\d+)", printed)
        if refused or "Socket errors" in printed:
            raise SystemExit(f"not everything was answered:\n{printed}")
        self.rate = float(re.search(r"Requests/sec:\s+([\d.]+)", printed)[1])
        quantile = {name: milliseconds(value) for name, value in re.findall(r"^\s+(\d+)%\s+([\d.]+[a-z]+)\s*$", printed, re.M)}
        if "99" not in quantile:
            raise SystemExit(f"no quantiles:\n{printed}")
        self.p50, self.p99 = quantile["50"], quantile["99"]

    def cells(self):
        return f"{spaced(self.rate)} | {self.p50:.2f} | {self.p99:.2f}"


def asked(port, path, connections=1, seconds=2, headers=None, script=None):
    """Asks for `path` for so many seconds."""
    command = ["wrk", "--latency", "-t", "1", "-c", str(connections), "-d", f"{seconds}s", "--timeout", "20s"]
    for name, value in (headers or {}).items():
        command += ["-H", f"{name}: {value}"]
    if script:
        command += ["-s", str(script)]
    command.append(f"http://127.0.0.1:{port}{path}")
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"wrk failed: {done.stdout}{done.stderr}")
    return Seen(done.stdout)


def many_programs(folder, paths, tokens):
    """A script for wrk: each request is another program's, with a token and an address of its own, so
    that all keep within what one may ask in a minute."""
    script = folder / "programs.lua"
    words = ",".join(f'"{token}"' for token in tokens)
    addresses = ",".join(f'"{path}"' for path in paths)
    script.write_text(f"""
local tokens, paths, requests, next = {{{words}}}, {{{addresses}}}, {{}}, 0
function init()
  for round = 1, math.max(1, #paths / #tokens) do
    for i = 1, #tokens do
      local headers = {{ ["Authorization"] = "Bearer " .. tokens[i], ["X-Forwarded-For"] = "198.51.100." .. (i % 250) }}
      requests[#requests + 1] = wrk.format("GET", paths[#requests % #paths + 1], headers)
    end
  end
end
function request()
  next = next % #requests + 1
  return requests[next]
end
""")
    return script


def pgbench(postgres, connections, seconds=4):
    """Select-only, one row by its key: transactions a second and milliseconds each."""
    common = ["-h", postgres.folder, "-U", "postgres"]
    postgres.run("pgbench", *common, "-i", "-s", "10", "-q", "postgres")
    seen = []
    for count in connections:
        printed = postgres.run("pgbench", *common, "-n", "-S", "-M", "prepared", "-c", count, "-j", "1",
                               "-T", max(seconds, 2), "postgres")
        rate = float(re.search(r"tps = ([\d.]+)", printed)[1])
        seen.append((count, rate, float(re.search(r"latency average = ([\d.]+)", printed)[1])))
    return seen
