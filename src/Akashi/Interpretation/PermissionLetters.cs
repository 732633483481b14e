namespace Akashi.Interpretation;

/// <summary>Permissions of a watch: AUDIT_PERM_* of linux/audit.h, in words.</summary>
static class PermissionLetters
{
    const int All = 15;

    public static void Write(long permissions, InterpretedText text)
    {
        long shown = permissions == 0 ? All : permissions;
        int start = text.Bytes.Length;
        WriteOne(shown, 4, "read"u8, text, start);
        WriteOne(shown, 2, "write"u8, text, start);
        WriteOne(shown, 1, "exec"u8, text, start);
        WriteOne(shown, 8, "attr"u8, text, start);
    }

    static void WriteOne(long shown, long bit, ReadOnlySpan<byte> word, InterpretedText text, int start)
    {
        if ((shown & bit) == 0)
            return;
        if (text.Bytes.Length > start)
            text.AppendByte((byte)',');
        text.Append(word);
    }
}
