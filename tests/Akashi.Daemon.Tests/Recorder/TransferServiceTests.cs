using System.Text;
using Akashi.Control;
using Akashi.Daemon.Recorder;
using Akashi.Host;
using Akashi.Linux;
using Akashi.Linux.Sockets;
using Akashi.Testing;

namespace Akashi.Daemon.Tests.Recorder;

/// <summary>The login side is this program.</summary>
public sealed class TransferServiceTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(20);

    readonly TemporaryFolder _folder = new();
    readonly HangingAccounts _accounts = new();
    readonly List<string> _noted = [];
    readonly List<(long Count, string Reason)> _unnoted = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_directory_server_that_hangs_holds_up_no_copy()
    {
        var host = new TestHost { Files = new LinuxHost().Files, Accounts = _accounts };
        using TransferService service = TransferService.Open(
            host, _folder["socket"], Environment.ProcessPath!, (_, fields) => _noted.Add(fields), (count, reason) => _unnoted.Add((count, reason)));
        var thread = new Thread(service.Run);
        thread.Start();
        try
        {
            using (MessageSocket copy = MessageSocket.TryConnect(_folder["socket"], out _)!)
            {
                Assert.Equal("noted", Ask(copy, TransferNotice.Announce("scp -t x"u8)));
                Assert.Equal("done", Ask(copy, Encoding.ASCII.GetBytes(TransferNotice.Ends + "0")));
            }
        }
        finally
        {
            _accounts.Hang.Set();
            service.Stop();
            thread.Join();
        }

        Assert.True(_accounts.IsAsked);
        Assert.Contains(" program=scp direction=in ", Assert.Single(_noted));
        Assert.Empty(_unnoted);
    }

    static string Ask(MessageSocket socket, byte[] message)
    {
        Span<byte> answer = stackalloc byte[64];
        Assert.True(socket.TrySend(message));
        Assert.True(socket.Wait(s_limit), "it isn't answered");
        Assert.Equal(MessageOutcome.Message, socket.Receive(answer, out int length, out _));
        return Encoding.ASCII.GetString(answer[..length]);
    }

    sealed class HangingAccounts : IAccounts
    {
        public ManualResetEventSlim Hang { get; } = new();

        public bool IsAsked { get; private set; }

        public string? FindUserName(uint uid)
        {
            IsAsked = true;
            Hang.Wait();
            return "late";
        }

        public string? FindGroupName(uint gid) => null;

        public bool TryFindUser(string name, out uint uid) => throw new NotSupportedException();

        public bool TryFindGroup(string name, out uint gid) => throw new NotSupportedException();
    }
}
