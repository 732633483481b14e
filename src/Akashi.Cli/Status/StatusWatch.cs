using System.Globalization;
using System.Text;
using Akashi.Cli.CommandLine;
using Akashi.Cli.Searching;
using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Terminals;
using Akashi.Output;

namespace Akashi.Cli.Status;

/// <summary><c>akashi status --watch</c>: looks again each second until Ctrl-C, TERM, or a closed terminal.</summary>
/// <remarks>A terminal shows the report in place; elsewhere each look is a line, or a JSON object on a line.</remarks>
/// <param name="invocation">The call.</param>
/// <param name="look">Takes the facts.</param>
/// <param name="interval">The time from one look to the next.</param>
sealed class StatusWatch(Invocation invocation, StatusLook look, TimeSpan interval)
{
    // No line is wrapped and no cursor blinks meanwhile; each line is cleared behind its end and not before, which doesn't flicker.
    const string Begin = "\e[?25l\e[?7l\e[2J";
    const string Home = "\e[H";
    const string ClearLine = "\e[K";
    const string ClearBelow = "\e[J";
    const string End = "\e[?7h\e[?25h";

    const int MemoryBytes = 4096;

    readonly MemoryStream _frame = new(MemoryBytes);

    /// <summary>Watches.</summary>
    /// <param name="output">Where it's shown.</param>
    /// <param name="isJson">Whether as JSON lines.</param>
    /// <param name="hasColors">Whether with colours; a terminal alone shows any.</param>
    /// <returns>0: it was ended as it's meant to be.</returns>
    /// <exception cref="OutputClosedException">The reader went away.</exception>
    public int Run(Utf8Output output, bool isJson, bool hasColors)
    {
        using var ended = new ManualResetEventSlim();
        using IDisposable interrupt = invocation.Signals.On(Signal.Interrupt, ended.Set);
        using IDisposable terminate = invocation.Signals.On(Signal.Terminate, ended.Set);
        using IDisposable hangup = invocation.Signals.On(Signal.Hangup, ended.Set);
        bool isInPlace = invocation.OutputIsTerminal && !isJson;
        try
        {
            if (isInPlace)
                output.Write(Begin);
            do
            {
                StatusFacts facts = look.Take();
                StatusVerdict verdict = StatusVerdict.Of(facts);
                if (isInPlace)
                    WriteInPlace(output, facts, verdict, hasColors);
                else if (isJson)
                    output.Write(StatusJson.Write(facts, verdict, isOneLine: true));
                else
                    WriteLine(output, facts, verdict);
                output.Flush();
            }
            while (!ended.Wait(interval));
        }
        finally
        {
            if (isInPlace)
                output.Write(End);
        }

        return 0;
    }

    void WriteInPlace(Utf8Output output, StatusFacts facts, StatusVerdict verdict, bool hasColors)
    {
        _frame.SetLength(0);
        using (var rowStream = new RowStream(_frame, Terminal.Columns, StatusReport.LabelColumns))
        using (var page = new Utf8Output(rowStream))
            new StatusReport(page, invocation.Host, hasColors).Print(facts, verdict);
        ReadOnlySpan<byte> text = _frame.GetBuffer().AsSpan(0, (int)_frame.Length);
        int rowsLeft = StandardStreams.TryGetSize(1, out _, out int rows) && rows > 1 ? rows - 1 : int.MaxValue;
        output.Write(Home);
        foreach (Range range in text.Split((byte)'\n'))
        {
            if (text[range].IsEmpty && range.End.Value == text.Length)
                break;
            output.Write(text[range]);
            output.Write(ClearLine);
            output.Write((byte)'\n');
            if (--rowsLeft == 0)
                break;
        }

        output.Write(ClearBelow);
    }

    void WriteLine(Utf8Output output, StatusFacts facts, StatusVerdict verdict)
    {
        LocalDateTime now = invocation.Host.LocalTime.ToLocal(facts.Now.ToUnixTimeSeconds());
        var line = new StringBuilder();
        line.Append(CultureInfo.InvariantCulture, $"{now.Year:0000}-{now.Month:00}-{now.Day:00} {now.Hour:00}:{now.Minute:00}:{now.Second:00} ");
        line.Append(StatusReport.WordsOf(verdict.State));
        if (facts.Service is { } service)
        {
            line.Append(CultureInfo.InvariantCulture, $"; {service.Rates.EventsNow:0.0} events/s, {service.Events} since the start");
            foreach (LossCount loss in service.Losses)
            {
                if (loss.Count > 0)
                    line.Append("; ").Append(loss.Describe());
            }
        }

        if (facts.Kernel is { } kernel)
            line.Append(CultureInfo.InvariantCulture, $"; backlog {kernel.Backlog} of {kernel.BacklogLimit}, {kernel.Lost} lost by the kernel's own count");
        output.WriteEscaped(Encoding.UTF8.GetBytes(line.ToString()));
        output.EndLine();
    }
}
