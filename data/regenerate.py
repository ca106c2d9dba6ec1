#!/usr/bin/env python3
"""Rebuild region/{provinces,regencies,districts,villages}.csv, and check every file of this folder.

    npm pack idn-area-data@4.0.1 && tar xzf idn-area-data-4.0.1.tgz
    python3 data/regenerate.py region package/data
    python3 data/regenerate.py check

Everything else in this folder is kept by hand: it is edited where it stands and proved by `check`.
"""

import csv
import datetime
import pathlib
import re
import sys

HERE = pathlib.Path(__file__).resolve().parent
ZONES = {"WIB": "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
         "WITA": "51 52 53 63 64 65 71 72 73 74 75 76",
         "WIT": "81 82 91 92 93 94 95 96"}
ZONE_OF = {code: zone for zone, codes in ZONES.items() for code in codes.split()}
ROWS = {"region/provinces.csv": 38, "region/regencies.csv": 514,
        "region/districts.csv": 7285, "region/villages.csv": 83762}


def read(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(path, header, rows):
    with open(path, "w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(header)
        out.writerows(rows)


def tidy_name(name):
    """Mends what is plainly a slip of the keyboard in the source: doubled apostrophes, lower-case words."""
    name = re.sub(r'["’*]', lambda m: "" if m.group() == "*" else "'", name)
    name = re.sub(r"([a-z])(Tengah|Jaya|Tebat|Tunjung|Tallunglipu|Teungoh|Kebouda)\b", r"\1 \2", name)
    return re.sub(r"(^|\s)([a-z])(?=[a-z])", lambda m: m.group(1) + m.group(2).upper(), name)


def region(source):
    source = pathlib.Path(source)
    write(HERE / "region/provinces.csv", ["code", "name", "zone"],
          [[r["code"], r["name"], ZONE_OF[r["code"]]] for r in read(source / "provinces.csv")])
    write(HERE / "region/regencies.csv", ["code", "name"],
          [[r["code"], r["name"]] for r in read(source / "regencies.csv")])
    for level in ("districts", "villages"):
        write(HERE / f"region/{level}.csv", ["code", "name"],
              [[r["code"], tidy_name(r["name"])] for r in read(source / f"{level}.csv")])


def ids(rows, column="id"):
    seen = [row[column] for row in rows]
    assert len(seen) == len(set(seen)), f"{column} repeats: {[s for s in seen if seen.count(s) > 1][:5]}"
    return set(seen)


def check_region():
    codes = {}
    for name, count in ROWS.items():
        rows = read(HERE / name)
        assert len(rows) == count, (name, len(rows))
        codes[name] = ids(rows, "code")
    known = set().union(*codes.values())
    assert all(code.rpartition(".")[0] in known for code in known if "." in code)
    names = [(r["alias"].lower(), r["code"]) for r in read(HERE / "region/aliases.csv")]
    assert all(code in known for _, code in names), [n for n in names if n[1] not in known]
    assert len(names) == len({alias for alias, _ in names}), "an alias stands for two regions"
    for row in read(HERE / "region/moved.csv"):
        assert row["regency_code"] in known and row["old_province_code"] in known
        assert not row["regency_code"].startswith(row["old_province_code"])
    return known


def check_tree(name):
    rows = read(HERE / name)
    known = ids(rows)
    for row in rows:
        assert not row["parent_id"] or row["parent_id"] in known, row
        assert row["name"].strip() == row["name"] and row["name"], row
    return rows, known


def check_category():
    rows, known = check_tree("category/categories.csv")
    by_id = {row["id"]: row for row in rows}
    for row in rows:
        if row["merged_into"]:
            kept = by_id[row["merged_into"]]
            assert not kept["merged_into"] and kept["parent_id"] == row["parent_id"], row
    live = [(r["parent_id"], r["name"].lower()) for r in rows if not r["merged_into"]]
    assert len(live) == len(set(live)), [n for n in live if live.count(n) > 1]
    tops = [r for r in rows if not r["parent_id"]]
    assert len(tops) == 38 and all(r["owner"] for r in tops)


def check_agency(regions):
    rows, _ = check_tree("agency/agencies.csv")
    assert rows[0]["id"] == "1" and rows[0]["kind"] == "national"
    assert all(not r["region"] or r["region"] in regions for r in rows)
    kinds = [r["kind"] for r in rows]
    assert kinds.count("province") == 38 and kinds.count("regency") + kinds.count("city") == 514
    assert len({r["name"] for r in rows}) == len(rows), "two agencies share a name"
    words = [w.lower() for r in rows for w in [r["short"], *r["aliases"].split(";")] if w]
    assert len(words) == len(set(words)), {w for w in words if words.count(w) > 1}
    shorts = {r["short"] for r in rows}
    owners = {r["owner"] for r in read(HERE / "category/categories.csv") if r["owner"]}
    assert owners <= shorts, owners - shorts


def check_calendar():
    rows = read(HERE / "calendar/holidays.csv")
    seen = set()
    for row in rows:
        for column in ("date", "effective_from"):
            datetime.date.fromisoformat(row[column])
        assert bool(row["revoked_by"]) == bool(row["revoked_on"]), row
        assert row["kind"] in ("national", "collective_leave") and row["decree"], row
        if row["revoked_on"]:
            assert datetime.date.fromisoformat(row["revoked_on"]) > datetime.date.fromisoformat(row["effective_from"])
        else:
            key = (row["date"], row["name_id"])
            assert key not in seen, row
            seen.add(key)


def check_policy():
    rows = read(HERE / "policy/policies.csv")
    ids(rows)
    for policy in {row["policy"] for row in rows}:
        spans = sorted((r["valid_from"], r["valid_to"]) for r in rows if r["policy"] == policy)
        assert spans[-1][1] == "", policy
        for (_, end), (start, _) in zip(spans, spans[1:]):
            day_after = datetime.date.fromisoformat(end) + datetime.timedelta(days=1)
            assert day_after.isoformat() == start, (policy, end, start)


def check():
    regions = check_region()
    check_category()
    check_agency(regions)
    check_calendar()
    check_policy()
    for path in sorted(HERE.glob("*/*.csv")):
        raw = path.read_bytes()
        assert b"\r" not in raw and raw.endswith(b"\n"), path
        print(f"{path.relative_to(HERE)}\t{len(read(path))}")


if __name__ == "__main__":
    {"region": region, "check": check}[sys.argv[1]](*sys.argv[2:])
