namespace Akashi.Live.Tests.Daemon;

/// <summary>tcp_wrappers' rules: Debian's auditd and ours let in and keep out the same machines.</summary>
public sealed class TcpWrappersLiveTests : IDisposable
{
    // The library is Debian's, unpacked beside its auditd.
    const string Beside = """
        export LD_LIBRARY_PATH="$theirs/../root/lib/x86_64-linux-gnu:$theirs/../root/usr/lib/x86_64-linux-gnu"
        ip addr add 10.9.9.3/24 dev near; ip -6 addr add fd00::7/64 dev lo; ip -6 addr add fd00::8/64 dev lo
        printf '127.0.0.1 localhost\n10.9.9.1 near.example near\nfd00::7 six.example\n' >/etc/hosts
        sed -i '/^hosts:/d' /etc/nsswitch.conf; echo 'hosts: files' >>/etc/nsswitch.conf
        sed -i 's/use_libwrap = no/use_libwrap = yes\ntcp_max_per_addr = 100\ntcp_listen_queue = 50/' "$at/etc/auditd.conf"
        rm -f /etc/hosts.allow /etc/hosts.deny
        cat >"$at/ask.py" <<'END'
        import os, socket, struct, sys
        SOURCES = ["127.0.0.1", "10.9.9.1", "10.9.9.3", "fd00::7", "fd00::8"]
        def write(path, text):
            with open(path + ".new", "w") as file:
                file.write(text + "\n" if text else "")
            os.rename(path + ".new", path)
        def ask(source, port):
            family = socket.AF_INET6 if ":" in source else socket.AF_INET
            with socket.socket(family, socket.SOCK_STREAM) as one:
                one.settimeout(20)
                one.bind((source, 0))
                try:
                    one.connect((source, port))
                    text = b"node=web type=TEST msg=audit(1626611363.720:1): from=them"
                    one.sendall(struct.pack("<IBBIHI", 0xff0000fe, 0, 0, 0, len(text), 1) + text)
                    return "yes" if len(one.recv(16)) == 16 else "no"
                except (ConnectionResetError, BrokenPipeError):
                    return "no"
                except TimeoutError:
                    return "silence"
        END

        """;

    readonly RemoteProgram _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void Our_auditd_lets_in_and_keeps_out_whom_debians_does()
    {
        _machine.Write("rules", """
            |
            |ALL: ALL
            auditd: 10.9.9.1|ALL: ALL
            auditd: 10.9.9.0/255.255.255.0|ALL: ALL
            auditd: 10.9.9.0/31|ALL: ALL
            auditd: 10.9.|ALL: ALL
            auditd: 10.9.9.?|ALL: ALL
            auditd: ALL EXCEPT 10.9.9.3|ALL: ALL
            auditd: ALL EXCEPT 10.9.9.0/24 EXCEPT 10.9.9.3|ALL: ALL
            auditd: [fd00::]/16|ALL: ALL
            auditd: [fd00::7]|ALL: ALL
            |auditd: [fd00::]/124 EXCEPT [fd00::8]
            auditd: .example|ALL: ALL
            auditd: near.example|ALL: ALL
            auditd: *.example|ALL: ALL
            auditd: LOCAL|ALL: ALL
            auditd: /etc/clients|ALL: ALL
            |ALL: UNKNOWN
            |ALL: KNOWN
            |ALL: PARANOID
            ALL EXCEPT sshd: 10.9.9.1: DENY|auditd: 127.
            sshd: ALL|auditd: 127., [fd00::7]
            auditd: ALL: severity auth.info: allow|ALL: ALL
            auditd: 10.9.9.1: twist /bin/echo no|auditd: 127.
            |auditd: 10.9.9.1: twist /bin/echo no
            |auditd ALL
            """);
        string output = _machine.Run(Beside + """
            mkdir "$at/theirs"; sed 's/port = 60/port = 61/' "$at/etc/auditd.conf" >"$at/theirs/auditd.conf"; chmod 640 "$at/theirs/auditd.conf"
            printf '10.9.9.1\n[fd00::7]\n' >/etc/clients
            receive "$ours" auditd; mine=$receiver
            "$theirs/auditd" -f -c "$at/theirs" -s nochange >/dev/null & receiver=$!
            await "grep -q ':003D 0*:0000 0A' /proc/net/tcp /proc/net/tcp6"
            cat >>"$at/ask.py" <<'END'
            for line in open(sys.argv[1] + "/rules"):
                allow, deny = line.rstrip("\n").split("|")
                write("/etc/hosts.allow", allow), write("/etc/hosts.deny", deny)
                for source in SOURCES:
                    print(ask(source, 60), ask(source, 61), source, allow, "|", deny)
            END
            python3 "$at/ask.py" "$at" >"$at/answers"
            end; receiver=$mine; end
            """);

        Assert.Equal("", output);
        string[][] answers = [.. File.ReadLines(_machine["answers"]).Select(line => line.Split(' ', 3))];
        Assert.Equal(26 * 5, answers.Length);
        Assert.DoesNotContain(answers, answer => answer[0] != answer[1]);
        Assert.InRange(answers.Count(answer => answer[1] == "yes"), 40, 90);
        Assert.Equal(answers.Length, answers.Count(answer => answer[1] is "yes" or "no"));
        Assert.Contains(File.ReadLines(_machine["received"]), line => line.StartsWith("type=DAEMON_ACCEPT ", StringComparison.Ordinal) && line.Contains("op=wrap addr=fd00::8 port=") && line.EndsWith(" res=no", StringComparison.Ordinal));
    }

    [Fact]
    public void No_program_of_a_rule_is_run_and_none_takes_auditds_place()
    {
        string output = _machine.Run(Beside + """
            receive "$ours" auditd
            state() { grep -E '^(Uid|Gid|Umask):' "/proc/$receiver/status"; }
            state >"$at/before"
            cat >>"$at/ask.py" <<'END'
            run = "touch " + sys.argv[1] + "/run-by-a-rule"
            for rule, source, expected in [
                    ("auditd: 127.0.0.1: twist " + run, "127.0.0.1", "no"), ("auditd: 127.0.0.1: twist " + run, "10.9.9.1", "yes"),
                    ("auditd: ALL: spawn " + run, "127.0.0.1", "yes"), ("auditd: ALL: spawn " + run + ": DENY", "127.0.0.1", "no"),
                    ("auditd: ALL: user nobody", "127.0.0.1", "no"), ("auditd: ALL: umask 077", "127.0.0.1", "no"), ("auditd: ALL", "127.0.0.1", "yes")]:
                write("/etc/hosts.allow", rule), write("/etc/hosts.deny", "sshd: ALL\nauditd: 10.9.9.3")
                found = ask(source, 60)
                if found != expected:
                    print(rule, source, found)
            END
            python3 "$at/ask.py" "$at" >&3
            [[ -e $at/run-by-a-rule ]] && echo 'a program was run' >&3
            state | diff "$at/before" - >&3
            end
            """);

        Assert.Equal("", output);
    }
}
