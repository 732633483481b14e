using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Daemon.Plugins;

/// <summary>A record as the dispatcher gave it to a plugin; valid until the next is taken.</summary>
/// <param name="type">Its type; 0 where it came as a line.</param>
/// <param name="version">0 where the text is the kernel's alone (<c>audit(…): …</c>), 1 where it's the whole line.</param>
/// <param name="text">The text without a line feed.</param>
public readonly ref struct PluginRecord(ushort type, byte version, ReadOnlySpan<byte> text)
{
    /// <summary>Its type; 0 where it came as a line.</summary>
    public ushort Type { get; } = type;

    /// <summary>0 for the kernel's text alone, 1 for the whole line.</summary>
    public byte Version { get; } = version;

    /// <summary>The text without a line feed.</summary>
    public ReadOnlySpan<byte> Text { get; } = text;

    /// <summary>Writes the whole line, with a line feed.</summary>
    /// <param name="destination">Room for the text and <see cref="RecordText.OverheadBytes"/> more.</param>
    /// <returns>The bytes written.</returns>
    public int WriteLine(Span<byte> destination)
    {
        int length = 0;
        if (Version == 0)
        {
            "type="u8.CopyTo(destination);
            length = 5 + RecordTypeName.Format((RecordType)Type, destination[5..]);
            " msg="u8.CopyTo(destination[length..]);
            length += 5;
        }

        Text.CopyTo(destination[length..]);
        length += Text.Length;
        destination[length++] = (byte)'\n';
        return length;
    }
}
