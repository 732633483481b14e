#!/usr/bin/env bash
# Makes what the trials boot, in artifacts/vm: QEMU and debootstrap (Debian's packages, unpacked, nothing installed), a minimal
# Debian 12 as one ext4 image with its kernel and initramfs beside it (base.ext4, vmlinuz, initrd: once, 3 minutes), and a small image
# with the programs of artifacts/bin and Debian's auditd as packages (programs.ext4: each time).
#   tests/lab/vm/image.sh [-f]      -f makes all of it anew
# As root, and it needs what debootstrap needs: a mirror of Debian that apt reaches.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../../.." && pwd)
place="$root/artifacts/vm"
mapfile -t packages < <(sed 's/#.*//; s/[[:space:]]*$//; /^$/d' "$here/packages.txt")
[[ $(id -u) == 0 ]] || { echo "vm lab: needs root" >&2; exit 1; }

# What debootstrap mounts goes with this process, however it ends.
if [[ -z ${AKASHI_LAB_NAMESPACE:-} ]]; then
    AKASHI_LAB_NAMESPACE=1 exec unshare --mount --propagation private "$0" "$@"
fi
mkdir -p "$place"
[[ ${1:-} != -f ]] || rm -rf --one-file-system "${place:?}"/{.tools,.base}

# What the base image comes from: another text, another image.
made_of() { sed -n "/^make_base/,/^make_programs/p" "$here/image.sh" | cat - "$here/packages.txt" "$here/agent" "$here/lab-agent.service" | sha256sum; }

fetch() { (cd "$1" && apt-get download -q -o APT::Sandbox::User=root "${@:2}") >"$place/log" 2>&1 ||
    { tail -n 5 "$place/log" >&2; echo "vm lab: cannot download ${*:2}" >&2; exit 1; }; }

# QEMU with every library that this machine doesn't have.
unpack_tools() {
    local names package
    rm -rf --one-file-system "$place"/{tools,debs,auditd}
    mkdir -p "$place"/{tools,debs,auditd}
    mapfile -t names < <(apt-get install -s --no-install-recommends qemu-system-x86 debootstrap | awk '/^Inst/ { print $2 }')
    # Where they are installed already there is nothing to unpack; PATH finds them.
    [[ ${#names[@]} == 0 ]] || fetch "$place/debs" "${names[@]}"
    for package in "$place"/debs/*.deb; do [[ ! -e $package ]] || dpkg -x "$package" "$place/tools"; done
    rm -rf "$place/debs"
    fetch "$place/auditd" auditd libauparse0
    touch "$place/.tools"
}

make_base() {
    local tree="$place/tree" mirror include tool
    rm -rf --one-file-system "$tree" "$place"/{base.ext4,vmlinuz,initrd}
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 'Codename: bookworm' 'Created-By: Packages' 'Component: main' |
        grep -v security | head -n 1)
    include=$(IFS=,; echo "${packages[*]}")
    tool=$(PATH="$place/tools/usr/sbin:$PATH" command -v debootstrap)
    echo "vm lab: making a minimal Debian 12" >&2
    DEBOOTSTRAP_DIR="${tool%/sbin/debootstrap}/share/debootstrap" nice "$tool" --variant=minbase --include="$include" \
        bookworm "$tree" "${mirror%/}" >"$place/log" 2>&1 || { tail -n 20 "$place/log" >&2; exit 1; }
    furnish "$tree"
    cp "$tree"/boot/vmlinuz-* "$place/vmlinuz"
    cp "$tree"/boot/initrd.img-* "$place/initrd"
    truncate -s 1500M "$place/base.ext4"
    mkfs.ext4 -q -d "$tree" "$place/base.ext4"
    rm -rf --one-file-system "$tree"
    made_of >"$place/.base"
}

# What makes of a bare tree the machine of the trials: its file system, its people, the agent; and nothing at boot that takes time and does nothing here.
furnish() {
    local tree=$1 unit
    echo '/dev/vda / ext4 defaults,errors=remount-ro 0 1' >"$tree/etc/fstab"
    echo akashi-lab >"$tree/etc/hostname"
    echo '127.0.0.1 localhost akashi-lab' >"$tree/etc/hosts"
    mkdir -p "$tree/var/log/journal" "$tree/mnt/programs"
    printf 'virtio_pci\nvirtio_blk\nvirtio_console\next4\n' >"$tree/etc/initramfs-tools/modules"
    sed -i 's/^MODULES=.*/MODULES=list/' "$tree/etc/initramfs-tools/initramfs.conf"
    printf 'blacklist %s\n' kvm_amd kvm_intel powernow_k8 acpi_cpufreq >"$tree/etc/modprobe.d/lab.conf"
    chroot "$tree" update-initramfs -u >"$place/log" 2>&1
    for unit in apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer; do
        ln -sf /dev/null "$tree/etc/systemd/system/$unit"
    done
    chroot "$tree" useradd -m -s /bin/bash -u 1000 shota
    echo 'shota ALL=(ALL) NOPASSWD: ALL' >"$tree/etc/sudoers.d/shota"
    chroot "$tree" ssh-keygen -q -t ed25519 -N '' -f /root/.ssh/id_ed25519
    install -d -m 0700 -o 1000 -g 1000 "$tree/home/shota/.ssh"
    install -m 0600 -o 1000 -g 1000 "$tree/root/.ssh/id_ed25519.pub" "$tree/home/shota/.ssh/authorized_keys"
    install -m 0755 "$here/agent" "$tree/usr/local/bin/lab-agent"
    cp "$here/lab-agent.service" "$tree/etc/systemd/system/"
    ln -sf ../lab-agent.service "$tree/etc/systemd/system/multi-user.target.wants/"
}

make_programs() {
    local tree
    tree=$(mktemp -d "$place/programs.XXXXXX")
    cp -a "$root/artifacts/bin" "$tree/bin"
    cp -a "$place/auditd" "$tree/auditd"
    cp "$here"/*.py "$tree/"
    truncate -s 100M "$tree.ext4"
    mkfs.ext4 -q -d "$tree" "$tree.ext4"
    rm -rf --one-file-system "$tree"
    # In one step: another trial's machine may be about to start.
    mv "$tree.ext4" "$place/programs.ext4"
}

[[ -x $root/artifacts/bin/akashi ]] || { echo "vm lab: no programs in artifacts/bin: ./build makes them" >&2; exit 1; }
[[ -e $place/.tools ]] || unpack_tools
[[ $(cat "$place/.base" 2>/dev/null) == "$(made_of)" ]] || make_base
make_programs
