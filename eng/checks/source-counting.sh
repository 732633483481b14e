#!/usr/bin/env bash
# Checks eng/run-tests.sh and eng/sum-results.awk with programs that only pretend to be tests.
set -uo pipefail
cd "$(dirname "$0")/.."
fakes=$(mktemp -d)
trap 'rm -rf "$fakes"' EXIT

# fake NAME EXIT-CODE [CTRF]: a program that writes this to the file after -ctrf and ends so.
fake() {
    cat >"$fakes/$1" <<EOF
#!/usr/bin/env bash
while [[ \$1 != -ctrf ]]; do shift; done
[[ -z '${3:-}' ]] || printf '%s' '${3:-}' >"\$2"
exit $2
EOF
    chmod +x "$fakes/$1"
}

# The shape of what xunit.v3 3.2.1 writes: summary before tests, strings escaped twice.
ctrf() {
    printf '%s' '{"reportFormat":"CTRF","results":{"tool":{"name":"xUnit.net v3"},"summary":{"tests":9,"passed":'"$1"',"failed":'"$2"',"pending":0,"skipped":'"$3"',"other":0},"tests":['"${4:-}"']}}'
}

# expect NAME LAST-LINE EXIT-CODE [line that must stand above] -- arguments of run-tests.sh
expect() {
    local name=$1 last=$2 code=$3 line=$4 output status=0
    shift 5
    output=$(./run-tests.sh "$@" 2>&1) || status=$?
    if [[ $(tail -n 1 <<<"$output") != "$last" ]]; then
        echo "not ok $name: last line is '$(tail -n 1 <<<"$output")', not '$last'"
    elif [[ $status != "$code" ]]; then
        echo "not ok $name: exit code $status, not $code"
    elif [[ -n $line ]] && ! grep -qFx -- "$line" <<<"$output"; then
        echo "not ok $name: no line '$line' in: ${output//$'\n'/ | }"
    else
        echo "ok $name"
    fi
}

skipped='{"name":"T.Dyn(s: \\\"a<b>\\\")","status":"skipped","duration":0,"extra":{"id":"1","reason":"needs \\\"root\\\"\n"}}'
forged='{"name":"x\",\"status\":\"skipped\"","status":"failed","message":"]]> {\"name\":\"y\",\"status\":\"skipped\",\"reason\":\"no\"} \"summary\":{\"passed\":99"}'
fake good 0 "$(ctrf 3 0 0)"
fake bad 1 "$(ctrf 2 1 0 "$forged")"
fake skips 0 "$(ctrf 1 0 1 "$skipped")"
fake crash 134
fake late-crash 134 "$(ctrf 5 0 0)"
fake none 0 "$(ctrf 0 0 0)"
printf '#!/usr/bin/env bash\necho "ok one"; echo "skip two: no three"; echo "not ok four: five"\n' >"$fakes/checks.sh"
printf '#!/usr/bin/env bash\nexit 0\n' >"$fakes/silent.sh"
printf '#!/usr/bin/env bash\nsleep 30\n' >"$fakes/hangs"
chmod +x "$fakes"/*

expect 'passes are summed' '6 passed, 0 failed' 0 '' -- "$fakes/good" "$fakes/good"
expect 'a failure is counted and told by the exit code' '5 passed, 1 failed' 1 '' -- "$fakes/good" "$fakes/bad"
expect 'a skipped test is listed with its reason' '1 passed, 0 failed' 0 \
    'skipped: T.Dyn(s: "a<b>"): needs "root" ' -- "$fakes/skips"
expect 'a skip that may not be is a failure' '1 passed, 1 failed' 1 '' -- --no-skip skips "$fakes/skips"
expect 'a program without results is a failure' '3 passed, 1 failed' 1 \
    'failed: crash: ended with exit code 134 and no results' -- "$fakes/good" "$fakes/crash"
expect 'a crash after the results is a failure' '5 passed, 1 failed' 1 '' -- "$fakes/late-crash"
expect 'nothing run is no success' '0 passed, 0 failed' 1 '' -- "$fakes/none"
expect 'check scripts are counted' '1 passed, 1 failed' 1 'skipped: checks: two: no three' -- "$fakes/checks.sh"
expect 'a check that may not be skipped is a failure' '1 passed, 2 failed' 1 '' -- --no-skip checks "$fakes/checks.sh"
expect 'a silent check script is a failure' '0 passed, 1 failed' 1 '' -- "$fakes/silent.sh"
expect 'a missing program is a failure' '0 passed, 1 failed' 1 '' -- "$fakes/not-there"
AKASHI_TEST_SECONDS=1 expect 'a hanging program is stopped and a failure' '0 passed, 1 failed' 1 '' -- "$fakes/hangs"
