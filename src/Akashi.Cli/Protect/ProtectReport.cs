using System.Globalization;
using System.Text;
using Akashi.Daemon.Protect;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;
using Akashi.Output;

namespace Akashi.Cli.Protect;

/// <summary>What nothing guarded in a directory: a line for each finding.</summary>
/// <param name="host">For names and times.</param>
/// <param name="directory">The directory, an absolute path.</param>
/// <param name="journal">What was given the flag, and when.</param>
sealed class ProtectReport(IHost host, string directory, ProtectJournal journal)
{
    /// <summary>Writes it.</summary>
    /// <returns>0 where there is nothing to look at, else 1.</returns>
    public int Write(Utf8Output output)
    {
        List<ProtectedFile> set = journal.Read();
        List<string> findings = [.. set.Where(file => file.BytesBefore > 0).Select(Before), .. FindUnprotected(), .. FindWriters()];
        foreach (string finding in findings)
            Line(output, finding);
        Line(output, string.Create(CultureInfo.InvariantCulture, $"{set.Count} files of {directory} were given the append-only flag, {set.Count(file => file.BytesBefore == 0)} of them before anything stood in them"));
        return findings.Count == 0 ? 0 : 1;
    }

    string Before(ProtectedFile file) => string.Create(
        CultureInfo.InvariantCulture,
        $"{file.Name}: {file.BytesBefore} bytes were written before it had the flag ({file.Word} {Time(file.UnixSeconds)}, of {User(file.Uid)}): nothing guarded them");

    IEnumerable<string> FindUnprotected() => Directory.EnumerateFiles(directory)
        .Where(path => AppendOnlyFiles.Look(path) is { IsAppendOnly: false })
        .Order(StringComparer.Ordinal)
        .Select(path => $"{Path.GetFileName(path)}: has no append-only flag");

    IEnumerable<string> FindWriters() => OpenFiles.FindWriters(directory)
        .Select(writer => string.Create(CultureInfo.InvariantCulture, $"{Path.GetFileName(writer.Path)}: process {writer.Process.Pid} ({writer.Process.Name}, of {User(writer.Process.Uid)}) has it open and may write anywhere in it"));

    string User(uint uid) => host.Accounts.FindUserName(uid) ?? uid.ToString(CultureInfo.InvariantCulture);

    string Time(long unixSeconds)
    {
        LocalDateTime time = host.LocalTime.ToLocal(unixSeconds);
        return string.Create(CultureInfo.InvariantCulture, $"{time.Year}-{time.Month:00}-{time.Day:00} {time.Hour:00}:{time.Minute:00}:{time.Second:00}");
    }

    static void Line(Utf8Output output, string text)
    {
        output.WriteEscaped(Encoding.UTF8.GetBytes(text));
        output.EndLine();
    }
}
