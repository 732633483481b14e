using Akashi.Normalization;
using Akashi.Tables;

namespace Akashi.LibAudit.Auparse;

/// <summary>Which fields tell more of who acted and of the object.</summary>
/// <remarks>
/// <code>
/// system call   subject: the SYSCALL record's other ids, tty, label      object: cwd of the CWD record, what else its PATH record says
/// program       subject: pid, label, host, address, terminal             object: a device's uuid; how a package was checked
/// kernel        subject: pid, label; of labelled networks the label alone
/// </code>
/// In the order in which they stand in their records.
/// </remarks>
/// <param name="fields">The event's fields.</param>
/// <param name="start">The index of the part's first record.</param>
sealed class EventAttributes(EventFields fields, int start)
{
    const RecordType ProgramFirst = (RecordType)1100, ProgramLast = (RecordType)1199, OtherProgramFirst = (RecordType)2100;
    const RecordType NetworkLast = (RecordType)1419;

    /// <summary>Finds them.</summary>
    /// <param name="part">What was normalised.</param>
    /// <param name="normalized">Its normal form.</param>
    /// <param name="subject">Receives those of the subject.</param>
    /// <param name="objects">Receives those of the object.</param>
    internal void Find(EventPart part, in NormalizedEvent normalized, AttributeList subject, AttributeList objects)
    {
        int syscall = part.IndexOf(RecordType.Syscall);
        if (syscall < 0)
        {
            OfRecord(part.TypeAt(0), subject, objects);
            return;
        }

        Add(syscall, SyscallNames, subject);
        int path = normalized.ObjectPrimary.IsPresent ? normalized.ObjectPrimary.RecordIndex : -1;
        if (path < 0 ? normalized.ObjectKind != ObjectKind.File : part.TypeAt(path) != RecordType.Path)
            return;
        int directory = part.IndexOf(RecordType.Cwd);
        if (directory >= 0)
            Add(directory, DirectoryNames, objects);

        // Of a file that wasn't found there is only what was asked for.
        if (path >= 0 && fields.Find(start + path, "mode"u8, default) >= 0)
            Add(path, PathNames, objects);
    }

    static ReadOnlySpan<byte> SyscallNames => " ppid pid gid euid suid fsuid egid sgid fsgid tty subj "u8;

    static ReadOnlySpan<byte> DirectoryNames => " cwd "u8;

    static ReadOnlySpan<byte> PathNames => " mode ouid ogid rdev obj nametype cap_fp cap_fi cap_fe cap_fver cap_frootid "u8;

    void OfRecord(RecordType type, AttributeList subject, AttributeList objects)
    {
        if (type is RecordType.Avc or RecordType.Bpf)
            return;
        if (type is >= RecordType.MacUnlblAllow and <= NetworkLast)
            Add(0, " subj "u8, subject);
        else if (type is not (>= ProgramFirst and <= ProgramLast or >= OtherProgramFirst))
            Add(0, " pid subj "u8, subject);
        else if (type is RecordType.UserStart or RecordType.UserEnd or RecordType.UserErr)
            Add(0, " pid subj hostname addr "u8, subject);
        else
            Add(0, " pid subj hostname addr terminal "u8, subject);
        if (type == RecordType.UserDevice)
            Add(0, " uuid "u8, objects);
        else if (type == RecordType.SoftwareUpdate)
            Add(0, " key_enforce gpg_res "u8, objects);
    }

    // The first of each name: a program may say pid too.
    void Add(int record, ReadOnlySpan<byte> names, AttributeList list)
    {
        int count = fields.CountOf(start + record);
        ulong found = 0;
        for (int field = 0; field < count; field++)
        {
            int at = PlaceOf(fields.At(start + record, field).NameBytes, names);
            if (at < 0 || (found & (1UL << at)) != 0)
                continue;
            found |= 1UL << at;
            list.Add(new FieldPlace(start + record, field));
        }
    }

    // Names stand between blanks; the place is the count of blanks before.
    static int PlaceOf(ReadOnlySpan<byte> name, ReadOnlySpan<byte> names)
    {
        for (int place = 0; names.Length > 1; place++)
        {
            names = names[1..];
            int length = names.IndexOf((byte)' ');
            if (names[..length].SequenceEqual(name))
                return place;
            names = names[length..];
        }

        return -1;
    }
}
