using System.Text;
using Akashi.Linux.Sockets;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>One connection of a sender: what was received and not taken yet, what is to be sent, and when it was last heard.</summary>
/// <remarks>Used by the receiver's thread alone. Its buffers are made with the first byte it sends: 13 KB.</remarks>
sealed class RemoteClient(TcpConnection connection, long now) : IDisposable
{
    const int OutputBytesMax = 64 * 1024;

    byte[] _input = [];
    byte[] _output = [];
    int _start;
    int _end;
    int _outputLength;

    /// <summary>The connection.</summary>
    public TcpConnection Connection => connection;

    /// <summary>Who it is where TLS says so, else its address.</summary>
    public string Sender { get; } = connection.Tls?.Peer is { } peer ? "tls:" + peer.NameText : connection.Peer.Text;

    /// <summary>What its sender may send.</summary>
    public SenderAllowance? Allowance { get; set; }

    /// <summary>Whether its sender has to wait, for it sends too fast.</summary>
    public bool IsSlowed { get; set; }

    /// <summary>The host of its last record.</summary>
    public KnownHost? Host { get; set; }

    /// <summary>Whether it sends records of more than one node.</summary>
    public bool IsRelay { get; set; }

    /// <summary>Records under names of others, not yet said.</summary>
    public int Foreign { get; set; }

    /// <summary>Whose the last of those was.</summary>
    public KnownHost? ForeignOwner { get; set; }

    /// <summary>Milliseconds that its clock is behind, as its last heartbeat told; null for none.</summary>
    public long? Behind { get; set; }

    /// <summary>Records that it gave up, as its last heartbeat told.</summary>
    public long Lost { get; set; }

    /// <summary>Whether it said that it's ours, and its version where it told.</summary>
    public string Program { get; set; } = "original";

    /// <summary>Its address, as bytes.</summary>
    public byte[] Address { get; } = Encoding.ASCII.GetBytes(connection.Peer.Text);

    /// <summary>When it was last heard, a timestamp of the clock.</summary>
    public long Heard { get; set; } = now;

    /// <summary>When it connected, likewise.</summary>
    public long Since { get; } = now;

    /// <summary>Whether the trail says that it's connected.</summary>
    public bool IsSaid { get; set; }

    /// <summary>Its place in the present wait; -1 for none.</summary>
    public int WaitIndex { get; set; }

    /// <summary>Whether it ever sent a line: then it doesn't understand replies.</summary>
    public bool SendsLines { get; set; }

    /// <summary>Whether the other side is gone, or was sent away; what it sent before may still be on its way to the trail.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>Whether the other side has sent its last byte.</summary>
    public bool IsAtEnd { get; private set; }

    /// <summary>Whether a newcomer of its address waits for it to be found dead.</summary>
    public bool IsProbed { get; set; }

    /// <summary>The stream it sends; null for a sender that has one message under way.</summary>
    public RemoteStream? Stream { get; set; }

    /// <summary>Whether packs were agreed on.</summary>
    public bool SendsPacks { get; set; }

    /// <summary>Whether what it sent waits for the next turn.</summary>
    public bool IsDeferred { get; set; }

    /// <summary>Whether a record of its stream was refused: those behind it aren't taken, as they will be sent again.</summary>
    public bool IsRefusing { get; set; }

    /// <summary>Whether it was said that records of it got another name.</summary>
    public bool IsRenamingSaid { get; set; }

    /// <summary>Replies that wait for the write stage.</summary>
    public int OwedReplies { get; set; }

    /// <summary>Messages refused and not yet said.</summary>
    public int Refused { get; set; }

    /// <summary>Why the last of them was.</summary>
    public RemoteFault RefusedFault { get; set; }

    /// <summary>What was received and not taken yet.</summary>
    public ReadOnlySpan<byte> Input => _input.AsSpan(_start, _end - _start);

    /// <summary>Whether something is to be sent.</summary>
    public bool HasOutput => _outputLength > 0;

    /// <summary>Whether it doesn't read what it is sent: nothing more is read from it until it does.</summary>
    public bool IsSlow => _outputLength > OutputBytesMax / 2;

    /// <summary>Reads what is there.</summary>
    public void Receive()
    {
        if (_input.Length == 0)
            _input = new byte[RemoteFrames.BytesMax];
        if (_start > 0)
        {
            Input.CopyTo(_input);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _input.Length)
            return;
        int count = connection.Read(_input.AsSpan(_end));
        if (count > 0)
            _end += count;
        else if (count != TcpConnection.Dry)
            IsAtEnd = true;
    }

    /// <summary>The first bytes of the input are done with.</summary>
    public void Take(int bytes) => _start += bytes;

    /// <summary>Puts a reply behind what is to be sent.</summary>
    public void Reply(RemoteMessageType type, uint sequence, ReadOnlySpan<byte> text = default)
    {
        int length = RemoteHeader.Bytes + text.Length;
        if (_outputLength + length > _output.Length)
            Array.Resize(ref _output, Math.Max(256, Math.Max(_output.Length * 2, _outputLength + length)));
        Span<byte> room = _output.AsSpan(_outputLength);
        new RemoteHeader(type, text.Length, sequence).Write(room);
        text.CopyTo(room[RemoteHeader.Bytes..]);
        _outputLength += length;
    }

    /// <summary>Sends what there is room for.</summary>
    public void Send()
    {
        if (_outputLength == 0 || IsClosed)
            return;
        int sent = connection.Write(_output.AsSpan(0, _outputLength));
        if (sent < 0)
        {
            IsAtEnd = true;
            _outputLength = 0;
            return;
        }

        _output.AsSpan(sent, _outputLength - sent).CopyTo(_output);
        _outputLength -= sent;
    }

    /// <summary>Closes it.</summary>
    public void Dispose()
    {
        IsClosed = true;
        connection.Dispose();
    }
}
