using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using Akashi.Host;

namespace Akashi.Cli;

/// <summary>The signals of this process; nothing is registered before a tool asks.</summary>
sealed class ProcessSignals : ISignals
{
    // asm/signal.h of x86 and arm64; .NET takes raw numbers for signals it has no name for.
    const int SigUsr1 = 10;
    const int SigUsr2 = 12;

    // A registration that nobody holds is ended by its finalizer.
    readonly ConcurrentBag<PosixSignalRegistration> _ignored = [];

    public IDisposable On(Signal signal, Action action) =>
        PosixSignalRegistration.Create(Number(signal), context =>
        {
            context.Cancel = true;
            action();
        });

    public void Ignore(Signal signal) => _ignored.Add(PosixSignalRegistration.Create(Number(signal), context => context.Cancel = true));

    static PosixSignal Number(Signal signal) => signal switch
    {
        Signal.Hangup => PosixSignal.SIGHUP,
        Signal.Interrupt => PosixSignal.SIGINT,
        Signal.Terminate => PosixSignal.SIGTERM,
        Signal.User1 => (PosixSignal)SigUsr1,
        Signal.User2 => (PosixSignal)SigUsr2,
        Signal.Continue => PosixSignal.SIGCONT,
        Signal.WindowChange => PosixSignal.SIGWINCH,
        Signal.Quit => PosixSignal.SIGQUIT,
        Signal.ChildChange => PosixSignal.SIGCHLD,
        _ => throw new ArgumentOutOfRangeException(nameof(signal), signal, "not a signal"),
    };
}
