using System.Buffers.Text;
using Akashi.Reports.Counting;
using Akashi.Reports.Facts;
using Akashi.Tables;

namespace Akashi.Reports;

/// <summary>Counts system calls: by number, or in words by name, so that one call of two machines is one; equal ones stand in the order in which they first came.</summary>
public sealed class SyscallValues : SummaryValues
{
    const int NumberBytesMax = 12;

    readonly TextCounter _calls = new();

    /// <inheritdoc/>
    public override void Add(EventFacts facts, bool interprets)
    {
        if (facts.Syscall <= 0)
            return;
        if (interprets && facts.Machine is null)
        {
            _calls.Add("?"u8);
            return;
        }

        if (interprets && Syscalls.ForMachine(facts.Machine!.Value).TryGetName(facts.Syscall, out ReadOnlySpan<byte> name))
        {
            _calls.Add(name);
            return;
        }

        Span<byte> number = stackalloc byte[NumberBytesMax];
        Utf8Formatter.TryFormat(facts.Syscall, number, out int length);
        _calls.Add(number[..length]);
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
