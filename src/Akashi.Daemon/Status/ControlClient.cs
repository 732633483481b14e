using Akashi.Control;
using Akashi.Host;
using Akashi.Linux.Sockets;
using Akashi.Recordings;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Daemon.Status;

/// <summary>Asks a running service over its control socket.</summary>
/// <param name="host">The machine.</param>
/// <param name="path">The socket; <see cref="ControlRequest.SocketPath"/> but in tests.</param>
public sealed class ControlClient(IHost host, string path = ControlRequest.SocketPath)
{
    const int NoSuchFile = 2;
    const int ConnectionRefused = 111;

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    // The service tries the new program first.
    static readonly TimeSpan s_restartPatience = TimeSpan.FromSeconds(20);

    /// <summary>How the service is.</summary>
    /// <param name="refusal">Why there is no answer; null where there is one, or no service listens.</param>
    /// <returns>Null where there is no answer.</returns>
    public ServiceStatus? FindStatus(out string? refusal)
    {
        if (Ask(ControlQuestion.Status, out refusal) is not { } body)
            return null;
        if (ServiceStatusText.TryRead(body, out ServiceStatus? status))
            return status;
        refusal = "the answer is damaged, or of another version";
        return null;
    }

    /// <summary>The rules that the kernel holds, each as a struct audit_rule_data.</summary>
    /// <inheritdoc cref="FindStatus"/>
    public IReadOnlyList<byte[]>? FindRules(out string? refusal)
    {
        if (Ask(ControlQuestion.Rules, out refusal) is not { } body)
            return null;
        if (RuleListText.TryRead(body, out IReadOnlyList<byte[]> rules))
            return rules;
        refusal = "the answer is damaged, or of another version";
        return null;
    }

    /// <summary>The hosts whose records the service receives.</summary>
    /// <inheritdoc cref="FindStatus"/>
    public IReadOnlyList<HostStatus>? FindHosts(out string? refusal)
    {
        if (Ask(ControlQuestion.Hosts, out refusal) is not { } body)
            return null;
        if (HostListText.Read(body) is { } hosts)
            return hosts;
        refusal = "the answer is damaged, or of another version";
        return null;
    }

    /// <summary>Has the service forget whose a node's name is.</summary>
    /// <inheritdoc cref="TryRestart"/>
    public bool TryForget(string node, out string? refusal) => Ask(ControlRequest.Write(ControlQuestion.Forget, node), s_patience, out refusal) is not null;

    /// <summary>Has the service start anew in place; it has only begun to when this returns.</summary>
    /// <param name="refusal">Why it doesn't; null where it does, or no service listens.</param>
    /// <returns>Whether it does.</returns>
    public bool TryRestart(out string? refusal) => Ask(ControlQuestion.Restart, s_restartPatience, out refusal) is not null;

    /// <summary>The recorder's recordings, the oldest first.</summary>
    /// <inheritdoc cref="FindStatus"/>
    public List<RecordingSummary>? ListRecordings(out string? refusal)
    {
        if (Ask([.. RecordingRequest.ListLine, (byte)'\n'], s_restartPatience, out _, out refusal) is not { } body)
            return null;
        if (RecordingSummaryText.TryRead(body, out List<RecordingSummary> summaries))
            return summaries;
        refusal = "the answer is damaged, or of another version";
        return null;
    }

    /// <summary>A recording to read from. The service has written the audit record of it by then.</summary>
    /// <param name="request">Which, and what for.</param>
    /// <param name="refusal">Why not; null where there is one, or no service listens.</param>
    /// <returns>Null where there is none.</returns>
    public SafeFileHandle? OpenRecording(RecordingRequest request, out string? refusal)
    {
        if (Ask(request.Write(), s_patience, out SafeFileHandle? given, out refusal) is not null && given is not null)
            return given;
        given?.Dispose();
        return null;
    }

    byte[]? Ask(ControlQuestion question, out string? refusal) => Ask(question, s_patience, out refusal);

    byte[]? Ask(ControlQuestion question, TimeSpan patience, out string? refusal) => Ask(ControlRequest.Write(question), patience, out refusal);

    byte[]? Ask(byte[] request, TimeSpan patience, out string? refusal)
    {
        byte[]? body = Ask(request, patience, out SafeFileHandle? given, out refusal);
        given?.Dispose();
        return body;
    }

    byte[]? Ask(byte[] request, TimeSpan patience, out SafeFileHandle? given, out string? refusal)
    {
        given = null;
        if (!StreamConnection.TryConnect(path, out StreamConnection? found, out int errno))
        {
            refusal = errno is NoSuchFile or ConnectionRefused ? null : host.DescribeError(errno);
            return null;
        }

        using StreamConnection service = found;
        refusal = "it does not answer";
        if (!service.TrySend(request, s_patience) || Receive(service, patience, out given) is not { } answer)
            return null;
        bool isWhole = ControlAnswer.TryRead(answer, out ReadOnlySpan<byte> body, out string? refused);
        refusal = isWhole ? null : refused ?? "the answer is damaged, or of another version";
        return isWhole ? body.ToArray() : null;
    }

    static byte[]? Receive(StreamConnection service, TimeSpan patience, out SafeFileHandle? given)
    {
        given = null;
        using var all = new MemoryStream();
        byte[] buffer = new byte[64 * 1024];
        while (all.Length <= ControlAnswer.BytesMax + ControlAnswer.HeaderBytesMax)
        {
            int received = service.Receive(buffer, patience, out SafeFileHandle? beside);
            if (beside is not null)
                given?.Dispose();
            given = beside ?? given;
            if (received < 0)
                return null;
            if (received == 0)
                return all.ToArray();
            all.Write(buffer, 0, received);
        }

        return null;
    }
}
