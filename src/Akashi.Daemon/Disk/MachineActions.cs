using System.Collections.Concurrent;
using System.Text;
using Akashi.Configuration;
using Akashi.Host;
using Akashi.Linux.Files;
using Akashi.Linux.Processes;

namespace Akashi.Daemon.Disk;

/// <summary>Does it, on a thread of its own: a system log that hangs must not hold up the trail.</summary>
public sealed class MachineActions : IMachineActions
{
    const int WaitingMax = 256;
    static readonly string[] s_environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin"];

    readonly IHost _host;
    readonly string _name;
    readonly string _initProgram;
    readonly string _wallProgram;
    readonly BlockingCollection<Action> _waiting = new(WaitingMax);
    readonly Thread _thread;

    /// <summary>Makes it.</summary>
    /// <param name="host">The machine.</param>
    /// <param name="name">The name in the system log.</param>
    /// <param name="initProgram">What changes the run level.</param>
    /// <param name="wallProgram">What tells everybody; without it only the console is told.</param>
    public MachineActions(IHost host, string name, string initProgram = "/sbin/init", string wallProgram = "/usr/bin/wall")
    {
        _host = host;
        _name = name;
        _initProgram = initProgram;
        _wallProgram = wallProgram;
        _thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "actions" };
        _thread.Start();
    }

    /// <inheritdoc/>
    /// <remarks>Where hundreds of lines wait already, one more says nothing.</remarks>
    public void Say(string text) => _waiting.TryAdd(() => _host.Log(_name, text));

    /// <inheritdoc/>
    public void Mail(string account, string subject, string text) => _waiting.TryAdd(() => Send(account, subject, text));

    /// <inheritdoc/>
    public void Execute(string program, Action ended)
    {
        if (!_waiting.TryAdd(() => Start(program, ended)))
            ended();
    }

    /// <inheritdoc/>
    public void Wall(string text) => _waiting.TryAdd(() => TellAll(text));

    /// <inheritdoc/>
    public void ChangeRunLevel(RunLevel level) => _waiting.TryAdd(() =>
    {
        string word = level == RunLevel.Halt ? "0" : "1";
        string text = level == RunLevel.Halt ? "the audit daemon halts the machine" : "the audit daemon changes the machine to single user mode";
        Tell(text);
        TellAll(text);
        Start(_initProgram, () => { }, word);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _waiting.CompleteAdding();
        _thread.Join(TimeSpan.FromSeconds(2));
    }

    void Run()
    {
        foreach (Action action in _waiting.GetConsumingEnumerable())
            action();
    }

    // A program may have been changed since the configuration was read.
    void Start(string program, Action ended, params ReadOnlySpan<string> arguments)
    {
        try
        {
            if (program != _initProgram && program != _wallProgram && AuditdConfigurationPlace.WhyNotRun(_host.Files, program) is { } reason)
                throw new AuditException($"cannot run {program}: {reason}");
            int child = DetachedProcess.StartReader(program, [program, .. arguments], s_environment, null, keepsOutput: false);
            new Thread(() => AwaitEnd(child, ended), 128 * 1024) { IsBackground = true, Name = "child" }.Start();
        }
        catch (AuditException exception)
        {
            _host.Log(_name, exception.Message);
            ended();
        }
    }

    static void AwaitEnd(int child, Action ended)
    {
        DetachedProcess.AwaitEnd(child);
        ended();
    }

    void Send(string account, string subject, string text)
    {
        try
        {
            using Pipe pipe = Pipe.Open();
            string[] arguments = [AuditdConfigurationPlace.MailProgram, "-t"];
            int child = DetachedProcess.StartReader(arguments[0], arguments, s_environment, pipe.Reader, keepsOutput: false);
            pipe.Reader.Dispose();
            new Thread(() => AwaitEnd(child, () => { }), 128 * 1024) { IsBackground = true, Name = "child" }.Start();
            using var letter = new FileStream(pipe.Writer, FileAccess.Write, bufferSize: 0);
            letter.Write(Encoding.UTF8.GetBytes($"To: {account}\nFrom: root\nSubject: {subject}\n\n{text}\n"));
        }
        catch (Exception exception) when (exception is AuditException or IOException)
        {
            _host.Log(_name, $"cannot send mail to {account}: {exception.Message}");
        }
    }

    void TellAll(string text)
    {
        if (_host.Files.KindOf(_wallProgram) == FileKind.Regular)
            Start(_wallProgram, () => { }, text);
    }

    static void Tell(string text)
    {
        try
        {
            File.AppendAllText("/dev/console", $"\r\n{text}\r\n");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Nobody sees the console then.
        }
    }
}
