#!/usr/bin/env bash
# Downloads the packages of eng/yardsticks.txt from Debian and unpacks them into artifacts/yardsticks, once; prints that path.
# Nothing is installed. Each program gets a wrapper that finds its libraries: artifacts/yardsticks/run/NAME;
# who measures takes root/… itself with LD_LIBRARY_PATH from the file libraries, without the wrapper's shell.
#   eng/yardsticks.sh [-f]      -f fetches anew
set -euo pipefail
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
place="$root/artifacts/yardsticks"
mapfile -t packages < <(sed 's/#.*//; s/[[:space:]]*$//; /^$/d' "$root/eng/yardsticks.txt")
mkdir -p "$place"
exec 8>"$place/.lock"
flock 8
[[ ${1:-} != -f ]] || rm -f "$place/.packages"
if [[ $(cat "$place/.packages" 2>/dev/null) == "${packages[*]}" ]]; then
    echo "$place"
    exit 0
fi

rm -rf "$place"/{debs,root,run,versions}
mkdir -p "$place"/{debs,root,run}
download() { (cd "$place/debs" && apt-get download -q -o APT::Sandbox::User=root "${packages[@]}") >"$place/log" 2>&1; }
if ! download && ! { apt-get update -q >"$place/log" 2>&1 && download; }; then
    tail -n 5 "$place/log" >&2
    echo "yardsticks: cannot download Debian's packages: see above" >&2
    exit 1
fi
for package in "$place"/debs/*.deb; do
    dpkg -x "$package" "$place/root"
    dpkg-deb -f "$package" Package Version | paste -sd' ' | sed 's/Package: //; s/ Version: / /' >>"$place/versions"
done

libraries=$(find "$place/root/lib" "$place/root/usr/lib" -maxdepth 1 -type d -name '*-linux-gnu' | paste -sd:)
echo "$libraries" >"$place/libraries"
for program in "$place"/root/{sbin,usr/sbin,usr/bin,usr/lib/openssh}/*; do
    [[ -f $program && -x $program ]] || continue
    cat >"$place/run/${program##*/}" <<EOF
#!/bin/sh
# Through exec: the process is the program itself, and its pid the one that was started.
export LD_LIBRARY_PATH='$libraries'
exec '$program' "\$@"
EOF
    chmod +x "$place/run/${program##*/}"
done
rm -rf "$place/debs" "$place/log"
echo "${packages[*]}" >"$place/.packages"
echo "$place"
