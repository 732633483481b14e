using Akashi.Events;
using Akashi.Interpretation;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Search.Query.Fields;

/// <summary>Command lines: the arguments of a started program joined by blanks; else what a program said it ran, or the process's title.</summary>
/// <remarks>Nothing is masked here: who searches for a text must find it.</remarks>
sealed class CommandReader : FieldReader
{
    readonly InterpretedText _line = new();
    readonly byte[] _decoded = new byte[Record.LineBytesMax / 2];

    /// <inheritdoc/>
    public override bool Read(AuditEvent auditEvent, IValueTaker taker)
    {
        bool isStart = TryJoin(auditEvent);
        if (isStart && taker.Take(_line.Bytes, default))
            return true;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            bool isTitle = auditEvent.TypeAt(index) == RecordType.Proctitle;
            if (isTitle && isStart)
                continue;
            if (auditEvent[index].TryFind(isTitle ? "proctitle"u8 : "cmd"u8, out ReadOnlySpan<byte> raw) && TakeText(raw, taker))
                return true;
        }

        return false;
    }

    // A long argument is cut into a1[0]=, a1[1]=, and the literal may stand across a cut.
    /// <inheritdoc/>
    public override IReadOnlyList<byte[]> NeedlesFor(ValueTest test)
    {
        IReadOnlyList<byte[]> texts = Needles.OfText(Needles.LongestWord(test.Literal));
        return texts.Count == 0 ? [] : [.. texts, "]="u8.ToArray()];
    }

    bool TakeText(ReadOnlySpan<byte> raw, IValueTaker taker)
    {
        ReadOnlySpan<byte> text = ValueText.Decode(raw, _decoded);
        _line.Clear();
        text.Replace(_line.Reserve(text.Length), (byte)0, (byte)' ');
        _line.Advance(text.Length);
        return taker.Take(_line.Bytes.TrimEnd((byte)' '), default);
    }

    bool TryJoin(AuditEvent auditEvent)
    {
        _line.Clear();
        bool hasArgument = false;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (auditEvent.TypeAt(index) != RecordType.Execve)
                continue;
            foreach (Field field in auditEvent[index].Fields)
            {
                if (!ExecveArgument.TryReadName(field.Name, out ExecveArgument argument))
                    continue;
                if (hasArgument && argument.Piece <= 0)
                    _line.AppendByte((byte)' ');
                hasArgument = true;
                _line.Append(ValueText.Decode(field.Value, _decoded));
            }
        }

        return hasArgument;
    }
}
