using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Query.Fields;

/// <summary>The files of an event: joined with its directory, and as they were named.</summary>
/// <remarks>PATH records' names, an AVC's path, what a watch of the kernel's rules or a program names as its file.</remarks>
sealed class PathReader : FieldReader
{
    readonly InterpretedText _directory = new();
    readonly InterpretedText _path = new();
    readonly byte[] _decoded = new byte[Record.LineBytesMax / 2];

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        FindDirectory(auditEvent);
        for (int index = 0; index < auditEvent.Count; index++)
        {
            RecordType type = auditEvent.TypeAt(index);
            foreach (Field field in auditEvent[index].Fields)
            {
                if (IsFile(type, field.Name) && Take(ValueText.Decode(field.Value, _decoded), taker))
                    return true;
            }
        }

        return false;
    }

    // The last name of a joined path stands in the name's or in the directory's record; where that is too short, nothing is sure.
    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test) =>
        Needles.OfText(test.Literal.Split('/').MaxBy(part => part.Length)!);

    static bool IsFile(RecordType type, ReadOnlySpan<byte> name) => type switch
    {
        RecordType.Path => name.SequenceEqual("name"u8),
        RecordType.Cwd => false,
        _ => name.SequenceEqual("path"u8) || name.SequenceEqual("file"u8) || name.SequenceEqual("filename"u8),
    };

    bool Take(ReadOnlySpan<byte> name, IValueTaker taker)
    {
        if (name.IsEmpty || name.SequenceEqual("(null)"u8))
            return false;
        if (name[0] == '/' && name.IndexOf(".."u8) < 0)
            return taker.Take(name, default);
        _path.Clear();
        ObjectPath.Append(_directory.Bytes, name, _path);
        return taker.Take(_path.Bytes, name);
    }

    void FindDirectory(AuditEvent auditEvent)
    {
        _directory.Clear();
        if (auditEvent.TryFindRecord(RecordType.Cwd, out Record record) && record.TryFind("cwd"u8, out ReadOnlySpan<byte> raw))
            _directory.Append(ValueText.Decode(raw, _decoded));
    }
}
