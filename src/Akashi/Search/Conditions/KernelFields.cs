using Akashi.Records;

namespace Akashi.Search.Conditions;

/// <summary>What the kernel says of a program's record against what the program says in it.</summary>
/// <remarks>
/// Of a record that a program sends the kernel writes who and which process it was, and behind that <c>msg='…'</c> with the program's own words:
/// <c>pid=10 uid=1000 auid=1000 ses=1 msg='op=x uid=0 auid=0'</c>. A program may not name itself another than the kernel does.
/// </remarks>
static class KernelFields
{
    /// <summary>Whether a field inside <c>msg='…'</c> has the name of one that stands before it, by the kernel.</summary>
    public static bool Overrule(in Record record, in Field field)
    {
        if (!field.IsNested)
            return false;
        foreach (Field before in record.Fields)
        {
            if (before.IsNested)
                return false;
            if (before.Name.SequenceEqual(field.Name))
                return true;
        }

        return false;
    }
}
