#!/usr/bin/env bash
# What recorded logins cost, beside logins that aren't recorded, in turn. The login server is tests/lab/recorder.py's, not sshd, whose own cost (key exchange, PAM, some
# hundred milliseconds) would hide ours; bare and recorded logins go through the same one, so that differences are those of logins by ssh.
#   benches/recorder.sh RUNS
# Targets (issue 7): a key's echo at most 100 µs later (medians of the runs' medians); 500 sessions at once under 5 MB (PSS) each and none blocked; 1,000 logins in a row
# leave nothing behind; a start at most 20 ms later.
set -uo pipefail
source "$(dirname "$0")/shared.sh"
runs=$1 status=0
[[ $(id -u) == 0 ]] || { echo "recorder: needs root" >&2; exit 1; }
part() { python3 "$root/benches/recorder.py" "$ours/akashi" "$@"; }

# verdict VALUE OPERATOR LIMIT TEXT
verdict() {
    if awk "BEGIN { exit !($1 $2 $3) }"; then echo "target $2 $3 $4: pass"; else echo "target $2 $3 $4: MISS"; status=1; fi
}
# value NAME FILE: what stands behind a name.
value() { awk -v name="$1" '{ for (i = 1; i < NF; i++) if ($i == name) { print $(i + 1); exit } }' "$2"; }

forget_figures
part echo "$runs" >"$work/figures/echo" || status=1
bare=$(awk '{ print $2 }' "$work/figures/echo" | median) recorded=$(awk '{ print $4 }' "$work/figures/echo" | median)
more=$(awk "BEGIN { printf \"%.0f\", $recorded - $bare }")
printf 'echo of a key, median of %d medians of 300: bare %.0f µs, recorded %.0f µs: %+d µs; ' "$runs" "$bare" "$recorded" "$more"
verdict "$more" '<=' 100 'µs above bare'

part start $((runs * 8)) >"$work/figures/start" || status=1
bare=$(awk '{ print $2 }' "$work/figures/start" | median) recorded=$(awk '{ print $4 }' "$work/figures/start" | median)
more=$(awk "BEGIN { printf \"%.1f\", $recorded - $bare }")
printf 'login shell to prompt, medians of %d: bare %.1f ms, recorded %.1f ms: %+.1f ms; ' $((runs * 8)) "$bare" "$recorded" "$more"
verdict "$more" '<' 20 'ms above bare'

part many 500 >"$work/figures/many" || status=1
cat "$work/figures/many" | sed 's/^/  500 at once: /'
each=$(awk -v a="$(value keeper_kib "$work/figures/many")" -v b="$(value login_kib "$work/figures/many")" 'BEGIN { printf "%.0f", a + b }')
printf '500 at once, PSS of each (keeper and login side): %d KiB; keeper alone ' "$each"
verdict "$(value keeper_kib "$work/figures/many")" '<' 5120 KiB
printf '  both: '
verdict "$each" '<' 5120 KiB
printf '500 at once, answered: %s; ' "$(value answered "$work/figures/many")"
verdict "$(value answered "$work/figures/many")" '==' 500 'sessions'

part row 1000 >"$work/figures/row" || status=1
echo "1,000 in a row: descriptors, threads, private KiB of the service; keepers; pseudo terminals of the machine"
grep -E '^(before|after)' "$work/figures/row" | sed 's/^/  /'
for column in 2 3 5; do
    before=$(awk -v c=$column '/^before/ { print $c }' "$work/figures/row") after=$(awk -v c=$column '/^after/ { print $c }' "$work/figures/row")
    printf '  column %d: ' $((column - 1))
    verdict "$after" '<=' "$before" 'as before'
done
grown=$(awk '/^before/ { b = $4 } /^after/ { print $4 - b }' "$work/figures/row")
printf '  memory: %+d KiB; ' "$grown"
verdict "$grown" '<' 1024 'KiB more'
printf '  %s seconds; finished recordings %s; ' "$(value seconds "$work/figures/row")" "$(value finished "$work/figures/row")"
verdict "$(value recordings "$work/figures/row")" '==' "$(value logins "$work/figures/row")" 'recordings, one for each login'
grep '^refused' "$work/figures/row" | sed 's/^/  /'

part list 10000 >"$work/figures/list" || status=1
printf 'akashi recordings over %s files of %s bytes together: %s s, %s s of processor time, medians of 7\n' "$(value files "$work/figures/list")" "$(value bytes "$work/figures/list")" \
    "$(awk '/^wall/ { print $2 }' "$work/figures/list" | median)" "$(awk '/^wall/ { print $4 }' "$work/figures/list" | median)"
exit $status
