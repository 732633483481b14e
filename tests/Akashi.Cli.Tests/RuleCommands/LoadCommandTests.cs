using System.Text;
using Akashi.Cli.RuleCommands;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Cli.Tests.RuleCommands;

public sealed class LoadCommandTests : IDisposable
{
    const string A = "-a always,exit -F arch=b64 -S openat -F uid=1 -F key=a";
    const string B = "-a always,exit -F arch=b64 -S execve -F key=b";
    const string C = "-a always,exit -F arch=b64 -S mount -F key=c";
    const string D = "-w /etc/passwd -p wa -k d";
    const string NeverB = "-a never,exit -F arch=b64 -S execve -F uid=7";

    readonly string _directory = Directory.CreateTempSubdirectory("akashi-rules-").FullName;
    readonly ToolRun _rules = new("rules", RulesTool.Tool.Run);

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    [Fact]
    public void An_empty_kernel_gets_every_rule_in_order()
    {
        Assert.Equal(0, Load(A, B, D));
        Assert.Equal("3 rules added, 0 removed, 0 put in anew because of the order, 0 left alone\n", _rules.Output);
        Assert.Equal([A, B, D], Loaded());
    }

    [Fact]
    public void A_second_load_asks_nothing_of_the_kernel()
    {
        Load("-D", "-b 8192", A, B, D);
        int changes = _rules.Host.Kernel.Changes;
        _rules.Host.Kernel.Requests.Clear();

        Assert.Equal(0, Load("-D", "-b 8192", A, B, D));
        Assert.Equal("0 rules added, 0 removed, 0 put in anew because of the order, 3 left alone\n", _rules.Output);
        Assert.Equal((changes, 8192u), (_rules.Host.Kernel.Changes, _rules.Host.Kernel.Status.BacklogLimit));
        Assert.Equal(["get status"], _rules.Host.Kernel.Requests);
    }

    // Debian's package has -D in rules.d/audit.rules, which comes after every name that begins with a digit; augenrules puts it first.
    [Fact]
    public void A_deletion_in_a_later_file_of_a_directory_takes_no_rule_of_an_earlier_one_away()
    {
        File.WriteAllText(Path.Combine(_directory, "60-mine.rules"), A + "\n" + D + "\n");
        File.WriteAllText(Path.Combine(_directory, "audit.rules"), "## First rule - delete all\n-D\n-b 8192\n");
        _rules.Host.Paths[_directory] = Akashi.Host.FileKind.Directory;

        Assert.Equal(0, _rules.Run("load", _directory));
        Assert.Equal([A, D], Loaded());
    }

    [Fact]
    public void Only_what_differs_is_changed()
    {
        Load(A, B, C);

        Assert.Equal(0, Load("-D", A, D, C));
        Assert.Equal("1 rule added, 1 removed, 0 put in anew because of the order, 2 left alone\n", _rules.Output);
        Assert.Equal([A, C, D], Loaded());
    }

    [Fact]
    public void Without_a_deletion_rules_are_added_to_those_that_are_there()
    {
        Load(A);

        Assert.Equal(0, Load(B));
        Assert.Equal([A, B], Loaded());
        Assert.Equal(0, Load("-D -k a", C));
        Assert.Equal([B, C], Loaded());
        Assert.Equal(0, Load("-d" + B[2..]));
        Assert.Equal([C], Loaded());
    }

    [Fact]
    public void Where_the_order_matters_a_rule_is_put_in_anew_and_said()
    {
        Load(B, NeverB, C);

        Assert.Equal(0, Load("-D", NeverB, B, C));
        Assert.Equal(
            $"put in anew because of the order: {NeverB}\n0 rules added, 0 removed, 1 put in anew because of the order, 2 left alone\n",
            _rules.Output);
        Assert.Equal([NeverB, B, C], Loaded());
    }

    [Fact]
    public void Every_error_is_told_with_its_place_and_nothing_changes()
    {
        Load(A);

        Assert.Equal(1, Load("-D", "-a always,exit -F arch=b64 -S opne -k x", B, "  -a always,exit -F uidd=1 -S execve", "-b many"));
        string file = RuleFilePath;
        Assert.Equal(
            $"""
            akashi rules: {file}:2:31: Syscall name unknown: opne
            hint: did you mean open?
            akashi rules: {file}:4:21: -F unknown field: uidd
            hint: did you mean uid?
            akashi rules: {file}:5:4: -b takes a number, not 'many'
            akashi rules: nothing is changed: 3 errors

            """, _rules.Error);
        Assert.Equal([A], Loaded());
    }

    [Fact]
    public void An_empty_kernel_gets_the_good_rules_and_is_not_locked()
    {
        _rules.Host.Kernel.Unknown = rule => rule.AsSpan().IndexOf("/no/such"u8) >= 0;

        Assert.Equal(1, Load(A, "-a always,exit -S opne", "-w /no/such/file -p wa", B, "-e 2"));
        Assert.Equal([A, B], Loaded());
        Assert.Equal(1u, _rules.Host.Kernel.Status.Enabled);
        Assert.Contains($"akashi rules: {RuleFilePath}:3: the kernel refuses -w /no/such/file -p wa: Invalid argument\n", _rules.Error);
        Assert.Contains("akashi rules: -e 2 is left out after errors: it would lock them in until the next boot\n", _rules.Error);
    }

    // A program that was removed, with its directory: the kernel took its rule away then, and wants none of it now.
    [Fact]
    public void A_rule_whose_directory_is_gone_is_left_out_and_the_others_are_loaded()
    {
        const string Gone = "-w /opt/gone/program -p x -k gone";
        Load("-D", A, B, C);
        _rules.Host.Kernel.Pathless = rule => rule.AsSpan().IndexOf("/opt/gone"u8) >= 0;

        Assert.Equal(1, Load("-D", A, Gone, D, "-e 2"));
        Assert.Equal([A, D], Loaded());
        Assert.Equal("1 rule added, 2 removed, 0 put in anew because of the order, 1 left alone, 1 left out\n", _rules.Output);
        Assert.Contains($"akashi rules: {RuleFilePath}:3: the kernel refuses {Gone}: No such file or directory\nhint: the directory of the path has to exist", _rules.Error);
        Assert.Equal(1u, _rules.Host.Kernel.Status.Enabled);

        Assert.Equal(1, Load("-D", A, Gone, D));
        Assert.Equal("0 rules added, 0 removed, 0 put in anew because of the order, 2 left alone, 1 left out\n", _rules.Output);
    }

    [Fact]
    public void Without_errors_the_rules_are_locked_last()
    {
        Assert.Equal(0, Load("-e 2", A, "--loginuid-immutable"));
        Assert.Equal(2u, _rules.Host.Kernel.Status.Enabled);
        Assert.Equal(2u, _rules.Host.Kernel.Features.Lock);
        Assert.Equal([A], Loaded());
    }

    [Fact]
    public void Locked_rules_are_told_with_what_to_do()
    {
        Load(A);
        _rules.Host.Kernel.Status = _rules.Host.Kernel.Status with { Enabled = 2 };

        Assert.Equal(1, Load(B));
        Assert.Equal(
            "akashi rules: the rules are locked until the next boot (-e 2)\n"
            + "hint: put the files into /etc/audit/rules.d, run augenrules, and boot\n", _rules.Error);
        Assert.Equal([A], Loaded());
    }

    [Fact]
    public void A_refusal_at_any_step_puts_back_what_was_there()
    {
        string[] before = ["-b 100", A, B, NeverB, C, "-w /a -p wa -k a", "-a never,exclude -F msgtype=CWD"];
        string[] after = ["-D", "-b 200", "-a always,exit -F arch=b64 -S setns -k new", NeverB, B, D, "-a never,task", C];
        Load(before);
        int stepCount = ChangesOf(after);
        Assert.InRange(stepCount, 7, 20);
        Load(["-D", .. before]);
        string[] held = Loaded();

        for (int refused = 1; refused <= stepCount; refused++)
        {
            _rules.Host.Kernel.RefusedChange = _rules.Host.Kernel.Changes + refused;
            Assert.Equal(1, Load(after));
            Assert.Contains("Input/output error\n", _rules.Error);
            Assert.Contains("akashi rules: nothing is changed: the rules are what they were before\n", _rules.Error);
            Assert.Equal(held, Loaded());
            Assert.Equal(100u, _rules.Host.Kernel.Status.BacklogLimit);
        }
    }

    [Fact]
    public void A_setting_that_is_refused_changes_nothing()
    {
        Load(A);
        _rules.Host.Kernel.Refusals["set status"] = (22, "Invalid argument");

        Assert.Equal(1, Load("-D", "-b 5", B));
        Assert.Contains("akashi rules: cannot set: Invalid argument\n", _rules.Error);
        Assert.Equal([A], Loaded());
    }

    [Fact]
    public void A_rule_that_is_there_twice_is_a_note()
    {
        Assert.Equal(0, Load(A, B, A));
        Assert.Equal($"akashi rules: {RuleFilePath}:3: note: the same rule as at {RuleFilePath}:1; it is loaded once\n", _rules.Error);
        Assert.Equal([A, B], Loaded());
    }

    [Fact]
    public void A_directory_is_read_in_the_order_of_versions()
    {
        File.WriteAllText(Path.Combine(_directory, "10-b.rules"), B);
        File.WriteAllText(Path.Combine(_directory, "9-a.rules"), A);
        File.WriteAllText(Path.Combine(_directory, "1.conf"), C);

        Assert.Equal(0, _rules.Run("load", _directory));
        Assert.Equal([A, B], Loaded());
        Assert.Equal(1, _rules.Run("load", Path.Combine(_directory, "none.rules")));
        Assert.Contains("none.rules: No such file or directory\n", _rules.Error);
    }

    [Fact]
    public void Files_that_others_may_write_are_refused_and_change_nothing()
    {
        Load(A);
        Write(B);
        _rules.Host.Users["shota"] = 1000;
        _rules.Host.Owners[RuleFilePath] = 1000;
        Assert.Equal(1, _rules.Run("load", _directory));
        Assert.Contains($"{RuleFilePath} is refused: it belongs to shota, who could change what is audited\n", _rules.Error);
        Assert.Equal([A], Loaded());
        Assert.Equal(1, _rules.Run("check", _directory));
        Assert.Contains("is refused: it belongs to shota", _rules.Error);

        _rules.Host.Owners.Clear();
        File.SetUnixFileMode(_directory, (UnixFileMode)0b111_111_111);
        Assert.Equal(1, _rules.Run("load", _directory));
        Assert.Contains($"{_directory} is refused: everybody may write it, and so change what is audited\n", _rules.Error);
        Assert.Equal([A], Loaded());
        Assert.Equal(2, _rules.Run("diff", _directory));
        Assert.Contains("is refused: everybody may write it", _rules.Error);
    }

    [Fact]
    public void Hostile_lines_are_told_with_their_places_and_change_nothing()
    {
        Load(A);
        byte[] bytes = [.. "-w /a\0b\n"u8, .. new byte[1 << 20].Select(_ => (byte)'"'), .. "\n-w /"u8, 0xFF, .. "\n-R /etc/audit/audit.rules\n"u8];
        File.WriteAllBytes(RuleFilePath, bytes);

        Assert.Equal(1, _rules.Run("load", RuleFilePath));
        for (int line = 1; line <= 4; line++)
            Assert.Contains($"akashi rules: {RuleFilePath}:{line}:", _rules.Error);
        Assert.InRange(_rules.Error.Length, 100, 4000);
        Assert.Equal([A], Loaded());
    }

    [Fact]
    public void A_comparison_shows_what_a_load_would_change_and_changes_nothing()
    {
        Load(A, B, NeverB);
        string[] after = ["-D", "-b 200", NeverB, B, D];

        Assert.Equal(1, _rules.Run("diff", Write(after)));
        Assert.Equal(
            $"- backlog_limit 64\n+ backlog_limit 200\n~ {NeverB}    # {RuleFilePath}:3 is loaded already, but in another order: the first rule that matches decides\n+ {D}    # {RuleFilePath}:5\n- {A}\n", _rules.Output);
        Assert.Equal([A, B, NeverB], Loaded());
        Load(after);
        Assert.Equal(0, _rules.Run("diff", RuleFilePath));
        Assert.Equal("", _rules.Output);
        Assert.Equal(2, _rules.Run("diff", Write("-z")));
    }

    [Fact]
    public void Rules_are_listed_with_what_they_mean()
    {
        Load(B, "-a never,exclude -F msgtype=CWD", D);

        Assert.Equal(0, _rules.Run("list"));
        Assert.Equal(
            $"""
            system calls and files (exit):
               1  records execve by 64 bit programs; key b
                  {B}
               2  records writing and changing owner or permissions of /etc/passwd; key d
                  {D}

            records that are dropped (exclude):
               3  drops records where the record's type is CWD
                  -a never,exclude -F msgtype=CWD

            """, _rules.Output);
    }

    [Fact]
    public void A_wrong_command_is_usage()
    {
        Assert.Equal(2, _rules.Run());
        Assert.Equal(2, _rules.Run("lod"));
        Assert.Equal(2, _rules.Run("load", "-x"));
        Assert.Equal(0, _rules.Run("--help"));
        Assert.StartsWith("akashi rules - load, compare,", _rules.Output);
    }

    string RuleFilePath => Path.Combine(_directory, "audit.rules");

    int Load(params string[] lines) => _rules.Run("load", Write(lines));

    int ChangesOf(string[] lines)
    {
        int before = _rules.Host.Kernel.Changes;
        Assert.Equal(0, Load(lines));
        return _rules.Host.Kernel.Changes - before;
    }

    string Write(params string[] lines)
    {
        File.WriteAllText(RuleFilePath, string.Join('\n', lines) + "\n");
        return RuleFilePath;
    }

    string[] Loaded() => [.. _rules.Host.Kernel.ListRules().Select(bytes =>
    {
        Assert.True(RuleDecoder.TryDecode(bytes, out Rule? rule, out _));
        return new RuleListing(Machine.X86_64).ToText(rule);
    })];
}
