"""Full text search of the same studies by SQLite FTS5 and PostgreSQL (GIN), by kind of query.

    python3 xtask/scripts/search_peers.py STUDIES.ndjson QUERIES.tsv

Writes QUERIES.tsv (lines `kind<TAB>words`), made from the studies' own lists with a fixed seed; the same file is asked of Trialway with
`cargo bench --package trialway-search -- DATA_DIR QUERIES.tsv`. The kinds:

    words   every word in any of the fields, the best twenty in order
    phrase  the words as they stand, the best twenty in order
    filter  every word, only studies that recruit, the best twenty, and how many there are by status

Both systems get the same fields in one document with weights A to D, English stemming, and are asked once to warm and once to measure, by one
client over a local connection. The PostgreSQL server is a temporary one in a temporary folder, run by the user `nobody` where this is run by root.
"""

import json
import os
import random
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time

FIELDS = ("title", "conditions", "interventions", "summary", "description", "criteria")


def rows(path):
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            study = json.loads(line).get("protocolSection", {})
            part = lambda module: study.get(module, {})
            names = part("identificationModule")
            arms = part("armsInterventionsModule").get("interventions", [])
            yield (
                names.get("nctId", ""),
                part("statusModule").get("overallStatus", ""),
                " ".join(filter(None, [names.get("briefTitle"), names.get("officialTitle")])),
                " . ".join(part("conditionsModule").get("conditions", [])),
                " . ".join(arm.get("name", "") for arm in arms),
                part("descriptionModule").get("briefSummary", ""),
                part("descriptionModule").get("detailedDescription", ""),
                part("eligibilityModule").get("eligibilityCriteria", ""),
            )


def make_queries(path, out, n):
    seen = []
    for row in rows(path):
        for listed in row[3].split(" . ") + row[4].split(" . "):
            words = re.findall(r"[A-Za-z]{3,}", listed)
            if 1 <= len(words) <= 4:
                seen.append(" ".join(words).lower())
        if len(seen) > 20000:
            break
    names = sorted(set(seen))
    pick = random.Random(7)
    with open(out, "w", encoding="utf-8") as file:
        for kind in ("words", "phrase", "filter"):
            pool = [name for name in names if kind != "phrase" or " " in name]
            for _ in range(n):
                file.write(f"{kind}\t{pick.choice(pool)}\n")


def quantiles(times):
    times = sorted(times)
    return times[len(times) // 2] * 1e3, times[int((len(times) - 1) * 0.99)] * 1e3


def measure(name, ask, queries):
    by_kind = {}
    for measured in (False, True):
        for kind, words in queries:
            start = time.perf_counter()
            ask(kind, words)
            if measured:
                by_kind.setdefault(kind, []).append(time.perf_counter() - start)
    for kind, times in by_kind.items():
        median, late = quantiles(times)
        print(f"| {name} | {kind} | {len(times)} | {median:.2f} | {late:.2f} |", flush=True)


def sqlite(path, folder, queries):
    base = sqlite3.connect(os.path.join(folder, "fts.db"))
    base.execute("pragma journal_mode=off")
    base.execute("pragma synchronous=off")
    columns = ", ".join(FIELDS)
    base.execute(f"create virtual table fts using fts5({columns}, tokenize='porter unicode61 remove_diacritics 2')")
    base.execute("create table study (id integer primary key, nct text, status text)")
    start = time.perf_counter()
    for number, row in enumerate(rows(path), 1):
        base.execute("insert into study values (?, ?, ?)", (number, row[0], row[1]))
        base.execute(f"insert into fts (rowid, {columns}) values (?, ?, ?, ?, ?, ?, ?)", (number, *row[2:]))
    base.execute("create index by_status on study (status)")
    base.commit()
    print(f"SQLite {sqlite3.sqlite_version}: indexed in {time.perf_counter() - start:.0f} s")
    rank = "bm25(fts, 3.0, 4.0, 2.5, 1.0, 0.5, 0.4)"

    def ask(kind, words):
        match = f'"{words}"' if kind == "phrase" else " AND ".join(f'"{word}"' for word in words.split())
        if kind == "filter":
            wanted = "from fts join study on study.id = fts.rowid where fts match ?"
            base.execute(f"select status, count(*) {wanted} group by status", (match,)).fetchall()
            base.execute(f"select nct {wanted} and status = 'RECRUITING' order by {rank} limit 20", (match,)).fetchall()
        else:
            base.execute(f"select rowid from fts where fts match ? order by {rank} limit 20", (match,)).fetchall()

    measure("SQLite FTS5", ask, queries)


class Psql:
    """One psql that answers statement by statement."""

    def __init__(self, command):
        self.run = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1)

    def ask(self, statement):
        self.run.stdin.write(statement + "\n\\echo --end--\n")
        self.run.stdin.flush()
        lines = []
        for line in self.run.stdout:
            if line.strip() == "--end--":
                return lines
            lines.append(line)
        sys.exit("psql ended; is the server up?")

    def close(self):
        self.run.stdin.close()
        self.run.wait()


def postgres(path, folder, queries):
    binaries = os.path.dirname(os.path.realpath(shutil.which("postgres") or sys.exit("PostgreSQL is not installed")))
    as_user = ["setpriv", "--reuid=nobody", "--regid=nogroup", "--clear-groups"] if os.getuid() == 0 else []
    data = os.path.join(folder, "pg")
    os.makedirs(data)
    if as_user:
        shutil.chown(folder, "nobody")
        shutil.chown(data, "nobody")
    quiet = {"stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(as_user + [os.path.join(binaries, "initdb"), "-D", data, "-U", "bench", "-A", "trust", "-E", "UTF8"], check=True, **quiet)
    settings = ["-c", "listen_addresses=", "-c", f"unix_socket_directories={folder}", "-c", "shared_buffers=512MB", "-c", "fsync=off", "-c", "work_mem=64MB"]
    server = subprocess.Popen(as_user + [os.path.join(binaries, "postgres"), "-D", data, *settings], stderr=subprocess.DEVNULL, **quiet)
    try:
        command = [shutil.which("psql") or os.path.join(binaries, "psql"), "-h", folder, "-U", "bench", "-d", "postgres", "-qAt"]
        for _ in range(60):
            if subprocess.run(command + ["-c", "select 1"], capture_output=True).returncode == 0:
                break
            time.sleep(0.5)
        start = time.perf_counter()
        columns = ", ".join(f"{field} text" for field in FIELDS)
        load = subprocess.Popen(command + ["-c", f"create table study (nct text, status text, {columns})", "-c", "copy study from stdin"], stdin=subprocess.PIPE, text=True)
        clean = lambda text: text.replace("\\", "\\\\").replace("\t", " ").replace("\n", " ").replace("\r", " ").replace("\0", "")
        for row in rows(path):
            load.stdin.write("\t".join(map(clean, row)) + "\n")
        load.stdin.close()
        load.wait()
        psql = Psql(command)
        weights = zip(FIELDS, "AAABCD")
        vector = " || ".join(f"setweight(to_tsvector('english', {field}), '{weight}')" for field, weight in weights)
        psql.ask(f"create table text as select nct, status, {vector} as words from study;")
        psql.ask("create index on text using gin (words);")
        psql.ask("create index on text (status); analyze text;")
        version = psql.ask("show server_version;")[0].strip()
        print(f"PostgreSQL {version}: indexed in {time.perf_counter() - start:.0f} s")

        def ask(kind, words):
            query = f"{'phraseto' if kind == 'phrase' else 'plainto'}_tsquery('english', '{words}')"
            best = "order by ts_rank(words, q) desc limit 20;"
            if kind == "filter":
                psql.ask(f"select status, count(*) from text, {query} q where words @@ q group by status;")
                psql.ask(f"select nct from text, {query} q where words @@ q and status = 'RECRUITING' {best}")
            else:
                psql.ask(f"select nct from text, {query} q where words @@ q {best}")

        measure("PostgreSQL GIN", ask, queries)
        psql.close()
    finally:
        server.terminate()
        server.wait()


def main():
    words = [word for word in sys.argv[1:] if not word.startswith("--")]
    if len(words) < 2:
        sys.exit(__doc__)
    path, out = words[:2]
    make_queries(path, out, 300)
    with open(out, encoding="utf-8") as file:
        queries = [line.rstrip("\n").split("\t") for line in file]
    print("| system | kind | queries | median, ms | 99%, ms |\n| --- | --- | --- | --- | --- |")
    for system in (sqlite, postgres):
        folder = tempfile.mkdtemp(prefix="trialway-peers-")
        try:
            system(path, folder, queries)
        finally:
            shutil.rmtree(folder, ignore_errors=True)


main()
