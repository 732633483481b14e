"""Makes failing opens in the machine, as fast as one process can: load.py FIRST COUNT [SYNCED].

Each path has its own number: /nope/NUMBER. SYNCED is a file that says, on the disk, which number has certainly been given out."""
import os
import sys

first, count = int(sys.argv[1]), int(sys.argv[2])
said = os.open(sys.argv[3], os.O_WRONLY | os.O_CREAT, 0o600) if len(sys.argv) > 3 else None
for number in range(first, first + count):
    try:
        os.open("/nope/%08d" % number, os.O_RDONLY)
    except FileNotFoundError:
        pass
    if said is not None and number % 1000 == 0:
        os.pwrite(said, b"%08d\n" % number, 0)
        os.fsync(said)
