using System.Globalization;
using Akashi.Control;

namespace Akashi.Health;

/// <summary>Whether logins are recorded that are meant to be.</summary>
static class RecorderFinding
{
    const string Name = "recorder";
    const long Megabyte = 1 << 20;
    const string Log = "journalctl -u akashi-recorder";

    public static Finding? Of(HealthFacts facts)
    {
        if (!facts.IsRecorderUsed)
            return null;
        if (facts.Recorder is not { } recorder || recorder.IsEnded || !facts.IsRecorderAlive)
            return Finding.Problem(Name, "akashi recorder doesn't run", "who logs in now isn't recorded, or not let in where policy = strict", "systemctl start akashi-recorder");
        if (facts.Now - recorder.Seen > RecorderStatus.AgeMax)
            return Finding.Problem(Name, Text($"akashi recorder (process {recorder.Pid}) hangs: nothing was heard of it for {(facts.Now - recorder.Seen).TotalSeconds:0} s"), "who logs in now isn't recorded", "systemctl restart akashi-recorder (sessions go on)");
        if (recorder.Fault.Length > 0)
            return Finding.Problem(Name, Text($"nothing can be recorded: {recorder.Fault}"), "who logs in now isn't recorded, or not let in where policy = strict", "make room in /var/log/akashi/recordings, or set keep_days, keep_size or keep_free in /etc/akashi/recorder.conf");
        if (recorder.TerminalFault.Length > 0)
            return Finding.Warning(Name, Text($"the kernel may log what is typed in recorded sessions: {recorder.TerminalFault}"), "with pam_tty_audit that is every password", "give akashi-recorder.service CAP_AUDIT_CONTROL, or take pam_tty_audit out of /etc/pam.d");
        if (recorder.ConfigurationFaults > 0)
            return Finding.Warning(Name, Text($"{recorder.ConfigurationFaults} {(recorder.ConfigurationFaults == 1 ? "line" : "lines")} of recorder.conf can't be used"), "what was meant by them doesn't hold", "akashi recorder --check");
        if (facts.UnrecordedLogins > 0)
            return Finding.Warning(Name, Text($"{facts.UnrecordedLogins} {(facts.UnrecordedLogins == 1 ? "login" : "logins")} at a terminal in the last day {(facts.UnrecordedLogins == 1 ? "has" : "have")} no recording"), "what was done there wasn't seen", "akashi recordings --unrecorded --since 1d says whose, and why");
        if (recorder.Unrecorded > 0)
            return Finding.Warning(Name, Text($"{recorder.Unrecorded} claims weren't recorded since {recorder.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC"), "these sessions went on unrecorded, or weren't let in", "ausearch -m TRUSTED_APP | grep op=session-");
        if (recorder.WithGaps > 0)
            return Finding.Warning(Name, Text($"{recorder.WithGaps} recordings have gaps, {recorder.MissingBytes} bytes, or no end since {recorder.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC"), "a flood, a full disk, or a keeper that was killed", Log);
        if (recorder.Unsaid > 0)
            return Finding.Note(Name, Text($"{recorder.Unsaid} records of the recorder wait: the kernel's audit is off, or doesn't take them"), "the audit trail doesn't tell of them yet",
                facts.Status is { Enabled: 0 } ? "auditctl -e 1, or akashi setup service" : Log);
        return Finding.Fine(Name, Text($"{recorder.Live} sessions are recorded now, {recorder.Recorded} were since {recorder.Since.UtcDateTime:yyyy-MM-dd HH:mm} UTC; {recorder.FreeBytes / Megabyte} MiB are free for more"));
    }

    /// <summary>Whether people can run code of theirs in the place of the recorder's login side.</summary>
    public static Finding? OfEnvironment(HealthFacts facts)
    {
        const string Check = "login-environment";
        if (!facts.IsRecorderUsed)
            return null;
        return facts.LoginEnvironmentHole is { } setting
            ? Finding.Warning(Check, $"sshd lets people set LD_PRELOAD or BASH_ENV ({setting})", "by it they run code of theirs before the recorder sees them, and aren't recorded", "PermitUserEnvironment no, and AcceptEnv LANG LC_*, in sshd_config")
            : Finding.Fine(Check, "the environment of a login leads past no recording");
    }

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
