namespace Akashi.Search.Patterns;

/// <summary>A regular expression as instructions, for <see cref="BytePattern"/>.</summary>
/// <remarks>
/// <code>
/// Byte   set            one byte of the set, then the next instruction
/// Place  kind           the next instruction, where the place is here
/// Split  first second   both
/// Match                 found
/// </code>
/// A repetition with bounds is written out: the bound on instructions bounds it too.
/// </remarks>
sealed class PatternProgram
{
    /// <summary>More are refused: each byte of a record costs up to one step for each.</summary>
    public const int InstructionsMax = 20_000;

    readonly List<PatternInstruction> _instructions = [];
    readonly List<ByteSet> _sets = [];

    /// <summary>Writes the instructions.</summary>
    /// <returns>False where there are too many.</returns>
    public bool TryWrite(PatternNode node) => TryAdd(node) && TryAdd(PatternOperation.Match, 0, 0);

    /// <summary>The instructions; the first is the beginning.</summary>
    public PatternInstruction[] Instructions => [.. _instructions];

    /// <summary>The sets that they name.</summary>
    public ByteSet[] Sets => [.. _sets];

    bool TryAdd(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.Set set:
                _sets.Add(set.Bytes);
                return TryAdd(PatternOperation.Byte, _sets.Count - 1, 0);
            case PatternNode.Place place:
                return TryAdd(PatternOperation.Place, (int)place.Kind, 0);
            case PatternNode.Sequence sequence:
                return sequence.Parts.All(TryAdd);
            case PatternNode.Choice choice:
                return TryAddChoice(choice.Parts);
            case PatternNode.Repetition repetition:
                return TryAddRepetition(repetition);
            default:
                return true;
        }
    }

    // split 1, 2; 1: first; jump end; 2: split …; end
    bool TryAddChoice(IReadOnlyList<PatternNode> parts)
    {
        var jumps = new List<int>();
        for (int index = 0; index < parts.Count - 1; index++)
        {
            int split = _instructions.Count;
            if (!TryAdd(PatternOperation.Split, split + 1, 0) || !TryAdd(parts[index]))
                return false;
            jumps.Add(_instructions.Count);
            if (!TryAdd(PatternOperation.Split, 0, 0))
                return false;
            _instructions[split] = new PatternInstruction(PatternOperation.Split, split + 1, _instructions.Count);
        }

        if (!TryAdd(parts[^1]))
            return false;
        foreach (int jump in jumps)
            _instructions[jump] = new PatternInstruction(PatternOperation.Split, _instructions.Count, _instructions.Count);
        return true;
    }

    // Each part that may be left out jumps behind the last.
    bool TryAddRepetition(PatternNode.Repetition repetition)
    {
        for (int count = 0; count < repetition.Min; count++)
        {
            // What writes no instruction would be written for nothing, up to 32767 times at each depth.
            int before = _instructions.Count;
            if (!TryAdd(repetition.Part))
                return false;
            if (_instructions.Count == before)
                return true;
        }

        if (repetition.Max < 0)
            return TryAddLoop(repetition.Part);
        var splits = new List<int>();
        for (int count = repetition.Min; count < repetition.Max; count++)
        {
            splits.Add(_instructions.Count);
            if (!TryAdd(PatternOperation.Split, _instructions.Count + 1, 0) || !TryAdd(repetition.Part))
                return false;
        }

        foreach (int split in splits)
            _instructions[split] = new PatternInstruction(PatternOperation.Split, split + 1, _instructions.Count);
        return true;
    }

    bool TryAddLoop(PatternNode part)
    {
        int split = _instructions.Count;
        if (!TryAdd(PatternOperation.Split, split + 1, 0) || !TryAdd(part) || !TryAdd(PatternOperation.Split, split, split))
            return false;
        _instructions[split] = new PatternInstruction(PatternOperation.Split, split + 1, _instructions.Count);
        return true;
    }

    bool TryAdd(PatternOperation operation, int first, int second)
    {
        _instructions.Add(new PatternInstruction(operation, first, second));
        return _instructions.Count <= InstructionsMax;
    }
}

/// <summary>What an instruction does.</summary>
enum PatternOperation : byte
{
    /// <summary>Takes a byte of the set <c>First</c>.</summary>
    Byte,

    /// <summary>Goes on where the place <c>First</c> is here.</summary>
    Place,

    /// <summary>Goes on at <c>First</c> and at <c>Second</c>.</summary>
    Split,

    /// <summary>Found.</summary>
    Match,
}

/// <summary>One instruction.</summary>
readonly record struct PatternInstruction(PatternOperation Operation, int First, int Second);
