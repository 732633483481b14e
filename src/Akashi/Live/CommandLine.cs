using System.Diagnostics;
using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>The arguments of one program, decoded, with the bytes that must not be shown marked.</summary>
/// <remarks>
/// One object serves event after event. It keeps at most so many bytes and arguments and counts what it leaves away, since one execve may carry
/// megabytes. Masking is done on what is kept, before anything is shown.
/// </remarks>
/// <param name="bytesMax">Bytes that are kept, all arguments together.</param>
/// <param name="argumentsMax">Arguments that are kept.</param>
public sealed class CommandLine(int bytesMax = CommandLine.BytesMax, int argumentsMax = CommandLine.ArgumentsMax)
{
    /// <summary>Bytes that are kept where nobody says otherwise: what a screen has room for.</summary>
    public const int BytesMax = 8192;

    /// <summary>Arguments that are kept where nobody says otherwise.</summary>
    public const int ArgumentsMax = 512;

    readonly byte[] _bytes = new byte[bytesMax];
    readonly bool[] _isMasked = new bool[bytesMax];
    readonly int[] _ends = new int[argumentsMax];
    int _length;

    /// <summary>Arguments kept.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes that the arguments have beyond those kept.</summary>
    public long OmittedBytes { get; private set; }

    /// <summary>Arguments that found no room, or that the records lack.</summary>
    public int OmittedArguments { get; private set; }

    /// <summary>Whether it is one text for a shell, or was joined by who reported it: words stand between blanks.</summary>
    public bool IsShellText { get; private set; }

    /// <summary>An argument, without any quoting; valid until the next <see cref="Clear"/>.</summary>
    public ReadOnlySpan<byte> this[int index] => _bytes.AsSpan(StartOf(index).._ends[index]);

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _isMasked.AsSpan(0, _length).Clear();
        _length = Count = OmittedArguments = 0;
        OmittedBytes = 0;
        IsShellText = false;
    }

    /// <summary>Takes the arguments of the EXECVE records of an event, of which there may be several, and those that are split over <c>a1[0]=</c>.</summary>
    /// <returns>False where the event has none.</returns>
    public bool TryReadExecve(AuditEvent auditEvent)
    {
        Clear();
        int argumentCount = 0;
        int current = -1;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type != RecordType.Execve)
                continue;
            foreach (Field field in record.Fields)
            {
                if (field.Name.SequenceEqual("argc"u8))
                    argumentCount = RawNumber.Read(field.Value, otherwise: 0);
                else if (TryReadArgumentName(field.Name, out int number))
                    Take(field.Value, number, ref current);
            }
        }

        OmittedArguments += Math.Max(argumentCount - Count - OmittedArguments, 0);
        return Count > 0;
    }

    /// <summary>Takes arguments that stand one after the other, each ended by a NUL: a PROCTITLE.</summary>
    public void ReadProctitle(ReadOnlySpan<byte> raw)
    {
        Clear();
        int start = _length;
        AppendDecoded(raw);
        ReadOnlySpan<byte> text = _bytes.AsSpan(start, _length - start).TrimEnd((byte)0);
        int end = start;
        foreach (Range range in text.Split((byte)0))
        {
            if (Count == _ends.Length)
            {
                OmittedArguments++;
                continue;
            }

            end = start + range.End.GetOffset(text.Length);
            _ends[Count++] = end;
        }

        _length = end;
        RemoveNuls();
    }

    /// <summary>Takes a text in which a program joined a command's arguments by blanks: sudo's <c>cmd=</c>.</summary>
    public void ReadJoined(ReadOnlySpan<byte> raw)
    {
        Clear();
        AppendDecoded(raw);
        _ends[Count++] = _length;
        IsShellText = true;
    }

    /// <summary>Takes a text of unknown meaning, in which secrets may stand as in a command.</summary>
    public void ReadText(ReadOnlySpan<byte> text)
    {
        Clear();
        Append(text);
        _ends[Count++] = _length;
        IsShellText = true;
    }

    /// <summary>Takes plain arguments: for programs that print command lines of other sources.</summary>
    public void Add(ReadOnlySpan<byte> argument)
    {
        if (!HasRoom)
        {
            OmittedArguments++;
            return;
        }

        Append(argument);
        _ends[Count++] = _length;
    }

    /// <summary>Whether a byte of an argument must not be shown.</summary>
    public bool IsMasked(int argument, int index) => _isMasked[StartOf(argument) + index];

    /// <summary>Marks bytes of an argument as not to be shown.</summary>
    internal void Mask(int argument, int start, int end)
    {
        Debug.Assert(start >= 0);
        int first = StartOf(argument);
        Debug.Assert(first + end <= _ends[argument]);
        if (end > start)
            _isMasked.AsSpan(first + start, end - start).Fill(true);
    }

    // An argument without any of its bytes would look like an empty one.
    bool HasRoom => Count < _ends.Length && _length < _bytes.Length;

    int StartOf(int index) => index == 0 ? 0 : _ends[index - 1];

    // a12, a12[3]; a12_len is no argument.
    static bool TryReadArgumentName(ReadOnlySpan<byte> name, out int number)
    {
        number = -1;
        if (name.Length < 2 || name[0] != 'a')
            return false;
        int bracket = name.IndexOf((byte)'[');
        ReadOnlySpan<byte> digits = bracket < 0 ? name[1..] : name[1..bracket];
        number = RawNumber.Read(digits, otherwise: -1);
        return number >= 0;
    }

    void Take(ReadOnlySpan<byte> raw, int number, ref int current)
    {
        if (number != current)
        {
            current = number;
            if (!HasRoom)
            {
                OmittedArguments++;
                return;
            }

            _ends[Count++] = _length;
        }
        else if (OmittedArguments > 0)
        {
            return;
        }

        AppendDecoded(raw);
        _ends[Count - 1] = _length;
    }

    // Decoding never makes a value longer; one that finds no room is decoded as far as there is some.
    void AppendDecoded(ReadOnlySpan<byte> raw)
    {
        bool isQuoted = raw.Length >= 2 && raw[0] == '"' && raw[^1] == '"';
        int room = _bytes.Length - _length;
        int rawMax = isQuoted ? room + 2 : room * 2;
        if (raw.Length > rawMax && !isQuoted)
        {
            OmittedBytes += (raw.Length - rawMax) / 2;
            raw = raw[..rawMax];
        }

        if (isQuoted || room * 2 < raw.Length)
        {
            Append(isQuoted ? raw[1..^1] : raw);
            return;
        }

        Span<byte> destination = _bytes.AsSpan(_length);
        if (EncodedText.TryDecodeHex(raw, destination, out int length))
            _length += length;
        else
            Append(raw);
    }

    void Append(ReadOnlySpan<byte> bytes)
    {
        int kept = Math.Min(bytes.Length, _bytes.Length - _length);
        OmittedBytes += bytes.Length - kept;
        bytes[..kept].CopyTo(_bytes.AsSpan(_length));
        _length += kept;
    }

    // The arguments follow one another without the NULs between them.
    void RemoveNuls()
    {
        int shift = 0;
        for (int index = 1; index < Count; index++)
        {
            int from = _ends[index - 1] + shift + 1;
            shift++;
            int length = _ends[index] - from;
            _bytes.AsSpan(from, length).CopyTo(_bytes.AsSpan(from - shift));
            _ends[index] -= shift;
        }

        _length = Count == 0 ? 0 : _ends[Count - 1];
    }
}
