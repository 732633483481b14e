using Akashi.Events;
using Akashi.Records;
using Akashi.Tables;

namespace Akashi.Live;

/// <summary>Whether the name that a program was given is the one of what really ran.</summary>
/// <remarks>argv[0] is whatever the caller likes; the first PATH record is what the kernel opened. The live view and reports tell of both where they differ.</remarks>
public static class FalseName
{
    /// <summary>PATH_MAX, each byte as two digits: what the paths given here have to hold.</summary>
    public const int PathBytesMax = 8192;

    /// <summary>Finds what ran under another's name.</summary>
    /// <param name="parts">The start of a program.</param>
    /// <param name="command">Its command line.</param>
    /// <param name="path">Takes the path of what ran; <see cref="PathBytesMax"/>.</param>
    /// <param name="length">The path's bytes.</param>
    /// <returns>False where the name is right, a script's interpreter's, or nothing tells.</returns>
    public static bool TryFind(in EventParts parts, CommandLine command, Span<byte> path, out int length)
    {
        length = 0;
        return command.Count > 0 && FindScript(parts, command) == 0 && TryFindProgram(parts, path, out length)
            && !IsCalledBy(path[..length], command[0].TrimStart((byte)'-'));
    }

    /// <summary>Which argument is the script where an interpreter was started for one; 0 where none was.</summary>
    /// <remarks>
    /// The arguments of a script are its interpreter's: the interpreter, at most one argument of its own, the script, and what was typed behind it; an interpreter may
    /// be a script again. The script is the first PATH, an interpreter one of those behind it.
    /// </remarks>
    public static int FindScript(in EventParts parts, CommandLine command)
    {
        const int NestingMax = 5;
        Span<byte> path = stackalloc byte[PathBytesMax];
        if (command.Count < 2 || !TryFindItem(parts.Event, "0"u8, out ReadOnlySpan<byte> raw) || !TryDecode(raw, path, out int length)
            || path[..length].SequenceEqual(command[0]) || !IsInterpreter(parts.Event, command[0]))
            return 0;
        for (int index = 1; index < Math.Min(command.Count, (NestingMax * 2) + 1); index++)
        {
            if (command[index].SequenceEqual(path[..length]))
                return index;
        }

        return 0;
    }

    static bool IsInterpreter(AuditEvent auditEvent, ReadOnlySpan<byte> program)
    {
        Span<byte> path = stackalloc byte[PathBytesMax];
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type == RecordType.Path && record.TryFind("item"u8, out ReadOnlySpan<byte> item) && !item.SequenceEqual("0"u8)
                && record.TryFind("name"u8, out ReadOnlySpan<byte> raw) && TryDecode(raw, path, out int length)
                && path[..length].SequenceEqual(program))
                return true;
        }

        return false;
    }

    static bool TryDecode(ReadOnlySpan<byte> raw, Span<byte> path, out int length)
    {
        length = 0;
        if (raw.Length > path.Length)
            return false;
        EncodedText.TryDecode(raw, path, out length);
        return true;
    }

    // What the kernel was asked to run; where it had no name (fexecve, a file in memory), what ran.
    static bool TryFindProgram(in EventParts parts, Span<byte> path, out int length)
    {
        if (TryFindItem(parts.Event, "0"u8, out ReadOnlySpan<byte> raw) && !raw.SequenceEqual("(null)"u8)
            && TryDecode(raw, path, out length) && length > 0)
            return true;
        length = 0;
        return parts.HasSyscall && parts.Syscall.TryFind("exe"u8, out raw) && TryDecode(raw, path, out length) && length > 0;
    }

    // A name without a directory is believed of the system's own programs alone.
    static bool IsCalledBy(ReadOnlySpan<byte> path, ReadOnlySpan<byte> name)
    {
        if (path.SequenceEqual(name))
            return true;
        if (name.Contains((byte)'/') || !path[(path.LastIndexOf((byte)'/') + 1)..].SequenceEqual(name))
            return false;
        ReadOnlySpan<byte> directory = path[..^name.Length];
        return directory.SequenceEqual("/bin/"u8) || directory.SequenceEqual("/sbin/"u8)
            || directory.SequenceEqual("/usr/bin/"u8) || directory.SequenceEqual("/usr/sbin/"u8)
            || directory.SequenceEqual("/usr/local/bin/"u8) || directory.SequenceEqual("/usr/local/sbin/"u8);
    }

    static bool TryFindItem(AuditEvent auditEvent, ReadOnlySpan<byte> item, out ReadOnlySpan<byte> name)
    {
        name = default;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type == RecordType.Path && record.TryFind("item"u8, out ReadOnlySpan<byte> found)
                && found.SequenceEqual(item) && record.TryFind("name"u8, out name))
                return true;
        }

        return false;
    }
}
