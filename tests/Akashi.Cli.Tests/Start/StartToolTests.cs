using Akashi.Cli.Start;
using Akashi.Cli.Tests.Live;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Start;

/// <summary><c>akashi start</c> where it can't record, and the rules it loads where it can.</summary>
public sealed class StartToolTests
{
    const uint AuidField = 9;
    const uint Unset = uint.MaxValue;

    readonly ScriptedHost _host = new();

    [Fact]
    public void Where_the_kernel_cannot_be_had_a_pipe_gets_nothing_and_a_terminal_a_marked_sample()
    {
        _host.OpenFailure = new KernelRequestException("get the audit status", 1, 1, "CAP_AUDIT_CONTROL is missing (root has it)");

        CommandRun pipe = CommandRun.Of(_host, "start");
        CommandRun terminal = CommandRun.OnTerminal(_host, "start", "--color", "never");

        Assert.Equal((1, "", "akashi start: not root (CAP_AUDIT_CONTROL is missing): nothing can be recorded\n"), (pipe.ExitCode, pipe.Output, pipe.Error));
        Assert.Equal(0, terminal.ExitCode);
        Assert.StartsWith("-- not root (CAP_AUDIT_CONTROL is missing)", terminal.Output, StringComparison.Ordinal);
        Assert.Contains("sample", terminal.Output[..300]);
        Assert.StartsWith("-- that was the sample", terminal.Lines[^1], StringComparison.Ordinal);
    }

    [Fact]
    public void The_rules_are_printed_as_they_are_kept()
    {
        string kept = File.ReadAllText(RepositoryFiles.PathOf("src", "Akashi.Cli", "Start", "people.rules"));

        Assert.Equal(kept, CommandRun.Of(_host, "start", "--print-rules").Output);
    }

    [Fact]
    public void No_rule_matches_a_process_outside_a_login_session()
    {
        _host.Paths["/etc/sudoers.d"] = FileKind.Directory;
        IReadOnlyList<(string Line, byte[] Rule)> rules = PeopleRules.Compile(_host, uint.MaxValue, path: null);

        Assert.Equal(10, rules.Count);
        Assert.All(rules, rule => Assert.True(ExcludesUnset(rule.Rule), rule.Line));
    }

    [Fact]
    public void A_directory_that_is_not_there_is_left_out()
    {
        _host.Paths["/etc/sudoers.d"] = FileKind.Missing;

        Assert.DoesNotContain(PeopleRules.Compile(_host, uint.MaxValue, path: null), rule => rule.Line.Contains("dir=", StringComparison.Ordinal));
    }

    [Fact]
    public void A_machine_of_one_width_gets_no_rules_of_the_other()
    {
        _host.Machine = "ppc64le";

        Assert.DoesNotContain(PeopleRules.Compile(_host, uint.MaxValue, path: null), rule => rule.Line.Contains("b32", StringComparison.Ordinal));
    }

    [Fact]
    public void A_file_with_a_line_that_is_no_rule_is_refused_with_its_place()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["own.rules"], "# mine\n-a always,exit -F arch=b64 -S opne -F auid=1\n");

        AuditException fault = Assert.Throws<AuditException>(() => PeopleRules.Compile(_host, uint.MaxValue, folder["own.rules"]));

        Assert.StartsWith($"{folder["own.rules"]}:2: ", fault.Message);
        Assert.Contains("opne", fault.Message);
    }

    [Fact]
    public void A_missing_rule_file_is_refused_in_the_words_of_the_C_library()
    {
        AuditException fault = Assert.Throws<AuditException>(() => PeopleRules.Compile(_host, uint.MaxValue, "/nonexistent/own.rules"));

        Assert.Equal("cannot read /nonexistent/own.rules: No such file or directory", fault.Message);
    }

    // struct audit_rule_data: flags, action, field_count (each 4), mask 64 x 4, fields 64 x 4, values 64 x 4, fieldflags 64 x 4.
    static bool ExcludesUnset(byte[] rule)
    {
        const uint NotEqual = 0x3000_0000;
        const uint Equal = 0x4000_0000;
        for (int index = 0; index < BitConverter.ToInt32(rule, 8); index++)
        {
            uint field = BitConverter.ToUInt32(rule, 12 + 256 + (index * 4));
            uint value = BitConverter.ToUInt32(rule, 12 + 512 + (index * 4));
            uint operation = BitConverter.ToUInt32(rule, 12 + 768 + (index * 4));
            if (field == AuidField && ((operation == NotEqual && value == Unset) || (operation == Equal && value != Unset)))
                return true;
        }

        return false;
    }
}
