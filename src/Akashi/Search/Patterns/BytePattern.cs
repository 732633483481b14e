using System.Diagnostics.CodeAnalysis;

namespace Akashi.Search.Patterns;

/// <summary>An extended regular expression, regex(7), over bytes: says whether a text holds a match, in time linear in its length.</summary>
/// <remarks>
/// The pattern is an administrator's, the text an attacker's: nothing is tried twice, whatever both are. All states are kept side by side (Thompson 1968):
/// <code>
/// states = {beginning}
/// for each byte: found if a state is Match; states = those behind the states that take the byte, and the beginning
/// </code>
/// Allocates nothing after its making. Not for several threads.
/// </remarks>
public sealed class BytePattern
{
    readonly PatternInstruction[] _instructions;
    readonly ByteSet[] _sets;
    readonly int[] _stack;
    readonly int[] _mark;
    int[] _states;
    int[] _following;
    int _stateCount;
    int _generation;

    BytePattern(PatternProgram program, string literal)
    {
        Literal = literal;
        _instructions = program.Instructions;
        _sets = program.Sets;
        _states = new int[_instructions.Length];
        _following = new int[_instructions.Length];
        _mark = new int[_instructions.Length];
        _stack = new int[_instructions.Length + 1];
    }

    /// <summary>Reads a pattern.</summary>
    /// <param name="text">The pattern; matched as UTF-8, a byte at a time, as in the C locale.</param>
    /// <param name="pattern">The pattern; null where it's refused.</param>
    /// <param name="fault">Why it is refused, in lower case; null where it isn't.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out BytePattern? pattern, out string? fault)
    {
        pattern = null;
        if (PatternParser.Parse(text, out fault) is not { } node)
            return false;
        var program = new PatternProgram();
        if (!program.TryWrite(node))
        {
            fault = "it is too big";
            return false;
        }

        pattern = new BytePattern(program, PatternLiteral.Find(node));
        return true;
    }

    /// <summary>A text that whatever matches holds; empty where none is known.</summary>
    public string Literal { get; }

    /// <summary>Whether some part of a text matches.</summary>
    public bool IsIn(ReadOnlySpan<byte> text)
    {
        _stateCount = 0;
        NextGeneration();
        for (int index = 0; ; index++)
        {
            if (Follow(0, text, index))
                return true;
            if (index == text.Length)
                return false;
            if (Step(text, index))
                return true;
        }
    }

    bool Step(ReadOnlySpan<byte> text, int index)
    {
        int count = _stateCount;
        (_states, _following) = (_following, _states);
        _stateCount = 0;
        NextGeneration();
        for (int state = 0; state < count; state++)
        {
            int at = _following[state];
            if (_sets[_instructions[at].First].Contains(text[index]) && Follow(at + 1, text, index + 1))
                return true;
        }

        return false;
    }

    // Adds every state that takes a byte and is reached without one; true where Match is reached.
    bool Follow(int start, ReadOnlySpan<byte> text, int index)
    {
        int depth = 0;
        Push(start, ref depth);
        while (depth > 0)
        {
            int at = _stack[--depth];
            PatternInstruction instruction = _instructions[at];
            switch (instruction.Operation)
            {
                case PatternOperation.Match:
                    return true;
                case PatternOperation.Byte:
                    _states[_stateCount++] = at;
                    break;
                case PatternOperation.Split:
                    Push(instruction.First, ref depth);
                    Push(instruction.Second, ref depth);
                    break;
                default:
                    if (IsHere((PatternPlace)instruction.First, text, index))
                        Push(at + 1, ref depth);
                    break;
            }
        }

        return false;
    }

    // Each instruction once a byte: so the stack holds no more than there are.
    void Push(int at, ref int depth)
    {
        if (_mark[at] == _generation)
            return;
        _mark[at] = _generation;
        _stack[depth++] = at;
    }

    void NextGeneration()
    {
        if (++_generation != int.MaxValue)
            return;
        Array.Clear(_mark);
        _generation = 1;
    }

    static bool IsHere(PatternPlace place, ReadOnlySpan<byte> text, int index)
    {
        bool isBehindWord = index > 0 && ByteSet.Word.Contains(text[index - 1]);
        bool isBeforeWord = index < text.Length && ByteSet.Word.Contains(text[index]);
        return place switch
        {
            PatternPlace.Begin => index == 0,
            PatternPlace.End => index == text.Length,
            PatternPlace.WordEdge => isBehindWord != isBeforeWord,
            PatternPlace.NoWordEdge => isBehindWord == isBeforeWord,
            PatternPlace.WordBegin => !isBehindWord && isBeforeWord,
            _ => isBehindWord && !isBeforeWord,
        };
    }
}
