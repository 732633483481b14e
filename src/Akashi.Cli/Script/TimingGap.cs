using Akashi.Recordings;

namespace Akashi.Cli.Script;

/// <summary>What older runs left in logs that their timing file says nothing of: ends, beginnings, runs without timing.</summary>
/// <remarks>
/// A player passes over the first line of a log, and then takes from it what the timing says. For an appended run's pieces to be found, an entry
/// of no delay has to stand for everything between the last piece of the runs before and the first of this one.
/// </remarks>
/// <param name="Format">The format to go on in: that of the file where it holds anything.</param>
/// <param name="OutputLength">Bytes of the output log before this run that no entry stands for; 0 for none.</param>
/// <param name="InputLength">The same of the input log.</param>
readonly record struct TimingGap(TimingFormat Format, long OutputLength, long InputLength)
{
    public static TimingGap None => default;

    /// <summary>Looks at the files before this run adds to them.</summary>
    public static TimingGap Measure(string timing, string? output, string? input, TimingFormat wanted)
    {
        TimingKind classicKind = output is null ? TimingKind.Input : TimingKind.Output;
        bool isShared = output is not null && output == input;
        TimingFormat format = wanted;
        ulong shown = 0, typed = 0;
        if (File.Exists(timing))
        {
            using var stream = new FileStream(timing, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var reader = new TimingReader(stream, classicKind);
            format = reader.IsEmpty ? wanted : reader.Format;
            while (reader.TryRead(out TimingEntry entry) == TimingFault.None)
            {
                if (entry.Kind == TimingKind.Input && !isShared)
                    typed += entry.Size;
                else
                    shown += entry.Size;
            }
        }

        return new TimingGap(format, Uncovered(output, shown), isShared ? 0 : Uncovered(input, typed));
    }

    static long Uncovered(string? path, ulong covered)
    {
        if (path is null || !File.Exists(path))
            return 0;
        using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        long length = stream.Length;
        int next;
        do
            next = stream.ReadByte();
        while (next is >= 0 and not '\n');
        long rest = length - stream.Position;
        return length == 0 || covered > (ulong)rest ? 0 : rest - (long)covered;
    }
}
