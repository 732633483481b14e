using Akashi.Host;
using Akashi.Interpretation;
using Akashi.Output;
using Akashi.Records;

namespace Akashi.Formats;

/// <summary>One record in words as audisp-syslog writes it: its fields and nothing else.</summary>
/// <remarks>
/// <code>
/// [node=NAME ]type=TYPE msg=audit(11/14/23 22:13:21) : name=words name=words …
/// </code>
/// With a blank behind each field. The stamp has neither milliseconds nor serial; several keys are several fields; of a socket only the address or the family is there; a field without a value isn't there; control bytes are
/// escaped. Who names files can make values that look like fields.
/// </remarks>
/// <param name="host">For local time and names.</param>
public sealed class FieldLine(IHost host)
{
    const int TimeBytesMax = 128;
    const byte KeySeparator = 1;

    readonly Interpreter _interpreter = new(host);
    readonly InterpretedText _text = new();

    /// <summary>Writes it, without a line feed.</summary>
    public void Write(in Record record, Utf8Output output)
    {
        WriteHeader(record, output);
        if (AccessDecision.IsIn(record.Type))
            WriteDecision(record, output);
        var context = new RecordContext(record);
        foreach (Field field in record.Fields)
        {
            if (field.Value.IsEmpty)
                continue;
            if (field.Name.SequenceEqual("key"u8) && TryWriteKeys(field.Value, output))
                continue;
            ReadOnlySpan<byte> words = _interpreter.TryInterpret(ref context, field.Name, field.Value, _text) ? _text.Bytes : field.Value;

            // Older programs put a parenthesis before the first field of several.
            WriteField(field.Name.TrimStart((byte)'('), field.Name.SequenceEqual("saddr"u8) ? ShortAddress(words) : words, output);
        }
    }

    void WriteHeader(in Record record, Utf8Output output)
    {
        if (!record.Node.IsEmpty)
            WriteField("node"u8, record.Node, output);
        WriteField("type"u8, record.TypeName, output);
        Span<byte> time = stackalloc byte[TimeBytesMax];
        output.Write("msg=audit("u8);
        output.Write(time[..host.LocalTime.Format("%x %X", record.Stamp.UnixSeconds, time)]);
        output.Write(") : "u8);
    }

    static void WriteDecision(in Record record, Utf8Output output)
    {
        if (AccessDecision.Result(record) is { IsEmpty: false } result)
            WriteField("seresult"u8, result, output);
        ReadOnlySpan<byte> words = AccessDecision.Permissions(record);
        bool isFirst = true;
        foreach (Range word in words.Split((byte)' '))
        {
            if (words[word].IsEmpty)
                continue;
            output.Write(isFirst ? "seperms="u8 : ","u8);
            output.WriteEscaped(words[word]);
            isFirst = false;
        }

        if (!isFirst)
            output.Write((byte)' ');
    }

    bool TryWriteKeys(ReadOnlySpan<byte> value, Utf8Output output)
    {
        if (value.StartsWith("\""u8))
            return false;
        _text.Clear();
        if (!EncodedText.TryDecodeHex(value, _text.Reserve(value.Length), out int length))
            return false;
        _text.Advance(length);
        ReadOnlySpan<byte> keys = _text.Bytes;
        foreach (Range key in keys.Split(KeySeparator))
        {
            if (!keys[key].IsEmpty)
                WriteField("key"u8, keys[key], output);
        }

        return true;
    }

    // The address where there is one, else the family.
    static ReadOnlySpan<byte> ShortAddress(ReadOnlySpan<byte> words)
    {
        if (words.StartsWith("unknown-family"u8))
            return "?"u8;
        ReadOnlySpan<byte> family = WordBehind(words, "fam="u8);

        // The path of a local one may hold whatever its maker likes.
        ReadOnlySpan<byte> address = family.StartsWith("inet"u8) ? WordBehind(words, " laddr="u8) : default;
        return !address.IsEmpty ? address : !family.IsEmpty ? family : words;
    }

    static ReadOnlySpan<byte> WordBehind(ReadOnlySpan<byte> words, ReadOnlySpan<byte> name)
    {
        int start = words.IndexOf(name);
        if (start < 0)
            return default;
        words = words[(start + name.Length)..];
        int length = words.IndexOf((byte)' ');
        return length < 0 ? words : words[..length];
    }

    static void WriteField(ReadOnlySpan<byte> name, ReadOnlySpan<byte> words, Utf8Output output)
    {
        output.WriteEscaped(name);
        output.Write((byte)'=');
        output.WriteEscaped(words);
        output.Write((byte)' ');
    }
}
