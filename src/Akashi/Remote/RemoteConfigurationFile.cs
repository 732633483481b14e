using Akashi.Configuration;
using Akashi.Diagnostics;
using Akashi.Host;

namespace Akashi.Remote;

/// <summary>Reads audisp-remote.conf: <c>keyword = value</c> lines as in auditd.conf, of a file that nobody but root can have written.</summary>
public static class RemoteConfigurationFile
{
    const int LineBytesMax = 511;
    const int FaultNumber = 55;

    /// <summary>Reads a file.</summary>
    /// <param name="files">The machine's files.</param>
    /// <param name="path">Where it is.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    /// <returns>The configuration; not to be used where there are errors.</returns>
    public static RemoteConfiguration Read(IFiles files, string path, DiagnosticBag diagnostics)
    {
        if (AuditdConfigurationFile.ReadText(files, path, allowsLink: false, diagnostics) is not { } text)
            return new RemoteConfiguration();
        RemoteConfiguration read = Parse(text, path, diagnostics);
        foreach ((string keyword, string program) in read.Programs())
        {
            if (AuditdConfigurationPlace.WhyNotRun(files, program) is { } reason)
                diagnostics.Add(new Diagnostic(FaultNumber, Severity.Error, $"{keyword}: cannot run {program}: {reason}") { File = path });
        }

        return read;
    }

    /// <summary>Reads a file's text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="file">Its path.</param>
    /// <param name="diagnostics">Receives what is wrong.</param>
    public static RemoteConfiguration Parse(string text, string file, DiagnosticBag diagnostics)
    {
        var result = new RemoteConfiguration();
        int number = 0;
        foreach (string line in text.Split('\n'))
        {
            number++;
            if (ApplyLine(line, ref result) is { } fault)
                diagnostics.Add(new Diagnostic(FaultNumber, Severity.Error, fault) { File = file, Line = number });
        }

        if (!diagnostics.HasErrors && Contradiction(result) is { } contradiction)
            diagnostics.Add(new Diagnostic(FaultNumber, Severity.Error, contradiction) { File = file });
        return result;
    }

    static string? ApplyLine(string line, ref RemoteConfiguration result)
    {
        if (line.Length > LineBytesMax)
            return $"the line is longer than {LineBytesMax} bytes";
        string[] words = line.Split([' ', '\t', '\r'], StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0 || words[0].StartsWith('#'))
            return null;
        if (words.Length < 2 || words[1] != "=")
            return $"'{QuotedText.Of(string.Join(' ', words))}' is not 'keyword = value', with blanks around the sign";
        if (RemoteKeywords.Find(words[0]) is not { } keyword)
            return $"unknown keyword '{QuotedText.Of(words[0])}'";
        if (words.Length == 2)
            return $"{keyword.Name} has no value: {keyword.Legal}";
        return keyword.TryApply(words.AsSpan(2), ref result)
            ? null
            : $"{keyword.Name} is '{QuotedText.Of(string.Join(' ', words[2..]))}', not {keyword.Legal}";
    }

    static string? Contradiction(RemoteConfiguration all) =>
        all.Server.Length == 0 ? "remote_server is needed"
        : all.QueuesInFile && all.IsAscii ? "mode = forward needs format = managed"
        : all.IsAscii && all.Transport != RemoteTransport.Tcp ? "format = ascii goes over transport = tcp alone"
        : all.Tls.RequiresPqc && all.Tls.Profile != TlsProfile.Pqc ? "tls_require_pqc needs tls_crypto_profile = pqc"
        : all.Transport == RemoteTransport.Tls && all.Tls.WhyIncomplete(receives: false) is { } missing ? missing.Text
        : null;
}
