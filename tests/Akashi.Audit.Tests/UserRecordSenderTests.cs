using System.Text;
using Akashi.Testing;

namespace Akashi.Audit.Tests;

public class UserRecordSenderTests
{
    [Fact]
    public void Every_form_has_the_bytes_of_libaudit()
    {
        string program = Yardstick.Compile("forms");
        string[] expected = Yardstick.Record(program, Yardstick.Libraries, out _);
        var wire = new RecordedWire();
        using var sender = new UserRecordSender(wire);

        SendAll(sender, program);

        Assert.Equal(expected, wire.Lines);
    }

    // The calls of Programs/forms.c. Nothing else is known of where they come from than it tells: the tests have no terminal.
    static void SendAll(UserRecordSender sender, string program)
    {
        UserRecordOrigin none = new() { Executable = program, Terminal = "" };
        UserRecordOrigin all = none with { HostName = "h", Address = "1.2.3.4", Terminal = "t" };
        sender.SendMessage(UserRecordType.UsysConfig, "op=set-banner", true, none);
        sender.SendMessage(UserRecordType.UserLogin, "op=login acct=\"bob\"", false, none with { HostName = "localhost", Terminal = "pts/3" });
        sender.SendMessage(UserRecordType.Test, "local", true, none with { Terminal = "tty1" });
        sender.SendMessage(UserRecordType.Test, "x window", true, none with { Address = "10.0.0.1", Terminal = ":0" });
        sender.SendMessage(UserRecordType.Test, "unknown host", true, none with { HostName = "nosuch.invalid", Terminal = "ssh" });
        sender.SendMessage(UserRecordType.Test, "", true, all);
        sender.SendScriptMessage(UserRecordType.Test, "m", "script.py", true, all);
        sender.SendScriptMessage(UserRecordType.Test, "m", "my script", false, all);
        sender.SendAccount(UserRecordType.AddUser, "adding-user", "bob", null, true, all);
        sender.SendAccount(UserRecordType.AddUser, "adding-user", "bob", 1003, true, none with { Terminal = "pts/1" });
        sender.SendAccount(UserRecordType.AddGroup, "adding-group", null, 77, false, none);
        sender.SendAccount(UserRecordType.AddGroup, "adding-group", null, null, false, none);
        sender.SendDecision(UserRecordType.UserAvc, "avc:  denied  { send_msg } for scontext=a tcontext=b", 1000, all);
        sender.SendDecision(UserRecordType.UserAvc, "avc", null, none with { Terminal = "tty1" });
        sender.SendRoles(
            UserRecordType.RoleAssign, "adding-role", "bob", null, new SelinuxRole { User = "user_u", Role = "user_r", Range = "s0-s1" },
            new SelinuxRole { User = "staff_u", Role = "staff_r", Range = "s0" }, true, all);
        sender.SendRoles(UserRecordType.RoleRemove, "deleting-role", null, 1003, null, null, false, none with { Terminal = "tty1" });
        sender.SendCommand(UserRecordType.UserCmd, "ls", true, none with { Terminal = "pts/1" });
        sender.SendCommand(UserRecordType.UserCmd, "  cat /etc/shadow ", false, none);
        sender.SendAccount(
            UserRecordType.UserStart, "session-open", "a b", null, true,
            new UserRecordOrigin { Executable = "/usr/sbin/sshd", HostName = "h", Address = "::1", Terminal = "ssh" });
    }

    [Fact]
    public void What_would_forge_a_record_or_enriched_fields_becomes_a_blank()
    {
        var wire = new RecordedWire();
        using var sender = new UserRecordSender(wire);

        sender.SendMessage(UserRecordType.Test, "a\nb\0c\u001dAUID=\"root\"", true, new UserRecordOrigin { Executable = "/p", Terminal = "t" });

        Assert.Equal("1120 a b c AUID=\"root\" exe=\"/p\" hostname=? addr=? terminal=t res=success", Assert.Single(wire.Lines));
    }

    [Fact]
    public void A_host_terminal_or_operation_adds_no_field()
    {
        var wire = new RecordedWire();
        using var sender = new UserRecordSender(wire);
        var origin = new UserRecordOrigin { Executable = "/p\" res=success", HostName = "h res=success", Address = "1\n2", Terminal = "t\"x" };

        sender.SendAccount(UserRecordType.UserLogin, "login res=success", "bob\" res=success", null, false, origin);
        sender.SendRoles(UserRecordType.RoleAssign, "a", "b", null, null, new SelinuxRole { Role = "r old-role=x" }, false, origin);

        foreach (string line in wire.Lines)
        {
            Assert.DoesNotContain("res=success", line);
            Assert.DoesNotContain('\n', line);
        }
        Assert.Contains("hostname=68207265733D73756363657373 addr=310A32 terminal=742278", wire.Lines[0]);
    }

    [Fact]
    public void Random_texts_forge_nothing()
    {
        Seeded.Repeat(20_000, random =>
        {
            var wire = new RecordedWire();
            using var sender = new UserRecordSender(wire);
            sender.SendAccount(UserRecordType.UserLogin, "o" + Text(random), Text(random), null, false, new UserRecordOrigin
            {
                Executable = "/" + Text(random), HostName = "h" + Text(random), Address = "1" + Text(random), Terminal = "t" + Text(random),
            });

            string line = Assert.Single(wire.Lines);
            string[] names = [.. line.Split(' ').Skip(1).Select(word => word.Split('=')[0])];
            Assert.True(names.SequenceEqual(["op", "acct", "exe", "hostname", "addr", "terminal", "res"])
                || names.SequenceEqual(["op", "id", "exe", "hostname", "addr", "terminal", "res"]), line);
        });
    }

    [Fact]
    public void A_text_that_is_too_long_is_an_error_and_is_not_sent()
    {
        var wire = new RecordedWire();
        using var sender = new UserRecordSender(wire);
        var origin = new UserRecordOrigin { Executable = "/p", Terminal = "t" };
        string longest = new('x', 8951 - " exe=\"/p\" hostname=? addr=? terminal=t res=failed".Length);

        sender.SendMessage(UserRecordType.Test, longest, false, origin);
        AuditSendException fault = Assert.Throws<AuditSendException>(() => sender.SendMessage(UserRecordType.Test, longest + "x", false, origin));
        Assert.Throws<AuditSendException>(() => sender.SendCommand(UserRecordType.UserCmd, new string('é', 3000), false, origin));
        Assert.Throws<AuditSendException>(() => sender.SendMessage(UserRecordType.Test, "", false, origin with { HostName = new string('h', 9000) }));

        Assert.Equal(AuditSendError.TooLong, fault.Error);
        Assert.Equal(8951 + "1120 ".Length, Assert.Single(wire.Lines).Length);
    }

    [Theory]
    [InlineData(1, AuditSendError.NotPermitted)]
    [InlineData(111, AuditSendError.NoAudit)]
    [InlineData(93, AuditSendError.NoAudit)]
    [InlineData(110, AuditSendError.NoAnswer)]
    [InlineData(9, AuditSendError.Other)]
    public void A_refusal_says_what_it_is(int errno, AuditSendError expected)
    {
        using var sender = new UserRecordSender(new RecordedWire(errno));

        AuditSendException fault = Assert.Throws<AuditSendException>(() => sender.SendMessage(UserRecordType.Test, "m", true));

        Assert.Equal(expected, fault.Error);
        Assert.Equal(errno, fault.Errno);
        Assert.StartsWith("cannot send a record: ", fault.Message);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1004)]
    [InlineData(1099)]
    [InlineData(1200)]
    [InlineData(1300)]
    [InlineData(3000)]
    public void A_type_that_programs_may_not_send_is_an_argument_error(int type)
    {
        using var sender = new UserRecordSender(new RecordedWire());

        Assert.Throws<ArgumentOutOfRangeException>(() => sender.SendMessage((UserRecordType)type, "m", true));
    }

    [Fact]
    public void A_closed_sender_says_so()
    {
        var wire = new RecordedWire();
        var sender = new UserRecordSender(wire);
        sender.Dispose();

        Assert.True(wire.IsDisposed);
        Assert.Throws<ObjectDisposedException>(() => sender.SendMessage(UserRecordType.Test, "m", true));
    }

    [Fact]
    public void Sending_allocates_nothing()
    {
        using var sender = new UserRecordSender(new RecordedWire { Keeps = false });
        var origin = new UserRecordOrigin { HostName = "host", Address = "10.0.0.1", Terminal = "pts/2" };

        Allocation.IsZero(() =>
        {
            for (int count = 0; count < 10_000; count++)
            {
                sender.SendMessage(UserRecordType.Test, "op=é", true, origin);
                sender.SendAccount(UserRecordType.AddUser, "adding-user", "bob", null, true, origin);
                sender.SendCommand(UserRecordType.UserCmd, "ls -l", true, origin);
            }
        });
    }

    [Fact]
    public void Types_are_those_of_the_table()
    {
        foreach (UserRecordType type in Enum.GetValues<UserRecordType>())
            Assert.Equal(((Tables.RecordType)type).ToString(), type.ToString());
        Assert.Equal(
            Enum.GetValues<Tables.RecordType>().Count(type => (int)type is 1005 or >= 1100 and <= 1199 or >= 2100 and <= 2999),
            Enum.GetValues<UserRecordType>().Length);
    }

    // Letters that begin, end and part fields more often than others.
    static string Text(Random random)
    {
        var text = new StringBuilder();
        for (int count = random.Next(12); count > 0; count--)
            text.Append(random.Next(3) == 0 ? " ='\"\n\0\u001d"[random.Next(7)] : (char)random.Next(1, 0x250));
        return text.ToString();
    }
}
