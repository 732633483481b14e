#!/usr/bin/env bash
# Compiles src/Akashi.LibAudit to artifacts/lib/akashi: libaudit.so.1, libauparse.so.0 (the same file), the names to link with, headers, pkg-config's files.
# Does nothing when no source or SDK changed since the last time. The baseline of the processor: a library goes where its host goes.
set -euo pipefail
source "$(dirname "$0")/dotnet.sh"
lock_artifacts
lib="$artifacts/lib/akashi"
sdk=$(cd "$root" && dotnet --version)
now="$sdk $(fingerprint src/Akashi src/Akashi.Linux src/Akashi.LibAudit packaging/libaudit Directory.Build.props src/Directory.Build.props \
    Directory.Packages.props global.json eng/publish-library.sh)"
if [[ -e $lib/libaudit.so.1 && $(cat "$artifacts/.published-library" 2>/dev/null) == "$now" ]]; then
    exit 0
fi

echo "build: compiling libaudit"
staged="$artifacts/dotnet/staged-library"
rm -rf "$staged"
quiet_dotnet publish "$root/src/Akashi.LibAudit/Akashi.LibAudit.csproj" -c Release -r "$rid" -v quiet -clp:NoSummary -p:DebugType=none -o "$staged"
strip --strip-unneeded "$staged/Akashi.LibAudit.so"
mkdir -p "$lib/include" "$lib/pkgconfig"
# By rename: a program that runs keeps its old file.
mv -f "$staged/Akashi.LibAudit.so" "$lib/libaudit.so.1"
ln -sf libaudit.so.1 "$lib/libaudit.so"
# One file under both names: the dynamic linker knows a file by device and inode, so that a program that needs both gets one runtime.
ln -sf libaudit.so.1 "$lib/libauparse.so.0"
ln -sf libauparse.so.0 "$lib/libauparse.so"
install -m 644 "$root"/src/Akashi.LibAudit/include/*.h "$lib/include"
install -m 644 "$root"/packaging/libaudit/{audit,auparse}.pc "$lib/pkgconfig"
install -m 644 "$root/packaging/libaudit/README.md" "$lib"
echo "$now" >"$artifacts/.published-library.$$"
mv -f "$artifacts/.published-library.$$" "$artifacts/.published-library"
