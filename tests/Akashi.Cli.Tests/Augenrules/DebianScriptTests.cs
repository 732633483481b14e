using System.Diagnostics;
using Akashi.Cli.Augenrules;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Augenrules;

/// <summary>Debian's augenrules (3.0.9, a shell script) over random directories beside ours.</summary>
/// <remarks>Left out is what the script does wrong: last lines without a line feed, names with blanks, indented controls where awk is mawk, carriage returns.</remarks>
public sealed class DebianScriptTests(ITestOutputHelper output) : IDisposable
{
    readonly string _place = Directory.CreateTempSubdirectory("akashi-augenrules-").FullName;

    public void Dispose() => Directory.Delete(_place, recursive: true);

    [Trait("Category", "Long")]
    [Fact]
    public void Random_directories_give_the_same_file_texts_and_exit_codes()
    {
        string original = RepositoryFiles.PathOf("artifacts", "yardsticks", "root", "sbin", "augenrules");
        Assert.SkipUnless(File.Exists(original), "Debian's augenrules isn't there: run eng/yardsticks.sh");
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);

        for (int round = 0; round < 40; round++)
        {
            string ours = Path.Combine(_place, $"{round}", "ours"), theirs = Path.Combine(_place, $"{round}", "theirs");
            Fill(random, Path.Combine(ours, "rules.d"), Path.Combine(theirs, "rules.d"));
            string script = WriteScript(original, theirs);
            var augenrules = new ToolRun("augenrules", new AugenrulesTool(ours).Run);
            foreach (string[] arguments in (string[][])[["--check"], [], [], ["--check"], ["--wrong"]])
            {
                int exitCode = augenrules.Run(arguments);
                var (theirCode, theirOutput) = RunScript(script, arguments);
                Assert.Equal((theirCode, theirOutput.Replace(script, "augenrules")), (exitCode, augenrules.Output));
                Assert.Equal(Read(theirs).Replace(theirs, ours), Read(ours));
            }
        }
    }

    static void Fill(Random random, params string[] directories)
    {
        string[] lines = ["-D", "-D -k x", "-b 8192", "-b 1", "-f 1", "-f2", "-e 1", "-e 2", "# comment", "", "-w /etc/passwd -p wa",
            "-a always,exit -F arch=b64 -S execve -k \"e\"", "--backlog_wait_time 60000", "--loginuid-immutable", "  -w /indented", "-i", "-c"];
        var files = new Dictionary<string, string>();
        for (int count = random.Next(8); count > 0; count--)
        {
            string name = string.Concat(Enumerable.Range(0, random.Next(1, 6)).Select(_ => "019a~.-B_"[random.Next(9)]));
            string text = string.Concat(Enumerable.Range(0, random.Next(9)).Select(_ => lines[random.Next(lines.Length)] + "\n"));
            if (name[0] is not ('.' or '-'))
                files[name + (random.Next(5) == 0 ? ".conf" : ".rules")] = text;
        }
        foreach (string directory in directories)
        {
            Directory.CreateDirectory(directory);
            foreach (var (name, text) in files)
                File.WriteAllText(Path.Combine(directory, name), text);
        }
    }

    static string WriteScript(string original, string directory)
    {
        string script = Path.Combine(directory, "augenrules");
        File.WriteAllText(script, File.ReadAllText(original).Replace("=/etc/audit/", $"={directory}/"));
        return script;
    }

    static (int ExitCode, string Output) RunScript(string script, string[] arguments)
    {
        var start = new ProcessStartInfo("/bin/sh", [script, .. arguments]) { RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, text);
    }

    static string Read(string directory) =>
        File.Exists(Path.Combine(directory, "audit.rules")) ? File.ReadAllText(Path.Combine(directory, "audit.rules")) : "(none)";
}
