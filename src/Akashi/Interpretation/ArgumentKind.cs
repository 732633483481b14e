namespace Akashi.Interpretation;

/// <summary>What an argument of a system call is.</summary>
enum ArgumentKind : byte
{
    Hex, Directory, Signal, Clock, CloneFlags, Personality, PtraceRequest, PrctlOption, PrctlValue, ResourceLimit, User, Group, SocketFamily,
    SocketCall, ExitCode, BpfCommand, Mode, FcntlCommand, FcntlValue, FsconfigCommand, CloseOnExec, SocketLevel, SocketOption, SocketType,
    SocketProtocol, SchedulingPolicy, OpenFlags, AccessMode, EpollOperation, UnmountFlags, IoctlRequest, ModeOfCreation, AccessFlags,
    MessageFlags, SharedMemoryFlags, XattrFlags, Protection, SeekOrigin, MmapFlags, MountFlags, IpcCall,
}

/// <summary>The kinds of a system call's first four arguments.</summary>
readonly record struct ArgumentKinds(ArgumentKind A0, ArgumentKind A1, ArgumentKind A2, ArgumentKind A3)
{
    public ArgumentKind this[int index] => index switch { 0 => A0, 1 => A1, 2 => A2, _ => A3 };
}
