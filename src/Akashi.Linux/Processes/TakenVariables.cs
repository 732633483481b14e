using System.Globalization;
using System.Runtime.InteropServices;

namespace Akashi.Linux.Processes;

/// <summary>The environment variables that the loader took away from us at our start, since we were started securely (ld.so(8), secure-execution mode): LD_*, TMPDIR and others.</summary>
/// <remarks>
/// Their texts stay where the kernel put them: from env_start to env_end, fields 50 and 51 of /proc/PID/stat (proc(5)), each ended by a NUL. What we start gets them again.
/// Of GLIBC_TUNABLES some loaders (glibc 2.36) leave a shorter copy of their own in its place: that goes, and the text is given back whole.
/// </remarks>
static unsafe class TakenVariables
{
    // Behind the name, which ends in the last closing parenthesis, the first field is the third.
    const int FirstField = 3;
    const int StartField = 50;
    const int EndField = 51;

    static ReadOnlySpan<byte> Rewritten => "GLIBC_TUNABLES="u8;

    /// <summary>Gives them back to an environment; the pointers are valid as long as the process.</summary>
    /// <param name="variables">The environment that gets them.</param>
    /// <param name="kept">What is left of ours; null-terminated.</param>
    /// <param name="dropped">Variables that are gone because we wanted it.</param>
    internal static void GiveBack(List<nint> variables, byte** kept, IReadOnlyCollection<string> dropped)
    {
        if (TryFindBlock(out byte* start, out byte* end))
            GiveBack(variables, kept, dropped, start, end);
    }

    /// <summary>As above, of a block that is known.</summary>
    internal static void GiveBack(List<nint> variables, byte** kept, IReadOnlyCollection<string> dropped, byte* start, byte* end)
    {
        variables.RemoveAll(variable => IsCopy((byte*)variable, start, end));
        var names = new HashSet<string>(dropped);
        for (; kept is not null && *kept is not null; kept++)
        {
            // A word without a value is no variable: nothing is named by it.
            ReadOnlySpan<byte> variable = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(*kept);
            if (variable.Contains((byte)'=') && !IsCopy(*kept, start, end))
                names.Add(NameOf(variable));
        }

        while (start < end)
        {
            ReadOnlySpan<byte> variable = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(start);
            if (variable.Contains((byte)'=') && !names.Contains(NameOf(variable)))
                variables.Add((nint)start);
            start += variable.Length + 1;
        }
    }

    static bool IsCopy(byte* variable, byte* start, byte* end) =>
        (variable < start || variable >= end) && MemoryMarshal.CreateReadOnlySpanFromNullTerminated(variable).StartsWith(Rewritten);

    static bool TryFindBlock(out byte* start, out byte* end)
    {
        start = end = null;
        if (ProcText.Read("/proc/self/stat") is not { } stat)
            return false;
        string[] fields = stat[(stat.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (fields.Length <= EndField - FirstField
            || !ulong.TryParse(fields[StartField - FirstField], CultureInfo.InvariantCulture, out ulong first)
            || !ulong.TryParse(fields[EndField - FirstField], CultureInfo.InvariantCulture, out ulong last))
            return false;

        // Zero where the kernel doesn't tell; the last byte is a NUL, as execve(2) copied it.
        start = (byte*)first;
        end = (byte*)last;
        return first != 0 && last > first && end[-1] == 0;
    }

    // Latin-1: names are compared, whatever bytes they have.
    static string NameOf(ReadOnlySpan<byte> variable) => System.Text.Encoding.Latin1.GetString(variable[..variable.IndexOf((byte)'=')]);
}
