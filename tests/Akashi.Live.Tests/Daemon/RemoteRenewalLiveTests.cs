namespace Akashi.Live.Tests.Daemon;

/// <summary>akashi setup remote --renew-authority between machines in network namespaces, over TLS, while they send.</summary>
public sealed class RemoteRenewalLiveTests : IDisposable
{
    readonly RemoteProgram _machine = new();

    public void Dispose() => _machine.Dispose();

    [Fact]
    public void An_authority_is_renewed_while_machines_send_and_who_was_forgotten_is_told_and_mended()
    {
        string output = _machine.Run("""
            machine hub 0; machine web 2; machine db 4
            echo 1 >/proc/sys/net/ipv4/ip_forward
            for name in hub web db; do
                printf 'local_events = no\nlog_file = /var/log/audit/audit.log\nlog_format = RAW\nflush = NONE\nspace_left = 2\nadmin_space_left = 1\nuse_libwrap = no\n' >"$at/$name/audit/auditd.conf"
                mkdir -p "$at/$name/sbin"; printf '#!/bin/sh\nexec "%s" audisp-remote\n' "$ours" >"$at/$name/sbin/audisp-remote"; chmod 755 "$at/$name/sbin/audisp-remote"
                printf 'active = no\npath = %s\ntype = always\nformat = string\n' "$at/$name/sbin/audisp-remote" >"$at/$name/audit/plugins.d/au-remote.conf"
                chmod 640 "$at/$name/audit/auditd.conf" "$at/$name/audit/plugins.d/au-remote.conf"
                on $name "$ours" auditd -n -c /etc/audit -s nochange & daemons+=($!)
            done
            echo '10.9.8.1 hub' >>/etc/hosts
            await "[[ -S $at/web/run/akashi/control && -S $at/hub/run/akashi/control && -S $at/db/run/akashi/control ]]"
            setup() { local machine=$1 name=$2; shift 2; on $machine "$ours" setup remote "$@" --yes >"$at/$name" 2>&1; echo "$?" >>"$at/$name"; }
            issue() { setup hub issue-$1 --issue $1; rm -f "$at/$1/bundle"; mv "$at/hub/audit/tls/issued/$1.bundle" "$at/$1/bundle"; }
            log="$at/hub/var/log/audit/audit.log"
            # A record of its own, and it there: how often it rotated says which.
            send_one() { on $1 kill -USR1 "$(on $1 cat /run/audit/auditd.pid)"; }
            has() { await "[[ \$(grep -ac '^node=$1 type=DAEMON_ROTATE' '$log') == $2 ]]"; }
            sender() { sed -n 's/^pid = //p' "$at/$1/run/audit/remote.state"; }

            setup hub receive --receive --make-certificates
            for name in web db; do issue $name; setup $name to-$name --to hub --certificates "$at/$name/bundle"; done
            setup hub renew --renew-authority
            for name in web db; do send_one $name; has $name 1; done
            setup hub early --renew-authority

            # One has a new bundle, the other the former one: both come anew, and are let in.
            issue web; setup web again --to hub --certificates "$at/web/bundle"
            on db kill -9 "$(sender db)"
            for name in web db; do send_one $name; has $name 2; done

            # db's is made, and forgotten.
            issue db; setup hub end --renew-authority
            on db kill -9 "$(sender db)"
            send_one web; has web 3; send_one db
            await "grep -q '^refusal = .*certificate is refused: ' '$at/db/run/audit/remote.state'"
            await "grep -q 'op=remote-refused reason=tls-refused addr=10.9.8.5 ' '$log'"
            on db "$ours" doctor >"$at/doctor-db" 2>&1
            on hub "$ours" doctor >"$at/doctor-hub" 2>&1
            setup db mended --to hub --certificates "$at/db/bundle"
            has db 3
            on db "$ours" doctor >"$at/doctor-mended" 2>&1
            for name in hub web db; do kill "$(cat "$at/$name/run/audit/auditd.pid")"; done
            wait "${daemons[@]}"
            gone hub; gone web; gone db
            """);

        Assert.Equal("", output);
        foreach (string good in new[] { "receive", "to-web", "to-db", "renew", "again", "end", "mended" })
            Assert.EndsWith("\n0\n", Read(good));
        Assert.Contains("verified: a record that was sent to port 60 is in the log", Read("renew"));
        Assert.Contains("both authorities are believed now. For each of db, web:\n", Read("renew"));
        Assert.Contains("there: akashi setup remote --to hub --certificates FILE\n", Read("renew"));
        Assert.Contains("these have no certificate of the new authority yet, and would be refused: db, web\n", Read("early"));
        Assert.EndsWith("\n1\n", Read("early"));
        Assert.Contains("verified: a record that was sent to port 60 is in the log", Read("end"));
        Assert.Contains("hub takes no records of this machine since ", Read("doctor-db"));
        Assert.Contains("on hub: akashi setup remote --issue NAME; here: akashi setup remote --to hub --certificates FILE", Read("doctor-db"));
        Assert.Contains("(tls-refused)", Read("doctor-hub"));
        Assert.Contains("10.9.8.5 ", Read("doctor-hub"));
        Assert.Contains("verified: hub has written a record of this machine", Read("mended"));
        Assert.DoesNotContain("takes no records", Read("doctor-mended"));
        foreach (string name in new[] { "web", "db" })
            Assert.Equal(3, File.ReadLines(_machine["hub/var/log/audit/audit.log"]).Count(line => line.StartsWith($"node={name} type=DAEMON_ROTATE", StringComparison.Ordinal)));
    }

    string Read(string name) => File.ReadAllText(_machine[name]);
}
