using Akashi.Events;
using Akashi.Formats;
using Akashi.Host;
using Akashi.Live;
using Akashi.Output;
using Akashi.Search.Columns;
using Akashi.Search.Query.Fields;

namespace Akashi.Cli.Searching;

/// <summary>Prints events in the format that was asked for.</summary>
sealed class EventPrinter : IDisposable
{
    readonly IEventFormat? _format;
    readonly LiveView? _view;
    readonly Utf8Output _output;
    readonly bool _escapesLines;

    /// <summary>Makes one.</summary>
    /// <param name="request">The format.</param>
    /// <param name="columns">Of csv; null for other formats.</param>
    /// <param name="invocation">Streams and machine.</param>
    public EventPrinter(SearchRequest request, List<(string, FieldReader)>? columns, Invocation invocation)
    {
        IHost host = invocation.Host;
        bool isTerminal = invocation.OutputIsTerminal;
        _output = new Utf8Output(invocation.Output, FlushMode.Block);
        _format = request.Format switch
        {
            SearchFormat.Text => new TextFormat(host),
            SearchFormat.Json => new JsonEvents(host),
            SearchFormat.Csv => new CsvRows(columns!, isTerminal),
            SearchFormat.Raw => new RawFormat(),
            SearchFormat.Interpreted => new InterpretFormat(host),
            _ => null,
        };
        _escapesLines = isTerminal && request.Format == SearchFormat.Raw;
        if (_format is not null)
            return;
        _view = new LiveView(host, _output, isTerminal, request.HasColors ?? (isTerminal && Terminal.WantsColors()));
        if (isTerminal)
            _view.TerminalColumns = Terminal.Columns;
    }

    /// <summary>Prints an event.</summary>
    public void Write(AuditEvent auditEvent)
    {
        if (_view is not null)
            _view.Write(auditEvent);
        else if (_escapesLines)
            WriteEscaped(auditEvent);
        else
            _format!.Write(auditEvent, _output);
    }

    /// <summary>Sends what is buffered.</summary>
    public void Flush() => _output.Flush();

    /// <summary>Writes what stands even where no event was found: a table's header.</summary>
    public void Finish()
    {
        if (_format is CsvRows rows)
            rows.WriteHeader(_output);
        _output.Flush();
    }

    public void Dispose() => _output.Dispose();

    void WriteEscaped(AuditEvent auditEvent)
    {
        for (int index = 0; index < auditEvent.Count; index++)
        {
            _output.WriteEscaped(auditEvent[index].Line);
            _output.EndLine();
        }
    }
}
