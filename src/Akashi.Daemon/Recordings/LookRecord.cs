using System.Globalization;
using System.Text;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Recordings;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon.Recordings;

/// <summary>The audit record of a look at somebody's session, TRUSTED_APP, sent through the kernel before anything is seen.</summary>
/// <remarks>
/// <code>
/// op=recording-watch acct="alice" id=1000 recording="20261121-…" rec_ses=12 sauid=1001 suid=0 sses=7 spid=4242 exe=… hostname=? addr=? terminal=? res=success
/// </code>
/// The kernel stamps pid, uid, auid and ses of the service, which sends it; <c>acct</c>, <c>id</c> (their auid) and <c>rec_ses</c> are whose session it is, <c>sauid</c>,
/// <c>suid</c>, <c>sses</c> and <c>spid</c> who looks, by peer credentials and /proc: never by what the asker says.
/// </remarks>
static class LookRecord
{
    /// <summary>Writes it.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="request">What is asked for.</param>
    /// <param name="asker">Who asks.</param>
    /// <param name="seen">What is known of the recording; null where there is none.</param>
    /// <param name="isGranted">Whether it is given.</param>
    /// <returns>Null, or why there is no record.</returns>
    public static string? Write(IHost host, RecordingRequest request, PeerProcess asker, RecordingSummary? seen, bool isGranted)
    {
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            AuditStatus status = kernel.GetStatus();

            // The kernel takes user records without a word where auditing is off, and without a daemon they reach its log at best.
            if (status.Enabled == 0)
                return "the kernel's audit is off";
            if (status.Pid == 0)
                return "no daemon takes records";
            kernel.SendUserMessage((int)RecordType.TrustedApp, Text(request, asker, seen, isGranted));
            return null;
        }
        catch (KernelRequestException exception)
        {
            return exception.Message;
        }
    }

    /// <summary>Its text.</summary>
    internal static byte[] Text(RecordingRequest request, PeerProcess asker, RecordingSummary? seen, bool isGranted)
    {
        string message = string.Create(
            CultureInfo.InvariantCulture,
            $"op=recording-{RecordingRequest.WordOf(request.Look)} acct={Encoded(seen?.Fact("user") ?? "")} id={Number(seen, "auid")} recording=\"{request.Name}\" rec_ses={Number(seen, "ses")} "
                + $"sauid={Number(asker.Auid)} suid={asker.EffectiveUid} sses={Number(asker.Ses)} spid={asker.Pid}");
        Span<byte> text = stackalloc byte[2048];
        var record = new UserRecordText(text);
        record.WriteMessage(Encoding.UTF8.GetBytes(message), new UserRecordSource { Executable = Encoding.UTF8.GetBytes(Encoded(Environment.ProcessPath ?? "")) }, isGranted);
        return record.Text.ToArray();
    }

    // Unset as the kernel writes it, 4294967295: a word would be no number to the readers of these fields.
    static string Number(uint number) => number.ToString(CultureInfo.InvariantCulture);

    static string Number(RecordingSummary? seen, string name) => seen?.Fact(name) is { } text && uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint known)
        ? Number(known)
        : Number(ProcessIdentity.Unset);

    static string Encoded(string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text.Length == 0 ? "?" : text.Length > 256 ? text[..256] : text);
        byte[] encoded = new byte[EncodedText.EncodedLength(bytes)];
        EncodedText.Encode(bytes, encoded);
        return Encoding.ASCII.GetString(encoded);
    }
}
