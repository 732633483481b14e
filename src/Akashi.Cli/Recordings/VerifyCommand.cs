using Akashi.Host;
using Akashi.Linux.Cryptography;
using Akashi.Output;
using Akashi.Recordings;

namespace Akashi.Cli.Recordings;

/// <summary><c>akashi recordings verify</c>: a line for each file.</summary>
sealed class VerifyCommand(IHost host, Utf8Output output, Utf8Output error)
{
    /// <summary>Verifies.</summary>
    /// <returns>0 where all are fine and without gaps, else 1.</returns>
    public int Run(IEnumerable<string> paths)
    {
        int exitCode = 0;
        foreach (string path in paths)
        {
            try
            {
                using Stream file = RecordingFiles.OpenPlain(host, path);
                RecordingVerifier found = RecordingVerifier.Verify(file, new CryptoBlocks());
                output.WriteEscaped(System.Text.Encoding.UTF8.GetBytes(path));
                output.Write(": " + Text(found) + "\n");
                exitCode = found.Verdict == RecordingVerdict.Fine && found.GapCount == 0 ? exitCode : 1;
            }
            catch (AuditException exception)
            {
                error.Write($"akashi recordings: {exception.Message}\n");
                exitCode = 1;
            }
        }

        return exitCode;
    }

    static string Text(RecordingVerifier found) => found.Verdict switch
    {
        RecordingVerdict.Fine => $"fine, {Gaps(found, "but ")}{found.CheckCount} checks,{(found.SessionCount > 1 ? $" {found.SessionCount} sessions," : "")} last hash {found.LastHash}",
        RecordingVerdict.Altered => $"altered, in lines {found.ProvedLineNumber + 1} to {found.LineNumber}; what stands before is as it was",
        RecordingVerdict.EndMissing when found.UnendedSession > 0 && found.RestBytes == 0 =>
            $"the end of session {found.UnendedSession} of {found.SessionCount} is missing: cut or killed before the next was added; else fine, {Gaps(found, "but ")}{found.CheckCount} checks, last hash {found.LastHash}",
        RecordingVerdict.EndMissing =>
            $"the end is missing: cut, killed, or still recording; fine up to byte {found.ProvedBytes} ({found.CheckCount} checks), {Gaps(found, "")}{found.RestBytes} bytes after it unproved",
        _ => "no running hash: nothing can be said",
    };

    static string Gaps(RecordingVerifier found, string joint) =>
        found.GapCount == 0 ? "" : $"{joint}{found.GapCount} {(found.GapCount == 1 ? "gap" : "gaps")}: {found.MissingBytes} bytes were not recorded; ";
}
