using System.Globalization;
using System.Net;
using System.Text;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Processes;
using Akashi.Records;

namespace Akashi.Daemon.Recorder;

/// <summary>One copying of files by a login without a terminal: who, how, how much.</summary>
/// <param name="Start">When it began.</param>
/// <param name="Peer">The login side.</param>
/// <param name="User">The name of its login user.</param>
/// <param name="Address">Where it comes from; null where that isn't known.</param>
/// <param name="Notice">What is copied by, and which way.</param>
/// <param name="Command">What the client asked for; to be quoted.</param>
/// <param name="Before">What the login side had read and written itself when it announced it.</param>
sealed record Transfer(
    DateTimeOffset Start, PeerProcess Peer, string User, IPAddress? Address, TransferNotice Notice, byte[] Command, ProcessBytes Before)
{
    /// <summary>The fields of its line, <c>name=value</c> with blanks between.</summary>
    /// <param name="status">How it ended; null where nobody said.</param>
    /// <param name="after">What the login side has read and written now, its children's with it; null where the kernel doesn't tell any more.</param>
    /// <param name="end">When.</param>
    public string Describe(int? status, ProcessBytes? after, DateTimeOffset end)
    {
        // Without the end of its child nothing of the child's is in the count.
        bool isCounted = status is not null && after is not null;
        string read = isCounted ? Text(after!.Value.Read - Before.Read) : "?", written = isCounted ? Text(after!.Value.Written - Before.Written) : "?";
        string direction = Notice.Direction switch { TransferDirection.In => "in", TransferDirection.Out => "out", _ => "both" };
        return string.Create(CultureInfo.InvariantCulture,
            $"op=transfer acct={Quote(Encoding.UTF8.GetBytes(User))} login_auid={Identity(Peer.Auid)} login_ses={Identity(Peer.Ses)} addr={Address?.ToString() ?? "?"} program={Notice.Program} "
            + $"direction={direction} read={read} written={written} seconds={(end - Start).TotalSeconds:0.000} exit={(status is { } number ? Text(number) : "?")} cmd={Quote(Command)}");
    }

    static string Text(long value) => value.ToString(CultureInfo.InvariantCulture);

    static string Identity(uint value) => value == ProcessIdentity.Unset ? "unset" : Text(value);

    // As audit records have it: hex where quotes wouldn't be safe.
    static string Quote(ReadOnlySpan<byte> value)
    {
        byte[] text = new byte[EncodedText.EncodedLength(value)];
        return Encoding.ASCII.GetString(text, 0, EncodedText.Encode(value, text));
    }
}
