#!/usr/bin/env bash
# Builds everything, tests too, the way the tests run it: optimised, with assertions (configuration Checked).
set -euo pipefail
source "$(dirname "$0")/dotnet.sh"
lock_artifacts
sdk=$(cd "$root" && dotnet --version)
now="$sdk $(fingerprint src tests samples fuzz testdata Akashi.slnx Directory.Build.props Directory.Packages.props global.json \
    BannedSymbols.txt .editorconfig eng/checked.sh eng/framework.sh eng/packages.txt)"
[[ $(cat "$artifacts/.checked" 2>/dev/null) == "$now" ]] && exit 0
"$root/eng/packages.sh" 9>&-
"$root/eng/framework.sh" 9>&-
echo "build: compiling the tests"
quiet_dotnet build "$root/Akashi.slnx" -c Checked -v quiet -clp:NoSummary
# By rename: a file that is linked elsewhere is not changed there.
echo "$now" >"$artifacts/.checked.$$"
mv -f "$artifacts/.checked.$$" "$artifacts/.checked"
