using System.Text;

namespace Akashi.Search.Patterns;

/// <summary>Finds a text that whatever follows a regular expression must hold: so that only lines that hold it are looked at.</summary>
/// <remarks>
/// <code>
/// sequence     neighbours that take one byte each make a run; a place between them does no harm; whatever else stands there ends the run
/// repetition   at least once: its part's literal, as a run of its own
/// choice       none
/// </code>
/// The longest run counts. Only ASCII: what isn't may stand in a record in more than one way.
/// </remarks>
sealed class PatternLiteral
{
    readonly StringBuilder _run = new();
    string _best = "";

    /// <summary>The longest text that is needed; empty where none is known.</summary>
    public static string Find(PatternNode node)
    {
        var literal = new PatternLiteral();
        literal.Add(node);
        literal.EndRun();
        return literal._best;
    }

    void Add(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.Set set when set.Bytes.TryGetOnly(out byte only) && only is > 0 and < 0x80:
                _run.Append((char)only);
                break;
            case PatternNode.Sequence sequence:
                foreach (PatternNode part in sequence.Parts)
                    Add(part);
                break;
            case PatternNode.Empty or PatternNode.Place:
                break;
            case PatternNode.Repetition { Min: > 0 } repetition:
                EndRun();
                Add(repetition.Part);
                EndRun();
                break;
            default:
                EndRun();
                break;
        }
    }

    void EndRun()
    {
        if (_run.Length > _best.Length)
            _best = _run.ToString();
        _run.Clear();
    }
}
