using System.Text.RegularExpressions;
using Akashi.Audit.Tests.CLibrary;
using Akashi.Testing;

namespace Akashi.Audit.Tests;

/// <summary>The examples of docs/programs.md, compiled as readers would, and run; those in C# against the package, from a folder of packages alone.</summary>
public sealed partial class DocumentationTests : IDisposable
{
    const string DocumentedPackages = "/path/to/akashi/artifacts/packages";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    [Trait("Category", "Long")]
    public void The_examples_in_CSharp_run_on_the_package()
    {
        string[] examples = [.. Examples("csharp").Where(example => example.StartsWith("using Akashi.Audit;", StringComparison.Ordinal))];
        string sample = RepositoryFiles.PathOf("testdata", "sample-trail", "audit.log");
        string packages = Yardstick.Run(RepositoryFiles.PathOf("eng", "pack.sh"), []).Trim().Split('\n')[^1];
        Assert.Equal(3, examples.Length);
        string program = Build(examples, packages);

        if (Environment.IsPrivilegedProcess)
        {
            // What it needs may not be where only root can look.
            Yardstick.Run("chmod", [], "-R", "a+rX", _folder.Path);
            string[] nobody = ["--reuid=65534", "--regid=65534", "--clear-groups", "dotnet", program, "0"];
            Assert.Equal("cannot send a record: CAP_AUDIT_WRITE is missing (root has it)\n", Yardstick.Run("setpriv", new() { ["HOME"] = "/tmp" }, nobody));
        }

        string read = Yardstick.Run("dotnet", [], program, "1", sample);
        Assert.Matches(@"\d\d:\d\d:\d\d \d+ SYSCALL \d+ is \S+; ", read);
        Assert.Matches(@"\n[1-9]\d* events, 0 bad lines\n$", read);
        using (EventReader reader = EventReader.OpenFile(sample, AuditSearch.FromQuery("type=USER_LOGIN or type=SYSCALL")))
            Assert.EndsWith($"\n{Count(reader)} events, 0 bad lines\n", read);

        Assert.Equal(read, Yardstick.Run("dotnet", [], program, "1", Path.GetDirectoryName(sample)!));
        Assert.Equal("cannot open /none: No such file or directory\n", Yardstick.Run("dotnet", [], program, "1", "/none"));

        string followed = Yardstick.Run("dotnet", [], program, "2", sample);
        using (EventReader reader = EventReader.OpenFile(sample))
            Assert.EndsWith($"{Count(reader)} events\n", followed);
    }

    [Fact]
    public void The_example_of_writing_in_C_runs_on_the_library()
    {
        string program = CompileC(0);

        string[] sent = Yardstick.Record(program, OwnLibrary.Place, out string output);

        Assert.Equal("sent\n", output);
        Assert.StartsWith("1111 op=set-banner exe=", Assert.Single(sent));
    }

    [Fact]
    public void The_example_of_reading_in_C_runs_on_the_library()
    {
        string sample = RepositoryFiles.PathOf("testdata", "sample-trail", "audit.log");
        string program = CompileC(1);

        string output = Yardstick.Run(program, new() { ["LD_LIBRARY_PATH"] = OwnLibrary.Place }, sample);

        using EventReader reader = EventReader.OpenFile(sample, AuditSearch.FromExpression("type r= USER_LOGIN || syscall i= execve"));
        int count = Count(reader);
        Assert.InRange(count, 1, int.MaxValue);
        Assert.EndsWith($"\n{count} events\n", output);
        Assert.Matches(@"^\d+ \S+ \S+ by \S+\n", output);
    }

    // An example with the line that stands below it, in a directory that looks as the repository's does.
    string CompileC(int index)
    {
        Assert.SkipUnless(File.Exists("/usr/bin/pkg-config"), "pkg-config isn't installed");
        string[] examples = Examples("c");
        string[] lines = [.. File.ReadLines(RepositoryFiles.PathOf("docs", "programs.md")).Where(line => line.StartsWith("    cc ", StringComparison.Ordinal))];
        Assert.Equal((2, 2), (examples.Length, lines.Length));
        string[] words = lines[index].Trim().Split(' ');
        File.WriteAllText(_folder[words[1]], examples[index]);
        Directory.CreateDirectory(_folder["artifacts/lib"]);
        File.CreateSymbolicLink(_folder["artifacts/lib/akashi"], OwnLibrary.Place);
        Yardstick.Run("sh", [], "-c", $"cd {_folder.Path} && {lines[index].Trim().Replace("cc ", "cc -Wall -Wextra -Werror ", StringComparison.Ordinal)}");

        // A relative path in the program would load what lies in whatever directory it's started in.
        Assert.DoesNotMatch("RUNPATH|RPATH", Yardstick.Run("readelf", [], "-d", _folder[words[3]]));
        return _folder[words[3]];
    }

    // One program of all of them, for each restores and builds for seconds: an example is the body of a method, behind its using.
    string Build(string[] examples, string packages)
    {
        const string Using = "using Akashi.Audit;\n";
        string place = _folder["example"];
        Directory.CreateDirectory(place);
        IEnumerable<string> methods = examples.Select((example, index) =>
        {
            Assert.StartsWith(Using, example);
            return $"static void Example{index}(string[] args)\n{{\n{example[Using.Length..]}}}\n";
        });
        string calls = string.Concat(examples.Select((_, index) => $"if (args[0] == \"{index}\") Example{index}(args[1..]);\n"));
        File.WriteAllText(Path.Combine(place, "Program.cs"), Using + calls + string.Join('\n', methods));
        File.WriteAllText(Path.Combine(place, "nuget.config"), $"""
            <configuration>
              <packageSources><clear /></packageSources>
              <config><add key="globalPackagesFolder" value="{_folder["packages"]}" /></config>
            </configuration>
            """);
        string project = Assert.Single(Examples("xml"));
        Assert.Contains(DocumentedPackages, project);
        File.WriteAllText(
            Path.Combine(place, "example.csproj"),
            project.Replace(DocumentedPackages, packages, StringComparison.Ordinal).Replace("<Nullable>", "<UseAppHost>false</UseAppHost><Nullable>", StringComparison.Ordinal));
        Yardstick.Run("dotnet", new() { ["MSBUILDDISABLENODEREUSE"] = "1" }, "build", place, "-warnaserror", "-v", "quiet", "-nologo", "-o", Path.Combine(place, "out"));
        return Path.Combine(place, "out", "example.dll");
    }

    static int Count(EventReader reader)
    {
        int count = 0;
        while (reader.MoveNext())
            count++;
        return count;
    }

    static string[] Examples(string language) =>
        [.. Example().Matches(File.ReadAllText(RepositoryFiles.PathOf("docs", "programs.md"))).Where(match => match.Groups[1].Value == language).Select(match => match.Groups[2].Value)];

    [GeneratedRegex("^```(\\w+)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Example();
}
