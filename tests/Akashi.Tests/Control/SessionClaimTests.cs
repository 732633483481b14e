using System.Text;
using Akashi.Control;
using Akashi.Testing;

namespace Akashi.Tests.Control;

public class SessionClaimTests
{
    [Fact]
    public void What_is_written_is_read()
    {
        Assert.Equal("akashi-claim 1\0xterm-256color\0-c\0ls -l /\0"u8, SessionClaim.Write("xterm-256color", ["-c", "ls -l /"]));
        Assert.Equal(new SessionClaim("xterm-256color", "-c ls -l /"), SessionClaim.TryParse(SessionClaim.Write("xterm-256color", ["-c", "ls -l /"])));
        Assert.Equal(new SessionClaim(null, null), SessionClaim.TryParse(SessionClaim.Write(null, [])));
    }

    [Theory]
    [InlineData("")]
    [InlineData("akashi-claim 1")]
    [InlineData("akashi-claim 1\0")]
    [InlineData("akashi-claim 1\0xterm")]
    [InlineData("akashi-claim 2\0xterm\0")]
    [InlineData("akashi-claim 1\0xterm\0-c")]
    public void What_is_no_claim_is_refused(string text) => Assert.Null(SessionClaim.TryParse(Encoding.UTF8.GetBytes(text)));

    [Theory]
    [InlineData("x\u001b]0;title\a")]
    [InlineData("../../etc/passwd")]
    [InlineData("a b")]
    public void A_terminals_kind_that_no_terminal_has_is_left_out(string type) =>
        Assert.Null(SessionClaim.TryParse(Encoding.UTF8.GetBytes($"akashi-claim 1\0{type}\0"))!.TerminalType);

    [Fact]
    public void Long_arguments_are_cut_to_what_a_claim_holds()
    {
        byte[] message = SessionClaim.Write("xterm", ["-c", new string('x', 10_000), "more"]);

        Assert.Equal(SessionClaim.LengthMax, message.Length);
        Assert.StartsWith("-c xxx", SessionClaim.TryParse(message)!.Command);
    }

    [Fact]
    public void Any_bytes_are_a_claim_or_none()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        byte[] good = SessionClaim.Write("xterm", ["-c", "échó"]);
        for (int round = 0; round < 20_000; round++)
        {
            byte[] message = [.. good, .. new byte[random.Next(8)]];
            for (int change = random.Next(4); change > 0; change--)
                message[random.Next(message.Length)] = (byte)random.Next(256);
            SessionClaim? claim = SessionClaim.TryParse(message.AsSpan(0, random.Next(message.Length + 1)));

            Assert.True(claim?.TerminalType is not { } type || type.All(letter => char.IsAsciiLetterOrDigit(letter) || "+._-".Contains(letter)), $"seed {Seed}, round {round}");
            Assert.True(claim?.Command?.Contains('\0') is not true, $"seed {Seed}, round {round}");
        }
    }
}
