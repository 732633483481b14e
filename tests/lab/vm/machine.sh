# The machine of a trial: starts, listens, ends. Sourced by tests/lab/vm.sh, which sets place (artifacts/vm) and run (the trial's directory).
# machine_pid is QEMU's while it runs.
machine_pid=

# machine_start WORD…: boots run/disk.ext4 with these words on the kernel's command line, beside console and root.
# A panic reboots after a second. No network but the machine's own loopback.
machine_start() {
    local libraries data
    libraries=$(find "$place/tools/usr/lib" "$place/tools/lib" -type d -name '*-linux-gnu' 2>/dev/null | paste -sd:)
    data="$place/tools/usr/share"
    : >"$run/owed"
    rm -f "$run"/agent.{in,out} "$run"/monitor.{in,out}
    mkfifo "$run"/agent.{in,out} "$run"/monitor.{in,out}
    # Both directions are opened here first, for both ways: QEMU would wait for a reader otherwise.
    exec 5<>"$run/agent.in" 6<>"$run/agent.out" 7<>"$run/monitor.in" 8<>"$run/monitor.out"
    # -cpu max: the programs are published for the processor at hand, which may be x86-64-v3. Without five-level pages: under TCG the kernel
    # then reads names of files as "xxxx" (copy_from_kernel_nofault refuses every address).
    (
        export LD_LIBRARY_PATH="$libraries" PATH="$place/tools/usr/bin:$PATH"
        exec nice -n 10 qemu-system-x86_64 -nodefaults -no-user-config -display none -machine q35 -accel tcg -smp 1 -m 2048 \
            -cpu max,-la57 -L "$data/qemu" -L "$data/seabios" -L "$data/ipxe/qemu" \
            -kernel "$place/vmlinuz" -initrd "$place/initrd" \
            -append "console=ttyS0 root=/dev/vda rw panic=1 tsc=unstable mitigations=off nowatchdog $*" \
            -drive "file=$run/disk.ext4,if=none,id=disk,format=raw" -device virtio-blk-pci,drive=disk \
            -drive "file=$place/programs.ext4,if=none,id=programs,format=raw,readonly=on" -device virtio-blk-pci,drive=programs \
            -device virtio-serial-pci -chardev "pipe,id=agent,path=$run/agent" -device virtserialport,chardev=agent,name=akashi.lab \
            -chardev "pipe,id=monitor,path=$run/monitor" -mon chardev=monitor -chardev "file,id=console,path=$run/console,append=on" \
            -serial chardev:console -device virtio-rng-pci </dev/null >>"$run/qemu.log" 2>&1 5>&- 6>&- 7>&- 8>&-
    ) &
    machine_pid=$!
    say "boots with: $*"
}

# machine_await [SECONDS]: until the agent of the next boot is there.
machine_await() {
    local line deadline=$((SECONDS + ${1:-420})) began=$SECONDS
    while ((SECONDS < deadline)); do
        if IFS= read -rt 2 line <&6 && [[ $line == "=== ready"* ]]; then
: >"$run/owed"
            say "is up after $((SECONDS - began)) s"
            return 0
        fi
        kill -0 "$machine_pid" 2>/dev/null || { say "QEMU ended: $(tail -n 1 "$run/qemu.log")"; return 1; }
    done
    say "did not come up: $(tail -n 3 "$run/console" | tr '\n' ' ')"
    return 1
}

# guest COMMAND: runs it in the machine as root, without a login. Prints what it prints; its status is this one's.
# 124: no answer within guest_seconds (300); 125: the machine started anew meanwhile.
guest() {
    local line out= deadline=$((SECONDS + ${guest_seconds:-300}))
    printf '%s\n' "$(base64 -w 0 <<<"$1")" >&5
    { echo; echo "# $1"; } >>"$run/transcript"
    while ((SECONDS < deadline)); do
        # What came of a line before the time was up is in it.
        IFS= read -rt 2 line <&6 || { out+=$line; kill -0 "$machine_pid" 2>/dev/null || return 125; continue; }
        case $line in
            "=== ready"*) : >"$run/owed"; say "started anew by itself" >&2; return 125 ;;
            "=== "*) if [[ -s $run/owed ]]; then sed -i 1d "$run/owed"; out=; continue; fi ;;&
            "=== "*) base64 -d <<<"$out" | tee -a "$run/transcript"; echo "# status ${line#=== }" >>"$run/transcript"; return "${line#=== }" ;;
            *) out+=$line ;;
        esac
    done
    echo "# no answer" >>"$run/transcript"
    # It comes later, and is nobody's then. A file: this may run in a shell of its own.
    echo "$1" | head -n 1 >>"$run/owed"
    return 124
}

# The machine's mains are cut: what its kernel had not given to the disk is gone.
machine_cut() {
    kill -KILL "$machine_pid"
    wait "$machine_pid" 2>/dev/null || true
    machine_pid=
    say "its power is cut"
}

# The reset button.
machine_reset() { say "is reset"; echo system_reset >&7; }

# An orderly end, by itself or, where that takes too long, not.
machine_off() {
    local deadline=$((SECONDS + 90))
    guest 'systemctl --no-block poweroff' >/dev/null || true
    while kill -0 "$machine_pid" 2>/dev/null && ((SECONDS < deadline)); do read -rt 1 <> <(:) || true; done
    machine_end
}

# machine_gone [SECONDS]: true once the machine switched itself off.
machine_gone() {
    local deadline=$((SECONDS + ${1:-90}))
    while ((SECONDS < deadline)); do
        kill -0 "$machine_pid" 2>/dev/null || { wait "$machine_pid" 2>/dev/null || true; machine_pid=; return 0; }
        read -rt 1 <> <(:) || true
    done
    return 1
}

machine_end() {
    [[ -n $machine_pid ]] || return 0
    kill -KILL "$machine_pid" 2>/dev/null || true
    wait "$machine_pid" 2>/dev/null || true
    machine_pid=
}

# machine_reboot: as a person reboots it.
machine_reboot() {
    local status=0
    guest 'systemctl --no-block reboot' >/dev/null || status=$?
    # The next boot's agent may be there before this one's answer.
    [[ $status == 125 ]] || machine_await
}
