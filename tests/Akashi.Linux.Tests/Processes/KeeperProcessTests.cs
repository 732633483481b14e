using Akashi.Linux.Files;
using Akashi.Linux.Processes;

namespace Akashi.Linux.Tests.Processes;

public sealed class KeeperProcessTests
{
    const string Input = "/proc/self/fd/0";

    [Fact]
    public void A_start_that_fails_closes_nothing_that_it_did_not_open()
    {
        using Pipe pipe = Pipe.Open();
        pipe.Writer.Dispose();
        FileSystemInfo? before = File.ResolveLinkTarget(Input, returnFinalTarget: false);
        Assert.NotNull(before);

        Assert.Throws<ObjectDisposedException>(() => KeeperProcess.Start("/bin/true", ["true"], [pipe.Writer, pipe.Reader]));

        Assert.Equal(before.FullName, File.ResolveLinkTarget(Input, returnFinalTarget: false)?.FullName);
    }
}
