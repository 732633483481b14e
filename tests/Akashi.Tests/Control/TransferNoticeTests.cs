using System.Text;
using Akashi.Control;

namespace Akashi.Tests.Control;

/// <summary>What OpenSSH 9.2's scp and sftp, rsync 3.5 and git 2.39 ask a login for, as sshd's log has it (LogLevel DEBUG).</summary>
public class TransferNoticeTests
{
    [Theory]
    [InlineData("scp -t x", "scp", TransferDirection.In)]
    [InlineData("scp -v -r -p -t -- -dir", "scp", TransferDirection.In)]
    [InlineData("scp -rd -f 'a b'", "scp", TransferDirection.Out)]
    [InlineData("/usr/lib/openssh/sftp-server", "sftp", TransferDirection.Both)]
    [InlineData("internal-sftp -l INFO", "sftp", TransferDirection.Both)]
    [InlineData("rsync --server -logDtpre.iLsfxCIvu . tree/", "rsync", TransferDirection.In)]
    [InlineData("rsync --server --sender -logDtpre.iLsfxCIvu . tree/", "rsync", TransferDirection.Out)]
    [InlineData("git-receive-pack 'repo.git'", "git", TransferDirection.In)]
    [InlineData("git upload-pack 'repo.git'", "git", TransferDirection.Out)]
    [InlineData("git-upload-archive 'repo.git'", "git", TransferDirection.Out)]
    public void A_copy_is_recognised(string command, string program, TransferDirection direction)
    {
        Assert.True(TransferNotice.TryRecognise(Encoding.UTF8.GetBytes(command), out TransferNotice notice));
        Assert.Equal(new TransferNotice(program, direction), notice);
    }

    [Theory]
    [InlineData("")]
    [InlineData("scp file host:")]
    [InlineData("scp -r -- -t")]
    [InlineData("rsync -a a b")]
    [InlineData("git status")]
    [InlineData("cat >scp")]
    [InlineData("echo scp -t")]
    public void What_is_none_is_none(string command) => Assert.False(TransferNotice.TryRecognise(Encoding.UTF8.GetBytes(command), out _));

    [Fact]
    public void A_long_command_is_cut_to_what_a_message_holds()
    {
        byte[] message = TransferNotice.Announce(new byte[10_000]);

        Assert.Equal(TransferNotice.LengthMax, message.Length);
        Assert.True(message.AsSpan().StartsWith("akashi-transfer 1 "u8));
    }

    [Fact]
    public void Any_bytes_are_judged_without_a_fault()
    {
        const int Seed = 20261121;
        var random = new Random(Seed);
        byte[][] words = [.. new[] { "scp", "-t", "-f", "--", "rsync", "--server", "git", "/", " ", "internal-sftp", "\0", "é" }.Select(Encoding.UTF8.GetBytes)];
        for (int round = 0; round < 20_000; round++)
        {
            byte[] command = [.. Enumerable.Range(0, random.Next(6)).SelectMany(_ => random.Next(4) == 0 ? [(byte)random.Next(256)] : (byte[])[.. words[random.Next(words.Length)], (byte)' '])];
            if (TransferNotice.TryRecognise(command, out TransferNotice notice))
                Assert.Contains(notice.Program, (string[])["scp", "sftp", "rsync", "git"]);
        }
    }
}
