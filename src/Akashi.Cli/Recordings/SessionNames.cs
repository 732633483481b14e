using Akashi.Control;
using Akashi.Daemon.Recordings;
using Akashi.Daemon.Status;
using Akashi.Host;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Cli.Recordings;

/// <summary>Sessions of the recorder by what people type: a name, an id of <c>akashi recordings</c>, or a beginning that no other has.</summary>
/// <param name="host">The machine.</param>
/// <param name="socketPath">The control socket.</param>
/// <param name="directory">Where recordings are; null for the recorder's, which others than root are told of by the service.</param>
sealed class SessionNames(IHost host, string socketPath = ControlRequest.SocketPath, string? directory = null)
{
    const int ShownMax = 5;

    // EACCES: the socket is root's alone where no group is set.
    const int PermissionDenied = 13;
    const string GroupHint = "\nhint: recordings are for root; recordings_group = GROUP in /etc/audit/akashi.conf has auditd list and show them to that group too, akashi.conf(5)";

    readonly ControlClient _service = new(host, socketPath);

    /// <summary>Whether a word is no file, and could be a session.</summary>
    public static bool MayBe(IHost host, string word) =>
        host.Files.KindOf(word) == FileKind.Missing && RecordingRequest.IsName(word);

    /// <summary>All recordings, the oldest first.</summary>
    /// <exception cref="AuditException">They can't be listed.</exception>
    public List<RecordingSummary> List()
    {
        if (directory is not null || host.Process.Uid == 0)
            return new RecordingCatalog(host, directory ?? RecordingCatalog.DefaultDirectory).Read();
        return _service.ListRecordings(out string? refusal) ?? throw new AuditException($"cannot list recordings: {ReasonOf(refusal)}");
    }

    /// <summary>The name that is meant.</summary>
    /// <exception cref="AuditException">None is, or several are.</exception>
    public string Resolve(string word)
    {
        word = word.EndsWith(".cast", StringComparison.Ordinal) ? word[..^5] : word.EndsWith(".cast.zst", StringComparison.Ordinal) ? word[..^9] : word;
        List<RecordingSummary> all = ListFor(word);
        if (all.Any(summary => summary.Name == word))
            return word;
        List<RecordingSummary> meant = [.. all.Where(summary => summary.Name.StartsWith(word, StringComparison.Ordinal) || summary.Id.StartsWith(word, StringComparison.Ordinal))];
        if (meant.Count == 1)
            return meant[0].Name;
        if (meant.Count == 0)
            throw new AuditException($"neither a file nor a session is called '{word}'\nhint: akashi recordings lists sessions");
        string names = string.Join(", ", meant.Take(ShownMax).Select(summary => $"{summary.Id} ({summary.Name})"));
        throw new AuditException($"'{word}' may be {meant.Count} sessions: {names}{(meant.Count > ShownMax ? " …" : "")}");
    }

    /// <summary>Has the service hand one out, which leaves an audit record.</summary>
    /// <exception cref="AuditException">It doesn't.</exception>
    public SafeFileHandle Open(string word, RecordingLook look)
    {
        string name = Resolve(word);
        return TryOpenNamed(name, look, out string reason) ?? throw new AuditException($"cannot look at {name}: {reason}");
    }

    /// <summary>As <see cref="Open"/>, by the whole name.</summary>
    /// <param name="name">The name.</param>
    /// <param name="look">What for.</param>
    /// <param name="reason">Why it doesn't; the same words for all sessions where it's no one session's fault.</param>
    /// <returns>Null where it doesn't.</returns>
    public SafeFileHandle? TryOpenNamed(string name, RecordingLook look, out string reason)
    {
        SafeFileHandle? given = _service.OpenRecording(new RecordingRequest(look, name), out string? refusal);
        reason = given is null ? ReasonOf(refusal) : "";
        return given;
    }

    // As a rule it was to be a file, mistyped.
    List<RecordingSummary> ListFor(string word)
    {
        try
        {
            return List();
        }
        catch (AuditException exception)
        {
            throw new AuditException($"cannot read {word}: no such file; whether it's a session isn't known: {exception.Message}", exception);
        }
    }

    string ReasonOf(string? refusal) => refusal is null
        ? $"no service answers at {socketPath}, and without it no audit record can be written\nhint: auditd, or akashi start, writes it; root may read the file itself in {RecordingCatalog.DefaultDirectory}"
        : $"{refusal}{(refusal == host.DescribeError(PermissionDenied) ? GroupHint : "")}";
}
