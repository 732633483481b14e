using Akashi.Reports.Counting;
using Akashi.Reports.Facts;

namespace Akashi.Reports;

/// <summary>
/// Counts system calls: by number, or in words by name, so that one call of two machines is one; equal ones stand in the order in which they first came.
/// </summary>
public sealed class SyscallValues : SummaryValues
{
    readonly TextCounter _calls = new();

    /// <inheritdoc/>
    public override void Add(EventFacts facts, ReportText text)
    {
        if (facts.Syscall <= 0)
            return;
        ReadOnlySpan<byte> word = text.SyscallWord(facts);
        _calls.Add(word.IsEmpty ? "?"u8 : word);
    }

    /// <inheritdoc/>
    public override bool Write(ReportText text)
    {
        foreach (int index in _calls.ByHits())
        {
            WriteHits(text, _calls.HitsAt(index));
            text.Output.Write(_calls.TextAt(index));
            text.Output.EndLine();
        }

        return _calls.Count > 0;
    }
}
