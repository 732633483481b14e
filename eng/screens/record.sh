#!/usr/bin/env bash
# Usage: eng/screens/record.sh NODE_MODULES
# Makes testdata/screens.tar.gz anew: what real programs send to a terminal of 80 columns and 24 rows (recorded by script(1) in namespaces of
# their own: no other process, the host name "demo"), random and hostile streams, and the screens that xterm.js draws of them. The versions are
# in the archive's VERSIONS. NODE_MODULES holds @xterm/headless and @xterm/addon-unicode11 (npm); needs root, node, vim, less, top, htop, tmux.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
modules=$(cd "${1:?NODE_MODULES}" && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/screens" "$work/home"
cp "$root/LICENSE" "$work/home/text"
{ for ((line = 1; line <= 60; line++)); do printf '%d\t日本語 naïve e\314\201 → %s\n' "$line" "$((line * line))"; done; } >"$work/home/wide"

# keys NAME COMMAND: plays standard input's lines, "SECONDS KEYS" (printf's escapes), to the command, and keeps what it sent.
keys() {
    local name=$1 command=$2
    while read -r seconds typed; do sleep "$seconds"; printf "$typed"; done |
        unshare --mount --pid --uts --fork --mount-proc bash -c 'hostname demo; cd "$1"; shift; exec "$@"' - "$work/home" \
            env -i HOME="$work/home" PATH="${AKASHI_SCREENS_PATH:-}$PATH" LD_LIBRARY_PATH="${LD_LIBRARY_PATH:-}" TERM=xterm-256color LANG=C.UTF-8 TMUX_TMPDIR="$work/home" \
            timeout 20 script -q -f -E never -c "stty rows 24 cols 80; exec $command" "$work/raw" >"$work/seen" || true
    sed -e '1{/^Script started/d}' "$work/raw" | sed -e '/^Script done/d' | head -c -1 >"$work/screens/$name.bytes"
}

keys vim 'vim -u NONE -N -c "syntax on" wide' <<'KEYS'
1 ihello 世界 \033
0.3 yyppjjddu
0.3 :set number\r
0.3 :split text\r
0.3 /License\r
0.3 Goend of it\033
0.3 :vsplit\r
0.3 \006\006\002
0.3 10OA long line that goes on and on until it must be wrapped by the terminal somewhere here\033
0.3 :qa!\r
KEYS
keys less 'less -N text' <<'KEYS'
1 \040\040
0.3 /Contribution\r
0.3 nnjjkk
0.3 G
0.3 g
0.3 q
KEYS
keys less-wide 'less wide' <<'KEYS'
1 \040
0.3 /naïve\r
0.3 kkk
0.3 q
KEYS
keys top 'top -d 0.3' <<'KEYS'
1 c1
0.7 z
0.7 xV
0.7 q
KEYS
keys htop 'htop -d 3' <<'KEYS'
1 t
0.7 \033[B\033[B
0.7 \033OQ
0.5 \033
0.7 q
KEYS
keys tmux 'tmux -f /dev/null new "PS1=demo: bash --norc"' <<'KEYS'
1 seq 1 40\r
0.5 \002%%
0.7 cat wide\r
0.5 \002\042
0.7 vim -u NONE wide\r
0.7 3dd:q!\r
0.5 \002o
0.3 exit\r
0.5 \002o
0.3 exit\r
0.5 exit\r
KEYS
keys shell 'env PS1=$ bash --norc' <<'KEYS'
0.5 ls --color=always -la / | head -n 5\r
0.5 echo -e "\\\\033(0lqqk\\\\033(B done"\r
0.5 cat wide\r
0.5 echo abc\177\177\177xyz \001\005\r
0.5 exit\r
KEYS
{
    printf 'recorded %s\n' "$(date -u +%F)"
    printf 'kernel %s\n' "$(uname -r)"
    vim --version | head -n 1
    less --version | head -n 1
    top -V
    PATH="${AKASHI_SCREENS_PATH:-}$PATH" htop --version | head -n 1
    tmux -V
    script --version
} >"$work/screens/VERSIONS"
node "$root/eng/screens/expect.mjs" "$modules" "$work/screens" >>"$work/screens/VERSIONS"
tar -C "$work" --owner=0 --group=0 --numeric-owner --mtime=@0 --sort=name -cf - screens | gzip -9n >"$root/testdata/screens.tar.gz"
