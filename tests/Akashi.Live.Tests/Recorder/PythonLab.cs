using System.Diagnostics;
using Akashi.Testing;

namespace Akashi.Live.Tests.Recorder;

/// <summary>A program of tests/lab: prints <c>ok CASE</c>, or <c>not ok CASE: why</c>, for each of its functions of some names.</summary>
/// <remarks>It ends itself, with everything that it started, when its time is up, and says where it hung: tests/lab/cases.py.</remarks>
/// <param name="fileName">Its name.</param>
sealed class PythonLab(string fileName)
{
    // For what it does when its own time is up.
    static readonly TimeSpan s_grace = TimeSpan.FromSeconds(60);

    readonly string _path = RepositoryFiles.PathOf("tests", "lab", fileName);

    /// <summary>The published program; the test is skipped, aloud, where it or something else that the lab needs isn't there.</summary>
    public static string RequireProgram()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root: mount namespaces, users");
        string program = RepositoryFiles.PathOf("artifacts", "bin", "akashi");
        Assert.SkipUnless(File.Exists(program), "needs the published program: ./build");
        Assert.SkipUnless(File.Exists("/usr/bin/python3"), "python3 isn't installed: it is the login server");
        return program;
    }

    /// <summary>Runs it; each case must be there, once, and must not fail.</summary>
    /// <param name="arguments">Its words, the program first.</param>
    /// <param name="starts">How the names of the cases begin that it's to run.</param>
    /// <param name="casesMin">So many there are at least: a lab that lost its cases isn't a good one.</param>
    /// <param name="limit">How long it may take.</param>
    public async Task RunAsync(string[] arguments, string[] starts, int casesMin, TimeSpan limit)
    {
        string[] cases = [.. (await File.ReadAllLinesAsync(_path, TestContext.Current.CancellationToken))
            .Where(line => starts.Any(word => line.StartsWith("def " + word, StringComparison.Ordinal)))
            .Select(line => "ok " + line[4..line.IndexOf('(', StringComparison.Ordinal)])];
        Assert.InRange(cases.Length, casesMin, int.MaxValue);

        (int exitCode, string output, string error) = await RunAsync(arguments, limit);

        // Figures stand behind a number sign.
        string[] lines = [.. output.Split('\n').Where(line => line.Length > 0 && line[0] != '#')];
        Assert.True(exitCode == 0 && error.Length == 0 && lines.Order(StringComparer.Ordinal).SequenceEqual(cases.Order(StringComparer.Ordinal)),
            $"{fileName} {string.Join(' ', arguments)}: exit code {exitCode}, missing: {string.Join(", ", cases.Except(lines))}\n{string.Join('\n', lines.Except(cases))}\n{error}");
    }

    async Task<(int ExitCode, string Output, string Error)> RunAsync(string[] arguments, TimeSpan limit)
    {
        var start = new ProcessStartInfo("/usr/bin/python3", [_path, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["AKASHI_AUDIT_LOCK_HELD"] = "1";
        start.Environment["AKASHI_LAB_SECONDS"] = limit.TotalSeconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        start.Environment["PYTHONDONTWRITEBYTECODE"] = "1";
        using Process process = Process.Start(start)!;
        using var overdue = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        overdue.CancelAfter(limit + s_grace);
        Task<string> output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        Task<string> error = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string ended = "";
        try
        {
            await process.WaitForExitAsync(overdue.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            ended = $"it was ended from here after {(limit + s_grace).TotalSeconds} s\n";
            await process.WaitForExitAsync(CancellationToken.None);
        }

        // Something that outlived it could hold them open without end.
        return (process.ExitCode, await output.WaitAsync(s_grace, CancellationToken.None), ended + await error.WaitAsync(s_grace, CancellationToken.None));
    }
}
