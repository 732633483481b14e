using System.Text;

namespace Akashi.Cli.Tests.Ausearch;

/// <summary>Socket addresses as no program of good will makes them: connect(2) takes any number of bytes, and the kernel records them.</summary>
public sealed class OddAddressTests
{
    const string Last = "type=USER_LOGIN msg=audit(1700000001.000:1000000): pid=1 uid=0 auid=1000 ses=1 msg='op=login acct=\"last\" exe=\"/usr/sbin/sshd\" hostname=? addr=? terminal=ssh res=success'\n";

    [Trait("Category", "Long")]
    [Theory]
    [InlineData("-i")]
    [InlineData("--format", "csv", "--extra-time")]
    [InlineData("--format", "text")]
    [InlineData("--raw")]
    public void Every_family_at_every_length_leaves_what_follows_readable(params string[] options)
    {
        var log = new StringBuilder();
        int serial = 0;
        for (int family = 0; family < 256; family++)
        {
            for (int length = 0; length < 30; length++)
            {
                string bytes = $"{family:X2}" + string.Concat(Enumerable.Repeat(family % 2 == 0 ? "00" : "2F", length));
                string stamp = $"msg=audit(1700000000.000:{++serial}):";
                log.Append($"type=SYSCALL {stamp} arch=c000003e syscall=42 success=no exit=-22 a0=3 a1=1 a2=1 a3=0 items=0 ppid=1 pid=2 auid=1000 uid=1000 comm=\"x\" exe=\"/x\" key=(null)\n");
                log.Append($"type=SOCKADDR {stamp} saddr={bytes[..Math.Min(bytes.Length, (length * 2) + 2)]}\n");
            }
        }

        AusearchRun run = AusearchRun.Of(log.Append(Last).ToString(), options);

        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("last", run.Output, StringComparison.Ordinal);
    }
}
