using System.Diagnostics;
using Akashi.ManualGenerator;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Manuals;

/// <summary>The generated files as those who read them read them: groff, man and the shells themselves.</summary>
/// <remarks>Each is skipped where its program isn't there; eng/packages-tests.txt lists them.</remarks>
public sealed class ShellTests
{
    public static TheoryData<string> Pages => [.. GeneratedFiles.All().Select(file => file.Path).Where(path => path.StartsWith("man/", StringComparison.Ordinal))];

    public static TheoryData<string, string> Scripts =>
        new(GeneratedFiles.All().Where(file => file.Path.StartsWith("completion/", StringComparison.Ordinal)).Select(file => (file.Path.Split('/')[1], file.Path)));

    [Trait("Category", "Long")]
    [Theory]
    [MemberData(nameof(Pages))]
    public void Groff_formats_a_page_without_a_warning(string path) =>
        Assert.Equal("", Run("groff", "-man", "-ww", "-z", "-Tutf8", "-rCHECKSTYLE=3", FileOf(path)));

    [Trait("Category", "Long")]
    [Theory]
    [MemberData(nameof(Pages))]
    public void Man_shows_a_page(string path)
    {
        string shown = Run("man", "--warnings", "-P", "cat", "-l", FileOf(path));

        Assert.StartsWith(Path.GetFileNameWithoutExtension(path).ToUpperInvariant() + "(", shown, StringComparison.Ordinal);
        Assert.DoesNotContain("warning:", shown, StringComparison.Ordinal);
        Assert.Contains("SYNOPSIS", shown, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Scripts))]
    public void A_shell_parses_its_completion(string shell, string path) => Assert.Equal("", Run(shell, "-n", FileOf(path)));

    [Theory]
    [InlineData("ausearch|--form", "--format")]
    [InlineData("ausearch|--format|", "raw default interpret csv text")]
    [InlineData("ausearch|-m|USER_LO", "USER_LOGIN USER_LOGOUT")]
    [InlineData("ausearch|-m|SYSCALL,CW", "SYSCALL,CWD")]
    [InlineData("ausearch|-sc|opena", "openat openat2")]
    [InlineData("/usr/sbin/ausearch|-sv|", "yes no")]
    [InlineData("akashi|ausearch|--format|t", "text")]
    [InlineData("akashi|ru", "rules")]
    [InlineData("akashi|report|", "commands software")]
    [InlineData("akashi|report|commands|--si", "--since")]
    [InlineData("akashi|live|--color|=|al", "always")]
    [InlineData("akashi|live|--color|=", "auto always never")]
    [InlineData("akashi|help|auv", "auvirt")]
    [InlineData("auditctl|-S|open,opena", "open,openat open,openat2")]
    [InlineData("auditctl|-F|aui", "auid=")]
    [InlineData("auditctl|-a|never,e", "never,exit never,exclude")]
    [InlineData("aureport|-ts|tod", "today")]
    [InlineData("ausearch|-ul|roo", "root")]
    [InlineData("akashi|rules|load|/etc/passw", "/etc/passwd")]
    [InlineData("akashi|nothing|--x", "")]
    public void Bash_completes(string words, string expected)
    {
        string script = "source \"$1\"; shift; COMP_WORDS=(\"$@\"); COMP_CWORD=$(($# - 1)); _akashi \"$1\"; printf '%s\\n' \"${COMPREPLY[@]}\"";

        string[] found = Run("bash", ["-c", script, "bash", FileOf("completion/bash/akashi"), .. words.Split('|')]).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(expected, string.Join(' ', found.Where(word => word != "/etc/passwd-")));
    }

    [Fact]
    public void Bash_completes_every_name()
    {
        string listed = Run("bash", "-c", "source \"$1\"; complete -p", "bash", FileOf("completion/bash/akashi"));

        foreach (string name in Tools.Classic.Select(tool => tool.Name).Prepend("akashi"))
            Assert.Contains($"complete -F _akashi {name}\n", listed + "\n", StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ausearch", "ausearch --form", "--format")]
    [InlineData("ausearch", "ausearch -m SYSCALL,CW", "SYSCALL,CWD")]
    [InlineData("ausearch", "ausearch --format ", "csv default interpret raw text")]
    [InlineData("akashi", "akashi rules lo", "load")]
    [InlineData("akashi", "akashi live --color a", "always auto")]
    [InlineData("akashi", "akashi report commands --si", "--since")]
    [InlineData("akashi", "akashi ausearch -sc openat2", "openat2")]
    [InlineData("akashi", "akashi help repo", "report")]
    public void Fish_completes(string program, string line, string expected)
    {
        string found = Run("fish", "--no-config", "-c", "source $argv[1]; complete -C $argv[2]", FileOf($"completion/fish/{program}.fish"), line);

        Assert.Equal(expected, string.Join(' ', found.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(row => row.Split('\t')[0]).Order(StringComparer.Ordinal)));
    }

    // Outside of a command line zsh has no _arguments: what it would be called with is printed instead.
    [Theory]
    [InlineData("ausearch", "*--format[raw, default, interpret, csv, text]:FORMAT:compadd - raw default interpret csv text")]
    [InlineData("ausearch", "*-m[record types, by name or number, joined by commas; ALL]:TYPES:_sequence compadd - $_akashi_record_types ALL")]
    [InlineData("akashi", "1: :->command")]
    public void Zsh_describes(string service, string expected)
    {
        string described = Run("zsh", "-f", "-c", "_arguments() { print -rl -- \"$@\" }; service=$2; source $1", "zsh", FileOf("completion/zsh/_akashi"), service);

        Assert.Contains(expected + "\n", described, StringComparison.Ordinal);
    }

    static string FileOf(string path) => RepositoryFiles.PathOf("packaging", path);

    static string Run(string program, params string[] arguments)
    {
        string? file = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(directory => Path.Combine(directory, program)).FirstOrDefault(File.Exists);
        Assert.SkipWhen(file is null, $"{program} isn't installed");
        var start = new ProcessStartInfo(file!, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var home = new TemporaryFolder();
        start.Environment["HOME"] = home.Path;
        start.Environment["LC_ALL"] = "C.UTF-8";
        start.Environment["MANWIDTH"] = "100";
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
        Assert.True(process.WaitForExit(TimeSpan.FromSeconds(30)), $"{program} goes on");
        return output.Result + error.Result;
    }
}
