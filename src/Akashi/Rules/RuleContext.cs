using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>What a rule's text is read against.</summary>
/// <param name="Machine">The machine that <c>b64</c> and <c>b32</c> are taken from.</param>
/// <param name="Accounts">Names of users and groups.</param>
/// <param name="KindOf">What a path leads to: a watch of a directory holds for the tree.</param>
public sealed record RuleContext(Machine Machine, IAccounts Accounts, Func<string, FileKind> KindOf)
{
    /// <summary>What the kernel offers, AUDIT_FEATURE_BITMAP_* of its status; everything where it wasn't asked.</summary>
    public uint Features { get; init; } = uint.MaxValue;

    /// <summary>Whether <c>always,io_uring</c> names the list of io_uring. auditctl 4.2.2 as recorded was built without it: its
    /// command line leaves the word to the kernel, which refuses it.</summary>
    public bool HasIoUringList { get; init; } = true;

    /// <summary>AUDIT_FEATURE_BITMAP_EXECUTABLE_PATH.</summary>
    internal bool HasExecutablePath => (Features & 0x04) != 0;

    /// <summary>AUDIT_FEATURE_BITMAP_EXCLUDE_EXTEND.</summary>
    internal bool HasExtendedExclude => (Features & 0x08) != 0;

    /// <summary>AUDIT_FEATURE_BITMAP_SESSIONID_FILTER.</summary>
    internal bool HasSessionFilter => (Features & 0x10) != 0;

    /// <summary>AUDIT_FEATURE_BITMAP_FILTER_FS.</summary>
    internal bool HasFilesystemList => (Features & 0x40) != 0;
}
