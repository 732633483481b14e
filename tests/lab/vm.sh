#!/usr/bin/env bash
# Tries Akashi's service on a booted machine: Debian 12 in QEMU, its real PID 1, the kernel's audit its own.
#   tests/lab/vm.sh [--trial NAME]… [--keep]     all trials, or these
#   tests/lab/vm.sh --list                       what there is, and what each does
# By hand and as root; ./test doesn't run it: without hardware virtualisation a boot takes 20 to 80 s (minutes on a busy host), a trial 5 to 13 minutes, everything
# about half an hour. It takes the programs of artifacts/bin (./build makes them). The first run makes the machine: 3 minutes and 1 GB in artifacts/vm.
#
# Prints each case with ok or FAIL; ends with "N passed, N failed", and 1 where one failed. What was asked and answered stands in
# artifacts/vm/run/NAME/transcript, the console in .../console; --keep keeps the disk too, which is removed otherwise.
#
# A trial is tests/lab/vm/trials/NAME.sh: first lines of comment that say what it does, and a function trial(). It finds machine_* and guest
# (vm/machine.sh), case_* (vm/cases.sh) and the steps in vm/steps.sh.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
place="$root/artifacts/vm"
keep= trials=()
# shellcheck source=/dev/null
for part in cases machine steps; do source "$here/vm/$part.sh"; done

names() { (cd "$here/vm/trials" && ls) | sed 's/\.sh$//'; }
while [[ $# -gt 0 ]]; do
    case $1 in
        -h | --help) sed -n '2,/^[^#]/s/^# \{0,1\}//p' "$0"; exit 0 ;;
        --list) for name in $(names); do printf '%-10s %s\n' "$name" "$(sed -n 's/^# //p' "$here/vm/trials/$name.sh" | paste -sd' ')"; done; exit 0 ;;
        --trial) trials+=("${2:?--trial needs a name}"); shift 2 ;;
        --keep) keep=1; shift ;;
        *) echo "vm lab: unknown option '$1'; -h says what there is" >&2; exit 2 ;;
    esac
done
[[ ${#trials[@]} -gt 0 ]] || mapfile -t trials < <(names)
for name in "${trials[@]}"; do
    [[ -f $here/vm/trials/$name.sh ]] || { echo "vm lab: no trial '$name'; there are: $(names | paste -sd' ')" >&2; exit 2; }
done
"$here/vm/image.sh"

finish() {
    machine_end
    [[ -n $keep || -z ${run:-} ]] || rm -f "$run/disk.ext4"
}
trap finish EXIT
trap 'exit 1' INT TERM HUP

for name in "${trials[@]}"; do
    run="$place/run/$name"
    rm -rf --one-file-system "$run"
    mkdir -p "$run"
    cp --sparse=always "$place/base.ext4" "$run/disk.ext4"
    echo "trial $name"
    # shellcheck source=/dev/null
    source "$here/vm/trials/$name.sh"
    began=$SECONDS
    # A step that fails ends its trial, not the others.
    trial || verdict "the trial went to its end" 1 "it stopped: $run/transcript, $run/console"
    machine_end
    [[ -n $keep ]] || rm -f "$run/disk.ext4"
    echo "     $((SECONDS - began)) s"
done
echo "$passed passed, $failed failed"
[[ $failed == 0 ]]
