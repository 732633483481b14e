using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.LibAudit.Auparse;

/// <summary>Finds a record's fields as libauparse counts them.</summary>
/// <remarks>
/// <code>
/// [node] type [seresult seperms] body's fields, without those that have no value; of a key that is several joined by 0x01 each, in quotes
/// </code>
/// The line is copied once; names and values are parts of the copy, and a NUL takes the place of what stands behind each.
/// </remarks>
sealed unsafe class FieldSplitter(EventMemory memory)
{
    const byte KeySeparator = 1;

    FieldEntry[] _fields = [];
    int _count;
    byte* _copy;

    /// <summary>Adds a record's fields to those that are there.</summary>
    internal void Split(in Record record, ref FieldEntry[] fields, ref int count)
    {
        _fields = fields;
        _count = count;
        ReadOnlySpan<byte> line = record.LineWithoutEnrichment;
        _copy = memory.Copy(line);
        fixed (byte* fixedLine = line)
        {
            if (!record.Node.IsEmpty)
                AddPart(fixedLine, "node"u8, record.Node);
            AddPart(fixedLine, "type"u8, record.TypeName);
            if (AccessDecision.IsIn(record.Type))
                AddDecision(record);
            AddBody(record, fixedLine);
        }

        fields = _fields;
        count = _count;
    }

    void AddBody(in Record record, byte* line)
    {
        int lastEnd = -1;
        ReadOnlySpan<byte> body = record.Body;
        int at = 0, window = 0;
        ulong stops = 0;
        bool isNested = false;
        while (FieldScan.TryTake(ref body, ref at, ref window, ref stops, ref isNested, out ReadOnlySpan<byte> name, out ReadOnlySpan<byte> value))
        {
            // Older programs put a parenthesis before the first of several.
            if (name[0] == '(')
                name = name.TrimStart((byte)'(');
            if (value.IsEmpty || name.IsEmpty)
                continue;
            if (name.Length == 3 && name.SequenceEqual("key"u8) && TryAddKeys(value))
                continue;
            ref FieldEntry entry = ref Next();
            int nameStart = PlaceOf(name, line), valueStart = PlaceOf(value, line);

            // A name right behind a closing quote has its first letter where the value's NUL is.
            entry.Name = nameStart == lastEnd ? memory.Copy(name) : _copy + nameStart;
            entry.NameLength = name.Length;
            entry.Name[name.Length] = 0;
            lastEnd = valueStart + value.Length;
            entry.Value = _copy + valueStart;
            entry.ValueLength = value.Length;
            entry.ValueStart = valueStart;
            _copy[lastEnd] = 0;
        }
    }

    // The line must be fixed.
    static int PlaceOf(ReadOnlySpan<byte> part, byte* line) => (int)((byte*)Unsafe.AsPointer(ref MemoryMarshal.GetReference(part)) - line);

    void AddPart(byte* line, ReadOnlySpan<byte> name, ReadOnlySpan<byte> value)
    {
        ref FieldEntry entry = ref Next();
        int start = PlaceOf(value, line);
        entry.Name = CText.Constant(name);
        entry.NameLength = name.Length;
        entry.Value = _copy + start;
        entry.ValueLength = value.Length;
        entry.ValueStart = start;
        _copy[start + value.Length] = 0;
    }

    void AddDecision(in Record record)
    {
        ReadOnlySpan<byte> result = AccessDecision.Result(record);
        if (!result.IsEmpty)
            AddMade("seresult"u8, memory.Copy(result), result.Length);
        ReadOnlySpan<byte> words = AccessDecision.Permissions(record);
        byte* joined = memory.Take(words.Length);
        int length = 0;
        foreach (System.Range word in words.Split((byte)' '))
        {
            if (words[word].IsEmpty)
                continue;
            if (length > 0)
                joined[length++] = (byte)',';
            words[word].CopyTo(new Span<byte>(joined + length, words.Length - length));
            length += words[word].Length;
        }

        joined[length] = 0;
        if (length > 0)
            AddMade("seperms"u8, joined, length);
    }

    // Where rules have several keys, the kernel writes them joined, in hexadecimal digits.
    bool TryAddKeys(ReadOnlySpan<byte> value)
    {
        if (value[0] == '"' || value.Length < 4)
            return false;
        byte* decoded = memory.Take(value.Length);
        var keys = new Span<byte>(decoded, value.Length);
        if (!EncodedText.TryDecodeHex(value, keys, out int length) || !keys[..length].Contains(KeySeparator))
            return false;
        keys = keys[..length];
        foreach (System.Range key in ((ReadOnlySpan<byte>)keys).Split(KeySeparator))
        {
            Span<byte> text = keys[key];
            if (text.IsEmpty)
                continue;
            byte* quoted = memory.Take(text.Length + 2);
            quoted[0] = quoted[text.Length + 1] = (byte)'"';
            text.CopyTo(new Span<byte>(quoted + 1, text.Length));
            quoted[text.Length + 2] = 0;
            AddMade("key"u8, quoted, text.Length + 2);
        }

        return true;
    }

    void AddMade(ReadOnlySpan<byte> name, byte* value, int length)
    {
        ref FieldEntry entry = ref Next();
        entry.Name = CText.Constant(name);
        entry.NameLength = name.Length;
        entry.Value = value;
        entry.ValueLength = length;
        entry.ValueStart = -1;
    }

    ref FieldEntry Next()
    {
        if (_count == _fields.Length)
            Array.Resize(ref _fields, _count * 2);
        ref FieldEntry entry = ref _fields[_count++];
        entry.Words = entry.Path = null;
        return ref entry;
    }
}
