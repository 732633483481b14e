using System.Text;
using Akashi.Configuration;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Remote;

/// <summary>Makes a line of the trail out of a record that another machine sent.</summary>
/// <remarks>
/// The sender chooses its bytes. A line feed or NUL within would forge a second record or hide the rest from readers in C: each becomes a blank, as does every
/// byte 0x1D but the first. A record without a node's name gets the sender's address for one: it would read as the receiver's own otherwise. One that has the
/// receiver's own name is refused, where it has one. Where TLS says who sends, that name takes the address's place, and <c>tls_node_check</c> says what becomes of a
/// record with another: what keeps a name that isn't its sender's ends with <c> tls=SENDER</c>.
/// </remarks>
/// <param name="ownNode">The receiver's own name; empty where its records have none.</param>
/// <param name="check">What becomes of a record whose node's name is not its sender's.</param>
public sealed class ReceivedText(ReadOnlyMemory<byte> ownNode, NodeCheck check = default)
{
    /// <summary>The longest name of a node.</summary>
    public const int NodeBytesMax = 255;

    /// <summary>The bytes a line may need beside its text.</summary>
    public const int OverheadBytes = 6 + NodeBytesMax + 1;

    /// <summary>Writes the line of a text without its line feed.</summary>
    /// <param name="text">What was sent; any bytes.</param>
    /// <param name="address">The sender's address, in digits.</param>
    /// <param name="isOwn">Whether the sender is this machine, and so may have its name.</param>
    /// <param name="destination">Room for the text and <see cref="OverheadBytes"/>.</param>
    /// <param name="type">The record's type; 0 for one that no table knows.</param>
    /// <param name="fault">Why it is refused; NodeForged of a line that was written and got another name.</param>
    /// <param name="peer">Who sends, where TLS says so; else null.</param>
    /// <returns>The bytes written; 0 where it's refused.</returns>
    public int Write(
        ReadOnlySpan<byte> text, ReadOnlySpan<byte> address, bool isOwn, Span<byte> destination, out RecordType type, out RemoteFault fault, TlsPeer? peer = null)
    {
        type = 0;
        text = text.TrimEnd("\n\0\r "u8);
        ReadOnlySpan<byte> node = NodeOf(text);
        ReadOnlySpan<byte> known = peer is null ? default : peer.FindOwn(node);
        bool isForeign = peer is not null && !node.IsEmpty && known.IsEmpty;
        if (isForeign)
            known = check == NodeCheck.No ? node : peer!.FindOther(node);
        bool isKept = isForeign && !known.IsEmpty, isForged = isForeign && !isKept;

        // One machine has one spelling: logs and limits go by it.
        bool isRespelled = !known.IsEmpty && !known.SequenceEqual(node);
        fault = RemoteFault.NodeForged;
        if (isForged && check == NodeCheck.Refuse)
            return 0;
        if (isForged || isRespelled)
            text = text[(Record.NodeWord.Length + node.Length + 1)..];
        int length = 0;
        if (isForged || isRespelled || text.StartsWith(Record.TypeWord))
        {
            Append(Record.NodeWord, destination, ref length);
            Append(isRespelled ? known : peer is null ? address : peer.Name, destination, ref length);
            destination[length++] = (byte)' ';
        }

        Span<byte> copy = destination.Slice(length, text.Length);
        text.CopyTo(copy);
        Defuse(copy);
        length += copy.Length;
        fault = Check(destination[..length], isOwn, out type);
        if (fault != RemoteFault.None)
            return 0;
        if (isKept)
            AppendSender(peer!, destination, ref length);
        fault = isForged ? RemoteFault.NodeForged : RemoteFault.None;
        return length;
    }

    /// <summary>The name of the node that a text says; empty where it says none.</summary>
    public static ReadOnlySpan<byte> NodeOf(ReadOnlySpan<byte> text)
    {
        if (!text.StartsWith(Record.NodeWord))
            return default;
        text = text[Record.NodeWord.Length..];
        int end = text.IndexOf((byte)' ');
        return end < 0 ? default : text[..end];
    }

    static void AppendSender(TlsPeer peer, Span<byte> destination, ref int length)
    {
        Append(" tls="u8, destination, ref length);
        Append(peer.Name, destination, ref length);
    }

    RemoteFault Check(ReadOnlySpan<byte> line, bool isOwn, out RecordType type)
    {
        type = 0;
        if (!Record.TryParse(line, out Record record, out _))
            return RemoteFault.NoRecord;
        type = record.Type;
        if (record.Node.IsEmpty || record.Node.Length > NodeBytesMax || record.Node.ContainsAnyExceptInRange((byte)'!', (byte)'~') || record.Node.IndexOfAny("=\"'"u8) >= 0)
            return RemoteFault.NodeName;
        return !isOwn && !ownNode.IsEmpty && Ascii.EqualsIgnoreCase(record.Node, ownNode.Span) ? RemoteFault.OwnNode : RemoteFault.None;
    }

    static void Append(ReadOnlySpan<byte> bytes, Span<byte> destination, ref int length)
    {
        bytes.CopyTo(destination[length..]);
        length += bytes.Length;
    }

    static void Defuse(Span<byte> text)
    {
        bool isEnriched = false;
        while (true)
        {
            int index = text.IndexOfAny((byte)'\n', (byte)0, Record.EnrichmentSeparator);
            if (index < 0)
                return;
            if (text[index] != Record.EnrichmentSeparator || isEnriched)
                text[index] = (byte)' ';
            else
                isEnriched = true;
            text = text[(index + 1)..];
        }
    }
}
