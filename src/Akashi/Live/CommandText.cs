using System.Buffers;

namespace Akashi.Live;

/// <summary>Writes a command line as a person would type it: quoted where a shell needs it, secrets left out.</summary>
/// <remarks>What holds no secret and only printable characters means the same arguments again where it's given to sh.</remarks>
static class CommandText
{
    static SearchValues<byte>? s_plain;

    // Made when first asked for, so that starting costs nothing.
    static SearchValues<byte> PlainBytes => s_plain ??=
        SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%^"u8);

    // POSIX, Shell Command Language, 2.4; and what bash and ksh add.
    static ReadOnlySpan<byte> ReservedWords =>
        " case coproc do done elif else esac fi for function if in namespace select then time until while "u8;

    static ReadOnlySpan<byte> MaskMark => "***"u8;

    /// <summary>Appends the arguments between blanks.</summary>
    /// <param name="line">The arguments.</param>
    /// <param name="text">Where they go.</param>
    /// <param name="first">The first that is shown.</param>
    public static void Append(CommandLine line, LineText text, int first = 0)
    {
        for (int index = first; index < line.Count; index++)
        {
            if (index > first)
                text.Append(' ');
            bool isQuoted = !line.IsShellText && NeedsQuotes(line[index], isCommand: index == first);
            if (isQuoted)
                text.Append('\'');
            AppendArgument(line, index, text, isQuoted);
            if (isQuoted)
                text.Append('\'');
        }

        AppendOmitted(line, text);
    }

    /// <summary>Appends one argument, without quotes.</summary>
    public static void AppendArgument(CommandLine line, int argument, LineText text) => AppendArgument(line, argument, text, isQuoted: false);

    static bool NeedsQuotes(ReadOnlySpan<byte> argument, bool isCommand) =>
        argument.IsEmpty || argument.IndexOfAnyExcept(PlainBytes) >= 0
        || (isCommand && (argument.Contains((byte)'=') || IsReserved(argument)));

    static bool IsReserved(ReadOnlySpan<byte> word)
    {
        foreach (Range range in ReservedWords.Split((byte)' '))
        {
            if (ReservedWords[range].SequenceEqual(word))
                return true;
        }

        return false;
    }

    static void AppendArgument(CommandLine line, int argument, LineText text, bool isQuoted)
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
            else if (isQuoted)
                AppendQuoted(bytes[start..end], text);
            else
                text.AppendText(bytes[start..end]);
            start = end;
        }
    }

    // Between apostrophes nothing has a meaning but the apostrophe: the text is closed, one is put in, and it's opened again.
    static void AppendQuoted(ReadOnlySpan<byte> bytes, LineText text)
    {
        while (true)
        {
            int apostrophe = bytes.IndexOf((byte)'\'');
            if (apostrophe < 0)
                break;
            text.AppendText(bytes[..apostrophe]);
            text.Append("'\\''"u8);
            bytes = bytes[(apostrophe + 1)..];
        }

        text.AppendText(bytes);
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
