using System.Diagnostics;

namespace Akashi.Live;

/// <summary>Marks the secrets of a command line, so that whoever shows it leaves them out. The trail keeps them.</summary>
/// <remarks>
/// Three passes over each word: assignments and headers by their names, credentials in URLs, options of known programs. A word that holds blanks may be
/// a text for a shell (<c>sh -c '…'</c>, <c>ssh host '…'</c>): its own words get the same passes, to a depth of four. In doubt more is masked than
/// needed: what is hidden here can be read in the trail by those who may. Never throws, whatever the bytes; its time is linear in them.
/// </remarks>
public sealed partial class SecretMask
{
    const int DepthMax = 4;

    CommandLine _line = new();

    /// <summary>Marks them in the command line of a program's start: argv[0] is the caller's choice, so the file that ran chooses the options, too.</summary>
    public void Apply(CommandLine line, in EventParts parts)
    {
        Span<byte> opened = stackalloc byte[FalseName.PathBytesMax], executable = stackalloc byte[FalseName.PathBytesMax];
        FalseName.TryFindProgram(parts, opened, out int openedLength);
        FalseName.TryFindExecutable(parts, executable, out int executableLength);
        Apply(line, opened[..openedLength], executable[..executableLength]);
    }

    /// <summary>Marks them.</summary>
    /// <param name="line">The command line.</param>
    /// <param name="opened">The path that was opened to run; empty where nobody knows.</param>
    /// <param name="executable">What runs then: of a script its interpreter; empty where nobody knows.</param>
    public void Apply(CommandLine line, ReadOnlySpan<byte> opened = default, ReadOnlySpan<byte> executable = default)
    {
        _line = line;
        var words = new WordState();
        for (int argument = 0; argument < line.Count; argument++)
        {
            int length = line[argument].Length;
            if (line.IsShellText)
                ScanText(argument, 0, length, depth: 1);
            else
                TakeWord(ref words, argument, 0, length, depth: 0);
            if (argument > 0 || line.IsShellText)
                continue;
            NoteFile(ref words, opened);
            NoteFile(ref words, executable);
        }

        EndCommand(ref words);
    }

    // Cuts a text into words as a shell would, quotes included in their words.
    void ScanText(int argument, int start, int end, int depth)
    {
        ReadOnlySpan<byte> text = _line[argument];
        var words = new WordState { TextEnd = end };
        int wordStart = -1;
        byte quote = 0;
        int hereDelimiter = -1;
        for (int index = start; index < end; index++)
        {
            byte value = text[index];
            if (quote != 0)
            {
                if (value == quote)
                    quote = 0;
                else if (value == '\\' && quote == '"')
                    index++;
                continue;
            }

            if (IsBlank(value) || IsSeparator(value))
            {
                TakePending(ref words, argument, ref wordStart, index, depth);
                if (value is (byte)'<' or (byte)'>')
                    TakeRedirection(ref words, text[start..index], value);
                else if (IsSeparator(value))
                    EndCommand(ref words);
                if (value == '<' && text[start..index].EndsWith("<"u8))
                    hereDelimiter = text[start..index].EndsWith("<<"u8) ? -1 : index + 1;
                if (value != '\n' || hereDelimiter < 0)
                    continue;
                index = MaskHereDocument(argument, start, hereDelimiter, index + 1, end) - 1;
                hereDelimiter = -1;
                continue;
            }

            if (wordStart < 0)
                wordStart = index;
            if (value is (byte)'"' or (byte)'\'')
                quote = value;
            else if (value == '\\')
                index++;
        }

        TakePending(ref words, argument, ref wordStart, end, depth);
        EndCommand(ref words);
    }

    // What follows is a file, no program; after three of < a text that the program reads.
    void TakeRedirection(ref WordState words, ReadOnlySpan<byte> before, byte sign)
    {
        if (sign == '<')
        {
            words.IsNextSecret |= before.EndsWith("<<"u8);
            words.IsNextValue = true;
            return;
        }

        bool hasProgram = words.HasProgram;
        EndCommand(ref words);
        words.HasProgram = hasProgram;
        words.IsNextValue = true;
    }

    void TakePending(ref WordState words, int argument, ref int wordStart, int wordEnd, int depth)
    {
        if (wordStart >= 0)
            TakeWord(ref words, argument, wordStart, wordEnd, depth);
        wordStart = -1;
    }

    void TakeWord(ref WordState words, int argument, int start, int end, int depth)
    {
        if (depth > 0)
            StripQuotes(argument, ref start, ref end);
        ReadOnlySpan<byte> word = _line[argument][start..end];
        ReadOnlySpan<byte> previous = _line[words.Last.Argument][words.Last.Start..words.Last.End];
        words.Last = new Place(argument, start, end);
        if (words.IsNextSecret)
        {
            words.IsNextSecret = false;
            if (!words.IsNextLoose || !IsShortOption(word))
            {
                MaskPart(words.NextPart, argument, start, end);
                words.IsAfterShellOption = words.IsNextValue = false;
                return;
            }
        }

        if (words.MasksOperands)
            _line.Mask(argument, start, end);
        bool isText = depth < DepthMax && word.IndexOfAny(" \t\n;|&<>`("u8) >= 0;
        if (!isText || (!words.IsAfterShellOption && !words.RunsText))
            MaskAssignments(ref words, argument, start, end, EndFor(words, previous, word, depth));
        if (!words.IsNextValue && IsSecretOption(word))
            words.ExpectNext(SecretPart.Whole, isLoose: true);
        MaskUrls(argument, start, end);
        ApplyRows(ref words, argument, start, end);
        if (isText)
            ScanText(argument, start, end, depth + 1);
        NoteProgram(ref words, word);
        words.IsAfterShellOption = IsBeforeShellText(words, previous, word);
    }

    void EndCommand(ref WordState words)
    {
        Place last = words.Last;
        if (words.MasksLast && RowsOf(_line[last.Argument][last.Start..last.End]) == 0)
            _line.Mask(last.Argument, last.Start, last.End);
        words = new WordState { TextEnd = words.TextEnd };
    }

    static bool ReadsSecret(ReadOnlySpan<byte> rest) =>
        rest.IndexOf("passwd"u8) >= 0 || rest.IndexOf("-stdin"u8) >= 0 || rest.IndexOf("sudo -S"u8) >= 0
        || rest.IndexOf("cryptsetup"u8) >= 0 || rest.IndexOf("secret-tool"u8) >= 0;

    void StripQuotes(int argument, ref int start, ref int end)
    {
        ReadOnlySpan<byte> text = _line[argument];
        if (end - start >= 2 && text[start] is (byte)'"' or (byte)'\'' && text[end - 1] == text[start])
        {
            start++;
            end--;
        }
    }

    static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t';

    static bool IsSeparator(byte value) =>
        value is (byte)'\n' or (byte)'\r' or (byte)';' or (byte)'|' or (byte)'&' or (byte)'(' or (byte)')' or (byte)'`'
            or (byte)'<' or (byte)'>';

    // -u after a bare --password is the next option, -hunter2 may be the password.
    static bool IsShortOption(ReadOnlySpan<byte> word) =>
        (word.Length == 2 && word[0] == '-') || word.StartsWith("--"u8);

    void MaskPart(SecretPart part, int argument, int start, int end)
    {
        ReadOnlySpan<byte> value = _line[argument][start..end];
        int from = part switch
        {
            SecretPart.AfterColon => value.IndexOf((byte)':') + 1,
            SecretPart.AfterPercent => value.IndexOf((byte)'%') + 1,
            SecretPart.AfterComma => value.IndexOf((byte)',') + 1,
            SecretPart.AfterSlash => AfterSlash(value),
            _ => 0,
        };
        if (part != SecretPart.Whole && from == 0)
            return;
        int at = part == SecretPart.AfterSlash ? value.LastIndexOf((byte)'@') : -1;
        _line.Mask(argument, start + from, at >= from ? start + at : end);
    }

    // user/password@service; a path and NAME=/path are none.
    static int AfterSlash(ReadOnlySpan<byte> value)
    {
        int slash = value.IndexOf((byte)'/');
        return slash <= 0 || value[..slash].IndexOfAny("=@."u8) >= 0 ? 0 : slash + 1;
    }

    readonly record struct Place(int Argument, int Start, int End);

    /// <summary>What the words so far say of the next one.</summary>
    struct WordState
    {
        public bool IsNextSecret;
        public bool IsNextLoose;
        public SecretPart NextPart;
        public bool IsAfterShellOption;
        public bool IsNextValue;
        public bool HasProgram;
        public bool IsLenient;
        public bool IsShell;
        public bool RunsText;
        public Runner? Runner;
        public int Operands;
        public bool MasksOperands;
        public bool MasksLast;
        public ulong Rows;
        public ulong Unlocked;
        public Place Last;
        public int TextEnd;

        public void ExpectNext(SecretPart part, bool isLoose)
        {
            // An option of the program's own row knows better which part is secret.
            if (IsNextSecret && isLoose)
                return;
            IsNextSecret = true;
            IsNextLoose = isLoose;
            NextPart = part;
        }
    }
}
