using System.Globalization;
using Akashi.Daemon.Plugins;
using Akashi.Host;

namespace Akashi.Cli.Audisp;

/// <summary>audisp-af_unix: gives records to the programs that connect to a socket.</summary>
/// <remarks>
/// <c>[MODE [PATH [string|binary [DEPTH]]]]</c>. Exit codes: 0; 1 for wrong words, or a path that can't be had. TERM and the end of its input end it, HUP changes nothing,
/// USR1 writes the state.
/// </remarks>
static class AudispUnixTool
{
    const string Usage = "usage: audisp-af_unix [MODE [PATH [string|binary [DEPTH]]]]\n";
    const string DefaultPath = "/run/audit/audispd_events";
    const string StatePath = "/run/audit/af_unix.state";
    const int DefaultDepth = 512;
    const int DepthMax = 99_999;

    static readonly TimeSpan s_waitMax = TimeSpan.FromSeconds(60);

    public static Tool Tool { get; } = new("audisp-af_unix", "plugin: give records to programs through a socket", Run) { Manual = PluginManuals.Unix };

    static int Run(Invocation invocation)
    {
        using var messages = new PluginMessages(invocation);
        IReadOnlyList<string> words = invocation.Arguments;
        UnixFileMode mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead;
        if (words.Count > 4)
            return messages.Refuse("too many arguments", Usage);
        if (words.Count > 0 && !TryMode(words[0], out mode))
            return messages.Refuse($"'{words[0]}' is no mode: octal digits up to 0777", Usage);
        string path = words.Count > 1 ? words[1] : DefaultPath;
        if (words.Count > 2 && words[2] is not ("string" or "binary"))
            return messages.Refuse($"'{words[2]}' is no format: string or binary", Usage);
        int depth = DefaultDepth;
        if (words.Count > 3 && !(int.TryParse(words[3], NumberStyles.None, CultureInfo.InvariantCulture, out depth) && depth is > 0 and <= DepthMax))
            return messages.Refuse($"'{words[3]}' is no depth: 1 to {DepthMax}", Usage);
        return Serve(invocation, messages, path, mode, words.Count > 2 && words[2] == "binary", depth);
    }

    static int Serve(Invocation invocation, PluginMessages messages, string path, UnixFileMode mode, bool isBinary, int depth)
    {
        try
        {
            // Signals first: who sees the socket may send one.
            var input = new PluginInput(invocation.Input);
            using IDisposable onTerminate = invocation.Signals.On(Signal.Terminate, input.Stop);
            invocation.Signals.Ignore(Signal.Hangup);
            invocation.Signals.Ignore(Signal.User1);
            using var socket = new EventSocket(path, mode, isBinary, depth, messages.Say);
            using IDisposable onUser1 = invocation.Signals.On(Signal.User1, () => WriteState(invocation.Host, socket, depth, messages));
            while (!input.IsAtEnd)
            {
                while (input.TryPeek(out PluginRecord record))
                {
                    socket.Give(record);
                    input.Release();
                }

                input.Wait(s_waitMax);
            }

            if (input.Fault is not { } fault)
                return 0;
            messages.Say(fault);
        }
        catch (AuditException exception)
        {
            messages.Say(exception.Message);
        }

        return 1;
    }

    static void WriteState(IHost host, EventSocket socket, int depth, PluginMessages messages)
    {
        long memory = GC.GetTotalMemory(forceFullCollection: false) / 1024;
        string text = string.Create(CultureInfo.InvariantCulture,
            $"current_time = {host.Clock.GetUtcNow():yyyy-MM-dd HH:mm:ss}\n" +
            $"client_connected = {(socket.Clients > 0 ? "yes" : "no")}\nclients = {socket.Clients}\n" +
            $"queue_length = {socket.Depth}\nmax_queue_length = {socket.DepthMax}\nqueue_size = {depth}\n" +
            $"dropped = {socket.Dropped}\nmemory_in_use = {memory} KiB\n");
        try
        {
            File.WriteAllText(StatePath + ".new", text);
            File.Move(StatePath + ".new", StatePath, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            messages.Say($"cannot write {StatePath}: {FileFault.Describe(exception)}");
        }
    }

    static bool TryMode(string text, out UnixFileMode mode)
    {
        mode = default;
        if (text.Length is 0 or > 4 || text.AsSpan().ContainsAnyExceptInRange('0', '7'))
            return false;
        int number = Convert.ToInt32(text, 8);
        mode = (UnixFileMode)number;
        return number <= 0x1FF;
    }
}
