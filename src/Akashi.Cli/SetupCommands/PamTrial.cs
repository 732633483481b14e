using Akashi.Host;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>Opens a real session by PAM with changed files of /etc/pam.d before they're put in place: whoever changes PAM by mistake locks everyone out.</summary>
/// <remarks>
/// In a mount namespace of its own: a copy stands over the whole of /etc, empty directories over what sessions write to (/run, /var/log, /home). The session is first opened with the
/// files as they are, then with the changed ones: only what worked before and fails after speaks against the change. PAM writes audit records of
/// both; records of TRUSTED_APP around them say that nobody logged in.
/// </remarks>
/// <param name="machine">The machine.</param>
sealed class PamTrial(SetupMachine machine)
{
    const int FailedBefore = 3;
    const int FailedAfter = 4;

    // $1 the program, $2 where the copy goes, $3 the service, $4 the user, $5 the changed file.
    const string Script = """
        set -e
        mount -t tmpfs -o mode=0755 akashi "$2"
        cp -a /etc "$2/etc"
        cp "$5" "$2/candidate"
        mkdir "$2/empty-run" "$2/empty-log" "$2/empty-home"
        mount --bind "$2/etc" /etc
        mount --bind "$2/empty-log" /var/log
        mount --bind "$2/empty-home" /home
        program=$2/akashi
        cp "$1" "$program"
        candidate=$2/candidate
        mount --bind "$2/empty-run" /run
        "$program" setup-pam-trial "$3" "$4" || exit 3
        cat "$candidate" >"/etc/pam.d/$3"
        "$program" setup-pam-trial "$3" "$4" || exit 4
        """;

    /// <summary>Tries every changed file of /etc/pam.d.</summary>
    /// <returns>Null where there is none, or all is well; else what is wrong.</returns>
    public string? FindFault(IReadOnlyList<FileChange> changes, IReadOnlyList<string> users)
    {
        const string Directory = "/etc/pam.d/";
        foreach (FileChange change in changes.Where(change => change.Path.StartsWith(Directory, StringComparison.Ordinal) && change.After.Kind == FileStateKind.File))
        {
            if (Try(change, change.Path[Directory.Length..], users[0]) is { } fault)
                return fault;
        }

        return null;
    }

    string? Try(FileChange change, string service, string user)
    {
        string work = Directory.CreateTempSubdirectory("akashi-pam-").FullName;
        try
        {
            string candidate = work + ".file";
            machine.Files.WriteNew(candidate, FileState.File(change.After.Bytes, (UnixFileMode)0b110_000_000), like: null);
            SetupProbe.Bracket(machine.Host, "pam-trial", "begin");
            int exitCode = machine.RunProgram(
                "unshare",
                ["--mount", "--propagation", "private", "/bin/sh", "-c", Script, "sh", Environment.ProcessPath!, work, service, user, candidate]);
            SetupProbe.Bracket(machine.Host, "pam-trial", "end");
            machine.Files.Remove(candidate);
            if (exitCode == 0)
                machine.Print($"tried: a session of {service} for {user} opens with the changed {change.Path} (in a private copy of /etc)");
            return exitCode switch
            {
                0 => null,
                FailedBefore => $"a session of {service} for {user} doesn't open by PAM here even without the change: it can't be tried",
                FailedAfter => $"with the changed {change.Path} no session of {service} for {user} opens",
                _ => $"the changed {change.Path} can't be tried in a private copy of /etc (exit code {exitCode})",
            };
        }
        finally
        {
            machine.Files.RemoveDirectory(work);
        }
    }
}
