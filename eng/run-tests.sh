#!/usr/bin/env bash
# Runs test programs one after the other and sums them up. The last line is exactly "N passed, N failed".
#   eng/run-tests.sh [--no-skip NAME]… [--traits ARG…  --] PROGRAM…
# PROGRAM is an xunit.v3 executable, or a script of eng/checks/ that prints a line for each check:
#   ok NAME          not ok NAME: why          skip NAME: why
# --no-skip NAME  a skipped test of the program of this name is a failure
# Exit code 0 when something passed and nothing failed. A program that ends otherwise than its results explain (a
# crash, a hang over AKASHI_TEST_SECONDS, no results) is one failed test more. A test over two minutes is named while it runs.
set -uo pipefail
eng=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
seconds=${AKASHI_TEST_SECONDS:-900}
no_skip=()
arguments=()
while [[ ${1:-} == --* ]]; do
    case $1 in
        --no-skip) no_skip+=("$2"); shift 2 ;;
        --traits) shift; while [[ $1 != -- ]]; do arguments+=("$1"); shift; done; shift ;;
        *) echo "run-tests: unknown option '$1'" >&2; exit 2 ;;
    esac
done

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
passed=0 failed=0
skips=()

may_not_skip() { [[ " ${no_skip[*]-} " == *" $1 "* ]]; }

# Adds up the lines of a check script; says its failures.
run_checks() {
    local began=$SECONDS script=$1 name=$2 status=0 line seen=0 passed_before=$passed failed_before=$failed skips_before=${#skips[@]}
    timeout --kill-after=10 "$seconds" "$script" >"$results/$name" || status=$?
    while IFS= read -r line; do
        case $line in
            'ok '*) passed=$((passed + 1)) seen=1 ;;
            'not ok '*) failed=$((failed + 1)) seen=1; echo "failed: $name: ${line#not ok }" ;;
            'skip '*)
                skips+=("skipped: $name: ${line#skip }") seen=1
                if may_not_skip "$name"; then
                    failed=$((failed + 1))
                    echo "failed: $name: skipped, though this machine can run it"
                fi
                ;;
            *) echo "$line" ;;
        esac
    done <"$results/$name"
    if [[ $seen == 0 ]]; then
        failed=$((failed + 1))
        echo "failed: $name: ended with exit code $status and no results"
    elif [[ $status != 0 ]]; then
        failed=$((failed + 1))
        echo "failed: $name: ended with exit code $status"
    fi
    echo "$name: $((passed - passed_before)) passed, $((failed - failed_before)) failed, $((${#skips[@]} - skips_before)) skipped in $((SECONDS - began)) s"
}

# Says what runs shortly before a program is stopped for taking too long: a test that waits for a process without end is found by it.
watch_over() {
    trap 'kill "$(jobs -p)" 2>/dev/null; exit' TERM
    sleep $((seconds - 5)) &
    wait
    echo "$1 is stopped in 5 seconds; what runs:"
    ps -eo pid,ppid,etimes,stat,wchan:24,args --forest | grep -v '\]$' | cut -c1-180 | tail -n 60
}

run_xunit() {
    local began=$SECONDS program=$1 name=$2 status=0 file="$results/$2.json" sum
    watch_over "$name" </dev/null &
    local watch=$!
    timeout --kill-after=10 "$seconds" "$program" -noColor -noAutoReporters -reporter quiet -longRunning 120 -ctrf "$file" "${arguments[@]}" \
        </dev/null | sed '/^xUnit.net v3/d' || status=${PIPESTATUS[0]}
    kill "$watch" 2>/dev/null
    wait "$watch" 2>/dev/null
    sum=$(awk -f "$eng/sum-results.awk" "$file" 2>/dev/null)
    local good bad skipped
    read -r good bad skipped <<<"$sum"
    if [[ -z $sum ]]; then
        good=0 bad=1 skipped=0
        echo "failed: $name: ended with exit code $status and no results"
    elif [[ $bad == 0 && $status != 0 ]]; then
        bad=1
        echo "failed: $name: ended with exit code $status though no test failed"
    fi
    local line
    while IFS= read -r line; do
        [[ -z $line ]] || skips+=("$line")
    done < <(tail -n +2 <<<"$sum")
    if [[ $skipped -gt 0 ]] && may_not_skip "$name"; then
        bad=$((bad + skipped))
        echo "failed: $name: $skipped skipped, though this machine can run them"
    fi
    passed=$((passed + good)) failed=$((failed + bad))
    echo "$name: $good passed, $bad failed, $skipped skipped in $((SECONDS - began)) s"
}

for program; do
    name=$(basename "$program" .sh)
    if [[ $program == *.sh ]]; then run_checks "$program" "$name"; else run_xunit "$program" "$name"; fi
done
[[ ${#skips[@]} == 0 ]] || printf '%s\n' "${skips[@]}"
echo "$passed passed, $failed failed"
[[ $passed -gt 0 && $failed == 0 ]]
