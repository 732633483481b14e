using System.Runtime.CompilerServices;
using System.Text;
using Akashi.Linux.UserRecords;
using Akashi.Records;

namespace Akashi.Audit;

// The forms, one a method.
public sealed partial class UserRecordSender
{
    /// <summary>Sends a free message: <c>MESSAGE exe="…" hostname= addr= terminal= res=success</c>, audit_log_user_message(3).</summary>
    /// <param name="type">The record's type.</param>
    /// <param name="message">The text; fields as <c>name=value</c>, so that readers find them.</param>
    /// <param name="isSuccess">Whether what it tells of succeeded.</param>
    /// <param name="origin">Where it comes from; null for this process.</param>
    /// <returns>The number of the request, not of the event.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The type isn't one that programs may send.</exception>
    /// <exception cref="AuditSendException">The kernel refuses.</exception>
    [SkipLocalsInit]
    public uint SendMessage(UserRecordType type, string message, bool isSuccess, UserRecordOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        Check(type);
        var place = new SenderPlace(stackalloc byte[SenderPlace.LengthMax]);
        UserRecordSource source = place.Find(origin, _executable, PlaceParts.All);
        Span<byte> bytes = stackalloc byte[UserRecordText.BytesMax];
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteMessage(ToUtf8(message, bytes), source, isSuccess);
        return Send(type, text);
    }

    /// <summary>Sends a message of a script, for the program is but its interpreter: as <see cref="SendMessage"/> with <c>comm=</c>, audit_log_user_comm_message(3).</summary>
    /// <param name="type">The record's type.</param>
    /// <param name="message">The text.</param>
    /// <param name="command">The script's name; null for the process's own, /proc/self/comm.</param>
    /// <param name="isSuccess">Whether what it tells of succeeded.</param>
    /// <param name="origin">Where it comes from; null for this process.</param>
    /// <inheritdoc cref="SendMessage"/>
    [SkipLocalsInit]
    public uint SendScriptMessage(UserRecordType type, string message, string? command, bool isSuccess, UserRecordOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        Check(type);
        var place = new SenderPlace(stackalloc byte[SenderPlace.LengthMax]);
        UserRecordSource source = place.Find(origin, _executable, PlaceParts.All);
        Span<byte> bytes = stackalloc byte[UserRecordText.BytesMax], name = stackalloc byte[OwnProcess.TextLengthMax];
        name = name[..(command is null ? OwnProcess.FindCommand(name) : ToUtf8(command, name).Length)];
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteScriptMessage(ToUtf8(message, bytes), name, source, isSuccess);
        return Send(type, text);
    }

    /// <summary>Sends what was done to, or by, an account or a group, logins and sessions too: <c>op=OP acct="NAME" exe= hostname= addr= terminal= res=</c>,
    /// audit_log_acct_message(3).</summary>
    /// <param name="type">The record's type: <see cref="UserRecordType.AddUser"/>, <see cref="UserRecordType.UserLogin"/>, <see cref="UserRecordType.UserStart"/>, …</param>
    /// <param name="operation">What was done, one word: <c>adding-user</c>, <c>session-open</c>.</param>
    /// <param name="name">The account's name; null where only the number is known.</param>
    /// <param name="id">Its number; stands in the record where it's known, instead of the name.</param>
    /// <param name="isSuccess">Whether it was done.</param>
    /// <param name="origin">Where it comes from; null for this process.</param>
    /// <inheritdoc cref="SendMessage"/>
    [SkipLocalsInit]
    public uint SendAccount(UserRecordType type, string operation, string? name, uint? id, bool isSuccess, UserRecordOrigin? origin = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        Check(type);
        var place = new SenderPlace(stackalloc byte[SenderPlace.LengthMax]);
        UserRecordSource source = place.Find(origin, _executable, PlaceParts.All);
        Span<byte> bytes = stackalloc byte[UserRecordText.BytesMax], word = stackalloc byte[UserRecordText.BytesMax];
        bool hasName = name is not null && id is (null or uint.MaxValue);
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteAccount(ToWord(operation, word), hasName, ToUtf8(name ?? "", bytes), id ?? uint.MaxValue, source, isSuccess);
        return Send(type, text);
    }

    /// <summary>Sends a decision of a program that guards objects of its own: <c>MESSAGE exe= sauid=AUID hostname= addr= terminal=</c>,
    /// audit_log_user_avc_message(3).</summary>
    /// <param name="type">The record's type: <see cref="UserRecordType.UserAvc"/>, <see cref="UserRecordType.UserSelinuxErr"/>.</param>
    /// <param name="message">The decision: <c>avc:  denied  { … } for …</c>.</param>
    /// <param name="auid">The login user that it's about; null for unset.</param>
    /// <param name="origin">Where it comes from; null for this process.</param>
    /// <inheritdoc cref="SendMessage"/>
    [SkipLocalsInit]
    public uint SendDecision(UserRecordType type, string message, uint? auid, UserRecordOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(message);
        Check(type);
        var place = new SenderPlace(stackalloc byte[SenderPlace.LengthMax]);
        UserRecordSource source = place.Find(origin, _executable, PlaceParts.GivenHost);
        Span<byte> bytes = stackalloc byte[UserRecordText.BytesMax];
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteDecision(ToUtf8(message, bytes), (int)(auid ?? uint.MaxValue), source);
        return Send(type, text);
    }

    /// <summary>Sends a change of what SELinux gives a login user: <c>op=OP acct="NAME" old-seuser= … new-range= exe= hostname= addr= terminal= res=</c>,
    /// audit_log_semanage_message(3).</summary>
    /// <param name="type">The record's type: <see cref="UserRecordType.RoleAssign"/>, <see cref="UserRecordType.RoleRemove"/>, <see cref="UserRecordType.RoleModify"/>.</param>
    /// <param name="operation">What was done, one word: <c>adding-role</c>.</param>
    /// <param name="name">The account's name; null where only the number is known.</param>
    /// <param name="id">Its number; stands in the record where there is no name.</param>
    /// <param name="before">What it had; null for unknown.</param>
    /// <param name="after">What it gets; null for unknown.</param>
    /// <param name="isSuccess">Whether it was done.</param>
    /// <param name="origin">Where it comes from; null for this process.</param>
    /// <inheritdoc cref="SendMessage"/>
    [SkipLocalsInit]
    public uint SendRoles(
        UserRecordType type, string operation, string? name, uint? id, SelinuxRole? before, SelinuxRole? after, bool isSuccess,
        UserRecordOrigin? origin = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(operation);
        Check(type);
        var place = new SenderPlace(stackalloc byte[SenderPlace.LengthMax]);
        UserRecordSource source = place.Find(origin, _executable, PlaceParts.GivenHost);
        var roles = new SenderPlace(stackalloc byte[SenderPlace.LengthMax]);
        UserRecordRole old = roles.Find(before), made = roles.Find(after);
        Span<byte> bytes = stackalloc byte[UserRecordText.BytesMax], word = stackalloc byte[UserRecordText.BytesMax];
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteRoles(ToWord(operation, word), ToUtf8(name ?? "", bytes), id ?? uint.MaxValue, old, made, source, isSuccess);
        return Send(type, text);
    }

    /// <summary>Sends a command that was run for somebody: <c>cwd="…" cmd=… exe="…" terminal= res=</c>, audit_log_user_command(3).</summary>
    /// <param name="type">The record's type: <see cref="UserRecordType.UserCmd"/>.</param>
    /// <param name="command">The command line; any text, it's encoded.</param>
    /// <param name="isSuccess">Whether it was run.</param>
    /// <param name="origin">Where it comes from; null for this process. Host and address have no place in this form.</param>
    /// <inheritdoc cref="SendMessage"/>
    [SkipLocalsInit]
    public uint SendCommand(UserRecordType type, string command, bool isSuccess, UserRecordOrigin? origin = null)
    {
        ArgumentNullException.ThrowIfNull(command);
        Check(type);
        var place = new SenderPlace(stackalloc byte[SenderPlace.LengthMax]);
        UserRecordSource source = place.Find(origin, _executable, PlaceParts.NoHost);
        Span<byte> bytes = stackalloc byte[UserRecordText.BytesMax], directory = stackalloc byte[OwnProcess.TextLengthMax];
        directory = directory[..OwnProcess.FindDirectory(directory)];
        var text = new UserRecordText(stackalloc byte[UserRecordText.BytesMax]);
        text.WriteCommand(directory, ToUtf8(command, bytes), source, isSuccess);
        return Send(type, text);
    }

    static ReadOnlySpan<byte> ToUtf8(string text, Span<byte> destination) =>
        Encoding.UTF8.TryGetBytes(text, destination, out int length) ? destination[..length] : throw TooLong();

    static ReadOnlySpan<byte> ToWord(string word, Span<byte> destination)
    {
        ReadOnlySpan<byte> plain = ToUtf8(word, destination[..(destination.Length / 3)]);
        if (!EncodedText.NeedsHex(plain))
            return plain;
        Span<byte> digits = destination[plain.Length..][..(plain.Length * 2)];
        EncodedText.EncodeHex(plain, digits);
        return digits;
    }
}
