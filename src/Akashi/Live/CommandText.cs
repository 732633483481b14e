using System.Buffers;

namespace Akashi.Live;

/// <summary>Writes a command line as a person would type it: quoted where a shell needs it, secrets left out.</summary>
static class CommandText
{
    static SearchValues<byte>? s_plain;

    // Made when first asked for, so that starting costs nothing.
    static SearchValues<byte> PlainBytes => s_plain ??=
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%^~"u8);

    static ReadOnlySpan<byte> MaskMark => "***"u8;

    /// <summary>Appends the arguments between blanks.</summary>
    public static void Append(CommandLine line, LineText text)
    {
        for (int index = 0; index < line.Count; index++)
        {
            if (index > 0)
                text.Append(' ');
            ReadOnlySpan<byte> argument = line[index];
            bool isQuoted = !line.IsShellText && (argument.IsEmpty || argument.IndexOfAnyExcept(PlainBytes) >= 0);
            if (isQuoted)
                text.Append('\'');
            AppendArgument(line, index, text);
            if (isQuoted)
                text.Append('\'');
        }

        AppendOmitted(line, text);
    }

    /// <summary>Appends one argument, without quotes.</summary>
    public static void AppendArgument(CommandLine line, int argument, LineText text)
    {
        ReadOnlySpan<byte> bytes = line[argument];
        int start = 0;
        while (start < bytes.Length)
        {
            bool isMasked = line.IsMasked(argument, start);
            int end = start;
            while (end < bytes.Length && line.IsMasked(argument, end) == isMasked)
                end++;
            if (isMasked)
                text.Append(MaskMark);
            else
                text.AppendText(bytes[start..end]);
            start = end;
        }
    }

    static void AppendOmitted(CommandLine line, LineText text)
    {
        if (line.OmittedArguments > 0)
        {
            text.Append(" (+"u8);
            text.Append(line.OmittedArguments);
            text.Append(" arguments)"u8);
        }

        if (line.OmittedBytes > 0)
        {
            text.Append(" (+"u8);
            text.Append(line.OmittedBytes);
            text.Append(" bytes)"u8);
        }
    }
}
