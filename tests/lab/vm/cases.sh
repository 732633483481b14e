# A trial's cases: each prints one line and is counted. Sourced by tests/lab/vm.sh.
passed=0 failed=0

say() { echo "     the machine $*"; }

# verdict NAME STATUS [WHAT WAS SEEN]
verdict() {
    if [[ $2 == 0 ]]; then
        passed=$((passed + 1))
        echo "  ok $1"
    else
        failed=$((failed + 1))
        echo "FAIL $1"
        [[ -z ${3:-} ]] || head -c 3000 <<<"$3" | sed 's/^/       | /'
    fi
}

# case_is NAME EXPECTED SEEN
case_is() { local status=0; [[ $3 == "$2" ]] || status=1; verdict "$1" $status "expected: $2
seen:     $3"; }

# case_has NAME PATTERN SEEN: an extended regular expression that a line matches.
case_has() { local status=0; grep -qE -e "$2" <<<"$3" || status=1; verdict "$1" $status "expected: /$2/
$3"; }

# case_lacks NAME PATTERN SEEN
case_lacks() { local status=0; ! grep -qE -e "$2" <<<"$3" || status=1; verdict "$1" $status "not expected: /$2/
$3"; }

# case_at_least NAME NUMBER SEEN
case_at_least() { local status=0; [[ $3 =~ ^[0-9]+$ && $3 -ge $2 ]] || status=1; verdict "$1" $status "expected: at least $2
seen:     $3"; }

# guest_until SECONDS COMMAND: asks again until the command succeeds in the machine.
guest_until() {
    guest_seconds=$(($1 + 60)) guest "for ((try = 0; try < $1 * 2; try++)); do { $2; } >/dev/null 2>&1 && exit 0; sleep 0.5; done; exit 1"
}
