using Akashi.Events;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Normalization;
using Akashi.Output;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.LibAudit.Auparse;

/// <summary>The fields of a parser's events in words, escaped as the host wants them.</summary>
/// <param name="host">This machine.</param>
/// <param name="fields">The event's fields.</param>
/// <param name="memory">Where words go that a host gets.</param>
sealed unsafe class FieldWords(IHost host, EventFields fields, EventMemory memory)
{
    readonly InterpretedText _text = new();
    readonly InterpretedText _directory = new();
    readonly InterpretedText _path = new();
    EventWords? _words;

    /// <summary>Who interprets.</summary>
    internal Interpreter Interpreter { get; } = new(host);

    /// <summary>How words are escaped.</summary>
    internal EscapeMode Escape { get; set; } = EscapeMode.Terminal;

    /// <summary>Another event begins.</summary>
    internal void Begin() => _words?.Clear();

    /// <summary>What kind of value a field has.</summary>
    internal FieldType TypeOf(int record, ref FieldEntry field) =>
        FieldClassification.Of(fields.Event!.TypeAt(record), field.NameBytes, field.ValueBytes);

    /// <summary>A field's value in words; itself where it has none.</summary>
    internal byte* Of(int record, ref FieldEntry field)
    {
        if (field.Words == null || field.EscapeMode != (int)Escape)
        {
            field.Words = Escaped(Plain(record, ref field));
            field.EscapeMode = (int)Escape;
        }

        return field.Words;
    }

    /// <summary>A file's whole path; NULL for what is no file's name.</summary>
    internal byte* PathOf(int record, ref FieldEntry field)
    {
        if (TypeOf(record, ref field) != FieldType.EscapedFile)
            return null;
        _path.Clear();
        ObjectPath.Append(DirectoryOf(), Plain(record, ref field), _path, keepsDots: false);
        return Escaped(_path.Bytes);
    }

    /// <summary>A part of a socket's address; NULL where it has none.</summary>
    internal byte* PartOf(ref FieldEntry field, SocketPart part)
    {
        _text.Clear();
        ReadOnlySpan<byte> value = field.ValueBytes;
        bool isThere = part switch
        {
            SocketPart.Address => SocketAddress.TryWriteHost(value, _text),
            SocketPart.Port => SocketAddress.TryWritePort(value, _text),
            _ => SocketAddress.TryWriteFamily(value, _text),
        };
        return isThere ? Escaped(_text.Bytes) : null;
    }

    /// <summary>A value in words without escapes; valid until the next.</summary>
    internal ReadOnlySpan<byte> Plain(int record, ref FieldEntry field) =>
        (_words ??= new EventWords(Interpreter)).Of(fields.Event!, record, field.NameBytes, field.ValueBytes);

    /// <summary>A word of our own for the host.</summary>
    internal byte* Kept(ReadOnlySpan<byte> word) => memory.Copy(word);

    /// <summary>A text for the host.</summary>
    internal byte* Escaped(ReadOnlySpan<byte> text)
    {
        if (EscapedText.IsPlain(text, Escape))
            return memory.Copy(text);
        byte* copy = memory.Take(text.Length * EscapedText.LengthMax);
        EscapedText.Write(text, Escape, copy);
        return copy;
    }

    // Of the event's first CWD record.
    ReadOnlySpan<byte> DirectoryOf()
    {
        AuditEvent auditEvent = fields.Event!;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            if (auditEvent.TypeAt(index) != RecordType.Cwd)
                continue;
            Record found = auditEvent[index];
            if (found.TryFind("cwd"u8, out ReadOnlySpan<byte> value))
                return Interpreter.TryInterpret(found, "cwd"u8, value, _directory) ? _directory.Bytes : value;
        }

        return default;
    }
}

/// <summary>What is asked of a socket's address.</summary>
enum SocketPart
{
    /// <summary>The family's name.</summary>
    Family,

    /// <summary>The port.</summary>
    Port,

    /// <summary>The address without the port.</summary>
    Address,
}
