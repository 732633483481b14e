using System.Text;
using System.Text.RegularExpressions;
using Akashi.Cli;
using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Live.Tests.Reports;

/// <summary>The reports over real runs of dpkg, apt, pip and npm that the real daemon recorded, failing ones too.</summary>
public sealed partial class SoftwareLiveTests(KernelAudit audit) : IDisposable
{
    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_run_is_a_row_with_its_packages_and_what_came_of_it()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        foreach (string program in (string[])["dpkg", "dpkg-deb", "apt-get", "pip3", "npm"])
            Assert.SkipUnless(IsThere(program), $"{program} isn't installed");
        PrivateMachine.Make(_folder);
        string root = _folder["root"], dpkg = $"dpkg --root={root} --log={root}/var/log/dpkg.log", apt = "apt-get " + PrivateMachine.AptOptions(_folder);
        string script = $"""
            dpkg-deb -b akashi-probe akashi-probe_1.2-3_all.deb; dpkg-deb -b akashi-clash akashi-clash_2.0_all.deb
            {dpkg} -i akashi-probe_1.2-3_all.deb
            {dpkg} -i akashi-clash_2.0_all.deb
            {dpkg} -l akashi-probe
            {apt} remove -y akashi-probe
            {apt} install -y ./akashi-probe_1.2-3_all.deb
            {apt} install -y akashi-nothere
            pip3 install --no-index --target {_folder["prefix"]} ./akashi_probe-1.2-py3-none-any.whl
            pip3 install --no-index akashi-missing
            export npm_config_cache={_folder["npm-cache"]} npm_config_update_notifier=false
            npm install --offline --prefix {_folder["prefix"]} ./node
            npm install --offline --prefix {_folder["prefix"]} akashi-nothere --registry http://127.0.0.1:9/
            /bin/true akashi-the-end
            """;
        string said;
        using (var trail = new RecordedTrail(audit, loan, _folder["audit.log"]))
        {
            said = RecordedTrail.Run(script, _folder.Path);
            trail.EndAfter("akashi-the-end");
        }

        TestContext.Current.TestOutputHelper!.WriteLine(said);
        string dpkgLog = root + "/var/log/dpkg.log", history = root + "/var/log/apt/history.log", infos = _folder["prefix"] + "/*.dist-info";

        Assert.Equal(
            [
                "dpkg|install|ok|exit_group|akashi-probe=1.2-3",
                "dpkg|install|failed (exit 1)|exit_group|akashi-clash=2.0",
                "apt|remove|ok|exit_group|akashi-probe=1.2-3",
                "apt|install|ok|exit_group|akashi-probe=1.2-3",
                "apt|install|failed (exit 100)|exit_group|akashi-nothere",
                "pip|install|ok|exit_group|akashi_probe=1.2",
                "pip|install|failed (exit 1)|exit_group|akashi-missing",
                "npm|install|ok|exit_group|./node",
                "npm|install|failed (exit 1)|exit_group|akashi-nothere",
            ],
            Rows(_folder["audit.log"], "--root", root));

        string unended = WithoutExits();
        Assert.Equal(
            [
                $"dpkg|install|ok|{dpkgLog}|akashi-probe=1.2-3",
                $"dpkg|install|failed|{dpkgLog}|akashi-clash=2.0",
                $"apt|remove|ok|{history}|akashi-probe=1.2-3",
                $"apt|install|ok|{history}|akashi-probe=1.2-3",
                "apt|install|attempted|-|akashi-nothere",
                $"pip|install|ok|{infos}|akashi_probe=1.2",
                "pip|install|attempted|-|akashi-missing",
                "npm|install|attempted|-|./node",
                "npm|install|attempted|-|akashi-nothere",
            ],
            Rows(unended, "--root", root));
        Assert.All(Rows(unended), row => Assert.Contains("|attempted|-|", row));

        string last = Print("commands", _folder["audit.log"], "--user", "61018").TrimEnd('\n').Split('\n')[^1];
        Assert.Matches($@"^[-0-9]+ [:0-9]+  61018 +root +\S.* \d+ +{Regex.Escape(_folder.Path)} +ok +0 +/bin/true akashi-the-end$", last);
    }

    static bool IsThere(string program) =>
        Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(directory => File.Exists(Path.Combine(directory, program)));

    // A trail of a machine whose rules don't record ends: events of exit_group are left out.
    string WithoutExits()
    {
        string[] lines = File.ReadAllLines(_folder["audit.log"], Encoding.Latin1);
        HashSet<string> exits = [.. lines.Where(line => line.Contains(" syscall=231 ")).Select(StampOf)];
        Assert.NotEmpty(exits);
        string path = _folder["unended.log"];
        File.WriteAllLines(path, lines.Where(line => !exits.Contains(StampOf(line))), Encoding.Latin1);
        return path;
    }

    static string StampOf(string line) => line.Split("audit(")[1].Split(')')[0];

    // Manager and what follows; time, person and session are checked here.
    string[] Rows(string trail, params string[] options)
    {
        string[] rows = Print("software", trail, options).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.StartsWith("TIME ", rows[0]);
        return
        [
            .. rows.Skip(1).Select(row =>
            {
                Match match = Row().Match(row);
                Assert.True(match.Success, row);
                return string.Join('|', Blanks().Split(match.Groups[1].Value));
            }),
        ];
    }

    string Print(string report, string trail, params string[] options)
    {
        using var output = new MemoryStream();
        using var error = new MemoryStream();
        int code = AkashiCommand.Run(new Invocation
        {
            Name = "akashi",
            Arguments = ["report", report, "--trail", trail, .. options],
            Input = Stream.Null,
            InputKind = FileKind.Other,
            Output = output,
            Error = error,
            Host = audit.Host,
            Signals = new NoSignals(),
        });
        Assert.Equal("", Encoding.UTF8.GetString(error.ToArray()));
        Assert.Equal(0, code);
        return Encoding.UTF8.GetString(output.ToArray());
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d  61018>root +\d+ +(.*)$")]
    private static partial Regex Row();

    [GeneratedRegex(" {2,}")]
    private static partial Regex Blanks();
}
