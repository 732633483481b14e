using Akashi.Host;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Auditctl;

/// <summary>Each rule of testdata/auditctl/rules.tsv: exit code, standard error and listing as auditctl 4.2.2 had them on Linux 6.18.</summary>
public sealed class GoldenRulesTests
{
    const string InvalidArgument = "data request (Invalid argument)";
    const string NoSuchFile = "add rule data request (No such file or directory)";

    // The one rule that is refused on purpose: auditctl loads it for family 0.
    const string FamilyByName = "-a always,exit -F arch=b64 -S connect -F saddr_fam=inet6";

    public static TheoryData<string, int, string, string> Rows()
    {
        var rows = new TheoryData<string, int, string, string>();
        foreach (string line in File.ReadLines(RepositoryFiles.PathOf("testdata", "auditctl", "rules.tsv")))
        {
            string[] columns = line.Split('\t');
            if (columns[0] == FamilyByName)
                continue;
            rows.Add(columns[0], int.Parse(columns[1]), columns[2], columns[3]);
        }
        return rows;
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public void A_rule_has_the_recorded_outcome(string rule, int exitCode, string error, string listing)
    {
        var auditctl = new AuditctlRun();
        foreach (string directory in (string[])["/etc", "/etc/security", "/tmp", "/home"])
            auditctl.Host.Paths.Add(directory, FileKind.Directory);

        // What only the kernel knows: which lists, paths and pairs of fields it takes.
        if (error.Contains(InvalidArgument))
            auditctl.Host.Kernel.Refusals.Add("add rule", (22, "Invalid argument"));
        if (error.Contains(NoSuchFile))
            auditctl.Host.Kernel.Refusals.Add("add rule", (2, "No such file or directory"));

        int given = auditctl.Run(rule.Split(' '));
        string said = Joined(auditctl.Error);
        auditctl.Run("-l");

        Assert.Equal((error, exitCode, listing), (said, given, Joined(auditctl.Output)));
    }

    [Fact]
    public void A_family_by_name_is_refused_with_its_number()
    {
        var auditctl = new AuditctlRun();

        Assert.Equal(255, auditctl.Run(FamilyByName.Split(' ')));
        Assert.Equal(
            "saddr_fam takes a number: inet6 is 10\nThere was an error while processing parameters\n", auditctl.Error);
        Assert.Empty(auditctl.Host.Kernel.Rules);
    }

    // What ours says beyond the original stands in lines of its own.
    static string Joined(string lines) => string.Join(
        " | ", lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("hint: ", StringComparison.Ordinal)));
}
