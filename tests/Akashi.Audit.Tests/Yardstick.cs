using System.Diagnostics;
using System.Text;
using Akashi.Testing;

namespace Akashi.Audit.Tests;

/// <summary>C programs compiled against the headers of Debian's libaudit, and run with one library or another before a kernel that says yes to everything.</summary>
static class Yardstick
{
    static string Place => RepositoryFiles.PathOf("artifacts", "yardsticks");

    /// <summary>Where Debian's libraries are.</summary>
    internal static string Libraries
    {
        get
        {
            string list = Path.Combine(Place, "libraries");
            Assert.SkipUnless(File.Exists(list), "Debian's libraries aren't there: eng/yardsticks.sh fetches them");
            return File.ReadAllText(list).Trim();
        }
    }

    /// <summary>The program of a file in Programs, compiled.</summary>
    internal static string Compile(string name)
    {
        string include = Path.Combine(Place, "root", "usr", "include");
        Assert.SkipUnless(File.Exists(Path.Combine(include, "libaudit.h")), "Debian's libaudit-dev isn't there: eng/yardsticks.sh fetches it");
        return CompileC(
            RepositoryFiles.PathOf("tests", "Akashi.Audit.Tests", "Programs", name + ".c"), "-I" + include, Library("libauparse.so.0"), Library("libaudit.so.1"),
            "-Wl,-rpath-link," + Libraries.Replace(":", ",-rpath-link,", StringComparison.Ordinal));
    }

    static string Library(string name) => Libraries.Split(':').Select(folder => Path.Combine(folder, name)).First(File.Exists);

    /// <summary>The requests that a program makes, each its type, a blank and its text up to the first NUL.</summary>
    /// <param name="program">The program.</param>
    /// <param name="libraries">LD_LIBRARY_PATH.</param>
    /// <param name="output">What it printed.</param>
    /// <param name="arguments">Its arguments.</param>
    internal static string[] Record(string program, string libraries, out string output, params string[] arguments)
    {
        string folder = Directory.CreateTempSubdirectory("akashi-audit-").FullName;
        string record = Path.Combine(folder, "requests");
        try
        {
            output = Run(program, new()
            {
                ["LD_LIBRARY_PATH"] = libraries,
                ["LD_PRELOAD"] = CompileC(RepositoryFiles.PathOf("eng", "recorded-kernel.c"), "-shared", "-fPIC"),
                ["AKASHI_REQUESTS"] = record,
            }, arguments);
            return [.. File.ReadLines(record).Select(Read)];
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Runs a program with its standard input closed to terminals.</summary>
    internal static string Run(string program, Dictionary<string, string> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
            start.Environment[name] = value;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(120)), $"{program} doesn't end");
        Assert.True(process.ExitCode == 0, $"{program}: exit code {process.ExitCode}\n{errors.Result}\n{output.Result}");
        return output.Result + errors.Result;
    }

    static string Read(string line)
    {
        string[] words = line.Split(' ');
        return $"{words[0]} {Text(words.Length < 2 ? [] : Convert.FromHexString(words[1]))}";
    }

    /// <summary>The text of a payload: one character a byte.</summary>
    internal static string Text(ReadOnlySpan<byte> payload) => Encoding.Latin1.GetString(payload.TrimEnd((byte)0));

    internal static string CompileC(params string[] arguments)
    {
        using Process compiling = Process.Start(new ProcessStartInfo(RepositoryFiles.PathOf("eng", "compile-c.sh"), arguments) { RedirectStandardOutput = true })!;
        string path = compiling.StandardOutput.ReadToEnd().Trim();
        compiling.WaitForExit();
        return compiling.ExitCode == 0 ? path : throw new InvalidOperationException($"{arguments[0]} doesn't compile");
    }
}
