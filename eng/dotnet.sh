# Sourced by the scripts of eng/: where things are, and how dotnet is run here. Sets root, artifacts, rid.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
artifacts="$root/artifacts"
case $(uname -m) in
    x86_64) rid=linux-x64 ;;
    aarch64) rid=linux-arm64 ;;
    *) echo "build: no native compiler for $(uname -m)" >&2; exit 1 ;;
esac

export HOME="${HOME:-$(getent passwd "$(id -u)" | cut -d: -f6)}"
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1
# No process outlives the command that started it.
export MSBUILDDISABLENODEREUSE=1 DOTNET_CLI_USE_MSBUILD_SERVER=0 UseSharedCompilation=false
# The SDK alone is enough: without ICU it would refuse to start.
export DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=1

if ! command -v dotnet >/dev/null; then
    echo "build: cannot find dotnet" >&2
    echo "hint: install the .NET SDK 10 and put it on PATH" >&2
    exit 1
fi

# One build at a time in this working copy, however many are started. Descriptor 9 stays open as long as the script
# runs; what the script starts gets 9>&- so that nothing else can keep the lock.
lock_artifacts() {
    mkdir -p "$artifacts"
    exec 9>"$artifacts/.lock"
    flock 9
}

# Runs dotnet quietly; shows what it said only when it fails.
quiet_dotnet() {
    local log status=0
    log=$(mktemp)
    dotnet "$@" >"$log" 2>&1 9>&- || status=$?
    [[ $status == 0 ]] || cat "$log" >&2
    rm -f "$log"
    return $status
}

# One line that changes whenever a file below the given paths does: name, size or time of change.
fingerprint() {
    # A path that isn't there yet is no fault: it changes the line when it comes.
    (cd "$root" && { find "$@" -type f -printf '%p %s %T@\n' 2>/dev/null || true; } | LC_ALL=C sort | sha256sum | cut -d' ' -f1)
}
