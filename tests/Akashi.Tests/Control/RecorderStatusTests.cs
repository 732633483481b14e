using System.Text;
using Akashi.Control;
using Akashi.Testing;

namespace Akashi.Tests.Control;

public class RecorderStatusTests
{
    static readonly RecorderStatus s_status = new()
    {
        Pid = 77, Since = TestHost.Noon, Seen = TestHost.Noon.AddSeconds(9), Policy = "strict", Live = 1, Recorded = 2, Unrecorded = 3, WithGaps = 4, MissingBytes = 5, Unsaid = 6,
        DiskBytes = 7, FreeBytes = 8, FreeBytesMin = 9, ConfigurationFaults = 10, Fault = "no room is left", TerminalFault = "no right",
    };

    [Fact]
    public void What_is_written_is_read() => Assert.Equal(s_status, RecorderStatus.Read(s_status.ToBytes()));

    [Fact]
    public void A_cut_one_is_none()
    {
        byte[] bytes = s_status.ToBytes();
        for (int length = 0; length < bytes.Length; length++)
            Assert.Null(RecorderStatus.Read(bytes.AsSpan(0, length)));
    }

    [Fact]
    public void Names_of_a_later_version_are_passed_over() =>
        Assert.Equal(s_status, RecorderStatus.Read(Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(s_status.ToBytes()).Replace("\nlive 1\n", "\nsome_thing 5 6\nlive 1\n", StringComparison.Ordinal))));

    [Fact]
    public void A_fault_of_several_lines_forges_no_other() =>
        Assert.Equal(0, RecorderStatus.Read((s_status with { Unrecorded = 0, Fault = "no room\nunrecorded 99" }).ToBytes())!.Unrecorded);

    [Fact]
    public void Damage_never_throws() => Seeded.Repeat(2000, random => RecorderStatus.Read(Mutations.Damage(s_status.ToBytes(), random)));
}
