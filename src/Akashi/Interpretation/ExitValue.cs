using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>What a system call returned: as it is, or the error's name and words: <c>EACCES(Permission denied)</c>.</summary>
static class ExitValue
{
    public static void Write(ReadOnlySpan<byte> value, ErrorWords errors, InterpretedText text)
    {
        if (!RawNumber.TryDecimal(value, out long exit))
            RawNumber.WriteFault(value, text);
        else if (exit < 0 && Errnos.Names.TryGetName(-exit, out ReadOnlySpan<byte> name))
        {
            text.Append(name);
            text.AppendByte((byte)'(');
            text.Append(errors.Of((int)-exit));
            text.AppendByte((byte)')');
        }
        else
            text.Append(value);
    }

    public static void WriteErrno(ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (!RawNumber.TryDecimal(value, out long errno))
            RawNumber.WriteFault(value, text);
        else if (Errnos.Names.TryGetName(Math.Abs(errno), out ReadOnlySpan<byte> name))
            text.Append(name);
        else
            text.Append("UNKNOWN"u8);
    }
}
