using Akashi.Tables;

namespace Akashi.Interpretation;

/// <summary>Modes of files: <c>file,755</c>, <c>dir,sticky,777</c>; without a type <c>suid,0755</c>.</summary>
static class FileMode
{
    const uint TypeMask = 0xF000;
    const uint SetUid = 0x800;
    const uint SetGid = 0x400;
    const uint Sticky = 0x200;
    const uint Permissions = 0x1FF;

    public static void Write(ReadOnlySpan<byte> value, InterpretedText text)
    {
        if (!RawNumber.TryOctal(value, out uint mode))
        {
            RawNumber.WriteFault(value, text);
            return;
        }

        if (FileTypes.Names.TryGetName(mode & TypeMask, out ReadOnlySpan<byte> type))
            text.Append(type);
        else
            text.AppendOctal(mode & TypeMask, 3);
        text.AppendByte((byte)',');
        WriteBits(mode, text);
        text.AppendOctal(mode & Permissions, 3);
    }

    public static void WriteShort(uint mode, InterpretedText text)
    {
        WriteBits(mode, text);
        text.AppendByte((byte)'0');
        text.AppendOctal(mode & Permissions, 3);
    }

    static void WriteBits(uint mode, InterpretedText text)
    {
        if ((mode & SetUid) != 0)
            text.Append("suid,"u8);
        if ((mode & SetGid) != 0)
            text.Append("sgid,"u8);
        if ((mode & Sticky) != 0)
            text.Append("sticky,"u8);
    }
}
