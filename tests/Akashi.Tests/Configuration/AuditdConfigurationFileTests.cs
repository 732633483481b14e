using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Tests.Configuration;

public class AuditdConfigurationFileTests
{
    const string Path = "/etc/audit/auditd.conf";

    [Fact]
    public void What_root_alone_wrote_is_opened_and_nothing_else()
    {
        Assert.Equal($"cannot read {Path}: no such file", Refusal(new StatusFiles()));
        Assert.Equal($"cannot read {Path}: it is a symbolic link (-l allows that)", Refusal(new StatusFiles().Add(Path, FileKind.Other, "777", isLink: true)));
        Assert.Equal($"cannot read {Path}: it is not a regular file", Refusal(new StatusFiles().Add(Path, FileKind.Fifo, "600")));
        Assert.Equal($"cannot read {Path}: it is owned by user 1000, not by root", Refusal(new StatusFiles().Add(Path, FileKind.Regular, "600", uid: 1000)));
        Assert.Equal($"cannot read {Path}: everybody can write it", Refusal(new StatusFiles().Add(Path, FileKind.Regular, "602")));

        // These files can't be opened: who gets so far has passed every check.
        Assert.Equal($"cannot open {Path}: Permission denied", Refusal(new StatusFiles().Add(Path, FileKind.Regular, "660")));
        Assert.Equal($"cannot open {Path}: Permission denied", Refusal(new StatusFiles().Add(Path, FileKind.Regular, "640", isLink: true), allowsLink: true));
    }

    [Theory]
    [InlineData("750", null)]
    [InlineData("755", null)]
    [InlineData("550", null)]
    [InlineData("555", null)]
    [InlineData("700", "its mode is 0700, not 0750, 0755, 0550 or 0555")]
    [InlineData("754", "its mode is 0754, not 0750, 0755, 0550 or 0555")]
    [InlineData("770", "its mode is 0770, not 0750, 0755, 0550 or 0555")]
    [InlineData("757", "its mode is 0757, not 0750, 0755, 0550 or 0555")]
    [InlineData("4755", "its mode is 04755, not 0750, 0755, 0550 or 0555")]
    [InlineData("640", "its mode is 0640, not 0750, 0755, 0550 or 0555")]
    public void A_program_has_one_of_four_modes(string mode, string? expected) =>
        Assert.Equal(expected, AuditdConfigurationPlace.WhyNotRun(new StatusFiles().Add("/p", FileKind.Regular, mode), "/p"));

    [Fact]
    public void A_program_is_a_regular_file_of_roots_at_an_absolute_path()
    {
        Assert.Equal("it is not an absolute path", AuditdConfigurationPlace.WhyNotRun(new StatusFiles().Add("p", FileKind.Regular, "755"), "p"));
        Assert.Equal("no such file", AuditdConfigurationPlace.WhyNotRun(new StatusFiles(), "/p"));
        Assert.Equal("it is not a regular file", AuditdConfigurationPlace.WhyNotRun(new StatusFiles().Add("/p", FileKind.Directory, "755"), "/p"));
        Assert.Equal("it is not a regular file", AuditdConfigurationPlace.WhyNotRun(new StatusFiles().Add("/p", FileKind.Regular, "755", isLink: true), "/p"));
        Assert.Equal("it is owned by user 7, not by root", AuditdConfigurationPlace.WhyNotRun(new StatusFiles().Add("/p", FileKind.Regular, "755", uid: 7), "/p"));
    }

    [Theory]
    [InlineData("/a/b/audit.log", null)]
    [InlineData("/a/../a/b/audit.log", "log_file is '/a/../a/b/audit.log': no '.' or '..' may be in it")]
    [InlineData("/a/none/audit.log", "log_file is '/a/none/audit.log': there is no /a/none")]
    [InlineData("/a/file/audit.log", "log_file is '/a/file/audit.log': /a/file is not a directory")]
    [InlineData("/theirs/audit.log", "log_file is '/theirs/audit.log': /theirs is owned by user 1000, not by root")]
    [InlineData("/shared/b/audit.log", "log_file is '/shared/b/audit.log': others than root can write /shared (mode 0775)")]
    [InlineData("/sticky/b/audit.log", null)]
    public void The_way_to_the_log_is_roots(string logFile, string? expected)
    {
        var files = new StatusFiles()
            .Add("/", FileKind.Directory, "755").Add("/a", FileKind.Directory, "755").Add("/a/b", FileKind.Directory, "700")
            .Add("/a/file", FileKind.Regular, "600").Add("/theirs", FileKind.Directory, "755", uid: 1000)
            .Add("/shared", FileKind.Directory, "775").Add("/shared/b", FileKind.Directory, "755")
            .Add("/sticky", FileKind.Directory, "1777").Add("/sticky/b", FileKind.Directory, "755");
        var diagnostics = new DiagnosticBag();

        AuditdConfigurationPlace.CheckLogDirectory(files, logFile, diagnostics);

        Assert.Equal(expected, diagnostics.All.SingleOrDefault()?.Text);
    }

    static string Refusal(IFiles files, bool allowsLink = false)
    {
        var diagnostics = new DiagnosticBag();
        AuditdConfigurationFile.Read(files, "/etc/audit", allowsLink, diagnostics);
        return Assert.Single(diagnostics.All).Text;
    }
}
