#!/usr/bin/env bash
# Packs src/Akashi.Audit for NuGet, with symbols, into artifacts/packages; prints that path. Does nothing when no source changed since the last time.
set -euo pipefail
source "$(dirname "$0")/dotnet.sh"
lock_artifacts
packages="$artifacts/packages"
now="$(fingerprint src/Akashi src/Akashi.Linux src/Akashi.Audit Directory.Build.props src/Directory.Build.props eng/pack.sh)"
if [[ $(cat "$artifacts/.packed" 2>/dev/null) != "$now" ]]; then
    rm -rf "$packages"
    quiet_dotnet pack "$root/src/Akashi.Audit/Akashi.Audit.csproj" -c Release -v quiet -clp:NoSummary -o "$packages"
    echo "$now" >"$artifacts/.packed.$$"
    mv -f "$artifacts/.packed.$$" "$artifacts/.packed"
fi
echo "$packages"
