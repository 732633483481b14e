using System.Text;
using static Akashi.Linux.Interop.LibC;

namespace Akashi.Linux.Processes;

/// <summary>Tells systemd how the service is: sd_notify(3), without its library.</summary>
public static unsafe class ServiceManager
{
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
