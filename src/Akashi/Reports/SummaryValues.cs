using Akashi.Reports.Counting;
using Akashi.Reports.Facts;
using Akashi.Tables;

namespace Akashi.Reports;

/// <summary>Counts the values of a summary, and prints them, the most frequent first.</summary>
public abstract class SummaryValues
{
    /// <summary>Counts an event's values.</summary>
    /// <param name="facts">The event's facts.</param>
    /// <param name="text">Says which words stand for numbers that are counted as words.</param>
    public abstract void Add(EventFacts facts, ReportText text);

    /// <summary>Writes a line for each value.</summary>
    /// <returns>False where there is none.</returns>
    public abstract bool Write(ReportText text);

    private protected static void WriteHits(ReportText text, long hits)
    {
        text.Output.Write(hits);
        text.Output.Write("  "u8);
    }
}

/// <summary>Counts record types of first records; equal ones stand from the lowest number.</summary>
public sealed class TypeValues : SummaryValues
{
    readonly NumberCounter _types = new();

    /// <inheritdoc/>
    public override void Add(EventFacts facts, ReportText text)
    {
        // A type that no table knows has no number to count by.
        if (facts.Type != 0)
            _types.Add((long)facts.Type);
    }

    /// <inheritdoc/>
    public override bool Write(ReportText text)
    {
        foreach ((long number, long hits) in _types.ByHits())
        {
            WriteHits(text, hits);
            if (text.Interprets)
                text.WriteType((RecordType)number);
            else
                text.Output.Write(number);
            text.Output.EndLine();
        }

        return _types.Count > 0;
    }
}

/// <summary>Counts processes; equal ones stand from the lowest number.</summary>
public sealed class ProcessValues : SummaryValues
{
    readonly NumberCounter _processes = new();

    /// <inheritdoc/>
    public override void Add(EventFacts facts, ReportText text)
    {
        if (facts.Process is { } process)
            _processes.Add(process);
    }

    /// <inheritdoc/>
    public override bool Write(ReportText text)
    {
        foreach ((long number, long hits) in _processes.ByHits())
        {
            WriteHits(text, hits);
            text.Output.Write(number);
            text.Output.EndLine();
        }

        return _processes.Count > 0;
    }
}

/// <summary>Adds an event's texts to a counter.</summary>
public delegate void AddTexts(EventFacts facts, TextCounter counter);

/// <summary>Counts texts; equal ones stand in the order in which they first came.</summary>
/// <param name="add">Says which texts an event has.</param>
/// <param name="isEscaped">Whether programs choose the texts, so that they are escaped by the mode asked for.</param>
public sealed class TextValues(AddTexts add, bool isEscaped) : SummaryValues
{
    readonly TextCounter _texts = new();

    /// <inheritdoc/>
    public override void Add(EventFacts facts, ReportText text) => add(facts, _texts);

    /// <inheritdoc/>
    public override bool Write(ReportText text)
    {
        foreach (int index in _texts.ByHits())
        {
            WriteHits(text, _texts.HitsAt(index));
            if (isEscaped)
                text.Output.WriteEscaped(_texts.TextAt(index));
            else
                text.WriteWord(_texts.TextAt(index));
            text.Output.EndLine();
        }

        return _texts.Count > 0;
    }
}
