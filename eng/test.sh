#!/usr/bin/env bash
# Builds what a kind of test needs and runs it: all, quick or soak (see ./test -h).
set -euo pipefail
eng=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(dirname "$eng")
kind=${1:-all}
live=Akashi.Live.Tests

# A build that fails is a failure in the same words as a test.
build() {
    "$@" || { echo "failed: ${*#"$root"/}"; echo "0 passed, 1 failed"; exit 1; }
}

build "$root/eng/checked.sh"
[[ $kind == quick ]] || build "$root/build"

# What each test project built; Akashi.Testing is a library.
programs=()
for project in "$root"/tests/*/*.csproj; do
    name=$(basename "$project" .csproj)
    grep -q '<OutputType>Exe' "$project" || continue
    [[ $kind == quick && $name == "$live" ]] && continue
    programs+=("$root/artifacts/dotnet/bin/$name/checked/$name")
done

options=()
case $kind in
    quick) options+=(--traits -trait- Category=Soak -trait- Category=Long --) ;;
    all) options+=(--traits -trait- Category=Soak --) ;;
    soak) options+=(--traits -trait Category=Soak --) ;;
esac
if [[ $kind != soak ]]; then
    programs=("$eng"/checks/source-*.sh "${programs[@]}")
fi
if [[ $kind == all ]]; then
    # Some tests compare with Debian's own tools, which are unpacked beside; without them those are skipped.
    # Others need a program of Debian's; only root can install it.
    [[ $(id -u) != 0 ]] || "$eng/packages.sh" "$eng/packages-tests.txt" || echo "packages-tests: cannot be installed"
    "$eng/locales.sh" >/dev/null 2>&1 || echo "locales: cannot be compiled"
    "$eng/yardsticks.sh" >/dev/null 2>&1 || echo "yardsticks: cannot be fetched"
    programs+=("$eng"/checks/fuzz-*.sh "$eng"/checks/binary-*.sh "$eng"/checks/live-*.sh)
    if [[ $(id -u) == 0 ]] && why=$("$("$eng/compile-c.sh" "$eng/kernel-audit.c")" free 2>&1); then
        options=(--no-skip "$live" --no-skip live-login --no-skip live-kernel-state "${options[@]}")
    else
        echo "live tests: what cannot run here is skipped: ${why:-not root}"
    fi
fi
# A quick run that hangs is stopped long before a whole one.
[[ $kind != quick ]] || export AKASHI_TEST_SECONDS=${AKASHI_TEST_SECONDS:-120} AKASHI_TEST_QUICK=1
[[ $kind != soak ]] || export AKASHI_TEST_SECONDS=${AKASHI_TEST_SECONDS:-14400}
exec "$eng/run-tests.sh" "${options[@]}" "${programs[@]}"
