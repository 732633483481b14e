using Akashi.Cli.CommandLine;
using Akashi.Daemon.Recorder;
using Akashi.Daemon.Recordings;
using Akashi.Host;
using Akashi.Linux.Cryptography;
using Akashi.Output;
using Akashi.Recordings;

namespace Akashi.Cli.Recordings;

/// <summary><c>akashi recordings verify</c>: a line for each file.</summary>
/// <param name="invocation">The call.</param>
/// <param name="output">For verdicts.</param>
/// <param name="error">For faults.</param>
/// <param name="directory">Where the recorder's recordings are.</param>
/// <param name="ledgerPath">Their last hashes, kept apart from them; root's.</param>
sealed class VerifyCommand(
    Invocation invocation, Utf8Output output, Utf8Output error, string directory = RecordingCatalog.DefaultDirectory, string ledgerPath = VerifyCommand.LedgerPath)
{
    const string LedgerPath = "/var/lib/akashi/recorder/finished";

    /// <summary>Verifies.</summary>
    /// <returns>0 where all are fine and without gaps, else 1.</returns>
    public int Run(IEnumerable<string> paths)
    {
        int exitCode = 0;
        foreach (string path in paths)
        {
            try
            {
                string place = path == "-" ? path : FindPlace(path);
                using Stream file = path == "-" ? RecordingFiles.OpenInput(invocation) : RecordingFiles.OpenOnward(invocation.Host, place);
                RecordingVerifier found = RecordingVerifier.Verify(file, new CryptoBlocks());
                string ledger = Compare(place, found, out bool isAsKept);
                output.WriteEscaped(System.Text.Encoding.UTF8.GetBytes(place == path ? path : $"{path} ({Path.GetFileName(place)})"));
                output.WriteEscaped(System.Text.Encoding.UTF8.GetBytes(": " + Text(found) + ledger));
                output.EndLine();
                exitCode = found.Verdict == RecordingVerdict.Fine && found.GapCount == 0 && isAsKept ? exitCode : 1;
            }
            catch (Exception exception) when (exception is AuditException or IOException or UnauthorizedAccessException)
            {
                FaultLines.Write(error, "akashi recordings", exception is AuditException ? exception.Message : $"cannot read {path}: {FileFault.Describe(exception)}");
                exitCode = 1;
            }
        }

        return exitCode;
    }

    // Nobody sees anything of a session by verifying it: root reads the file itself, and needs no service.
    string FindPlace(string path)
    {
        if (!SessionNames.MayBe(invocation.Host, path) || invocation.Host.Process.Uid != 0 || !Directory.Exists(directory))
            return path;
        string name = new SessionNames(invocation.Host, directory: directory).Resolve(path);
        return new RecordingCatalog(invocation.Host, directory).FindPath(name) ?? path;
    }

    // Whoever may write to a recording may make its hashes anew, but not the one that the service took down when it had ended.
    string Compare(string place, RecordingVerifier found, out bool isAsKept)
    {
        const string PackedEnding = ".zst";
        isAsKept = true;
        if (place == "-" || Path.GetDirectoryName(Path.GetFullPath(place)) != directory || found.LastHash.Length == 0)
            return "";
        string name = Path.GetFileName(place);
        string kept = new FinishedLedger(ledgerPath, _ => { }).FindHash(name.EndsWith(PackedEnding, StringComparison.Ordinal) ? name[..^PackedEnding.Length] : name);
        isAsKept = kept.Length == 0 || kept == found.LastHash;
        return kept.Length == 0 ? "" : isAsKept ? ", the same as when it ended" : $"; NOT as it ended: its last hash was {kept} ({ledgerPath})";
    }

    /// <summary>What is to be said of a recording.</summary>
    public static string Text(RecordingVerifier found) =>
        Verdict(found) + (found.ConvertedFrom is { } source ? $"; converted from {source}: proves only what happened since" : "");

    static string Verdict(RecordingVerifier found) => found.Verdict switch
    {
        RecordingVerdict.Fine => $"fine, {Gaps(found, "but ")}{Checks(found)},{(found.SessionCount > 1 ? $" {found.SessionCount} sessions," : "")} last hash {found.LastHash}",
        RecordingVerdict.Altered => $"altered, in lines {found.ProvedLineNumber + 1} to {found.LineNumber}; what stands before is as it was",
        RecordingVerdict.EndMissing when found.UnendedSession > 0 && found.RestBytes == 0 =>
            $"the end of session {found.UnendedSession} of {found.SessionCount} is missing: cut or killed before the next was added; else fine, {Gaps(found, "but ")}{Checks(found)}, last hash {found.LastHash}",
        RecordingVerdict.EndMissing when found.Closed is { } closed && found.RestBytes == 0 =>
            $"the end is missing: {Transcript.DescribeClosed(System.Text.Encoding.UTF8.GetBytes(closed))}; else fine, {Gaps(found, "but ")}{Checks(found)}, last hash {found.LastHash}",
        RecordingVerdict.EndMissing =>
            $"the end is missing: cut, killed, or still recording; fine up to byte {found.ProvedBytes} ({Checks(found)}), {Gaps(found, "")}{found.RestBytes} bytes after it unproved",
        _ => "no running hash: nothing can be said",
    };

    static string Checks(RecordingVerifier found) => found.CheckCount == 1 ? "1 check" : $"{found.CheckCount} checks";

    static string Gaps(RecordingVerifier found, string joint) =>
        found.GapCount == 0 ? "" : $"{joint}{found.GapCount} {(found.GapCount == 1 ? "gap" : "gaps")}: {found.MissingBytes} bytes were not recorded; ";
}
