using System.Globalization;
using System.Text;
using Microsoft.Win32.SafeHandles;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>Tells systemd how the service is: sd_notify(3), without its library.</summary>
public static unsafe class ServiceManager
{
    const int FirstSocket = 3;

    /// <summary>The first socket that the service manager listens at for us, sd_listen_fds(3): it outlives a restart, and who connects meanwhile waits.</summary>
    /// <returns>Null where there is none.</returns>
    public static SafeFileHandle? TakeSocket()
    {
        bool isOurs = int.TryParse(Environment.GetEnvironmentVariable("LISTEN_PID"), CultureInfo.InvariantCulture, out int pid) && pid == Environment.ProcessId
            && int.TryParse(Environment.GetEnvironmentVariable("LISTEN_FDS"), CultureInfo.InvariantCulture, out int count) && count > 0;
        Environment.SetEnvironmentVariable("LISTEN_PID", null);
        Environment.SetEnvironmentVariable("LISTEN_FDS", null);
        if (!isOurs || fcntl(FirstSocket, F_SETFD, FD_CLOEXEC) != 0)
            return null;
        return new SafeFileHandle(FirstSocket, ownsHandle: true);
    }

    /// <summary>Sends a state such as <c>READY=1</c> to the socket that NOTIFY_SOCKET names: a path, or <c>@</c> and an abstract name.</summary>
    /// <returns>False where nobody is to be told, or can be.</returns>
    public static bool Notify(string state)
    {
        string? name = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        if (string.IsNullOrEmpty(name) || name[0] is not ('/' or '@'))
            return false;
        sockaddr_un address = default;
        address.sun_family = AF_UNIX;
        byte[] path = Encoding.UTF8.GetBytes(name);
        if (path.Length >= sockaddr_un.PathBytes)
            return false;
        for (int index = 0; index < path.Length; index++)
            address.sun_path[index] = name[0] == '@' && index == 0 ? (byte)0 : path[index];
        int descriptor = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
        if (descriptor < 0)
            return false;
        byte[] text = Encoding.UTF8.GetBytes(state);
        fixed (byte* start = text)
        {
            nint sent = sendto(descriptor, start, (nuint)text.Length, MSG_NOSIGNAL, &address, (uint)(sizeof(ushort) + path.Length));
            _ = close(descriptor);
            return sent == text.Length;
        }
    }
}
