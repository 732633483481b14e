using Akashi.Setup;

namespace Akashi.Tests.Setup;

/// <summary>The files are those of Debian 12 and RHEL 9 (their session lines), and forms of pam.d(5).</summary>
public class PamTtyAuditTests
{
    const string Debian = """
        session [success=ok ignore=ignore module_unknown=ignore default=bad] pam_selinux.so close

        # Sets the loginuid process attribute
        session    required     pam_loginuid.so

        session    optional   pam_motd.so motd=/run/motd.dynamic
        @include common-session

        """;

    [Fact]
    public void The_line_stands_after_the_one_that_sets_the_login_user()
    {
        string made = PamTtyAudit.Insert(Debian, ["shota", "root"], isStrict: false, _ => null)!;

        Assert.Equal(
            Debian.Replace("pam_loginuid.so\n", $"pam_loginuid.so\n{PamTtyAudit.Mark}\nsession optional pam_tty_audit.so disable=* enable=shota,root\n"),
            made);
    }

    [Fact]
    public void A_second_time_changes_nothing_and_other_people_take_the_place_of_the_first()
    {
        string made = PamTtyAudit.Insert(Debian, ["shota"], isStrict: false, _ => null)!;

        Assert.Equal(made, PamTtyAudit.Insert(made, ["shota"], isStrict: false, _ => null));
        string other = PamTtyAudit.Insert(made, ["root"], isStrict: true, _ => null)!;
        Assert.Contains("session required pam_tty_audit.so disable=* enable=root\n", other);
        Assert.DoesNotContain("shota", other);
    }

    [Fact]
    public void A_login_user_that_an_included_file_sets_counts()
    {
        string text = "auth include system-auth\nsession include postlogin\nsession optional pam_motd.so";
        string? Find(string name) => name == "postlogin" ? "session required \\\n pam_loginuid.so\n-session optional /lib/security/pam_loginuid.so\n" : null;

        string made = PamTtyAudit.Insert(text, ["a"], isStrict: false, Find)!;
        Assert.Equal("auth include system-auth\nsession include postlogin\n" + PamTtyAudit.Mark
            + "\nsession optional pam_tty_audit.so disable=* enable=a\nsession optional pam_motd.so", made);
        Assert.Null(PamTtyAudit.Insert(text, ["a"], isStrict: false, _ => null));
        Assert.Null(PamTtyAudit.Insert("@include a\n", ["a"], isStrict: false, _ => "@include a\n"));
        Assert.Null(PamTtyAudit.Insert("#session required pam_loginuid.so\nauth required pam_loginuid.so\n", ["a"], isStrict: false, _ => null));
    }

    [Fact]
    public void A_line_that_goes_on_in_the_next_is_not_cut()
    {
        string made = PamTtyAudit.Insert("session required pam_loginuid.so \\\n  require_auditd\n", ["a"], isStrict: false, _ => null)!;
        Assert.Equal("session required pam_loginuid.so \\\n  require_auditd\n" + PamTtyAudit.Mark + "\nsession optional pam_tty_audit.so disable=* enable=a\n", made);

        string last = PamTtyAudit.Insert("session required pam_loginuid.so", ["a"], isStrict: false, _ => null)!;
        Assert.EndsWith("enable=a\n", last);
    }

    [Fact]
    public void Somebodys_own_line_is_found_ours_is_not()
    {
        string own = PamTtyAudit.Insert(Debian, ["a"], isStrict: false, _ => null)!;
        Assert.Null(PamTtyAudit.FindOther(own));

        PamLine other = PamTtyAudit.FindOther(own + "session required pam_tty_audit.so enable=test,root log_passwd\n")!.Value;
        Assert.Equal(("session", "required", "enable=test,root log_passwd"), (other.Type, other.Control, other.Arguments));
    }
}
