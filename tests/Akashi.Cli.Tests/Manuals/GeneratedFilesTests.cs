using Akashi.Configuration;
using Akashi.ManualGenerator;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Manuals;

public class GeneratedFilesTests
{
    const string Hint = "run eng/generate-manual";

    [Fact]
    public void The_checked_in_pages_and_completions_are_what_the_option_tables_give()
    {
        foreach ((string path, string text) in GeneratedFiles.All())
        {
            string file = RepositoryFiles.PathOf("packaging", path);
            Assert.True(File.Exists(file), $"packaging/{path} is missing: {Hint}");
            Assert.True(text == File.ReadAllText(file), $"packaging/{path} is stale: {Hint}");
        }
    }

    [Fact]
    public void No_page_or_completion_is_left_from_before()
    {
        var generated = GeneratedFiles.All().Select(file => file.Path).ToHashSet();
        IEnumerable<string> present = GeneratedFiles.Directories
            .SelectMany(name => Directory.EnumerateFiles(RepositoryFiles.PathOf("packaging", name), "*", SearchOption.AllDirectories))
            .Select(file => Path.GetRelativePath(RepositoryFiles.PathOf("packaging"), file));

        string[] stale = [.. present.Where(path => !generated.Contains(path))];

        Assert.True(stale.Length == 0, $"{string.Join(", ", stale)}: {Hint}");
    }

    [Fact]
    public void Every_tool_has_a_page()
    {
        string[] pages = [.. GeneratedFiles.All().Select(file => file.Path).Where(path => path.StartsWith("man/", StringComparison.Ordinal))];

        foreach (Tool tool in Tools.Classic)
            Assert.Contains(pages, page => Path.GetFileNameWithoutExtension(page) == tool.Name);
        foreach (Tool tool in Tools.Commands.Where(tool => !tool.IsInternal))
            Assert.Contains(pages, page => Path.GetFileNameWithoutExtension(page) == $"akashi-{tool.Name}");
    }

    [Fact]
    public void Both_configuration_files_have_a_page_with_every_keyword()
    {
        var pages = GeneratedFiles.All().ToDictionary(file => file.Path, file => file.Text);

        Assert.All(AuditdKeywords.All, keyword => Assert.Contains($"\n\\fB{keyword.Name}\\fR\n", pages["man/auditd.conf.5"]));
        Assert.All(AkashiKeywords.All, keyword => Assert.Contains($"\n\\fB{keyword.Name}\\fR\n", pages["man/akashi.conf.5"]));
    }

    [Fact]
    public void Pages_name_only_pages_that_exist_or_are_the_systems()
    {
        string[] others = ["auditd.conf(5)", "akashi.conf(5)", "recorder.conf(5)", "chattr(1)", "fanotify(7)", "last(1)", "lastlog(8)", "strace(1)", "syscalls(2)", "git(1)", "systemctl(1)"];
        IReadOnlyList<DescribedTool> tools = DescribedTool.All();
        var own = tools.Select(tool => $"{tool.PageName}({tool.Manual.Section})").ToHashSet();

        foreach (DescribedTool tool in tools)
            Assert.All(tool.Manual.SeeAlso, page => Assert.True(own.Contains(page) || others.Contains(page), $"{tool.Words}: {page}"));
    }
}
