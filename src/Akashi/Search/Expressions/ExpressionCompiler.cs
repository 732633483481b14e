using Akashi.Diagnostics;
using Akashi.Host;
using Akashi.Interpretation;

namespace Akashi.Search.Expressions;

/// <summary>Compiles the language of ausearch-expression(5).</summary>
/// <remarks>
/// <code>
/// any        = all { "||" all }
/// all        = not { "&amp;&amp;" not }
/// not        = { "!" } primary
/// primary    = "(" any ")" | [ "\" ] FIELD OPERATOR VALUE | "\" "regexp" ( TEXT | PATTERN )
/// </code>
/// At the first fault of grammar it ends; names, numbers and patterns that can't be are collected, each with its column.
/// </remarks>
/// <param name="host">For account names, and for the interpretation of fields.</param>
public sealed partial class ExpressionCompiler(IHost host)
{
    const int SyntaxFault = 60;
    const int DepthMax = 200;

    readonly Interpreter _interpreter = new(host);
    ExpressionLexer _lexer = new("");
    ExpressionToken _next;
    DiagnosticBag _diagnostics = new();
    string? _file;
    int _line;
    int _depth;
    bool _isOver;

    /// <summary>Compiles one expression.</summary>
    /// <param name="text">The expression.</param>
    /// <param name="diagnostics">Receives what is wrong, with line and column.</param>
    /// <param name="file">Where it stands, for messages; null for a command line.</param>
    /// <param name="line">Its line there, from 1.</param>
    /// <returns>Null where something is wrong.</returns>
    public RecordExpression? Compile(string text, DiagnosticBag diagnostics, string? file = null, int line = 1)
    {
        (_lexer, _diagnostics, _file, _line, _depth, _isOver) = (new ExpressionLexer(text), new DiagnosticBag(), file, line, 0, false);
        Advance();
        ExpressionNode node = Any();
        if (_next.Kind != ExpressionTokenKind.End)
            Fault(_next.Kind == ExpressionTokenKind.Sign && _next.Text == ")" ? "')' without '('" : $"{_next} follows a whole expression: && or || is missing");
        foreach (Diagnostic diagnostic in _diagnostics.All)
            diagnostics.Add(diagnostic);
        return _diagnostics.HasErrors ? null : new RecordExpression(node, _interpreter);
    }

    /// <summary>Compiles the lines of a file: one expression each, of which one must be true; those that begin with <c>#</c> are comments.</summary>
    /// <param name="lines">The lines.</param>
    /// <param name="file">Its path, for messages.</param>
    /// <param name="diagnostics">Receives what is wrong, of all lines.</param>
    /// <returns>Null where something is wrong; an expression that is never true where there are no lines.</returns>
    public RecordExpression? CompileLines(IEnumerable<string> lines, string file, DiagnosticBag diagnostics)
    {
        var all = new List<RecordExpression>();
        int number = 0;
        bool isRight = true;
        foreach (string line in lines)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line) || line.TrimStart(' ', '\t').StartsWith('#'))
                continue;
            if (Compile(line, diagnostics, file, number) is { } expression)
                all.Add(expression);
            else
                isRight = false;
        }

        return isRight ? RecordExpression.Any(all, _interpreter) : null;
    }

    ExpressionNode Any()
    {
        var parts = new List<ExpressionNode> { All() };
        while (!_isOver && _next.IsSign("||"))
        {
            Advance();
            parts.Add(All());
        }

        return parts.Count == 1 ? parts[0] : new AnyNode([.. parts]);
    }

    ExpressionNode All()
    {
        var parts = new List<ExpressionNode> { Not() };
        while (!_isOver && _next.IsSign("&&"))
        {
            Advance();
            parts.Add(Not());
        }

        return parts.Count == 1 ? parts[0] : new AllNode([.. parts]);
    }

    ExpressionNode Not()
    {
        bool isNegated = false;
        while (_next.IsSign("!"))
        {
            isNegated = !isNegated;
            Advance();
        }

        ExpressionNode primary = Primary();
        return isNegated ? new NotNode(primary) : primary;
    }

    ExpressionNode Primary()
    {
        if (_next.IsSign("("))
            return Parenthesized();
        if (_next.IsSign("\\"))
        {
            Advance();
            return Virtual();
        }

        if (_next.Kind != ExpressionTokenKind.Text)
            return Fault($"{_next} where a field, '\\', '!' or '(' is expected");
        ExpressionToken field = Take();
        return Comparison(field, isVirtual: false);
    }

    ExpressionNode Parenthesized()
    {
        if (++_depth > DepthMax)
            return Fault($"more than {DepthMax} parentheses inside each other");
        Advance();
        ExpressionNode inner = Any();
        _depth--;
        if (_isOver)
            return inner;
        if (!_next.IsSign(")"))
            return Fault($"{_next} where ')' is expected");
        Advance();
        return inner;
    }

    ExpressionToken Take()
    {
        ExpressionToken taken = _next;
        Advance();
        return taken;
    }

    void Advance()
    {
        if (_isOver)
            return;
        _next = _lexer.Next();
        if (_next.Kind == ExpressionTokenKind.Fault)
            Fault(_next.Text);
    }

    // A fault of grammar: what follows would be guessed.
    NeverNode Fault(string text)
    {
        if (!_isOver)
            Report(SyntaxFault, _next.Column, text);
        _isOver = true;
        _next = new ExpressionToken(ExpressionTokenKind.End, "", _next.Column);
        return new NeverNode();
    }

    void Report(int number, int column, string text) =>
        _diagnostics.Add(new Diagnostic(number, Severity.Error, text) { File = _file, Line = _line, Column = column });
}
