using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Output;
using Akashi.Rules;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Auditctl;

/// <summary>Loads a rule file line by line: <c>auditctl -R</c>.</summary>
/// <param name="requests">Does what a line asks.</param>
/// <param name="files">Tells what the path leads to.</param>
/// <param name="error">Receives what is wrong.</param>
/// <param name="options">The command line's: -i and -c say what happens after an error.</param>
sealed class RuleFileLoad(KernelRequests requests, IFiles files, Utf8Output error, IReadOnlyList<RuleOption> options)
{
    const int FailedLinesMax = 1000;

    int _failedLines;
    bool _ignoresErrors = options.Any(option => option.Name == "-i");
    bool _goesOn = options.Any(option => option.Name == "-c");

    /// <summary>Loads a file.</summary>
    /// <returns>0, or 1 where a line failed and errors aren't ignored.</returns>
    public int Load(string path)
    {
        requests.File = path;
        if (!TryRead(path, out byte[] bytes) || requests.IsLocked())
            return 1;

        var diagnostics = new DiagnosticBag();
        bool hasFailed = false;
        foreach (RuleFileLine line in RuleFile.Read(bytes, path, diagnostics))
        {
            if (TryExecute(line, diagnostics))
                continue;
            hasFailed = true;
            Report(line, path);
            if (!_ignoresErrors && !_goesOn)
                return 1;
        }

        requests.IsQuiet = false;
        if (_failedLines > FailedLinesMax)
            requests.Say($"There were errors in {_failedLines - FailedLinesMax} more lines of {path}");
        return hasFailed && !_ignoresErrors ? 1 : 0;
    }

    // A file that is no rule file has as many errors as lines; standard error and the system log needn't have them all.
    void Report(RuleFileLine line, string path)
    {
        if (++_failedLines > FailedLinesMax)
            return;
        requests.Say($"There was an error in line {line.Number} of {path}");
        error.Write($"  {Shorten(line.Text)}\n");
        if (EntryListHint.Of(line.Text.Split(' ')) is { } hint)
            error.Write(Shorten(hint) + "\n");
        requests.IsQuiet = _failedLines == FailedLinesMax;
    }

    bool TryExecute(RuleFileLine line, DiagnosticBag diagnostics)
    {
        if (line.Options is null)
        {
            requests.Say(diagnostics.All[^1].Text);
            return false;
        }
        if (KernelRequests.Has(line.Options, "-R"))
        {
            requests.Say("-R can't be used inside a rule file");
            return false;
        }
        _ignoresErrors |= KernelRequests.Has(line.Options, "-i");
        _goesOn |= KernelRequests.Has(line.Options, "-c");
        requests.Line = line.Number;
        return requests.Execute(line.Options) == 0;
    }

    bool TryRead(string path, out byte[] bytes)
    {
        bytes = [];
        try
        {
            // A pipe would make the opening wait; all else is asked of the open file, which nobody can exchange any more.
            if (files.KindOf(path) is not (FileKind.Regular or FileKind.Missing))
                return Fail($"Error - {path} isn't a regular file");
            using SafeFileHandle handle = File.OpenHandle(path);
            if ((File.GetUnixFileMode(handle) & UnixFileMode.OtherWrite) != 0)
                return Fail($"Error - {path} is world writable");
            using var stream = new FileStream(handle, FileAccess.Read);
            bytes = new byte[stream.Length];
            stream.ReadExactly(bytes);
            return true;
        }
        catch (EndOfStreamException)
        {
            return Fail($"Error reading {path} (it is being changed)");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return Fail($"Error opening {path} ({FileFault.Describe(exception)})");
        }
    }

    static string Shorten(string text) => text.Length <= 400 ? text : text[..400] + "…";

    bool Fail(string text)
    {
        requests.Say(text);
        return false;
    }
}
