using Akashi.Host;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>Says what was done: a command as it was typed, or a sentence about what a system call or a program did.</summary>
/// <remarks>
/// A command begins with <c>$</c>, or <c>#</c> where it ran as root. What a program reports about itself ends with the program in parentheses.
/// Keystrokes (TTY, USER_TTY) are never shown, only counted: passwords are typed too.
/// </remarks>
/// <param name="host">Names of users and groups, words for errors.</param>
/// <param name="people">Writes users.</param>
sealed partial class DeedWriter(IHost host, PersonColumn people)
{
    // The kernel's own, beyond errno(3): it would begin the call anew.
    const int RestartFirst = 512;
    const int RestartLast = 516;

    readonly CommandLine _command = new();
    readonly SecretMask _mask = new();
    EventResult _unsaidResult;

    /// <summary>Whether the program's short name says by whom a thing was done, rather than its command line.</summary>
    public bool NamesDoerShortly { get; init; }

    /// <summary>Whether most readers skip such an event when it went well: the steps of a login beside the login itself, what no person did.</summary>
    public static bool IsMinor(in EventParts parts) => parts.Lead.Type switch
    {
        RecordType.UserAcct or RecordType.CredAcq or RecordType.CredDisp or RecordType.CredRefr or RecordType.Login => true,
        RecordType.Syscall => !HasPerson(parts) && (!HasKey(parts.Syscall) || parts.Event.TryFindRecord(RecordType.Execve, out _)),
        RecordType.ServiceStart or RecordType.ServiceStop or RecordType.CryptoKeyUser or RecordType.CryptoSession
            or RecordType.NetfilterCfg => !HasPerson(parts),
        _ => false,
    };

    /// <summary>Appends the sentence, and behind what was done why it could not be.</summary>
    public void Append(in EventParts parts, EventResult result, LineText text)
    {
        _unsaidResult = result;
        AppendSentence(parts, text);
        AppendReason(text);
    }

    void AppendSentence(in EventParts parts, LineText text)
    {
        RecordType type = parts.Lead.Type;
        if (type == RecordType.Syscall)
            AppendSyscall(parts, text);
        else if (type == RecordType.ConfigChange)
            AppendConfigChange(parts, text);
        else if (type is RecordType.Tty or RecordType.UserTty)
            AppendKeystrokes(parts.Lead, text);
        else if (type is >= RecordType.UserAuth and <= (RecordType)1199)
            AppendProgram(parts.Lead, text);
        else if (type == RecordType.Login)
            AppendLogin(parts.Lead, text);
        else if (type is >= RecordType.DaemonStart and <= (RecordType)1299)
            AppendDaemon(parts.Lead, text);
        else
            AppendOther(parts, text);
    }

    static bool HasPerson(in EventParts parts) =>
        parts.Subject.TryFind("auid"u8, out ReadOnlySpan<byte> auid) && RawNumber.ReadId(auid) != ProcessIdentity.Unset;

    // Somebody asked for it with a rule.
    static bool HasKey(in Record syscall) =>
        syscall.TryFind("key"u8, out ReadOnlySpan<byte> key) && !SessionBook.IsUnknown(key);

    void AppendCommand(LineText text)
    {
        _mask.Apply(_command);
        CommandText.Append(_command, text);
    }

    // Before the doer, who may take half a screen.
    void AppendReason(LineText text)
    {
        EventResult result = _unsaidResult;
        _unsaidResult = default;
        if (!result.IsKnown || (result.IsSuccess && result.Errno == 0))
            return;
        text.Begin(result.IsSuccess ? LiveColor.Dim : LiveColor.Refused);
        text.Append("  ("u8);
        if (result.Errno is >= RestartFirst and <= RestartLast)
            text.Append("interrupted"u8);
        else if (result.Errno > 0)
            text.AppendText(host.DescribeError(result.Errno));
        else
            text.Append("failed"u8);
        text.Append(')');
        text.End();
    }

    // By whom a thing was done: the command line where the event has one, else the program's short name.
    void AppendBy(in EventParts parts, LineText text)
    {
        AppendReason(text);
        text.Begin(LiveColor.Dim);
        text.Append("  by "u8);
        if (!NamesDoerShortly && parts.Event.TryFindRecord(RecordType.Proctitle, out Record title) && title.TryFind("proctitle"u8, out ReadOnlySpan<byte> raw))
        {
            _command.ReadProctitle(raw);
            AppendCommand(text);
        }
        else if (parts.HasSyscall && parts.Syscall.TryFind("comm"u8, out raw))
        {
            AppendValue(raw, text);
        }
        else
        {
            text.Append('?');
        }

        text.End();
    }

    // A field's value without its quotes, or decoded from hex where it can only be that.
    static void AppendValue(ReadOnlySpan<byte> raw, LineText text)
    {
        const int ShownBytesMax = 4096;
        bool isLong = raw.Length > ShownBytesMax * 2;
        if (isLong)
            raw = raw[..(ShownBytesMax * 2)];
        Span<byte> decoded = stackalloc byte[ShownBytesMax * 2];
        EncodedText.TryDecode(raw, decoded, out int length);
        text.AppendText(decoded[..length]);
        if (isLong)
            text.Append(" ..."u8);
    }

    static void AppendPlain(ReadOnlySpan<byte> raw, LineText text) => text.AppendText(raw.Trim((byte)'"'));

    void AppendKeystrokes(in Record record, LineText text)
    {
        int length = record.TryFind("data"u8, out ReadOnlySpan<byte> data) ? data.Length / 2 : 0;
        text.Append("types "u8);
        text.Append(length);
        text.Append(length == 1 ? " byte"u8 : " bytes"u8);
        if (record.TryFind("comm"u8, out ReadOnlySpan<byte> comm))
        {
            text.Append(" into "u8);
            AppendValue(comm, text);
        }
    }
}
