using System.Net;
using Akashi.Linux.Processes;
using Akashi.Linux.Sockets;
using Akashi.Testing;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Linux.Tests.Sockets;

public sealed class MessageSocketTests : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    readonly TemporaryFolder _folder = new();
    readonly MessageSocket _listener;
    readonly MessageSocket _client;
    readonly MessageSocket _server;

    public MessageSocketTests()
    {
        _listener = MessageSocket.Listen(_folder["socket"], UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _client = MessageSocket.TryConnect(_folder["socket"], out _)!;
        _server = _listener.Accept()!;
    }

    public void Dispose()
    {
        _client.Dispose();
        _server.Dispose();
        _listener.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void A_descriptor_arrives_with_its_message()
    {
        string path = _folder["file"];
        File.WriteAllText(path, "what it holds");
        using (SafeFileHandle given = File.OpenHandle(path))
            Assert.True(_client.TrySend("take it"u8, given));

        Assert.True(_server.Wait(s_limit));
        byte[] buffer = new byte[16];
        Assert.Equal(MessageOutcome.Message, _server.Receive(buffer, out int length, out SafeFileHandle? arrived));
        Assert.Equal("take it"u8, buffer.AsSpan(0, length));
        using var reader = new StreamReader(new FileStream(arrived!, FileAccess.Read));
        Assert.Equal("what it holds", reader.ReadToEnd());
    }

    [Fact]
    public void A_message_that_is_too_long_is_unfit_and_what_follows_is_whole()
    {
        _client.TrySend("0123456789"u8);
        _client.TrySend("next"u8);
        byte[] buffer = new byte[8];

        Assert.Equal(MessageOutcome.Unfit, _server.Receive(buffer, out _, out _));
        Assert.Equal(MessageOutcome.Message, _server.Receive(buffer, out int length, out SafeFileHandle? arrived));
        Assert.Equal((4, null), (length, arrived));
    }

    [Fact]
    public void Nothing_and_the_end_are_told_apart()
    {
        byte[] buffer = new byte[8];

        Assert.Equal(MessageOutcome.None, _server.Receive(buffer, out _, out _));
        _client.Dispose();
        Assert.Equal(MessageOutcome.Ended, _server.Receive(buffer, out _, out _));
        Assert.False(_server.TrySend("x"u8));
    }

    [Fact]
    public void The_peer_is_known()
    {
        Assert.True(_server.TryFindPeer(out int pid, out _));
        Assert.Equal(Environment.ProcessId, pid);
        PeerProcess found = PeerProcess.Find(pid)!;
        Assert.Equal((uint)0 == found.Uid, Environment.IsPrivilegedProcess);
    }

    [Theory]
    [InlineData("0100007F:1F90", "127.0.0.1")]
    [InlineData("0000000000000000FFFF00000100007F:0016", "127.0.0.1")]
    [InlineData("B80D01200000000000000000010000000:0016", null)]
    [InlineData("B80D0120000000000000000001000000:0016", "2001:db8::1")]
    [InlineData("xyz", null)]
    public void Addresses_of_proc_net_tcp_are_read(string text, string? expected) =>
        Assert.Equal(expected is null ? null : IPAddress.Parse(expected), OpenFiles.ParseAddress(text));
}
