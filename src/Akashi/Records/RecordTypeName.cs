using System.Buffers.Text;
using Akashi.Tables;

namespace Akashi.Records;

/// <summary>Record types by name and number: <c>SYSCALL</c> is 1300; a number without a name is written <c>UNKNOWN[1234]</c>.</summary>
public static class RecordTypeName
{
    /// <summary>The longest name, and <c>UNKNOWN[65535]</c>, in bytes.</summary>
    public const int BytesMax = 64;

    static ReadOnlySpan<byte> UnknownWord => "UNKNOWN["u8;

    /// <summary>The type of a name; 0 where no table knows it.</summary>
    public static RecordType ToNumber(ReadOnlySpan<byte> name)
    {
        // Nine of ten records are one of these; the table's binary search costs four times as much.
        switch (name.Length)
        {
            case 3 when name.SequenceEqual("CWD"u8):
                return RecordType.Cwd;
            case 4 when name.SequenceEqual("PATH"u8):
                return RecordType.Path;
            case 6 when name.SequenceEqual("EXECVE"u8):
                return RecordType.Execve;
            case 7 when name.SequenceEqual("SYSCALL"u8):
                return RecordType.Syscall;
            case 9 when name.SequenceEqual("PROCTITLE"u8):
                return RecordType.Proctitle;
        }

        if (RecordTypes.Names.TryGetNumber(name, out long number))
            return (RecordType)number;
        return name.StartsWith(UnknownWord) && name[^1] == ']'
            && Utf8Parser.TryParse(name[UnknownWord.Length..^1], out ushort unnamed, out int used)
            && used == name.Length - UnknownWord.Length - 1
            ? (RecordType)unnamed
            : 0;
    }

    /// <summary>Writes the name of a number.</summary>
    /// <param name="type">A record type.</param>
    /// <param name="destination">At least <see cref="BytesMax"/> bytes.</param>
    /// <returns>The bytes written.</returns>
    public static int Format(RecordType type, Span<byte> destination)
    {
        if (RecordTypes.Names.TryGetName((long)type, out ReadOnlySpan<byte> name))
        {
            name.CopyTo(destination);
            return name.Length;
        }

        UnknownWord.CopyTo(destination);
        Utf8Formatter.TryFormat((ushort)type, destination[UnknownWord.Length..], out int digits);
        destination[UnknownWord.Length + digits] = (byte)']';
        return UnknownWord.Length + digits + 1;
    }
}
