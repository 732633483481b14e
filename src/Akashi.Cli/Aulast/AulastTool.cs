using Akashi.Cli.Input;
using Akashi.Events;
using Akashi.Host;
using Akashi.Output;
using Akashi.Reports.Logins;

namespace Akashi.Cli.Aulast;

/// <summary>aulast: login sessions as last(1) lists them, oldest end first.</summary>
/// <remarks>Exit codes: 0; 1 usage, or an input that can't be read.</remarks>
static class AulastTool
{
    const string ExtractName = "aulast.log";
    const string Usage = "usage: aulast [--bad] [--debug] [--stdin] [--proof] [--extract] [-f file] [--user name] [--tty tty]\n";

    public static Tool Tool { get; } = new("aulast", "list login sessions, like last", Run) { Manual = AulastManual.Make };

    static int Run(Invocation invocation)
    {
        using var error = new Utf8Output(invocation.Error, FlushMode.Line);
        var request = new AulastRequest();
        string? fault = AulastRequest.Table.Parse(invocation.Arguments, request);
        if (fault is null && request.ReadsStandardInput && request.Path is not null)
            fault = "--stdin and -f exclude each other";
        if (fault is not null)
        {
            // The original says only how it's used where an option is unknown.
            error.Write(Usage);
            return 1;
        }

        using EventInput input = request.ReadsStandardInput
            ? EventInput.OfStream(invocation)
            : EventInput.OfLogs(request.Path, invocation, error);
        using var output = new Utf8Output(invocation.Output);
        using Stream? extract = request.Extracts ? CreateExtract() : null;
        List(input, request, new SessionLines(invocation.Host, output, request.ShowsProof), extract, invocation.Host.Accounts);
        return 0;
    }

    static void List(EventInput input, AulastRequest request, SessionLines lines, Stream? extract, IAccounts accounts)
    {
        var sessions = new LoginSessions(accounts) { User = request.User, Terminal = request.Terminal, OnEnd = Show };
        input.ReadAll(next =>
        {
            if (extract is not null && LoginSessions.IsUsed(next))
                Extract(next, extract);
            sessions.Add(next);
        });
        foreach (LoginSession open in sessions.Open)
            Show(open);

        void Show(LoginSession session)
        {
            if (session.IsFailure == request.ShowsFailures && session.IsShown)
                lines.Write(session);
        }
    }

    static FileStream CreateExtract()
    {
        try
        {
            return File.Create(ExtractName);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new AuditException($"cannot write {ExtractName}: {FileFault.Describe(exception)}", exception);
        }
    }

    static void Extract(AuditEvent used, Stream extract)
    {
        extract.Write(used[0].LineWithoutEnrichment);
        extract.WriteByte((byte)'\n');
    }
}
