using System.Globalization;
using Akashi.Configuration;
using Akashi.Host;

namespace Akashi.Daemon;

/// <summary>What the daemon's own records say behind their stamp, as auditd 4.2.2 writes it.</summary>
/// <remarks>
/// <c>subj=</c> stands only where there is a label. Of a sender that the kernel doesn't tell stands <c>auid=-1 pid=-1 subj=?</c>; uid and ses are the
/// daemon's own.
/// </remarks>
/// <param name="self">The daemon.</param>
sealed class OwnBodies(ProcessIdentity self)
{
    public byte[] Start(string version, LogFormat format, string kernelRelease) => OwnRecords.Body(
        $"op=start ver={version} format={(format == LogFormat.Raw ? "raw" : "enriched")} kernel={kernelRelease} {Self} res=success");

    /// <summary>DAEMON_CONFIG of a planned restart, by the program that begins it, or couldn't.</summary>
    /// <param name="sender">Who asked for it.</param>
    /// <param name="state"><c>begun</c>; <c>no-change</c> where this program goes on.</param>
    /// <param name="isDone">Whether it worked so far.</param>
    public byte[] Restart(SignalSender? sender, string state, bool isDone) => OwnRecords.Body(
        $"op=restart state={state} {SentBy(sender, "")} res={(isDone ? "success" : "failed")}");

    /// <summary>DAEMON_CONFIG of a planned restart, by the program that goes on.</summary>
    public byte[] Restarted(string version, LogFormat format, string kernelRelease) => OwnRecords.Body(
        $"op=restart state=changed ver={version} format={(format == LogFormat.Raw ? "raw" : "enriched")} kernel={kernelRelease} {Self} res=success");

    /// <summary>DAEMON_ABORT: <c>set-pid</c>, <c>set-enable</c>, <c>error-halt</c>.</summary>
    public byte[] Abort(string operation) => OwnRecords.Body($"op={operation} {Self} res=failed");

    public byte[] Rotate(SignalSender? sender) => OwnRecords.Body($"op=rotate-logs {Sent(sender)} res=success");

    public byte[] Resume(SignalSender? sender) => OwnRecords.Body($"op=resume-logging {Sent(sender)} res=success");

    public byte[] End(SignalSender? sender) => OwnRecords.Body($"op=terminate {Sent(sender)} res=success");

    public byte[] Reconfigure(SignalSender? sender, bool isChanged) => OwnRecords.Body(
        $"op=reconfigure state={(isChanged ? "changed" : "no-change")} {SentBy(sender, "")} res={(isChanged ? "success" : "failed")}");

    string Self => string.Create(
        CultureInfo.InvariantCulture, $"auid={self.Auid} pid={self.Pid} uid={self.Uid} ses={self.Session}{Subject(self.Context)}");

    string Sent(SignalSender? sender) =>
        SentBy(sender, string.Create(CultureInfo.InvariantCulture, $"uid={self.Uid} ses={self.Session} "));

    static string SentBy(SignalSender? sender, string between) => sender is { } known
        ? string.Create(CultureInfo.InvariantCulture, $"auid={known.Auid} {between}pid={known.Pid}{Subject(known.Context)}")
        : $"auid=-1 {between}pid=-1 subj=?";

    static string Subject(string context) => context.Length == 0 ? "" : " subj=" + context;
}
