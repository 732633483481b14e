using System.Text;
using Akashi.Records;

namespace Akashi.Tests.Records;

public class FieldEnumeratorTests
{
    [Theory]
    [InlineData("", "")]
    [InlineData("   ", "")]
    [InlineData("a=1 b=2", "a=1|b=2")]
    [InlineData("a= b=2", "a=|b=2")]
    [InlineData("a=", "a=")]
    [InlineData("=1 b=2", "b=2")]
    [InlineData("words without a sign", "")]
    [InlineData("avc:  denied  { read } for  pid=13010 comm=\"pick up\" tclass=dir", "pid=13010|comm=\"pick up\"|tclass=dir")]
    [InlineData("user pid=1 msg='op=PAM:x acct=\"a b\" res=success'", "pid=1|'op=PAM:x|'acct=\"a b\"|'res=success")]
    [InlineData("pid=1 msg='PAM: accounting acct=root : exe=\"/usr/sbin/crond\" (hostname=?, addr=?, terminal=cron res=success)'",
        "pid=1|'acct=root|'exe=\"/usr/sbin/crond\"|'(hostname=?|'addr=?|'terminal=cron|'res=success")]
    [InlineData("name=\"no end", "name=\"no")]
    [InlineData("tty=(none) key=(null)", "tty=(none)|key=(null)")]
    [InlineData("msg='it''s=1'", "'it''s=1")]
    [InlineData("msg='open=1", "'open=1")]
    [InlineData("msg='", "")]
    public void Cuts_pairs(string body, string expected)
    {
        var pairs = new List<string>();
        foreach (Field field in new FieldEnumerator(Encoding.UTF8.GetBytes(body)))
        {
            string mark = field.IsNested ? "'" : "";
            pairs.Add($"{mark}{Encoding.UTF8.GetString(field.Name)}={Encoding.UTF8.GetString(field.Value)}");
        }

        Assert.Equal(expected, string.Join('|', pairs));
    }
}
