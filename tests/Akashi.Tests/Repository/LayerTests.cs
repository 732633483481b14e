using System.Text.RegularExpressions;
using Akashi.Testing;

namespace Akashi.Tests.Repository;

/// <summary>The house's own rules, read from ARCHITECTURE.md and held against the sources.</summary>
public partial class LayerTests
{
    static readonly string[] s_layers = ReadLayers();

    public static TheoryData<string> Folders =>
        [.. Directory.GetDirectories(RepositoryFiles.PathOf("src", "Akashi")).Select(folder => Path.GetFileName(folder))];

    [Theory]
    [MemberData(nameof(Folders))]
    public void A_folder_uses_only_the_layers_before_it(string folder)
    {
        int layer = Array.IndexOf(s_layers, folder);
        Assert.True(layer >= 0, $"{folder} is not among the layers of ARCHITECTURE.md");

        foreach (string file in Sources("src", "Akashi", folder))
        {
            foreach (Match used in UsedNamespace().Matches(WithoutComments(File.ReadAllText(file))))
            {
                int usedLayer = Array.IndexOf(s_layers, used.Groups[1].Value);
                Assert.True(usedLayer >= 0 && usedLayer <= layer, $"{file} uses {used.Value}, which is no layer before {folder}");
            }
        }
    }

    [Fact]
    public void Every_layer_has_its_folder() =>
        Assert.All(s_layers, layer => Assert.True(Directory.Exists(RepositoryFiles.PathOf("src", "Akashi", layer)), layer));

    [Theory]
    [InlineData("Akashi")]
    [InlineData("Akashi.Daemon")]
    [InlineData("Akashi.Cli")]
    public void Native_calls_stay_in_Akashi_Linux(string project) =>
        Assert.All(Sources("src", project), file => Assert.DoesNotMatch(NativeCall(), WithoutComments(File.ReadAllText(file))));

    // And where Akashi.Logging, in programs of others, has nobody else to tell.
    [Fact]
    public void The_console_is_used_in_Program_alone() =>
        Assert.All(
            Sources("src").Where(file => Path.GetFileName(file) is not ("Program.cs" or "StandardErrorLine.cs")),
            file => Assert.DoesNotMatch(ConsoleUse(), WithoutComments(File.ReadAllText(file))));

    // .NET's number is the C library's for some faults alone, and its sentences are its own.
    [Fact]
    public void What_a_file_refused_is_told_by_FileFault() =>
        Assert.All(
            Sources("src").Where(file => Path.GetFileName(file) != "FileFault.cs"),
            file => Assert.DoesNotContain("exception.HResult", File.ReadAllText(file)));

    [Fact]
    public void A_namespace_is_its_folder()
    {
        string root = RepositoryFiles.PathOf("src");
        foreach (string file in Sources("src").Where(file => Path.GetFileName(file) is not "Program.cs"))
        {
            string expected = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('/', '.');
            Match declared = DeclaredNamespace().Match(File.ReadAllText(file));
            Assert.True(declared.Success && declared.Groups[1].Value == expected, $"{file} should be in namespace {expected}");
        }
    }

    [Fact]
    public void Projects_point_one_way()
    {
        string[] order = ["Akashi", "Akashi.Linux", "Akashi.Daemon", "Akashi.Cli"];
        for (int index = 0; index < order.Length; index++)
        {
            string project = File.ReadAllText(RepositoryFiles.PathOf("src", order[index], order[index] + ".csproj"));
            foreach (string later in order[index..])
                Assert.DoesNotContain($"/{later}.csproj", project);
        }
    }

    static string[] ReadLayers()
    {
        string text = File.ReadAllText(RepositoryFiles.PathOf("ARCHITECTURE.md"));
        string list = text.Split("<!-- layers -->")[1].Split("<!-- /layers -->")[0];
        return [.. LayerName().Matches(list).Select(match => match.Groups[1].Value)];
    }

    static IEnumerable<string> Sources(params string[] names) =>
        Directory.GetFiles(RepositoryFiles.PathOf(names), "*.cs", SearchOption.AllDirectories)
            .Where(file => !file.Contains("/obj/") && !file.Contains("/bin/"));

    static string WithoutComments(string source) => CommentLine().Replace(source, "");

    [GeneratedRegex(@"\bAkashi\.([A-Z]\w*)(?=[.;])")]
    private static partial Regex UsedNamespace();

    [GeneratedRegex(@"^namespace ([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex DeclaredNamespace();

    [GeneratedRegex(@"LibraryImport|DllImport")]
    private static partial Regex NativeCall();

    [GeneratedRegex(@"\bConsole\.")]
    private static partial Regex ConsoleUse();

    [GeneratedRegex("`([A-Z]\\w*)`")]
    private static partial Regex LayerName();

    [GeneratedRegex(@"^\s*//.*$", RegexOptions.Multiline)]
    private static partial Regex CommentLine();
}
