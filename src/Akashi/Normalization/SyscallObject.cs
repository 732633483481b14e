using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>Finds the objects of a system call.</summary>
/// <remarks>
/// Records are counted, as the original counts them: SYSCALL, CWD, then the PATH records. The object of most calls is the first PATH record that isn't of
/// a parent directory, from the third record on; of calls that look up more, one or two further. Where only a parent was found, it is the object.
/// </remarks>
readonly ref struct SyscallObject
{
    const int FirstPathIndex = 2;
    const int NewNameIndex = 5;
    const int AfterSyscallIndex = 1;

    readonly EventPart _part;

    /// <summary>Looks into an event.</summary>
    public SyscallObject(EventPart part) => _part = part;

    /// <summary>Finds the object where the rule says it is.</summary>
    public void Find(
        SyscallRule rule, scoped in SyscallRecord record, ReadOnlySpan<byte> syscall, scoped ref NormalizedEvent normalized)
    {
        switch (rule.Source)
        {
            // Recorded runs show fchown without its file, though fchmod and fsetxattr have theirs.
            case ObjectSource.Path when !syscall.SequenceEqual("fchown"u8):
                FindFile(rule.PathOffset, ref normalized);
                if (rule.KeepsKind)
                    normalized.ObjectKind = rule.Kind;
                break;
            case ObjectSource.Socket:
                normalized.ObjectPrimary = EventFields.FindFrom(_part, AfterSyscallIndex, "saddr"u8);
                break;
            case ObjectSource.Program:
                normalized.ObjectPrimary = record.ProgramOrCommand;
                break;
            case ObjectSource.CommandOfSuccess when record.Success.Value.SequenceEqual("yes"u8):
                normalized.ObjectPrimary = record.Command;
                break;
            case ObjectSource.Module:
                int module = _part.IndexOf(RecordType.KernModule);
                normalized.ObjectPrimary = module < 0 ? default : EventFields.FindIn(_part, module, "name"u8);
                break;
            case ObjectSource.Key:
                normalized.ObjectPrimary = normalized.Key;
                break;
        }
    }

    /// <summary>Finds the file that a PATH record names, its inode and its kind.</summary>
    /// <param name="offset">How many records it stands behind the first one that could be its.</param>
    public void FindFile(int offset, scoped ref NormalizedEvent normalized)
    {
        int parent = -1;
        for (int index = FirstPathIndex + offset; index < _part.Count; index++)
        {
            if (_part[index].Type != RecordType.Path)
                continue;
            PathRecord path = PathRecord.Read(_part, index);
            if (path.IsParent && parent < 0)
                parent = index;
            if (!path.NameType.IsPresent || path.IsParent)
                continue;
            Take(path, ref normalized);
            return;
        }

        // The original misses a parent that is the event's last record; behind it there is a PROCTITLE, save in old logs.
        if (parent >= 0 && _part[_part.Count - 1].Type != RecordType.Path)
            Take(PathRecord.Read(_part, parent), ref normalized);
    }

    /// <summary>Finds the second object where the rule says it is.</summary>
    public void FindSecond(
        SyscallRule rule, scoped in SyscallRecord record, ReadOnlySpan<byte> syscall, scoped ref NormalizedEvent normalized)
    {
        normalized.ObjectPrimary2 = rule.Second switch
        {
            SecondSource.Argument => syscall.StartsWith("fchmodat"u8) || syscall.StartsWith("fchownat"u8) ? record.A2 : record.A1,
            SecondSource.Identity => FindIdentity(record, syscall),
            SecondSource.FirstPath => NameAt(FirstPathIndex),
            SecondSource.NewName => NameAt(NewNameIndex),
            _ => default,
        };
    }

    /// <summary>Finds the label: of the first file that isn't a parent directory, else of the first that is.</summary>
    /// <param name="isObjectOnly">Whether only the object's own label counts.</param>
    public void FindLabel(bool isObjectOnly, scoped ref NormalizedEvent normalized)
    {
        if (isObjectOnly)
        {
            if (normalized.ObjectPrimary.IsPresent)
                normalized.ObjectLabel = EventFields.FindIn(_part, normalized.ObjectPrimary.RecordIndex, "obj"u8);
            return;
        }

        for (int index = 0; index < _part.Count; index++)
        {
            if (_part[index].Type != RecordType.Path || _part[index].Line.IndexOf(" obj="u8) < 0)
                continue;
            PathRecord path = PathRecord.Read(_part, index);
            if (!path.NameType.IsPresent || (path.IsParent && normalized.ObjectLabel.IsPresent))
                continue;
            normalized.ObjectLabel = path.Label;
            if (!path.IsParent)
                return;
        }
    }

    // setuid has one argument, setreuid two, setresuid three. The ids of setfsuid aren't told.
    static EventField FindIdentity(scoped in SyscallRecord record, ReadOnlySpan<byte> syscall)
    {
        if (syscall.StartsWith("setfs"u8) || syscall.StartsWith("sete"u8))
            return default;
        if (!IsUnset(record.A0.Value))
            return record.A0;
        if (syscall.StartsWith("setre"u8) && !IsUnset(record.A1.Value))
            return record.A1;
        return syscall.StartsWith("setres"u8) && !IsUnset(record.A2.Value) ? record.A2 : default;
    }

    static bool IsUnset(ReadOnlySpan<byte> id) => id.SequenceEqual("ffffffff"u8) || id.SequenceEqual("ffffffffffffffff"u8);

    static void Take(scoped in PathRecord path, scoped ref NormalizedEvent normalized)
    {
        normalized.ObjectPrimary = path.Name;
        normalized.ObjectSecondary = path.Inode;
        if (path.TryGetKind(out ObjectKind kind))
            normalized.ObjectKind = kind;
    }

    EventField NameAt(int recordIndex) =>
        recordIndex < _part.Count ? EventFields.FindFrom(_part, recordIndex, "name"u8) : default;
}
