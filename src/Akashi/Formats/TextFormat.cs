using System.Buffers.Text;
using Akashi.Events;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Output;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Formats;

/// <summary>One sentence for each event, normalised.</summary>
/// <remarks>
/// <code>
/// [On NODE at |At ]HH:MM:SS DATE SUBJECT[, acting as USER,] [[un]successfully ]ACTION [OBJECT ][to OBJECT2 ][(PID,PID,PID,...) ][using HOW]
/// </code>
/// How it was done is left out behind actions that begin with <c>e</c>, as in the original: it is meant for <c>ended-session</c>, and takes
/// <c>executed</c> along; and behind <c>did-unknown</c>. A security label as the object, which csv shows, isn't said.
/// </remarks>
/// <param name="host">For names and dates.</param>
public sealed class TextFormat(IHost host) : IEventFormat
{
    const int DateBytesMax = 256;
    const int ProcessesShownMax = 3;

    readonly Interpreter _interpreter = new(host);
    readonly InterpretedText _address = new();
    readonly byte[] _date = new byte[DateBytesMax];
    EventNormalizer? _normalizer;
    EventFieldText? _fields;
    int _dateLength;
    long _dateSecond = long.MinValue;

    EventNormalizer Normalizer => _normalizer ??= new EventNormalizer(_interpreter, host.Accounts);

    EventFieldText Fields => _fields ??= new EventFieldText(_interpreter);

    /// <inheritdoc/>
    public void Write(AuditEvent auditEvent, Utf8Output output)
    {
        int next = 0;
        while (EventPart.TryTake(auditEvent, ref next, out EventPart part))
        {
            WriteWhen(auditEvent, output);
            WriteSentence(part, output);
        }
    }

    void WriteSentence(EventPart part, Utf8Output output)
    {
        _ = Normalizer.TryNormalize(part, out NormalizedEvent normalized);
        WriteSubject(part, normalized, output);
        if (normalized.Result.IsPresent)
            output.Write(Fields.IsSuccess(part, normalized.Result) ? "successfully "u8 : "unsuccessfully "u8);
        output.WriteEscaped(NormalizedWords.ActionOf(normalized));
        output.Write((byte)' ');
        WriteObjects(part, normalized, output);
        WriteHow(part, normalized, output);
        output.Write((byte)'\n');
    }

    void WriteWhen(AuditEvent auditEvent, Utf8Output output)
    {
        if (auditEvent.Node.IsEmpty)
            output.Write("At "u8);
        else
        {
            output.Write("On "u8);
            output.WriteEscaped(auditEvent.Node);
            output.Write(" at "u8);
        }

        if (auditEvent.Stamp.UnixSeconds != _dateSecond)
        {
            _dateSecond = auditEvent.Stamp.UnixSeconds;
            _dateLength = host.LocalTime.Format("%T %x ", _dateSecond, _date);
        }

        output.Write(_date.AsSpan(0, _dateLength));
    }

    void WriteSubject(EventPart part, in NormalizedEvent normalized, Utf8Output output)
    {
        output.WriteEscaped(Fields.OfSubject(part, normalized.SubjectPrimary));
        if (normalized.SubjectPrimary.IsPresent && IsAnother(normalized))
        {
            output.Write(", acting as "u8);
            output.WriteEscaped(Fields.Of(part, normalized.SubjectSecondary));
            output.Write((byte)',');
        }

        output.Write((byte)' ');
    }

    // Compared as numbers; -1 and 4294967295 are both unset.
    static bool IsAnother(in NormalizedEvent normalized)
    {
        if (!normalized.SubjectSecondary.IsPresent || !TryReadId(normalized.SubjectSecondary.Value, out uint second) || second == uint.MaxValue)
            return false;
        return !TryReadId(normalized.SubjectPrimary.Value, out uint first) || first != second;
    }

    static bool TryReadId(ReadOnlySpan<byte> value, out uint id)
    {
        bool isNumber = Utf8Parser.TryParse(value, out long number, out int length) && length == value.Length;
        id = (uint)number;
        return isNumber;
    }

    void WriteObjects(EventPart part, in NormalizedEvent normalized, Utf8Output output)
    {
        ReadOnlySpan<byte> words = ObjectOf(part, normalized);
        if (!words.IsEmpty)
        {
            output.WriteEscaped(words);
            output.Write((byte)' ');
        }

        if (normalized.ObjectPrimary2.IsPresent)
        {
            output.Write("to "u8);
            output.WriteEscaped(Fields.OfObject(part, normalized.ObjectPrimary2));
            output.Write((byte)' ');
        }

        if (normalized.Action.StartsWith("killed-"u8))
            WriteProcesses(part, output);
    }

    ReadOnlySpan<byte> ObjectOf(EventPart part, in NormalizedEvent normalized)
    {
        EventField field = normalized.ObjectPrimary;
        if (!field.IsPresent)
            return default;
        if (NormalizedWords.IsSetting(normalized))
            return field.Name;
        return EventFieldText.TypeOf(part, field) switch
        {
            FieldType.Sockaddr => SocketOf(field.Value),
            FieldType.MacLabel => default,
            _ => Fields.OfObject(part, field),
        };
    }

    // The host where there is one, else the family.
    ReadOnlySpan<byte> SocketOf(ReadOnlySpan<byte> value)
    {
        _address.Clear();
        if (!SocketAddress.TryWriteHost(value, _address))
            SocketAddress.WriteFamily(value, _address);
        return _address.Bytes;
    }

    static void WriteProcesses(EventPart part, Utf8Output output)
    {
        int count = 0;
        for (int index = 0; index < part.Count; index++)
        {
            Record record = part[index];
            if (record.Type != RecordType.ObjPid || !record.TryFind("opid"u8, out ReadOnlySpan<byte> pid))
                continue;
            output.Write(count == 0 ? (byte)'(' : (byte)',');
            count++;
            if (count > ProcessesShownMax)
            {
                output.Write("..."u8);
                break;
            }

            output.WriteEscaped(pid);
        }

        if (count > 0)
            output.Write(") "u8);
    }

    void WriteHow(EventPart part, in NormalizedEvent normalized, Utf8Output output)
    {
        bool hasHow = normalized.How.IsPresent || !normalized.HowWord.IsEmpty;
        if (!hasHow || normalized.Action.IsEmpty || normalized.Action.StartsWith("e"u8))
            return;
        output.Write("using "u8);
        output.WriteEscaped(normalized.HowWord.IsEmpty ? Fields.Of(part, normalized.How) : normalized.HowWord);
    }
}
