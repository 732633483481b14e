namespace Akashi.Cli.Tests.Auditctl;

public sealed class RuleFileLoadTests : IDisposable
{
    readonly AuditctlRun _auditctl = new();
    readonly string _file = Path.Combine(Directory.CreateTempSubdirectory("akashi-rules-").FullName, "audit.rules");

    public void Dispose() => Directory.Delete(Path.GetDirectoryName(_file)!, recursive: true);

    [Fact]
    public void A_file_is_loaded_line_by_line()
    {
        int exitCode = Load("## head\n-D\n-b 8192\n-f 1\n\n-w /a\\ b -p wa -k one\n-a always,exit -F arch=b64 -S execve -k two\n");

        Assert.Equal((0, "Old style watch rules are slower\n"), (exitCode, _auditctl.Error));
        Assert.StartsWith("No rules\nenabled 1\n", _auditctl.Output);
        Assert.Equal(8192u, _auditctl.Host.Kernel.Status.BacklogLimit);
        _auditctl.Run("-l");
        Assert.Equal("-w /a b -p wa -k one\n-a always,exit -F arch=b64 -S execve -F key=two\n", _auditctl.Output);
    }

    [Fact]
    public void A_rule_that_the_kernel_refuses_is_told_with_reason_line_and_text()
    {
        _auditctl.Host.Kernel.Refusals.Add("add rule", (2, "No such file or directory"));

        Assert.Equal(1, Load("\n-a always,exit -F path=/no/such -F perm=wa\n-b 8192\n"));
        Assert.Equal(
            $"Error sending add rule data request (No such file or directory)\nThere was an error in line 2 of {_file}\n"
            + "  -a always,exit -F path=/no/such -F perm=wa\n", _auditctl.Error);
        Assert.Equal(64u, _auditctl.Host.Kernel.Status.BacklogLimit);
    }

    [Theory]
    [InlineData("-a always,exit -S nosuch", "Syscall name unknown: nosuch")]
    [InlineData("-a always,exit -F uid=nobodyatall -S execve", "Unknown user: nobodyatall")]
    [InlineData("-z", "Option -z is invalid")]
    [InlineData("-R /other", "-R can't be used inside a rule file")]
    [InlineData("-e 3", "Enable must be 0, 1, or 2 was 3")]
    public void A_line_that_is_wrong_ends_the_load(string line, string error)
    {
        Assert.Equal(1, Load($"{line}\n-w /a\n"));
        Assert.Equal($"{error}\nThere was an error in line 1 of {_file}\n  {line}\n", _auditctl.Error);
        Assert.Empty(_auditctl.Host.Kernel.Rules);
    }

    [Fact]
    public void Of_a_file_that_is_no_rule_file_the_first_thousand_errors_are_told()
    {
        File.WriteAllText(_file, string.Concat(Enumerable.Repeat("-z\n", 1500)) + "-w /a -k last\n");

        Assert.Equal(1, _auditctl.Run("-c", "-R", _file));
        Assert.Equal(1000, _auditctl.Error.Split("There was an error in line ").Length - 1);
        Assert.EndsWith($"There were errors in 500 more lines of {_file}\n", _auditctl.Error);
        Assert.Single(_auditctl.Host.Kernel.Rules);
    }

    [Fact]
    public void What_is_wrong_stands_in_the_system_log_too()
    {
        Load("-z\n");

        Assert.Equal(
            ["auditctl: Option -z is invalid", $"auditctl: There was an error in line 1 of {_file}"], _auditctl.Host.Logged);
    }

    [Fact]
    public void A_file_that_locks_the_rules_can_add_none_afterwards()
    {
        Assert.Equal(1, Load("-w /a\n-e 2\n-w /b\n"));
        Assert.Contains("The audit system is in immutable mode, no rule changes allowed\n", _auditctl.Error);
        Assert.Single(_auditctl.Host.Kernel.Rules);
    }

    [Fact]
    public void A_rule_costs_one_request()
    {
        Load("-w /a\n-w /b\n-w /c\n-w /d\n");

        Assert.Equal(["add rule", "add rule", "add rule", "add rule"], _auditctl.Host.Kernel.Requests.Where(request => request != "get status"));
        Assert.InRange(_auditctl.Host.Kernel.Requests.Count, 4, 6);
    }

    [Fact]
    public void A_mismatch_of_system_calls_names_the_line()
    {
        Assert.Equal(0, Load("# one\n-a always,exit -S chmod\n"));
        Assert.Equal("WARNING - 32/64 bit syscall mismatch in line 2, you should specify an arch\n", _auditctl.Error);
    }

    [Theory]
    [InlineData("-i", 0)]
    [InlineData("-c", 1)]
    public void Errors_can_be_passed_over(string option, int exitCode)
    {
        Assert.Equal(exitCode, Load("-z\n-w /a\n", option));
        Assert.Single(_auditctl.Host.Kernel.Rules);
        _auditctl.Run("-D");
        Assert.Equal(exitCode, Load($"{option}\n-z\n-w /a\n"));
        Assert.Single(_auditctl.Host.Kernel.Rules);
    }

    [Fact]
    public void A_file_that_all_may_write_is_refused()
    {
        File.WriteAllText(_file, "-w /a\n");
        File.SetUnixFileMode(_file, (UnixFileMode)0b110_100_110);

        Assert.Equal(1, _auditctl.Run("-R", _file));
        Assert.Equal($"Error - {_file} is world writable\n", _auditctl.Error);
        Assert.Empty(_auditctl.Host.Kernel.Rules);
    }

    [Fact]
    public void A_file_that_is_missing_or_a_directory_is_told()
    {
        Assert.Equal(1, _auditctl.Run("-R", _file));
        Assert.Equal($"Error opening {_file} (No such file or directory)\n", _auditctl.Error);

        string longName = _file + new string('x', 300);
        Assert.Equal(1, _auditctl.Run("-R", longName));
        Assert.Equal($"Error opening {longName} (File name too long)\n", _auditctl.Error);

        Directory.CreateDirectory(_file);
        Assert.Equal(1, _auditctl.Run("-R", _file));
        Assert.Equal($"Error - {_file} isn't a regular file\n", _auditctl.Error);
    }

    int Load(string text, params string[] options)
    {
        File.WriteAllText(_file, text);
        return _auditctl.Run([.. options, "-R", _file]);
    }
}
