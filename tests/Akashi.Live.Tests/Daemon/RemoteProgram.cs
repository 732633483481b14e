using System.Diagnostics;
using Akashi.Testing;

namespace Akashi.Live.Tests.Daemon;

/// <summary>A machine of its own for remote logging: network and mount namespaces with a /run and an /etc/audit of the test's.</summary>
/// <remarks>
/// What runs in it is a shell script; <c>$ours</c> is our program, <c>$theirs</c> the directory of Debian's own. No daemon in it reads the kernel (local_events = no).
/// </remarks>
sealed class RemoteProgram : IDisposable
{
    public const string Receive = "local_events = no\nlog_format = RAW\nflush = NONE\nmax_log_file = 8\nnum_logs = 2\nspace_left = 2\nadmin_space_left = 1\ntcp_listen_port = 60\nuse_libwrap = no\n";

    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(120);

    readonly TemporaryFolder _folder = new();

    public RemoteProgram()
    {
        Directory.CreateDirectory(_folder["etc"]);
        Directory.CreateDirectory(_folder["run/audit"]);
        Directory.CreateDirectory(_folder["log"]);
        Write("etc/auditd.conf", Receive + $"log_file = {_folder["log/audit.log"]}\n");
        Configure("");
    }

    public string this[string name] => _folder[name];

    /// <summary>Writes audisp-remote.conf: these lines behind those that say where.</summary>
    public void Configure(string lines) => Write("etc/audisp-remote.conf",
        $"remote_server = 127.0.0.1\nqueue_file = {_folder["queue"]}\nqueue_depth = 500\nnetwork_failure_action = warn_once\n{lines}\n");

    public void Write(string name, string text)
    {
        File.WriteAllText(_folder[name], text);
        File.SetUnixFileMode(_folder[name], UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <summary>Runs a script to its end, and gives what it wrote.</summary>
    public string Run(string script, TimeSpan? limit = null)
    {
        string debian = RepositoryFiles.PathOf("artifacts", "yardsticks", "run");
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "namespaces need root");
        Assert.SkipUnless(File.Exists(Path.Combine(debian, "audisp-remote")), "Debian's own tools aren't there: eng/yardsticks.sh fetches them");
        Write("script", Before + script);
        var start = new ProcessStartInfo(
            "unshare", ["--mount", "--net", "--propagation", "private", "bash", _folder["script"], _folder.Path, AuditdProgram.Program, debian])
        {
            RedirectStandardOutput = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(limit ?? s_limit))
        {
            process.Kill(entireProcessTree: true);
            Assert.Fail("the script does not end");
        }

        return output.Result;
    }

    public void Dispose() => _folder.Dispose();

    // The machine's /etc stays as it is: an overlay of the test's own lies over it.
    const string Before = """
        at=$1 ours=$2 theirs=$3
        exec 3>&1 2>>"$at/errors"
        ip link set lo up

        # Resolvers look for the machine's own addresses where there is one beside the loopback address.
        ip link add near type veth peer name far && ip addr add 10.9.9.1/24 dev near && ip link set near up
        mount --bind "$at/run" /run
        mkdir -p "$at/work"
        mount -t tmpfs none "$at/work" && mkdir "$at/work/u" "$at/work/w" && mount -t overlay -o lowerdir=/etc,upperdir="$at/work/u",workdir="$at/work/w" none /etc
        mkdir -p /etc/audit && cp "$at/etc/audisp-remote.conf" /etc/audit/
        await() { for ((turn = 0; turn < 400; turn++)); do eval "$1" && return 0; sleep 0.05; done; echo "await: $1" >&3; return 1; }
        listens() { grep -q ':003C 0*:0000 0A' /proc/net/tcp /proc/net/tcp6; }
        receive() { "$@" -f -c "$at/etc" -s nochange >>"$at/received" & receiver=$!; await listens; }
        end() { kill "$receiver"; wait "$receiver"; }
        records() { for ((serial = $1; serial <= $2; serial++)); do echo "node=web type=TEST msg=audit(1626611363.720:$serial): from=$3"; done; }


        # A machine of its own: network, /run, /etc/audit, /var; reached from here over 10.9.8.N. What runs there: on NAME COMMAND.
        declare -A machines
        machine() {
            mkdir -p "$at/$1/run/audit" "$at/$1/audit/plugins.d" "$at/$1/var/lib" "$at/$1/var/log/audit" "$at/$1/var/spool/audit"
            chmod 700 "$at/$1/var/log/audit"
            unshare --mount --net --uts --propagation private bash -c 'hostname "$2"; mount --bind "$1/$2/run" /run; mount --bind "$1/$2/audit" /etc/audit; mount --bind "$1/$2/var" /var; touch "$1/$2/ready"; exec sleep 1000' - "$at" "$1" &
            machines[$1]=$!
            await "[[ -e $at/$1/ready ]]"
            ip link add "to-$1" type veth peer name out netns "${machines[$1]}" && ip addr add "10.9.8.$2/31" dev "to-$1" && ip link set "to-$1" up
            on "$1" ip link set lo up
            on "$1" ip addr add "10.9.8.$(($2 + 1))/31" dev out && on "$1" ip link set out up && on "$1" ip route add default via "10.9.8.$2"
            chmod 640 "$at/$1"/audit/*.conf "$at/$1"/audit/plugins.d/* 2>/dev/null
        }
        on() { local name=$1; shift; nsenter --mount --net --uts -t "${machines[$name]}" "$@"; }
        gone() { kill "${machines[$1]}"; wait "${machines[$1]}"; }
        # Our auditd with its log, from the background; the original's likewise.
        collect() { "$@" -n -c "$at/etc" -s nochange & receiver=$!; await listens; }
        collected() { [[ $(cat "$at"/log/audit.log* "$at"/nodes/*/audit.log* 2>/dev/null | grep -c "from=") -ge $1 ]]; }
        received() { [[ $(grep -c "from=" "$at/received") -ge $1 ]]; }
        send() { "$ours" audisp-remote; }

        """;
}
