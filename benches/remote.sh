#!/usr/bin/env bash
# Records to another machine: Debian's audisp-remote and auditd 3.0.9 and ours, each with each, in network namespaces of their own.
#   benches/remote.sh RUNS [near|far|slow|kinds]
# near     over the loopback address        far      through a relay that holds everything back for 10 ms in each direction: 20 ms round trip (not every kernel has netem)
# slow     20 ms, and 1 MB/s in each direction
# ours to ours again with compress = no, over TLS with certificates (x509) and with a shared key (psk): records whose numbers differ
# many     200 senders of 100 records a second each for 20 s, one message under way each, to ours and the original's: processor time and memory of the receiver
# Needs root; no kernel's audit. The senders' queues hold everything they are given, in memory.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
runs=$(($1 < 3 ? $1 : 3))
yardsticks=$("$root/eng/yardsticks.sh") || exit 1
place="$work/remote"
rm -rf "$place"
mkdir -p "$place/etc" "$place/run/audit" "$place/log"
forget_figures

cat >"$place/etc/auditd.conf" <<END
local_events = no
log_file = $place/log/audit.log
log_format = RAW
flush = NONE
max_log_file = 100
num_logs = 2
space_left = 2
admin_space_left = 1
tcp_listen_port = 60
tcp_max_per_addr = 1024
tcp_listen_queue = 256
use_libwrap = no
END
cat >"$place/etc/audisp-remote.conf" <<END
remote_server = 127.0.0.1
queue_depth = 300000
network_failure_action = warn_once
max_time_per_record = 30
END
chmod 640 "$place"/etc/*.conf

cat >"$place/inside" <<'END'
set -uo pipefail
place=$1 sender=$2 receiver=$3 records=$4 delay=$5 rate=${6-0} kind=${7-}
ip link set lo up
mount --bind "$place/run" /run
mount -t tmpfs none "$place/upper" && mkdir "$place/upper/u" "$place/upper/w"
mount -t overlay -o lowerdir=/etc,upperdir="$place/upper/u",workdir="$place/upper/w" none /etc
mkdir -p /etc/audit && cp "$place"/etc/*.conf /etc/audit/
if [[ -n $kind ]]; then
    cat "$place/kinds/$kind.receiver" >>/etc/audit/auditd.conf
    cat "$place/kinds/$kind.sender" >>/etc/audit/audisp-remote.conf
fi
relay=
if [[ $delay != 0 ]]; then
    echo "port = 61" >>/etc/audit/audisp-remote.conf
    python3 "$place/relay.py" "$delay" "$rate" & relay=$!
fi
listens() { grep -q ":$1 0*:0000 0A" /proc/net/tcp /proc/net/tcp6; }
$receiver -f -c /etc/audit -s nochange >"$place/received" 2>/dev/null &
daemon=$!
for ((turn = 0; turn < 200; turn++)); do
    listens 003C && { [[ -z $relay ]] || listens 003D; } && break
    sleep 0.05
done
if [[ $sender == many ]]; then
    python3 "$place/many.py" || exit 4
    read -r ticks < <(awk '{ print $14 + $15 }' "/proc/$daemon/stat")
    peak=$(awk '/VmHWM/ { print $2 }' "/proc/$daemon/status")
    echo "$(grep -c "many=" "$place/received") $ticks $peak"
else
    bytes=$(wc -c <"$place/records")
    before=$(wc -c <"$place/received")
    start=$EPOCHREALTIME
    # The input stays open until all has arrived: the end of it ends the sender.
    { cat "$place/records"; for ((turn = 0; turn < 3000; turn++)); do (($(stat -c %s "$place/received") - before >= bytes)) && break; sleep 0.02; done; } | $sender >/dev/null 2>&1
    end=$EPOCHREALTIME
    awk -v found="$(grep -c "from=bench" "$place/received")" -v wall="$(awk "BEGIN { print $end - $start }")" 'BEGIN { printf "%d %.0f\n", found, found / wall }'
fi
kill "$daemon" $relay
wait "$daemon"
END

cat >"$place/relay.py" <<'END'
import asyncio, sys, time
DELAY = int(sys.argv[1]) / 1000
RATE = int(sys.argv[2])
async def hold(reader, writer):
    queue = asyncio.Queue()
    async def give():
        while True:
            due, data = await queue.get()
            wait = due - time.monotonic()
            if wait > 0:
                await asyncio.sleep(wait)
            if not data:
                writer.close()
                return
            writer.write(data)
            if RATE:
                await asyncio.sleep(len(data) / RATE)
    asyncio.ensure_future(give())
    while True:
        data = await reader.read(1 << 14 if RATE else 1 << 18)
        while RATE and queue.qsize() > 16:
            await asyncio.sleep(0.005)
        queue.put_nowait((time.monotonic() + DELAY, data))
        if not data:
            return
async def serve(reader, writer):
    far_reader, far_writer = await asyncio.open_connection("127.0.0.1", 60)
    await asyncio.gather(hold(reader, far_writer), hold(far_reader, writer))
async def main():
    await (await asyncio.start_server(serve, "127.0.0.1", 61)).serve_forever()
asyncio.run(main())
END

cat >"$place/many.py" <<'END'
import asyncio, struct, time
SENDERS, RATE, SECONDS = 200, 100, 20
async def send(number):
    reader, writer = await asyncio.open_connection("127.0.0.1", 60)
    began = time.monotonic() + number / SENDERS / RATE
    for count in range(RATE * SECONDS):
        wait = began + count / RATE - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        text = b"node=host%d type=SYSCALL msg=audit(1626611363.720:%d): arch=c000003e syscall=59 success=yes exit=0 a0=55d0 many=%d" % (number, count, count)
        writer.write(struct.pack("<IBBIHI", 0xff0000fe, 0, 0, 0, len(text), count + 2) + text)
        await reader.readexactly(16)
    writer.close()
async def all():
    await asyncio.gather(*(send(number) for number in range(SENDERS)))
asyncio.run(all())
END
mkdir -p "$place/upper"

# records COUNT: what is sent.
records() {
    awk -v count="$1" 'BEGIN { for (serial = 1; serial <= count; serial++)
        printf "node=web type=SYSCALL msg=audit(1626611363.720:%d): arch=c000003e syscall=59 success=yes exit=0 a0=55d0 a1=55d1 items=2 ppid=1 pid=2 auid=1000 uid=0 comm=\"true\" from=bench\n", serial }' >"$place/records"
}

declare -A sender=([original]="$yardsticks/run/audisp-remote" [ours]="$ours/audisp-remote")
declare -A receiver=([original]="$yardsticks/run/auditd" [ours]="$ours/auditd")

# once FROM TO WHERE: a line "found records/s" to the figures.
once() {
    local count=3000 delay=0
    [[ $3 == near ]] && count=20000
    [[ $3 == far ]] && delay=10
    [[ $3 == far && $1 == original || $3 == far && $2 == original ]] && count=300
    [[ $3 == far && $1 == ours && $2 == ours ]] && count=100000
    [[ $3 == near && $1 == ours && $2 == ours ]] && count=200000
    records $count
    timeout 120 unshare --mount --net --propagation private bash "$place/inside" "$place" "${sender[$1]}" "${receiver[$2]}" $count $delay 2>"$place/errors" |
        awk -v count=$count '{ print count, $0 }' >>"$work/figures/$1-$2-$3"
}

printf '%-6s %-9s %-9s %9s %9s %11s\n' where sender receiver records arrived 'records/s'
for where in $([[ ${2-} == kinds ]] || echo "${2:-near far}"); do
    for ((turn = 0; turn < runs; turn++)); do
        for from in original ours; do
            for to in original ours; do once $from $to $where; done
        done
    done
    for from in original ours; do
        for to in original ours; do
            printf '%-6s %-9s %-9s %9d %9d %11.0f\n' $where $from $to "$(cut -d' ' -f1 "$work/figures/$from-$to-$where" | median)" \
                "$(cut -d' ' -f2 "$work/figures/$from-$to-$where" | sort -n | head -n 1)" "$(cut -d' ' -f3 "$work/figures/$from-$to-$where" | median)"
        done
    done
done

# kinds: certificates of an hour's authority, and a key.
mkdir -p "$place/kinds"
(
    cd "$place/kinds"
    umask 077
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout ca.key -out ca.pem -days 1 -subj "/CN=bench" -addext basicConstraints=critical,CA:TRUE
    for name in collector web; do
        openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $name.key -out $name.csr -subj "/CN=$name"
        openssl x509 -req -in $name.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 1 -out $name.pem
    done
    openssl rand -hex 32 >psk
) 2>/dev/null
: >"$place/kinds/packed.receiver" >"$place/kinds/packed.sender" >"$place/kinds/plain.receiver"
echo "compress = no" >"$place/kinds/plain.sender"
for kind in x509 psk; do
    for end in receiver sender; do echo "transport = tls" >"$place/kinds/$kind.$end"; done
done
x509() { printf 'tls_auth = x509\ntls_cert_file = %s.pem\ntls_key_file = %s.key\ntls_ca_file = %s\n' "$place/kinds/$1" "$place/kinds/$1" "$place/kinds/ca.pem"; }
x509 collector >>"$place/kinds/x509.receiver"
{ x509 web; echo "tls_server_name = collector"; } >>"$place/kinds/x509.sender"
printf 'tls_psk_file = %s\ntls_psk_identity = web\n' "$place/kinds/psk" | tee -a "$place/kinds/psk.receiver" >>"$place/kinds/psk.sender"

# varied COUNT: records with numbers and names that differ, as those of a machine do.
varied() {
    awk -v count="$1" 'BEGIN { srand(1); split("bash sshd cron python3 systemd nginx curl sh", name, " "); for (serial = 1; serial <= count; serial++)
        printf "node=web type=SYSCALL msg=audit(%d.%03d:%d): arch=c000003e syscall=%d success=yes exit=%d a0=%x a1=%x items=2 ppid=%d pid=%d auid=%d uid=0 comm=\"%s\" from=bench\n",
            1626611363 + serial / 1000, serial % 1000, serial, rand() * 300, rand() * 9, rand() * 2147483647, rand() * 2147483647, rand() * 32768, rand() * 32768, 1000 + rand() * 9, name[1 + int(rand() * 8)] }' >"$place/records"
}

printf '%-6s %-9s %9s %9s %11s\n' where kind records arrived 'records/s'
for where in $([[ ${2-kinds} == kinds ]] && echo near far slow || echo "$2"); do
    delay=0 rate=0 count=300000
    [[ $where != near ]] && delay=10 count=100000
    [[ $where == slow ]] && rate=1000000 count=30000
    varied $count
    for kind in plain packed x509 psk; do
        rm -f "$work/figures/$kind-$where"
        for ((turn = 0; turn < runs; turn++)); do
            timeout 120 unshare --mount --net --propagation private bash "$place/inside" "$place" "${sender[ours]}" "${receiver[ours]}" $count $delay $rate $kind 2>"$place/errors" >>"$work/figures/$kind-$where"
        done
        printf '%-6s %-9s %9d %9d %11.0f\n' $where $kind $count "$(cut -d' ' -f1 "$work/figures/$kind-$where" | sort -n | head -n 1)" "$(cut -d' ' -f2 "$work/figures/$kind-$where" | median)"
    done
done
[[ -n ${2-} ]] && exit

for to in original ours; do
    timeout 120 unshare --mount --net --propagation private bash "$place/inside" "$place" many "${receiver[$to]}" 0 0 2>"$place/errors" >"$work/figures/many-$to"
    read -r found ticks peak <"$work/figures/many-$to"
    printf 'many   200 at 100/s, to %-9s %d of 400000 arrived, %.2f cores, peak %.1f MiB\n' $to "$found" "$(awk "BEGIN { print $ticks / $(getconf CLK_TCK) / 20 }")" "$(awk "BEGIN { print $peak / 1024 }")"
done
