using System.Globalization;
using System.Text;
using Akashi.Tables;

namespace Akashi.Rules;

/// <summary>Which of the kernel's rule lists a rule stands on: AUDIT_FILTER_* of linux/audit.h.</summary>
public enum FilterList : uint
{
    /// <summary>Messages that programs send.</summary>
    User = 0,

    /// <summary>Processes being made; no system calls.</summary>
    Task = 1,

    /// <summary>Ends of system calls, and accesses to files.</summary>
    Exit = 4,

    /// <summary>Records that are not to be written.</summary>
    Exclude = 5,

    /// <summary>Whole file systems.</summary>
    Filesystem = 6,

    /// <summary>Ends of io_uring operations.</summary>
    IoUring = 7,

    /// <summary>A word that is no list's name; auditctl leaves it to the kernel to refuse that.</summary>
    Unknown = 0x80,
}

/// <summary>The names of the lists; the recorded table has none for io_uring, which came with Linux 5.16.</summary>
static class FilterListNames
{
    /// <summary>The list of a name, in any case.</summary>
    public static bool TryFind(ReadOnlySpan<char> word, out FilterList list)
    {
        Span<byte> room = stackalloc byte[32];
        bool isKnown = FilterLists.Names.TryGetNumber(Encoding.UTF8.TryGetBytes(word, room, out int length) ? room[..length] : default, out long number);
        bool isIoUring = word is "io_uring";
        list = isIoUring ? FilterList.IoUring : (FilterList)number;
        return isKnown || isIoUring;
    }

    /// <summary>The name of a list; its number where it has none.</summary>
    public static string Of(FilterList list)
    {
        if (list == FilterList.IoUring)
            return "io_uring";
        return FilterLists.Names.TryGetName((long)list, out ReadOnlySpan<byte> name)
            ? Encoding.UTF8.GetString(name)
            : ((uint)list).ToString(CultureInfo.InvariantCulture);
    }
}

/// <summary>What the kernel does when a rule matches: AUDIT_NEVER and its kin of linux/audit.h.</summary>
public enum RuleAction : uint
{
    /// <summary>Writes nothing.</summary>
    Never = 0,

    /// <summary>Given up by the kernel.</summary>
    Possible = 1,

    /// <summary>Writes records.</summary>
    Always = 2,
}

/// <summary>How a rule's field is compared: AUDIT_EQUAL and its kin of linux/audit.h.</summary>
public enum RuleOperator : uint
{
    Equal = 0x4000_0000,
    NotEqual = 0x3000_0000,
    Greater = 0x2000_0000,
    GreaterOrEqual = 0x6000_0000,
    Less = 0x1000_0000,
    LessOrEqual = 0x5000_0000,

    /// <summary><c>&amp;</c>: one of the value's bits is set.</summary>
    BitMask = 0x0800_0000,

    /// <summary><c>&amp;=</c>: all of the value's bits are set.</summary>
    BitTest = 0x4800_0000,
}

/// <summary>Accesses of a watch: AUDIT_PERM_* of linux/audit.h.</summary>
[Flags]
public enum Permissions : uint
{
    None = 0,
    Execute = 1,
    Write = 2,
    Read = 4,
    Attributes = 8,
    All = Execute | Write | Read | Attributes,
}
