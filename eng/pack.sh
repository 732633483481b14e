#!/usr/bin/env bash
# Packs src/Akashi.Audit and src/Akashi.Logging for NuGet, with symbols, into artifacts/packages; prints that path. Does nothing when no source changed since the last time.
set -euo pipefail
source "$(dirname "$0")/dotnet.sh"
lock_artifacts
packages="$artifacts/packages"
now="$(fingerprint src/Akashi src/Akashi.Linux src/Akashi.Audit src/Akashi.Logging Directory.Build.props src/Directory.Build.props Directory.Packages.props eng/pack.sh)"
if [[ $(cat "$artifacts/.packed" 2>/dev/null) != "$now" ]]; then
    rm -rf "$packages"
    for project in Akashi.Audit Akashi.Logging; do
        quiet_dotnet pack "$root/src/$project/$project.csproj" -c Release -v quiet -clp:NoSummary -o "$packages"
    done
    echo "$now" >"$artifacts/.packed.$$"
    mv -f "$artifacts/.packed.$$" "$artifacts/.packed"
fi
echo "$packages"
