#!/usr/bin/env bash
# Compiles src/Akashi.Cli to one native binary, artifacts/bin/akashi, and links each classic name to it.
# Does nothing when no source, SDK or processor feature changed since the last time.
set -euo pipefail
source "$(dirname "$0")/dotnet.sh"
lock_artifacts
bin="$artifacts/bin"

# The group x86-64-v3, feature by feature: a virtual machine may hide any of them.
has_x86_v3() {
    local flag
    for flag in avx2 bmi1 bmi2 fma movbe abm f16c; do
        grep -m1 '^flags' /proc/cpuinfo | grep -qw "$flag" || return 1
    done
}

instructions=
[[ $rid == linux-x64 ]] && has_x86_v3 && instructions=v3
sdk=$(cd "$root" && dotnet --version)
now="$sdk ${instructions:-baseline} $(fingerprint src Directory.Build.props Directory.Packages.props global.json \
    BannedSymbols.txt .editorconfig eng/publish.sh eng/framework.sh eng/packages.txt)"
if [[ -x $bin/akashi && $(cat "$artifacts/.published" 2>/dev/null) == "$now" ]]; then
    exit 0
fi

"$root/eng/packages.sh" 9>&-
"$root/eng/framework.sh" 9>&-
options=(-c Release -r "$rid" -v quiet -clp:NoSummary -p:DebugType=none)
if [[ $instructions == v3 ]]; then
    # The net9.0 compiler spells the group x86-x64-v3, the net10.0 one x86-64-v3.
    grep -q '>net9.0<' "$artifacts/framework.props" && spelled=x86-x64-v3 || spelled=x86-64-v3
    options+=("-p:AkashiInstructionSet=$spelled")
fi
echo "build: compiling akashi ($(grep -oE 'net[0-9]+\.0' "$artifacts/framework.props"), ${instructions:-baseline})"
staged="$artifacts/dotnet/staged"
rm -rf "$staged"
quiet_dotnet publish "$root/src/Akashi.Cli/Akashi.Cli.csproj" "${options[@]}" -o "$staged"

# The same object linked again, at a fixed address, for the two processes that each recorded session has: no page of it is relocated, so that all share them
# (docs/recorder.md, "Cost"). They have no rights; what has keeps its random address.
quiet_dotnet publish "$root/src/Akashi.Cli/Akashi.Cli.csproj" "${options[@]}" -p:PositionIndependentExecutable=false \
    -p:NativeOutputPath="$artifacts/dotnet/fixed/" -o "$staged/fixed"

# Into place by rename: a program that runs keeps its old file, and nobody sees half a new one.
mkdir -p "$bin"
binary=$(find "$staged" -maxdepth 1 -type f \( -name akashi -o -name Akashi.Cli \) | head -n 1)
strip --strip-all "$binary"
mv -f "$binary" "$bin/akashi"

# Hard links, not symbolic ones: through those the kernel's exe= would say akashi. The binary knows its names.
# Told through a file: a name that can't be linked is an error, an older binary without the option isn't.
"$bin/akashi" --tool-names >"$artifacts/.names" 2>/dev/null || : >"$artifacts/.names"
while read -r name; do
    [[ $name =~ ^[a-z][a-z0-9._-]*$ && $name != akashi ]] || continue
    ln -f "$bin/akashi" "$bin/$name"
done <"$artifacts/.names"
for program in "$bin"/*; do
    [[ $program -ef $bin/akashi ]] || rm -rf "$program"
done
rm -f "$artifacts/.names"
fixed=$(find "$staged/fixed" -maxdepth 1 -type f \( -name akashi -o -name Akashi.Cli \) | head -n 1)
strip --strip-all "$fixed"
mv -f "$fixed" "$bin/akashi-login-shell"
# By rename: a file that is linked elsewhere is not changed there.
echo "$now" >"$artifacts/.published.$$"
mv -f "$artifacts/.published.$$" "$artifacts/.published"
