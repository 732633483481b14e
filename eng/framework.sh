#!/usr/bin/env bash
# Decides which framework the libraries and tools target, and writes it to artifacts/framework.props:
# net10.0 where its native AOT runtime pack restores from the package sources of this machine, else net9.0,
# whose compiler pack carries the runtime inside. Asked once for each SDK version.
set -euo pipefail
source "$(dirname "$0")/dotnet.sh"
props="$artifacts/framework.props"
sdk=$(cd "$root" && dotnet --version)
[[ -f $props ]] && grep -qF "<!-- SDK $sdk, $rid -->" "$props" && exit 0

probe=$(mktemp -d)
trap 'rm -rf "$probe"' EXIT
cat >"$probe/probe.csproj" <<EOF
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <TargetFramework>net10.0</TargetFramework>
    <RuntimeIdentifier>$rid</RuntimeIdentifier>
    <OutputType>Exe</OutputType>
    <PublishAot>true</PublishAot>
    <NuGetAudit>false</NuGetAudit>
  </PropertyGroup>
</Project>
EOF
framework=net10.0
known="SDK $sdk, $rid"
if ! dotnet restore "$probe/probe.csproj" >"$probe/log" 2>&1; then
    framework=net9.0
    # Only "there is no such package" (NU1101) or version (NU1102, NU1103) is an answer; a broken network is asked again.
    if ! grep -qE 'NU110[123]' "$probe/log"; then
        known="not known: $rid"
        echo "build: cannot ask for the net10.0 native runtime pack, taking net9.0: $(grep -m1 -oE 'error.*' "$probe/log" || tail -n 1 "$probe/log")" >&2
    fi
fi

mkdir -p "$artifacts"
cat >"$props.new" <<EOF
<Project>
  <!-- $known -->
  <PropertyGroup><AkashiFramework>$framework</AkashiFramework></PropertyGroup>
</Project>
EOF
# An unchanged file keeps its time, so that nothing is built anew.
cmp -s "$props.new" "$props" || mv "$props.new" "$props"
rm -f "$props.new"
