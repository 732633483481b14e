# Sourced by the parts of the bench: where things are, measuring, medians.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
ours="$root/artifacts/bin"
work="$root/artifacts/bench"
mkdir -p "$work"
# Every figure is taken in the plain locale and UTC: other locales make the originals look up more.
export LC_ALL=C TZ=UTC
measure=$("$root/eng/compile-c.sh" "$root/benches/measure.c")

# The middle of the numbers on stdin; of an even count the mean of the two in the middle.
median() {
    sort -g | awk '{ v[NR] = $1 } END { if (NR) printf "%.6g\n", (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2; else print "-" }'
}

# run NAME OUTPUT command…: measures once, adds the figures to $work/figures/NAME; fails with the command's exit code.
run() {
    local name=$1 output=$2
    shift 2
    "$measure" "$work/figures/last" "$output" "$@" 2>"$work/figures/stderr" || return
    cat "$work/figures/last" >>"$work/figures/$name"
    return "$(cut -d' ' -f5 "$work/figures/last")"
}

forget_figures() { rm -rf "$work/figures"; mkdir -p "$work/figures"; }

# Column of NAME's runs: 1 wall s, 2 user s, 3 sys s, 4 peak KiB; cpu is user and sys together.
figure() {
    case $2 in
        wall) awk '{ print $1 }' "$work/figures/$1" | median ;;
        cpu) awk '{ print $2 + $3 }' "$work/figures/$1" | median ;;
        peak) awk '{ print $4 }' "$work/figures/$1" | median ;;
    esac
}

# Sources the logs the bench grows from: the real ones of testdata/, unpacked once.
unpack_logs() {
    [[ $work/logs/.from -nt $root/testdata/logs.tar.gz ]] && return
    tar -xzf "$root/testdata/logs.tar.gz" -C "$work" && touch "$work/logs/.from"
}

# grown NAME RATE MB [SETTING…]: the path of a log of that many MB at RATE events a second, made when it isn't there; settings as grow.awk has them (files=80000).
grown() {
    local path="$work/$1-$3mb.log" made=$root/benches/grow.awk rate=$2 mb=$3
    shift 3
    unpack_logs
    if [[ ! $path -nt $made || ! $path -nt $work/logs/.from ]]; then
        awk -f "$made" -v bytes=$((mb * 1000000)) -v rate="$rate" -v every=20000 "${@/#/-v}" "$work/logs/kernel.log" "$work/logs/server.log" >"$path.new"
        mv "$path.new" "$path"
    fi
    echo "$path"
}
