"""Looks a trail of failing opens over: trail.py [SEGMENT…].

Prints: lines, bad lines (no record's header, or a NUL byte in it), numbers of /nope/ paths that are there, twice or missing between the first and the last,
and events of theirs that aren't whole (SYSCALL and PATH)."""
import collections
import re
import sys

header = re.compile(rb"type=[A-Z_0-9\[\]]+ msg=audit\(\d+\.\d{3}:(\d+)\): ")
lines = bad = 0
kinds = collections.defaultdict(set)
seen = collections.Counter()
for name in sys.argv[1:] or ["/var/log/audit/audit.log"]:
    with open(name, "rb") as segment:
        for line in segment:
            lines += 1
            found = header.match(line)
            if not found or b"\0" in line or not line.endswith(b"\n") or line.count(b" msg=audit(") > 1:
                bad += 1
                print("bad: %r" % line[:120])
                continue
            serial = int(found[1])
            if b"/nope/" in line and line.startswith(b"type=PATH"):
                seen[int(re.search(rb"/nope/(\d+)", line)[1])] += 1
                kinds[serial].add("PATH")
            elif line.startswith(b"type=SYSCALL"):
                kinds[serial].add("SYSCALL")
numbers = sorted(seen)
span = numbers[-1] - numbers[0] + 1 if numbers else 0
twice = sum(1 for count in seen.values() if count > 1)
torn = sum(1 for kind in kinds.values() if kind == {"PATH"})
print(f"lines {lines} bad {bad} opens {len(numbers)} twice {twice} missing {span - len(numbers)} torn {torn} last {numbers[-1] if numbers else -1}")
