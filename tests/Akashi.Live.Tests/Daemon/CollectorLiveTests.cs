using Akashi.Testing;

namespace Akashi.Live.Tests.Daemon;

/// <summary>A collector and the machines that send to it: network namespaces, ours and Debian's own programs (3.0.9).</summary>
public sealed class CollectorLiveTests : IDisposable
{
    // As in articles on the subject: what story 2 has people paste.
    const string PastedSender = """
        printf 'remote_server = 10.9.8.0\nport = 60\ntransport = tcp\n' >"$at/web/audit/audisp-remote.conf"
        printf 'active = yes\ndirection = out\npath = %s\ntype = always\nformat = string\n' "$plugin" >"$at/web/audit/plugins.d/au-remote.conf"
        printf 'local_events = no\nlog_file = /var/log/audit/audit.log\nlog_format = ENRICHED\nname_format = HOSTNAME\nflush = NONE\nspace_left = 2\nadmin_space_left = 1\n' >"$at/web/audit/auditd.conf"

        """;

    const string PastedReceiver = "tcp_listen_port = 60\ntcp_listen_queue = 5\ntcp_max_per_addr = 1\n##tcp_client_ports = 1024-65535\ntcp_client_max_idle = 0\n";

    readonly RemoteProgram _machine = new();

    public void Dispose() => _machine.Dispose();

    [Theory]
    [InlineData("theirs", "ours")]
    [InlineData("ours", "theirs")]
    [InlineData("ours", "ours")]
    public void The_lines_that_people_paste_work_whoevers_programs_read_them(string sender, string receiver)
    {
        _machine.Write("etc/auditd.conf", RemoteProgram.Receive.Replace("tcp_listen_port = 60\n", PastedReceiver, StringComparison.Ordinal) + $"log_file = {_machine["log/audit.log"]}\n");
        string output = _machine.Run($$"""
            mkdir -p "$at/web/audit/plugins.d" "$at/bin"
            printf '#!/bin/sh\nexec "{{(sender == "ours" ? "$ours\" audisp-remote" : "$theirs/audisp-remote\"")}}\n' >"$at/bin/audisp-remote"
            sed -i "s|\$ours|$ours|; s|\$theirs|$theirs|" "$at/bin/audisp-remote"
            chmod 755 "$at/bin/audisp-remote"
            plugin=$at/bin/audisp-remote
            {{PastedSender}}
            machine web 0
            chmod 750 "$at/web/audit/plugins.d"
            collect {{(receiver == "ours" ? "\"$ours\" auditd" : "\"$theirs/auditd\"")}}
            on web {{(sender == "ours" ? "\"$ours\" auditd" : "\"$theirs/auditd\"")}} -n -c /etc/audit & daemon=$!
            await "grep -aq '^node=web type=DAEMON_START' '$at/log/audit.log'"
            pkill -TERM -P "$daemon"; kill "$daemon"; wait "$daemon"
            gone web
            end
            """);

        Assert.Equal("", output);
        string[] lines = File.ReadAllLines(_machine["log/audit.log"]);
        Assert.Single(lines, line => line.StartsWith("node=web type=DAEMON_START ", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("type=DAEMON_ACCEPT ", StringComparison.Ordinal) && line.Contains("10.9.8.1 port=") && line.EndsWith("res=success", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Category", "Long")]
    public void Both_ends_killed_fifty_times_have_every_record_once_and_in_order()
    {
        _machine.Configure("mode = forward\nqueue_depth = 8000\n");
        _machine.Write("etc/akashi.conf", "node_rate = 600\nnode_burst = 40\n");
        string output = _machine.Run("""
            # The queue has them all before the first kill: what a killed sender had not put there yet nobody accepted.
            records 1 6000 us | send
            mkfifo "$at/fifo"; exec 4<>"$at/fifo"
            collect "$ours" auditd
            "$ours" audisp-remote <"$at/fifo" & sender=$!
            for ((kills = 1; kills <= 50; kills++)); do
                await "collected $((kills * 60 + RANDOM % 50))"
                kill -9 "$receiver"; wait "$receiver"
                collect "$ours" auditd
                await "collected $((kills * 60 + 50 + RANDOM % 10))"
                kill -9 "$sender"; wait "$sender"
                "$ours" audisp-remote <"$at/fifo" & sender=$!
            done
            for ((turn = 0; turn < 10; turn++)); do collected 6000 && break; await 'collected 6000'; done 3>/dev/null
            sleep 0.5
            kill "$sender"; wait "$sender"
            end
            """, TimeSpan.FromMinutes(5));

        Assert.Equal("", output);
        string[] lines = [.. File.ReadAllLines(_machine["log/audit.log"]).Where(line => line.StartsWith("node=", StringComparison.Ordinal))];
        Assert.Equal(Records(1, 6000), lines);
    }

    [Fact]
    public void A_cable_that_is_cut_for_longer_than_the_queue_holds_costs_nothing()
    {
        _machine.Configure("");
        string output = _machine.Run("""
            machine web 0
            printf 'remote_server = 10.9.8.0\nmode = forward\nqueue_file = /var/spool/audit/remote.log\nqueue_depth = 100\nnetwork_failure_action = warn_once\nmax_time_per_record = 1\nheartbeat_timeout = 1\n' >"$at/web/audit/audisp-remote.conf"
            chmod 640 "$at/web/audit/audisp-remote.conf"
            collect "$ours" auditd
            mkfifo "$at/fifo"; exec 4<>"$at/fifo"
            on web "$ours" audisp-remote <"$at/fifo" & sender=$!
            records 1 50 us >&4
            await 'collected 50'
            ip link set to-web down
            (records 51 40000 us >&4; touch "$at/given") & giving=$!
            await "[[ \$(grep -ac 'from=us' '$at/web/var/spool/audit/remote.log') -ge 100 ]]"
            sleep 3
            [[ -e $at/given ]] && echo 'all were taken though nobody can have them' >&3
            ip link set to-web up
            wait "$giving"
            await 'collected 40000'
            pkill -TERM -P "$sender"; kill "$sender"; wait "$sender"
            gone web
            end
            """);

        Assert.Equal("", output);
        Assert.Equal(Records(1, 40000), File.ReadAllLines(_machine["log/audit.log"]).Where(line => line.StartsWith("node=", StringComparison.Ordinal)));
    }

    // As akashi setup remote leaves it: mode = forward, queue_file and queue_depth (2048 records, 24 MiB) by default.
    [Fact]
    public void A_senders_disk_that_is_full_costs_no_record_once_the_queue_has_its_room()
    {
        _machine.Configure("");
        string output = _machine.Run("""
            machine web 0
            printf 'remote_server = 10.9.8.0\nmode = forward\nheartbeat_timeout = 15\nnetwork_failure_action = warn_once\n' >"$at/web/audit/audisp-remote.conf"
            chmod 640 "$at/web/audit/audisp-remote.conf"
            on web mount -t tmpfs -o size=8m none /var/spool/audit

            # No room for the queue: said, and nothing is left that would be in the way later.
            records 1 1 us | on web "$ours" audisp-remote 2>"$at/no-room"; echo "$?" >>"$at/no-room"
            [[ $(on web stat -c %s /var/spool/audit/remote.log) == 0 ]] || echo 'half a queue is left' >&3
            on web mount -o remount,size=26m /var/spool/audit
            mkfifo "$at/fifo"; exec 4<>"$at/fifo"
            on web "$ours" audisp-remote <"$at/fifo" & sender=$!
            await "on web test -s /var/spool/audit/remote.log"
            on web bash -c 'head -c 30000000 /dev/zero >/var/spool/audit/other' 2>/dev/null
            [[ $(on web stat -f -c %a /var/spool/audit) == 0 ]] || echo 'the disk is not full' >&3
            records 1 2000 us >&4
            await "[[ \$(on web grep -ac 'from=us' /var/spool/audit/remote.log) -ge 2000 ]]"
            collect "$ours" auditd
            await 'collected 2000'
            (records 2001 4000 us >&4) & await 'collected 4000'; wait "$!"
            pkill -TERM -P "$sender"; kill "$sender"; wait "$sender"
            gone web
            end
            """);

        Assert.Equal("", output);
        Assert.Contains("No space left on device", File.ReadAllText(_machine["no-room"]));
        Assert.Equal(Records(1, 4000), File.ReadAllLines(_machine["log/audit.log"]).Where(line => line.StartsWith("node=", StringComparison.Ordinal)));
    }

    [Fact]
    public void Several_machines_have_logs_of_their_own_and_none_has_anothers()
    {
        _machine.Write("etc/akashi.conf", $"node_log_dir = {_machine["nodes"]}\nnode_silent_after = 3\nnode_from = 10.9.8.0/29\n");
        string output = _machine.Run("""
            machine web 0; machine db 2; machine evil 4; machine far 8
            for name in web db evil far; do
                printf 'remote_server = %s\nheartbeat_timeout = 1\nnetwork_failure_action = warn_once\n' "$(on $name ip route show default | cut -d' ' -f3)" >"$at/$name/audit/audisp-remote.conf"
                chmod 640 "$at/$name/audit/audisp-remote.conf"
            done
            collect "$ours" auditd
            from() { for ((serial = $2; serial <= $3; serial++)); do echo "node=$1 type=TEST msg=audit(1626611363.720:$serial): from=$4"; done; }
            (from web 1 100 web; sleep 5) | on web "$ours" audisp-remote & web=$!
            (from db 1 100 db; sleep 5) | on db "$theirs/audisp-remote" & db=$!
            await 'collected 200'
            from web 1 7 evil | on evil "$ours" audisp-remote
            from ../../etc 1 3 evil | on evil "$ours" audisp-remote
            from far 1 3 far | on far "$ours" audisp-remote
            "$ours" hosts --json >"$at/hosts"
            "$ours" search --input "$at/nodes" --format raw raw.from=db >"$at/found"
            wait "$web" "$db"
            await "grep -q 'op=node-silent node=db' '$at/log/audit.log' && grep -q 'op=node-silent node=web' '$at/log/audit.log'"
            "$ours" hosts --silent >"$at/silent"; echo "$?" >>"$at/silent"
            "$ours" hosts --forget web || echo 'not forgotten' >&3
            "$ours" hosts --forget nobody 2>"$at/unknown"
            from web 8 9 heir | on evil "$ours" audisp-remote
            await 'collected 212'
            gone web; gone db; gone evil; gone far
            end
            """);

        Assert.Equal("", output);
        Assert.Equal(["%2e.%2f..%2fetc", "@10.9.8.5", "db", "web"], Directory.EnumerateDirectories(_machine["nodes"]).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        Assert.Equal([.. Records(1, 100, "web", "web"), .. Records(8, 9, "web", "heir")], Node("web"));
        Assert.Equal(Records(1, 100, "db", "db"), Node("db"));
        Assert.Equal(Records(1, 7, "web", "evil"), Node("@10.9.8.5"));
        Assert.Equal(Records(1, 3, "../../etc", "evil"), Node("%2e.%2f..%2fetc"));
        Assert.Equal(Records(1, 100, "db", "db"), File.ReadLines(_machine["found"]));
        string log = File.ReadAllText(_machine["log/audit.log"]);
        Assert.Contains("op=node-foreign node=web owner=10.9.8.1 addr=10.9.8.5 ", log);
        Assert.Contains(" count=7 res=failed", log);
        Assert.Contains("op=from addr=10.9.8.9 ", log);
        Assert.DoesNotContain("from=", log.Replace("op=from addr=10.9.8.9", "", StringComparison.Ordinal));
        string[] hosts = File.ReadAllLines(_machine["hosts"]);
        Assert.Contains(hosts, line => line.StartsWith("{\"node\":\"db\",\"sender\":\"10.9.8.3\",\"address\":\"10.9.8.3\",\"transport\":\"tcp\",\"program\":\"original\"", StringComparison.Ordinal) && line.Contains("\"records\":100,"));
        Assert.Contains(hosts, line => line.StartsWith("{\"node\":\"web\",\"sender\":\"10.9.8.1\",\"address\":\"10.9.8.1\",\"transport\":\"tcp\",\"program\":\"akashi ", StringComparison.Ordinal) && line.Contains("\"clock_behind_ms\":"));
        string silent = File.ReadAllText(_machine["silent"]);
        Assert.Contains("db ", silent);
        Assert.Contains("silent", silent);
        Assert.EndsWith("\n1\n", silent);
        Assert.Equal("akashi hosts: no host nobody is known\n", File.ReadAllText(_machine["unknown"]));
    }

    static IEnumerable<string> Records(int first, int last, string node = "web", string from = "us") =>
        Enumerable.Range(first, last - first + 1).Select(serial => $"node={node} type=TEST msg=audit(1626611363.720:{serial}): from={from}");

    string[] Node(string directory) => File.ReadAllLines(Path.Combine(_machine["nodes"], directory, "audit.log"));
}
