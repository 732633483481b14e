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

    /// <summary>Which argument is the script where an interpreter was started for one; 0 where none was, or where it can't be told for sure.</summary>
    /// <remarks>
    /// Nothing before it is shown, so whoever is watched must not get to choose it. The kernel puts the interpreter and at most one argument, both out of the script's
    /// first line, before the script's path, PATH item 0. An interpreter is a PATH item, too; but so is the ELF interpreter, ld.so, of every dynamic program, as the last
    /// one. Therefore argv[0] counts as a script's interpreter only where an item follows it, the interpreter's own ld.so; or, for an interpreter without one, where the
    /// exe= of the SYSCALL record is argv[0] itself and nothing stands between. Where exe= is item 0, that one ran as a program.
    /// </remarks>
    public static int FindScript(in EventParts parts, CommandLine command)
    {
        const int BetweenMax = 1;
        Span<byte> path = stackalloc byte[PathBytesMax];
        if (command.Count < 2 || !TryFindItem(parts.Event, "0"u8, out ReadOnlySpan<byte> raw) || !TryDecode(raw, path, out int length)
            || length == 0 || path[..length].SequenceEqual(command[0]) || IsExecutable(parts, path[..length]))
            return 0;
        int item = FindInterpreter(parts.Event, command[0], out int lastItem);
        int scriptMax = item == 0 ? 0 : item < lastItem ? 1 + BetweenMax : IsExecutable(parts, command[0]) ? 1 : 0;
        for (int index = 1; index <= Math.Min(command.Count - 1, scriptMax); index++)
        {
            if (command[index].SequenceEqual(path[..length]))
                return index;
        }

        return 0;
    }

    // The first PATH behind item 0 of that name, 0 for none; and the number of the last one.
    static int FindInterpreter(AuditEvent auditEvent, ReadOnlySpan<byte> program, out int lastItem)
    {
        Span<byte> path = stackalloc byte[PathBytesMax];
        int found = 0;
        lastItem = 0;
        for (int index = 0; index < auditEvent.Count; index++)
        {
            Record record = auditEvent[index];
            if (record.Type != RecordType.Path || !record.TryFind("item"u8, out ReadOnlySpan<byte> item))
                continue;
            int number = RawNumber.Read(item, otherwise: 0);
            lastItem = Math.Max(lastItem, number);
            if (found == 0 && number > 0 && record.TryFind("name"u8, out ReadOnlySpan<byte> raw) && TryDecode(raw, path, out int length)
                && path[..length].SequenceEqual(program))
                found = number;
        }

        return found;
    }

    // Whether it's what the kernel says is running now: of a script that is the interpreter.
    static bool IsExecutable(in EventParts parts, ReadOnlySpan<byte> program)
    {
        Span<byte> path = stackalloc byte[PathBytesMax];
        return parts.HasSyscall && parts.Syscall.TryFind("exe"u8, out ReadOnlySpan<byte> raw) && TryDecode(raw, path, out int length)
            && path[..length].SequenceEqual(program);
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
    internal static bool TryFindProgram(in EventParts parts, Span<byte> path, out int length)
    {
        if (TryFindItem(parts.Event, "0"u8, out ReadOnlySpan<byte> raw) && !raw.SequenceEqual("(null)"u8)
            && TryDecode(raw, path, out length) && length > 0)
            return true;
        return TryFindExecutable(parts, path, out length);
    }

    /// <summary>The exe= of the SYSCALL record.</summary>
    internal static bool TryFindExecutable(in EventParts parts, Span<byte> path, out int length)
    {
        length = 0;
        return parts.HasSyscall && parts.Syscall.TryFind("exe"u8, out ReadOnlySpan<byte> raw) && TryDecode(raw, path, out length) && length > 0;
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
