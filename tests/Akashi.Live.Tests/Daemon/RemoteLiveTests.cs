namespace Akashi.Live.Tests.Daemon;

/// <summary>auditd and audisp-remote with Debian's own (3.0.9) at the other end, in network namespaces of their own.</summary>
public sealed class RemoteLiveTests : IDisposable
{
    readonly RemoteProgram _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("mode = immediate\n")]
    [InlineData("mode = forward\n")]
    [InlineData("mode = forward\nheartbeat_timeout = 1\nlocal_port = 700\n")]
    [InlineData("format = ascii\n")]
    public void Debians_sender_and_our_receiver(string configuration)
    {
        _machine.Configure(configuration);
        string output = _machine.Run("""
            receive "$ours" auditd
            (records 1 300 them; await 'received 300') | "$theirs/audisp-remote"
            end
            """);

        Assert.Equal("", output);
        Assert.Equal(Records(1, 300, "them"), Received());
        Assert.Contains(File.ReadLines(_machine["received"]), line => line.StartsWith("type=DAEMON_ACCEPT ", StringComparison.Ordinal) && line.Contains(": addr=127.0.0.1 port=") && line.EndsWith(" res=success", StringComparison.Ordinal));
        Assert.Contains(File.ReadLines(_machine["received"]), line => line.StartsWith("type=DAEMON_CLOSE ", StringComparison.Ordinal));
        Assert.DoesNotContain(File.ReadLines(_machine["received"]), line => line.StartsWith("type=DAEMON_ERR ", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("mode = immediate\n")]
    [InlineData("mode = forward\n")]
    [InlineData("mode = forward\nheartbeat_timeout = 1\nlocal_port = 700\n")]
    public void Our_sender_and_Debians_receiver(string configuration)
    {
        _machine.Configure(configuration);
        string output = _machine.Run("""
            receive "$theirs/auditd"
            (records 1 300 us; await 'received 300') | send
            end
            """);

        Assert.Equal("", output);
        Assert.Equal(Records(1, 300, "us"), Received());
    }

    // Debian's auditd 3.0.9 takes no lines, not even from its own sender.
    [Fact]
    public void Our_sender_and_our_receiver_with_lines()
    {
        _machine.Configure("format = ascii\n");
        string output = _machine.Run("""
            receive "$ours" auditd
            (records 1 300 us; await 'received 300') | send
            end
            """);

        Assert.Equal("", output);
        Assert.Equal(Records(1, 300, "us"), Received());
    }

    [Fact]
    public void The_queues_file_goes_to_and_fro_between_us_and_Debians()
    {
        _machine.Configure("mode = forward\n");
        string output = _machine.Run("""
            records 1 4 us | send
            records 5 8 them | "$theirs/audisp-remote"
            receive "$ours" auditd
            (records 9 9 us; await 'received 9') | send
            end
            records 10 13 them | "$theirs/audisp-remote"
            records 14 17 us | send
            receive "$theirs/auditd"
            (records 18 18 them; await 'received 18') | "$theirs/audisp-remote"
            end
            """);

        Assert.Equal("", output);
        Assert.Equal(
            [.. Records(1, 4, "us"), .. Records(5, 8, "them"), .. Records(9, 9, "us"), .. Records(10, 13, "them"), .. Records(14, 17, "us"), .. Records(18, 18, "them")],
            Received());
    }

    [Theory]
    [InlineData("compress = no\n", false)]
    [InlineData("", false)]
    [InlineData("", true)]
    public void A_receiver_that_is_killed_and_comes_back_gets_every_record(string lines, bool isSecured)
    {
        Configure("mode = forward\nqueue_depth = 2000\n" + lines, isSecured);
        string output = _machine.Run("""
            receive "$ours" auditd
            (for ((part = 0; part < 10; part++)); do records $((part * 100 + 1)) $((part * 100 + 100)) us; sleep 0.2; done; await 'received 1000') | send &
            sender=$!
            for ((kills = 0; kills < 5; kills++)); do
                await "received $((kills * 100 + 50))"
                kill -9 "$receiver"; wait "$receiver"
                receive "$ours" auditd
            done
            wait "$sender"
            end
            """);

        Assert.Equal("", output);
        Assert.Equal(Records(1, 1000, "us"), Received().Distinct());
    }

    [Theory]
    [InlineData("compress = no\n", false)]
    [InlineData("", false)]
    [InlineData("", true)]
    public void A_sender_that_is_killed_sends_the_rest_when_it_comes_back(string lines, bool isSecured)
    {
        Configure("mode = forward\nqueue_depth = 2000\n" + lines, isSecured);
        string output = _machine.Run("""
            mkfifo "$at/fifo"
            receive "$ours" auditd
            for ((part = 0; part < 10; part++)); do
                "$ours" audisp-remote <"$at/fifo" & sender=$!
                exec 4>"$at/fifo"
                records $((part * 100 + 1)) $((part * 100 + 100)) us >&4

                # All of them are in the file, and not all are sent.
                await "received $((part * 100 + 1))"
                await "[[ \$(grep -ac ':$((part * 100 + 100)))' '$at/queue') -ge 1 ]]"
                kill -9 "$sender"; wait "$sender"
                exec 4>&-
            done
            (sleep 1; await 'received 1000') | send
            end
            """);

        Assert.Equal("", output);
        Assert.Equal(Records(1, 1000, "us"), Received().Distinct());
    }

    [Fact]
    public void A_machine_that_lost_its_power_is_let_back_in_though_its_old_connection_looks_alive()
    {
        string output = _machine.Run("""
            receive "$ours" auditd
            boot() {
                unshare --net sleep 100 & client=$!
                await '[[ $(readlink /proc/$client/ns/net) != $(readlink /proc/self/ns/net) ]]'
                ip link add left type veth peer name right && ip addr add 10.9.8.1/24 dev left && ip link set left up
                ip link set right netns "$client"
                nsenter --net="/proc/$client/ns/net" ip addr add 10.9.8.2/24 dev right
                nsenter --net="/proc/$client/ns/net" ip link set right up
            }
            connect() {
                nsenter --net="/proc/$client/ns/net" python3 -c '
            import socket, sys
            s = socket.create_connection(("10.9.8.1", 60), timeout=5)
            s.sendall(b"node=web type=TEST msg=audit(1626611363.720:%s): from=%s\n" % (sys.argv[1].encode(), sys.argv[2].encode()))
            try:
                s.settimeout(int(sys.argv[3]))
                s.recv(1)
            except OSError:
                pass
            ' "$@"
            }
            connect_on() { connect "$@" & machine=$!; }
            boot
            connect_on 1 first 100
            await 'received 1'

            # Nothing of it says goodbye: the cable goes first, then the machine.
            ip link del left
            kill -9 "$client" $(pgrep -P "$machine") "$machine"; wait "$client" "$machine"
            grep -c ':003C .* 01 ' /proc/net/tcp6 >"$at/established"
            boot
            connect 2 second 6
            await 'received 2'
            kill "$client"
            end
            """);

        Assert.Equal("", output);
        Assert.Equal("1\n", File.ReadAllText(_machine["established"]));
        Assert.DoesNotContain(File.ReadLines(_machine["received"]), line => line.Contains("op=dup"));
        Assert.Equal([.. Records(1, 1, "first"), .. Records(2, 2, "second")], Received());
    }

    void Configure(string lines, bool isSecured)
    {
        string keys = isSecured ? $"transport = tls\ntls_psk_file = {_machine["psk"]}\ntls_psk_identity = web\n" : "";
        _machine.Write("psk", new string('5', 64) + "\n");
        _machine.Write("etc/auditd.conf", RemoteProgram.Receive + $"log_file = {_machine["log/audit.log"]}\n{keys}");
        _machine.Configure(lines + keys);
    }

    static IEnumerable<string> Records(int first, int last, string from) =>
        Enumerable.Range(first, last - first + 1).Select(serial => $"node=web type=TEST msg=audit(1626611363.720:{serial}): from={from}");

    IEnumerable<string> Received() => File.ReadLines(_machine["received"]).Where(line => line.StartsWith("node=", StringComparison.Ordinal));
}
