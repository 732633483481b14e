namespace Akashi.Live.Tests.Daemon;

/// <summary>akashi setup remote at both ends: machines in network namespaces.</summary>
public sealed class RemoteSetupLiveTests : IDisposable
{
    readonly RemoteProgram _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void One_command_at_each_end_sets_it_up_shows_that_it_works_and_takes_it_back()
    {
        string output = _machine.Run("""
            machine hub 0; machine web 2
            echo 1 >/proc/sys/net/ipv4/ip_forward
            for name in hub web; do
                printf '# of %s\nlocal_events = no\nlog_file = /var/log/audit/audit.log\nlog_format = RAW\nflush = NONE\nspace_left = 2\nadmin_space_left = 1\nuse_libwrap = no\n' $name >"$at/$name/audit/auditd.conf"
                chmod 640 "$at/$name/audit/auditd.conf"
            done
            mkdir -p "$at/web/sbin"; printf '#!/bin/sh\nexec "%s" audisp-remote\n' "$ours" >"$at/web/sbin/audisp-remote"; chmod 755 "$at/web/sbin/audisp-remote"
            mkdir -p "$at/web/audit/plugins.d"; printf 'active = no\npath = %s\ntype = always\nformat = string\n' "$at/web/sbin/audisp-remote" >"$at/web/audit/plugins.d/au-remote.conf"; chmod 640 "$at/web/audit/plugins.d/au-remote.conf"
            cp -a "$at/hub/audit" "$at/hub-before"; cp -a "$at/web/audit" "$at/web-before"
            on web "$ours" auditd -n -c /etc/audit -s nochange & web=$!
            on hub "$ours" auditd -n -c /etc/audit -s nochange & hub=$!
            await "[[ -S $at/web/run/akashi/control && -S $at/hub/run/akashi/control ]]"

            # Nobody listens yet: said, and nothing pretended.
            on web "$ours" setup remote --to 10.9.8.1 --yes >"$at/too-early" 2>&1; echo "$?" >>"$at/too-early"
            on web "$ours" setup remote --undo --yes >"$at/undone" 2>&1 || cat "$at/undone" >&3

            on hub "$ours" setup remote --receive --from 10.9.8.2/31 --dry-run >"$at/shown" 2>&1
            on hub "$ours" setup remote --receive --from 10.9.8.2/31 --yes >"$at/receive" 2>&1; echo "$?" >>"$at/receive"
            on web "$ours" setup remote --to 10.9.8.1 --yes >"$at/to" 2>&1; echo "$?" >>"$at/to"
            on web kill -USR1 "$(on web cat /run/audit/auditd.pid)"
            await "grep -aq '^node=web type=DAEMON_ROTATE' '$at/hub/var/log/audit/audit.log'"
            on hub "$ours" setup remote --receive --make-certificates --dry-run >"$at/plain" 2>&1
            on web "$ours" setup remote --undo --yes >"$at/undo" 2>&1; echo "$?" >>"$at/undo"
            on hub "$ours" setup remote --undo --yes >>"$at/undo" 2>&1; echo "$?" >>"$at/undo"
            diff -r "$at/hub-before" "$at/hub/audit" >&3; diff -r "$at/web-before" "$at/web/audit" >&3
            on hub grep -q ':003C 0*:0000 0A' /proc/net/tcp6 && sleep 1 && on hub grep -q ':003C 0*:0000 0A' /proc/net/tcp6 && echo 'it still listens' >&3
            kill "$(cat $at/web/run/audit/auditd.pid)" "$(cat $at/hub/run/audit/auditd.pid)"; wait "$web" "$hub"
            gone web; gone hub
            """);

        Assert.Equal("", output);
        string early = File.ReadAllText(_machine["too-early"]);
        Assert.Contains("10.9.8.1 port 60 took no record: cannot connect to 10.9.8.1 port 60: Connection refused\nhint: on 10.9.8.1: akashi setup remote --receive\n", early);
        Assert.EndsWith("\n1\n", early);
        Assert.Contains("+tcp_listen_port = 60", File.ReadAllText(_machine["shown"]));
        string receive = File.ReadAllText(_machine["receive"]);
        Assert.Contains("verified: a record that was sent to port 60 is in the log", receive);
        Assert.Contains("akashi setup remote --to hub\n", receive);
        Assert.EndsWith("\n0\n", receive);
        string to = File.ReadAllText(_machine["to"]);
        Assert.Contains("verified: 10.9.8.1 has written a record of this machine", to);
        Assert.Matches("\\naudisp-remote \\(process [0-9]+\\) is connected to 10.9.8.1\\n", to);
        Assert.EndsWith("\n0\n", to);
        Assert.Contains("who sends so is refused as soon as auditd uses TLS, and has its records wait: web\n", File.ReadAllText(_machine["plain"]));
        Assert.Equal(2, File.ReadAllText(_machine["undo"]).Split("\n0\n").Length - 1);
        string token = to[(to.IndexOf("akashi search ", StringComparison.Ordinal) + "akashi search ".Length)..][..32];
        Assert.Single(File.ReadLines(_machine["hub/var/log/audit/audit.log"]), line => line.StartsWith("node=web type=USER ", StringComparison.Ordinal) && line.Contains(token));
    }

    [Fact]
    public void Certificates_are_made_at_one_end_carried_to_the_other_and_revoked()
    {
        string output = _machine.Run("""
            machine hub 0; machine web 2; machine db 4
            echo 1 >/proc/sys/net/ipv4/ip_forward
            for name in hub web db; do
                printf 'local_events = no\nlog_file = /var/log/audit/audit.log\nlog_format = RAW\nflush = NONE\nspace_left = 2\nadmin_space_left = 1\nuse_libwrap = no\n' >"$at/$name/audit/auditd.conf"
                mkdir -p "$at/$name/sbin"; printf '#!/bin/sh\nexec "%s" audisp-remote\n' "$ours" >"$at/$name/sbin/audisp-remote"; chmod 755 "$at/$name/sbin/audisp-remote"
                printf 'active = no\npath = %s\ntype = always\nformat = string\n' "$at/$name/sbin/audisp-remote" >"$at/$name/audit/plugins.d/au-remote.conf"
                chmod 640 "$at/$name/audit/auditd.conf" "$at/$name/audit/plugins.d/au-remote.conf"
                cp -a "$at/$name/audit" "$at/$name-before"
                on $name "$ours" auditd -n -c /etc/audit -s nochange & daemons+=($!)
            done
            echo '10.9.8.1 hub' >>/etc/hosts
            await "[[ -S $at/web/run/akashi/control && -S $at/hub/run/akashi/control && -S $at/db/run/akashi/control ]]"

            on hub "$ours" setup remote --receive --make-certificates --yes >"$at/receive" 2>&1; echo "$?" >>"$at/receive"
            for name in web db; do
                on hub "$ours" setup remote --issue $name --yes >"$at/issue" 2>&1 || cat "$at/issue" >&3
                mv "$at/hub/audit/tls/issued/$name.bundle" "$at/$name/bundle"
            done
            on web "$ours" setup remote --to 10.9.8.1 --certificates "$at/web/bundle" --yes >"$at/other" 2>&1; echo "$?" >>"$at/other"
            on web "$ours" setup remote --undo --yes >"$at/undone" 2>&1 || cat "$at/undone" >&3
            for name in web db; do
                on $name "$ours" setup remote --to hub --certificates "$at/$name/bundle" --yes >"$at/to-$name" 2>&1; echo "$?" >>"$at/to-$name"
            done
            on web kill -USR1 "$(on web cat /run/audit/auditd.pid)"
            await "grep -aq '^node=web type=DAEMON_ROTATE' '$at/hub/var/log/audit/audit.log'"

            on hub "$ours" setup remote --revoke web --yes >"$at/revoke" 2>&1; echo "$?" >>"$at/revoke"
            on web kill -USR1 "$(on web cat /run/audit/auditd.pid)"
            await "grep -q 'op=remote-refused reason=tls-revoked addr=10.9.8.3 ' '$at/hub/var/log/audit/audit.log'"
            on db kill -USR1 "$(on db cat /run/audit/auditd.pid)"
            await "grep -aq '^node=db type=DAEMON_ROTATE' '$at/hub/var/log/audit/audit.log'"
            on hub "$ours" hosts --json >"$at/hosts"

            # A new one, for a machine that is set up anew.
            on hub "$ours" setup remote --issue web --yes >"$at/issue" 2>&1 || cat "$at/issue" >&3
            on web "$ours" setup remote --to hub --certificates "$at/hub/audit/tls/issued/web.bundle" --yes >"$at/anew" 2>&1; echo "$?" >>"$at/anew"
            for name in hub web db; do
                on $name "$ours" setup remote --undo --yes >"$at/undo" 2>&1 || cat "$at/undo" >&3
                diff -r "$at/$name-before" "$at/$name/audit" >&3
                kill "$(cat "$at/$name/run/audit/auditd.pid")"
            done
            wait "${daemons[@]}"
            gone hub; gone web; gone db
            """);

        Assert.Equal("", output);
        string receive = File.ReadAllText(_machine["receive"]);
        Assert.Contains("verified: a record that was sent to port 60 is in the log", receive);
        Assert.Contains("akashi setup remote --issue NAME here, and there: akashi setup remote --to hub --certificates FILE\n", receive);
        Assert.EndsWith("\n0\n", receive);
        string other = File.ReadAllText(_machine["other"]);
        Assert.Contains("it is for hub, not for 10.9.8.1\nhint: ", other);
        Assert.Contains("--make-certificates --name 10.9.8.1\n", other);
        Assert.EndsWith("\n1\n", other);
        foreach (string end in new[] { "to-web", "to-db", "anew" })
        {
            string to = File.ReadAllText(_machine[end]);
            Assert.Contains("verified: hub has written a record of this machine", to);
            Assert.DoesNotContain("BEGIN", to);
            Assert.EndsWith("\n0\n", to);
        }

        Assert.Contains("web is believed no more: auditd ends its connections", File.ReadAllText(_machine["revoke"]));
        string[] hosts = File.ReadAllLines(_machine["hosts"]);
        Assert.Equal(["db", "web"], hosts.Select(line => line.Split('"')[3]).Order(StringComparer.Ordinal));
        Assert.All(hosts, line => Assert.Contains("\"transport\":\"tls\"", line));
    }
}
