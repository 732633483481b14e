using System.Net;
using System.Net.Sockets;
using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Records;
using Akashi.Search.Conditions;

namespace Akashi.Search.Query.Fields;

/// <summary>Hosts and addresses of an event: what programs said, and the addresses of sockets.</summary>
sealed class HostReader : FieldReader
{
    static readonly FieldNames s_fields = new("hostname", "addr");

    readonly InterpretedText _address = new();
    readonly byte[] _decoded = new byte[Record.LineBytesMax / 2];

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            foreach (Field field in auditEvent[index].Fields)
            {
                if (s_fields.Contains(field.Name) && !field.Value.SequenceEqual("?"u8) && taker.Take(ValueText.Decode(field.Value, _decoded), default))
                    return true;
                if (field.Name.SequenceEqual("saddr"u8) && ValueText.MayBeHex(field.Value) && TakeAddress(field.Value, taker))
                    return true;
            }
        }

        return false;
    }

    // A socket's address stands in hex: that of an IPv4 address is known, others may be shortened in more than one way.
    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test)
    {
        IReadOnlyList<byte[]> texts = Needles.OfText(test.Literal);
        if (!test.IsWhole || texts.Count == 0)
            return [];
        if (IPAddress.TryParse(test.Literal, out IPAddress? address) && address.AddressFamily == AddressFamily.InterNetwork && address.ToString() == test.Literal)
        {
            string digits = Convert.ToHexString(address.GetAddressBytes());
            return Needles.Merge([.. texts, System.Text.Encoding.ASCII.GetBytes(digits), System.Text.Encoding.ASCII.GetBytes(digits.ToLowerInvariant())]);
        }

        return test.Literal.AsSpan().IndexOfAnyExcept("0123456789abcdefABCDEF:.%") >= 0 ? texts : [];
    }

    bool TakeAddress(ReadOnlySpan<byte> raw, IValueTaker taker)
    {
        _address.Clear();
        return Interpretation.SocketAddress.TryWriteHost(raw, _address) && taker.Take(_address.Bytes, default);
    }
}
