using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>The PATH records of a system call, by what their nametype says: what was there, made, removed, looked for, or the directory around it.</summary>
sealed partial class DeedWriter
{
    static void AppendFirstPath(in EventParts parts, LineText text,
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third)
    {
        bool isFound = TryFindPath(parts, first, out ReadOnlySpan<byte> raw) || TryFindPath(parts, second, out raw)
            || (!third.IsEmpty && TryFindPath(parts, third, out raw)) || TryFindPath(parts, "PARENT"u8, out raw);
        text.Append(' ');
        if (!isFound || SessionBook.IsUnknown(raw))
            text.Append('?');
        else
            AppendValue(raw, text);
    }

    static void AppendPaths(in EventParts parts, LineText text,
        ReadOnlySpan<byte> first, ReadOnlySpan<byte> second, ReadOnlySpan<byte> third, ReadOnlySpan<byte> fourth)
    {
        for (int index = 0; index < parts.Event.Count; index++)
        {
            Record record = parts.Event[index];
            if (record.Type != RecordType.Path || !record.TryFind("nametype"u8, out ReadOnlySpan<byte> kind)
                || !record.TryFind("name"u8, out ReadOnlySpan<byte> name))
                continue;
            if (!kind.SequenceEqual(first) && !kind.SequenceEqual(second) && !kind.SequenceEqual(third) && !kind.SequenceEqual(fourth))
                continue;
            text.Append(' ');
            AppendValue(name, text);
        }
    }

    // The first of its kind: what an execve ran stands before its loader.
    static bool TryFindPath(in EventParts parts, ReadOnlySpan<byte> nameType, out ReadOnlySpan<byte> name)
    {
        name = default;
        for (int index = 0; index < parts.Event.Count; index++)
        {
            Record record = parts.Event[index];
            if (record.Type == RecordType.Path && record.TryFind("nametype"u8, out ReadOnlySpan<byte> kind)
                && kind.SequenceEqual(nameType) && record.TryFind("name"u8, out name))
                return true;
        }

        return false;
    }
}
