using System.Globalization;
using System.Runtime.InteropServices;

namespace Akashi.Linux.Processes;

/// <summary>The environment variables that the loader took away from us at our start, since we were started securely (ld.so(8), secure-execution mode): LD_*, TMPDIR and others.</summary>
/// <remarks>
/// Their texts stay where the kernel put them: from env_start to env_end, fields 50 and 51 of /proc/PID/stat (proc(5)), each ended by a NUL. What we start gets them again.
/// </remarks>
static unsafe class TakenVariables
{
    // Behind the name, which ends in the last closing parenthesis, the first field is the third.
    const int FirstField = 3;
    const int StartField = 50;
    const int EndField = 51;

    /// <summary>Finds them; the pointers are valid as long as the process.</summary>
    /// <param name="kept">What is left of the environment.</param>
    /// <param name="dropped">Variables that are gone because we wanted it.</param>
    internal static List<nint> Find(byte** kept, IReadOnlyCollection<string> dropped)
    {
        var found = new List<nint>();
        var names = new HashSet<string>(dropped);
        for (; kept is not null && *kept is not null; kept++)
            names.Add(NameOf(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(*kept)));
        if (!TryFindBlock(out byte* start, out byte* end))
            return found;
        while (start < end)
        {
            ReadOnlySpan<byte> variable = MemoryMarshal.CreateReadOnlySpanFromNullTerminated(start);
            if (variable.Contains((byte)'=') && !names.Contains(NameOf(variable)))
                found.Add((nint)start);
            start += variable.Length + 1;
        }

        return found;
    }

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
    static string NameOf(ReadOnlySpan<byte> variable)
    {
        int length = variable.IndexOf((byte)'=');
        return System.Text.Encoding.Latin1.GetString(length < 0 ? variable : variable[..length]);
    }
}
