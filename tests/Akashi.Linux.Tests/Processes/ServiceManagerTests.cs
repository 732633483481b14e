using System.Net.Sockets;
using System.Text;
using Akashi.Linux.Processes;

namespace Akashi.Linux.Tests.Processes;

public class ServiceManagerTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void State_reaches_the_socket_that_the_environment_names(bool isAbstract)
    {
        string path = Path.Combine(Path.GetTempPath(), $"akashi-notify-{Guid.NewGuid():N}");
        using var manager = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        manager.Bind(new UnixDomainSocketEndPoint(isAbstract ? "\0" + path : path));
        try
        {
            Environment.SetEnvironmentVariable("NOTIFY_SOCKET", isAbstract ? "@" + path : path);
            Assert.True(ServiceManager.Notify("READY=1"));

            byte[] received = new byte[64];
            Assert.Equal("READY=1", Encoding.ASCII.GetString(received, 0, manager.Receive(received)));
        }
        finally
        {
            Environment.SetEnvironmentVariable("NOTIFY_SOCKET", null);
            File.Delete(path);
        }

        Assert.False(ServiceManager.Notify("READY=1"));
    }
}
