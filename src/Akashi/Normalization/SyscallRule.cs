using Akashi.Tables;

namespace Akashi.Normalization;

/// <summary>Where the object of a system call is found.</summary>
enum ObjectSource : byte
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>A PATH record.</summary>
    Path,

    /// <summary>The SOCKADDR record.</summary>
    Socket,

    /// <summary>The program itself: exe, or comm for an interpreter.</summary>
    Program,

    /// <summary>comm, where the call succeeded.</summary>
    CommandOfSuccess,

    /// <summary>The name of the KERN_MODULE record.</summary>
    Module,

    /// <summary>The key of the rule.</summary>
    Key,
}

/// <summary>Where the second object of a system call is found.</summary>
enum SecondSource : byte
{
    /// <summary>It has none.</summary>
    None,

    /// <summary>An argument: the mode or owner that a file gets.</summary>
    Argument,

    /// <summary>The first of the arguments that isn't -1, which means "leave it": a user or group.</summary>
    Identity,

    /// <summary>The first PATH record.</summary>
    FirstPath,

    /// <summary>The PATH record of the new name.</summary>
    NewName,
}

/// <summary>What a class of system calls does, to what, and where that stands.</summary>
readonly ref struct SyscallRule
{
    SyscallRule(ReadOnlySpan<byte> action, ObjectKind kind, ObjectSource source, int pathOffset, SecondSource second, bool namesItself)
    {
        Action = action;
        Kind = kind;
        Source = source;
        PathOffset = pathOffset;
        Second = second;
        NamesItself = namesItself;
    }

    /// <summary>What was done.</summary>
    public ReadOnlySpan<byte> Action { get; }

    /// <summary>The kind of the object, where no PATH record knows better.</summary>
    public ObjectKind Kind { get; }

    /// <summary>Where the object is found.</summary>
    public ObjectSource Source { get; }

    /// <summary>Whether the kind stays what it is, whatever the PATH record's mode says.</summary>
    public bool KeepsKind => Action.SequenceEqual("opened-file"u8);

    /// <summary>How many records the object's PATH record stands behind the first one that could be its.</summary>
    public int PathOffset { get; }

    /// <summary>Where the second object is found.</summary>
    public SecondSource Second { get; }

    /// <summary>Whether the system call's name says how, not the program.</summary>
    public bool NamesItself { get; }

    /// <summary>The rule of a class.</summary>
    public static SyscallRule Of(SyscallClass syscallClass) => syscallClass switch
    {
        SyscallClass.File => Path("opened-file"u8),
        SyscallClass.FileChattr => Path("changed-file-attributes-of"u8),
        SyscallClass.FileChperm => Path("changed-file-permissions-of"u8, second: SecondSource.Argument),
        SyscallClass.FileChown => Path("changed-file-ownership-of"u8, second: SecondSource.Argument),
        SyscallClass.FileLdmod => Make("loaded-kernel-module"u8, ObjectKind.File, ObjectSource.Module),
        SyscallClass.FileUnldmod => Make("unloaded-kernel-module"u8, ObjectKind.File, ObjectSource.Module),
        SyscallClass.FileDir => Path("created-directory"u8, pathOffset: 1),
        SyscallClass.FileMount => Path("mounted"u8, 1, SecondSource.FirstPath, ObjectKind.Filesystem),
        SyscallClass.FileUmnt => Path("unmounted"u8, kind: ObjectKind.Filesystem),
        SyscallClass.FileRename => Path("renamed"u8, 2, SecondSource.NewName),
        SyscallClass.FileStat => Path("checked-metadata-of"u8),
        SyscallClass.FileSysStat => Path("checked-filesystem-metadata-of"u8, kind: ObjectKind.Filesystem),
        SyscallClass.FileLnk => Path("symlinked"u8, 2, SecondSource.FirstPath),
        SyscallClass.FileDel => Path("deleted"u8),
        SyscallClass.FileTime => Path("changed-timestamp-of"u8),
        SyscallClass.Exec => Path("executed"u8, pathOffset: 1),
        SyscallClass.MakeDev => Path("make-device"u8, kind: ObjectKind.Unknown),
        SyscallClass.SocketAccept => Make("accepted-connection-from"u8, ObjectKind.Socket, ObjectSource.Socket),
        SyscallClass.SocketBind => Make("bound-socket"u8, ObjectKind.Socket, ObjectSource.Socket),
        SyscallClass.SocketConn => Make("connected-to"u8, ObjectKind.Socket, ObjectSource.Socket),
        SyscallClass.SocketRecv => Make("received-from"u8, ObjectKind.Socket, ObjectSource.Socket),
        SyscallClass.SocketSend => Make("sent-to"u8, ObjectKind.Socket, ObjectSource.Socket),
        SyscallClass.Pid => Make("killed-pid"u8, ObjectKind.Process, ObjectSource.None),
        SyscallClass.Uid or SyscallClass.Gid => OwnProcess("changed-identity-of"u8, SecondSource.Identity),
        SyscallClass.SystemTime => Make("changed-system-time"u8, ObjectKind.System, ObjectSource.None),
        SyscallClass.SystemName => Make("changed-system-name"u8, ObjectKind.System, ObjectSource.None),
        SyscallClass.SystemMemory => Make("allocated-memory"u8, ObjectKind.Memory, ObjectSource.CommandOfSuccess),
        SyscallClass.Scheduler => OwnProcess("adjusted-scheduling-policy-of"u8),
        SyscallClass.SecurityPolicy => OwnProcess("adjusted-security-policy-of"u8),
        SyscallClass.SecurityAttr => OwnProcess("retrieved-security-attr-of"u8),
        SyscallClass.SecurityList => Make("listed-security-modules"u8, ObjectKind.SecurityModules, ObjectSource.None),
        _ => Make("triggered-unknown-audit-rule"u8, ObjectKind.AuditRule, ObjectSource.Key),
    };

    static SyscallRule Make(ReadOnlySpan<byte> action, ObjectKind kind, ObjectSource source) =>
        new(action, kind, source, 0, SecondSource.None, namesItself: false);

    static SyscallRule Path(
        ReadOnlySpan<byte> action, int pathOffset = 0, SecondSource second = SecondSource.None, ObjectKind kind = ObjectKind.File) =>
        new(action, kind, ObjectSource.Path, pathOffset, second, namesItself: false);

    static SyscallRule OwnProcess(ReadOnlySpan<byte> action, SecondSource second = SecondSource.None) =>
        new(action, ObjectKind.Process, ObjectSource.Program, 0, second, namesItself: true);
}
