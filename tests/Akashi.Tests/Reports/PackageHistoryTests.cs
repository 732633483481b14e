using Akashi.Reports.Software;
using Akashi.Testing;

namespace Akashi.Tests.Reports;

/// <summary>The managers' own histories; lines as dpkg 1.21, apt 2.6 and dnf 4.14 write them.</summary>
public sealed class PackageHistoryTests
{
    // 2026-11-21 10:40:14 UTC
    const long Start = 1795257614;

    static readonly RunPeriod s_period = new(Start, Start + 10);

    [Fact]
    public void A_package_that_dpkg_installed_is_ok_with_its_version()
    {
        DpkgLog log = Dpkg(
            "2026-11-21 10:40:14 startup archives install",
            "2026-11-21 10:40:14 install nginx:amd64 <none> 1.22.1-9",
            "2026-11-21 10:40:14 status half-installed nginx:amd64 1.22.1-9",
            "2026-11-21 10:40:14 configure nginx:amd64 1.22.1-9 1.22.1-9",
            "2026-11-21 10:40:15 status installed nginx:amd64 1.22.1-9");
        SoftwareRun run = Run("dpkg", "deb", SoftwareAction.Install, "nginx");

        Assert.Equal(SoftwareOutcome.Ok("dpkg.log"), log.Find(run, s_period));
        Assert.Equal("nginx=1.22.1-9", Assert.Single(run.Changed).ToString());
        Assert.Null(log.Find(Run("dpkg", "deb", SoftwareAction.Install, "nginx"), s_period));
    }

    [Fact]
    public void A_package_that_dpkg_took_back_failed()
    {
        DpkgLog log = Dpkg(
            "2026-11-21 10:40:14 install clash:all <none> 2.0",
            "2026-11-21 10:40:14 status half-installed clash:all 2.0",
            "2026-11-21 10:40:14 status not-installed clash:all <none>");

        Assert.Equal(SoftwareOutcome.Failed("dpkg.log"), log.Find(Run("dpkg", "deb", SoftwareAction.Install, "clash"), s_period));
    }

    [Theory]
    [InlineData("2026-11-21 10:40:13 install nginx:amd64 <none> 1", "before the run")]
    [InlineData("2026-11-21 10:40:25 install nginx:amd64 <none> 1", "after the run")]
    [InlineData("2026-11-21 10:40:14 install apache2:amd64 <none> 1", "another package")]
    [InlineData("2026-11-21 10:40:14 remove nginx:amd64 1 <none>", "another action")]
    [InlineData("no line of dpkg", "no date")]
    public void What_is_of_no_run_says_nothing(string line, string why) =>
        Assert.True(Dpkg(line).Find(Run("dpkg", "deb", SoftwareAction.Install, "nginx"), s_period) is null, why);

    [Fact]
    public void Apts_history_is_found_by_time_and_command_line()
    {
        AptHistory history = Apt(
            "", "Start-Date: 2026-11-21  10:40:14", "Commandline: apt-get install -y nginx", "Requested-By: bob (1000)",
            "Install: nginx:amd64 (1.22.1-9), nginx-common:amd64 (1.22.1-9, automatic)",
            "Upgrade: libc6:amd64 (2.36-9, 2.36-9+deb12u1)", "End-Date: 2026-11-21  10:40:16");
        SoftwareRun run = Run("apt", "deb", SoftwareAction.Install, "nginx");

        Assert.Null(history.Find(Run("dpkg", "deb", SoftwareAction.Install, "nginx"), s_period));
        Assert.Equal(SoftwareOutcome.Ok("history.log"), history.Find(run, s_period));
        Assert.Equal("nginx=1.22.1-9 nginx-common=1.22.1-9 libc6=2.36-9+deb12u1", string.Join(' ', run.Changed));
        Assert.Null(history.Find(Run("apt", "deb", SoftwareAction.Install, "nginx"), s_period));
    }

    [Fact]
    public void An_error_in_apts_history_failed_and_a_paragraph_without_end_says_nothing()
    {
        AptHistory failed = Apt(
            "Start-Date: 2026-11-21  10:40:14", "Commandline: apt-get install -y nginx", "Install: nginx:amd64 (1)",
            "Error: Sub-process /usr/bin/dpkg returned an error code (1)", "End-Date: 2026-11-21  10:40:16");
        AptHistory going = Apt("Start-Date: 2026-11-21  10:40:14", "Commandline: apt-get install -y nginx");

        Assert.Equal(SoftwareOutcome.Failed("history.log"), failed.Find(Run("apt", "deb", SoftwareAction.Install, "nginx"), s_period));
        Assert.Null(going.Find(Run("apt", "deb", SoftwareAction.Install, "nginx"), s_period));
    }

    [Fact]
    public void What_dnf_had_rpm_install_is_ok_and_nothing_else()
    {
        var log = new DnfLog("dnf.rpm.log");
        log.Add("2026-11-21T10:40:13+0000 INFO --- logging initialized ---");
        log.Add("2026-11-21T12:40:15+0200 SUBDEBUG Installed: nginx-core-1:1.20.1-14.el9.x86_64");
        log.Add("2026-11-21T10:40:16+0000 SUBDEBUG Installed: nginx-1:1.20.1-14.el9.x86_64");
        SoftwareRun run = Run("dnf", "rpm", SoftwareAction.Install, "nginx");

        Assert.Equal(SoftwareOutcome.Ok("dnf.rpm.log"), log.Find(run, s_period));
        Assert.Equal("nginx-core=1:1.20.1-14.el9.x86_64 nginx=1:1.20.1-14.el9.x86_64", string.Join(' ', run.Changed));
        Assert.Null(log.Find(Run("dnf", "rpm", SoftwareAction.Install, "httpd"), s_period));
        Assert.Null(log.Find(Run("dnf", "rpm", SoftwareAction.Remove, "nginx"), s_period));
    }

    [Fact]
    public void Pips_directories_prove_what_they_are_as_new_as()
    {
        var pip = new PipInstallations(_ => [new(new PackageName("Some_Package", "1.2"), Start + 2, "/p"), new(new PackageName("old", "1"), Start - 99, "/p")]);

        Assert.Equal(SoftwareOutcome.Ok("/p/*.dist-info"), pip.Find(Run("pip", "pip", SoftwareAction.Install, "some-package"), s_period));
        Assert.Null(pip.Find(Run("pip", "pip", SoftwareAction.Install, "old"), s_period));
        Assert.Null(pip.Find(Run("pip", "pip", SoftwareAction.Install, "some-package", "missing"), s_period));
        Assert.Null(pip.Find(Run("pip", "pip", SoftwareAction.Remove, "gone"), s_period));
    }

    static DpkgLog Dpkg(params string[] lines)
    {
        var log = new DpkgLog("dpkg.log", new UtcTime());
        foreach (string line in lines)
            log.Add(line);
        return log;
    }

    static AptHistory Apt(params string[] lines)
    {
        var history = new AptHistory("history.log", new UtcTime());
        foreach (string line in (string[])[.. lines, ""])
            history.Add(line);
        return history;
    }

    static SoftwareRun Run(string manager, string family, SoftwareAction action, params string[] named)
    {
        var run = new SoftwareRun
        {
            StartUnixMilliseconds = Start * 1000, Serial = 1, Person = "bob", Session = 1, Pid = 1, Manager = manager, Family = family, Action = action,
            CommandLine = "/usr/bin/apt-get install -y nginx",
        };
        run.Named.AddRange(named.Select(name => new PackageName(name, "")));
        return run;
    }
}
