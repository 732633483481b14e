using System.Text;
using Akashi.Configuration;
using Akashi.Remote;

namespace Akashi.ManualGenerator;

/// <summary>A manual page of a configuration file, from its keywords' table.</summary>
static class ConfigurationPage
{
    /// <summary>auditd.conf(5).</summary>
    public static string OfAuditd() => Write(
        AuditdConfiguration.FileName, "how auditd records",
        "`/etc/audit/auditd.conf` has a line `keyword = value` for each setting, with blanks around the sign; a line that begins with # is a comment. Keywords and words are known in any case. "
        + "Only root may have written it. It is read at the start and at SIGHUP; with a fault in it a start is refused, and a running daemon goes on as before. Each fault is said, with its line and the legal values.",
        [.. AuditdKeywords.All.Select(keyword => (keyword.Name, keyword.Legal, keyword.Default, keyword.IsDeprecated ? $"{keyword.Note} (no longer of effect)" : keyword.Note))],
        ["auditd(8)", "akashi.conf(5)", "audisp-remote.conf(5)"]);

    /// <summary>akashi.conf(5).</summary>
    public static string OfAkashi() => Write(
        AkashiConfiguration.FileName, "what auditd.conf has no word for",
        $"`/etc/audit/{AkashiConfiguration.FileName}` stands beside auditd.conf, since the original daemon refuses unknown keywords. Its grammar is the same: a line `keyword = value` for each setting, with blanks "
        + "around the sign, and # before a comment. Only root may have written it; one that is missing says nothing. It is read at the start and at SIGHUP.",
        [.. AkashiKeywords.All.Select(keyword => (keyword.Name, keyword.Legal, (string?)keyword.Default, keyword.Note))],
        ["auditd(8)", "auditd.conf(5)", "akashi-status(1)"]);

    /// <summary>audisp-remote.conf(5).</summary>
    public static string OfAudispRemote() => Write(
        Path.GetFileName(RemoteConfiguration.DefaultPath), "where records go, and what is done about failures",
        $"`{RemoteConfiguration.DefaultPath}` has a line `keyword = value` for each setting, with blanks around the sign; a line that begins with # is a comment. Only root may have written it. "
        + "It is read at the start and at SIGHUP; the files of TLS are read before each connection. Keywords marked as ours are unknown to the original.",
        [.. RemoteKeywords.All.Select(keyword => (keyword.Name, keyword.Legal, keyword.Default, keyword.Note))],
        ["audisp-remote(8)", "auditd.conf(5)"]);

    static string Write(
        string name, string summary, string description, IReadOnlyList<(string Name, string Legal, string? Default, string Note)> keywords, IReadOnlyList<string> seeAlso)
    {
        var text = new StringBuilder();
        text.Append(".\\\" Written by eng/generate-manual from the tables of keywords. Changes made here are lost.\n");
        text.Append($".TH {name.ToUpperInvariant()} 5 \"\" \"Akashi {Cli.Version.Text}\" \"File Formats\"\n");
        text.Append($".SH NAME\n{Roff.Text(name)} \\- {Roff.Text(summary)}\n.SH SYNOPSIS\n\\fB/etc/audit/{Roff.Code(name)}\\fR\n.SH DESCRIPTION\n{Roff.Prose(description)}\n.SH KEYWORDS\n");
        foreach ((string keyword, string legal, string? otherwise, string note) in keywords)
        {
            text.Append($".TP\n\\fB{Roff.Code(keyword)}\\fR\n");
            if (note.Length > 0)
                text.Append($"{Roff.Text(note)}.\n");
            text.Append(Roff.Text($"Value: {legal}. {(otherwise is null ? "Without a line it is not set." : $"Default: {otherwise}.")}")).Append('\n');
        }

        text.Append(".SH SEE ALSO\n");
        return text.AppendJoin(",\n", seeAlso.Select(Page)).Append('\n').ToString();
    }

    static string Page(string page)
    {
        int open = page.IndexOf('(', StringComparison.Ordinal);
        return $"\\fB{Roff.Code(page[..open])}\\fR{page[open..]}";
    }
}
