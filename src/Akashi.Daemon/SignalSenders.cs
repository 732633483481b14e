using Akashi.Host;

namespace Akashi.Daemon;

/// <summary>Who sent the signal that ends a recording: the kernel remembers it for the process that owns its audit.</summary>
public static class SignalSenders
{
    /// <summary>Asks the kernel; to be called while its audit is still ours.</summary>
    /// <returns>The sender; null where it can't be asked, or no process sent one (a terminal's Ctrl-C comes from the kernel).</returns>
    public static SignalSender? Find(IHost host)
    {
        try
        {
            using IAuditKernel kernel = host.OpenAuditKernel();
            SignalSender sender = kernel.GetSignalSender();
            return sender.Pid == 0 ? null : sender;
        }
        catch (KernelRequestException)
        {
            return null;
        }
    }
}
