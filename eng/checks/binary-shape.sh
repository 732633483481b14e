#!/usr/bin/env bash
# What artifacts/bin must look like after ./build.
set -uo pipefail
cd "$(dirname "$0")/../.."
bin=artifacts/bin

# check NAME COMMAND…: ok when the command succeeds and says nothing.
check() {
    local name=$1 said
    shift
    if said=$("$@" 2>&1) && [[ -z $said ]]; then echo "ok $name"; else echo "not ok $name: ${said//$'\n'/ }"; fi
}

under_15_mb() { [[ $(stat -c %s $bin/akashi) -lt 15000000 ]] || stat -c '%s bytes' $bin/akashi; }
only_programs() { find $bin -mindepth 1 ! \( -type f -perm -111 \); }
linked_hard() { for program in $bin/*; do [[ $program -ef $bin/akashi || $program == */akashi-login-shell ]] || echo "$program"; done; }
login_shell_is_fixed() { readelf -h $bin/akashi-login-shell | grep -q 'Type: *EXEC ' || echo 'position-independent'; }
login_shell_is_the_same() { diff <($bin/akashi --tool-names) <(exec -a akashi $bin/akashi-login-shell --tool-names); }
needs_libc_only() { readelf -d $bin/akashi $bin/akashi-login-shell | sed -n 's/.*NEEDED.*\[\(.*\)\]/\1/p' | grep -vE '^(libc|libm|libdl|libpthread|librt|ld-linux-.*)\.so'; true; }
names_linked() {
    local name
    for name in $($bin/akashi --tool-names); do [[ -x $bin/$name ]] || echo "$name"; done
}
stripped() { readelf -S $bin/akashi $bin/akashi-login-shell | grep -E '\.(debug_|symtab)'; true; }
unchanged_build_under_5_s() {
    ./build && local start=$SECONDS && ./build && [[ $((SECONDS - start)) -lt 5 ]] || echo "$((SECONDS - start)) s"
}

check 'the binary is under 15 MB' under_15_mb
check 'artifacts/bin holds programs alone' only_programs
check 'each classic name is a hard link' linked_hard
check 'the login shell is linked at a fixed address' login_shell_is_fixed
check 'the login shell is the same program otherwise' login_shell_is_the_same
check 'each name the binary tells is there' names_linked
check 'the binary needs libc alone' needs_libc_only
check 'the binary is stripped' stripped
check 'an unchanged build takes under 5 s' unchanged_build_under_5_s
