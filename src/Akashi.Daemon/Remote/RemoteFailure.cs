using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>What audisp-remote.conf has an action for.</summary>
enum RemoteFailure
{
    /// <summary>network_failure_action.</summary>
    Network,

    /// <summary>disk_low_action.</summary>
    DiskLow,

    /// <summary>disk_full_action.</summary>
    DiskFull,

    /// <summary>disk_error_action.</summary>
    DiskError,

    /// <summary>remote_ending_action.</summary>
    Ending,

    /// <summary>generic_error_action.</summary>
    GenericError,

    /// <summary>generic_warning_action.</summary>
    GenericWarning,

    /// <summary>queue_error_action.</summary>
    Queue,

    /// <summary>overflow_action.</summary>
    Overflow,

    /// <summary>startup_failure_action.</summary>
    Startup,
}

/// <summary>Failures and their actions.</summary>
static class RemoteFailures
{
    /// <summary>The action that a configuration has for a failure.</summary>
    public static RemoteAction ActionOf(this RemoteConfiguration configuration, RemoteFailure failure) => failure switch
    {
        RemoteFailure.Network => configuration.NetworkFailureAction,
        RemoteFailure.DiskLow => configuration.DiskLowAction,
        RemoteFailure.DiskFull => configuration.DiskFullAction,
        RemoteFailure.DiskError => configuration.DiskErrorAction,
        RemoteFailure.Ending => configuration.EndingAction,
        RemoteFailure.GenericError => configuration.GenericErrorAction,
        RemoteFailure.GenericWarning => configuration.GenericWarningAction,
        RemoteFailure.Queue => configuration.QueueErrorAction,
        RemoteFailure.Overflow => configuration.OverflowAction,
        _ => configuration.StartupFailureAction,
    };
}
