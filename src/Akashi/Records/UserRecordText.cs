using System.Buffers.Text;

namespace Akashi.Records;

/// <summary>Puts together what a program sends to be written as a record: the part between <c>msg='</c> and <c>'</c>.</summary>
/// <remarks>
/// The forms, by the functions of libaudit that make them (audit_log_user_message(3) and its kin):
/// <code>
/// message    MESSAGE exe=E hostname=H addr=A terminal=T res=success|failed
/// script     MESSAGE comm=C exe=E hostname=H addr=A terminal=T res=
/// account    op=OP acct=NAME|id=N exe=E hostname=H addr=A terminal=T res=
/// decision   MESSAGE exe=E sauid=N hostname=H addr=A terminal=T
/// roles      op=OP acct=NAME|id=N old-seuser= old-role= old-range= new-seuser= new-role= new-range= exe=E hostname=H addr=A terminal=T res=
/// command    cwd=DIRECTORY cmd=COMMAND exe=E terminal=T res=
/// </code>
/// What isn't known is <c>?</c>. NUL, line feed and 0x1D become blanks: those would forge a second record, or enriched fields. Allocates nothing.
/// </remarks>
/// <param name="destination">Where to; a text that doesn't fit is <see cref="IsTooLong"/>, and not to be sent.</param>
public ref struct UserRecordText(Span<byte> destination)
{
    /// <summary>The longest text that libaudit sends, in bytes: with header, NUL and padding 8970 at most.</summary>
    public const int BytesMax = 8951;

    readonly Span<byte> _destination = destination;
    int _length;

    /// <summary>Whether there was more than the destination holds.</summary>
    public bool IsTooLong { get; private set; }

    /// <summary>The text so far, in the destination.</summary>
    public readonly ReadOnlySpan<byte> Text => _destination[.._length];

    /// <summary>A free message.</summary>
    public void WriteMessage(scoped ReadOnlySpan<byte> message, scoped in UserRecordSource source, bool isSuccess)
    {
        Append(message);
        AppendWord(" exe="u8, source.Executable);
        AppendPlace(source);
        AppendResult(isSuccess);
    }

    /// <summary>A free message of a script: <paramref name="command"/> is its name, encoded.</summary>
    public void WriteScriptMessage(scoped ReadOnlySpan<byte> message, scoped ReadOnlySpan<byte> command, scoped in UserRecordSource source, bool isSuccess)
    {
        Append(message);
        AppendEncoded(" comm="u8, command);
        AppendWord(" exe="u8, source.Executable);
        AppendPlace(source);
        AppendResult(isSuccess);
    }

    /// <summary>What was done to an account or a group.</summary>
    /// <param name="operation">What: <c>adding-user</c>.</param>
    /// <param name="hasName">Whether the name is to stand, not the number.</param>
    /// <param name="name">Its name.</param>
    /// <param name="id">Its number.</param>
    /// <param name="source">Who says so.</param>
    /// <param name="isSuccess">Whether it was done.</param>
    public void WriteAccount(scoped ReadOnlySpan<byte> operation, bool hasName, scoped ReadOnlySpan<byte> name, uint id, scoped in UserRecordSource source, bool isSuccess)
    {
        AppendAccount(operation, hasName, name, id);
        AppendWord(" exe="u8, source.Executable);
        AppendPlace(source);
        AppendResult(isSuccess);
    }

    /// <summary>A decision of a program that guards objects of its own (an SELinux object manager).</summary>
    /// <param name="message">The decision: <c>avc:  denied  { … }</c>.</param>
    /// <param name="auid">The login user that it's about; -1 for unset.</param>
    /// <param name="source">Who says so.</param>
    public void WriteDecision(scoped ReadOnlySpan<byte> message, int auid, scoped in UserRecordSource source)
    {
        Append(message);
        AppendWord(" exe="u8, source.Executable);
        Append(" sauid="u8);
        AppendNumber(auid);
        AppendPlace(source);
    }

    /// <summary>A change of the SELinux roles of a user.</summary>
    public void WriteRoles(
        scoped ReadOnlySpan<byte> operation, scoped ReadOnlySpan<byte> name, uint id, scoped in UserRecordRole before,
        scoped in UserRecordRole after, scoped in UserRecordSource source, bool isSuccess)
    {
        AppendAccount(operation, !name.IsEmpty, name, id);
        AppendWord(" old-seuser="u8, before.SelinuxUser);
        AppendWord(" old-role="u8, before.Role);
        AppendWord(" old-range="u8, before.Range);
        AppendWord(" new-seuser="u8, after.SelinuxUser);
        AppendWord(" new-role="u8, after.Role);
        AppendWord(" new-range="u8, after.Range);
        AppendWord(" exe="u8, source.Executable);
        AppendPlace(source);
        AppendResult(isSuccess);
    }

    /// <summary>A command that was run for somebody; blanks around it are dropped.</summary>
    /// <param name="directory">The working directory; empty where it isn't known.</param>
    /// <param name="command">The command line.</param>
    /// <param name="source">Who says so; host and address have no place here.</param>
    /// <param name="isSuccess">Whether it was run.</param>
    public void WriteCommand(scoped ReadOnlySpan<byte> directory, scoped ReadOnlySpan<byte> command, scoped in UserRecordSource source, bool isSuccess)
    {
        AppendEncoded("cwd="u8, directory.IsEmpty ? "?"u8 : directory);
        AppendEncoded(" cmd="u8, command.Trim((byte)' '));
        AppendWord(" exe="u8, source.Executable);
        AppendWord(" terminal="u8, source.Terminal);
        AppendResult(isSuccess);
    }

    void AppendAccount(scoped ReadOnlySpan<byte> operation, bool hasName, scoped ReadOnlySpan<byte> name, uint id)
    {
        Append("op="u8);
        Append(operation);
        if (hasName)
        {
            AppendEncoded(" acct="u8, name);
            return;
        }

        Append(" id="u8);
        AppendNumber(id);
    }

    void AppendPlace(scoped in UserRecordSource source)
    {
        AppendWord(" hostname="u8, source.HostName);
        AppendWord(" addr="u8, source.Address);
        AppendWord(" terminal="u8, source.Terminal);
    }

    void AppendResult(bool isSuccess) => Append(isSuccess ? " res=success"u8 : " res=failed"u8);

    void AppendWord(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Append(name);
        Append(value.IsEmpty ? "?"u8 : value);
    }

    void AppendEncoded(scoped ReadOnlySpan<byte> name, scoped ReadOnlySpan<byte> value)
    {
        Append(name);
        if (EncodedText.EncodedLength(value) > _destination.Length - _length)
            IsTooLong = true;
        else
            _length += EncodedText.Encode(value, _destination[_length..]);
    }

    void AppendNumber(long number)
    {
        if (Utf8Formatter.TryFormat(number, _destination[_length..], out int length))
            _length += length;
        else
            IsTooLong = true;
    }

    void Append(scoped ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _destination.Length - _length)
        {
            IsTooLong = true;
            return;
        }

        Span<byte> copy = _destination.Slice(_length, bytes.Length);
        bytes.CopyTo(copy);
        RecordText.Defuse(copy);
        _length += bytes.Length;
    }
}
