using System.Text;
using Akashi.Testing;

namespace Akashi.Tests.Events;

/// <summary>Real records at 20 events a second, two each, so that the number of open events doesn't rise after a warm-up.</summary>
static class SteadyLog
{
    public static byte[] Make(int records)
    {
        byte[][] real = [.. TestLogs.Lines("kernel.log").Where(line => line.AsSpan().StartsWith("type=SYSCALL"u8)).Take(100)];
        using var log = new MemoryStream();
        for (int index = 0; index < records; index++)
        {
            ReadOnlySpan<byte> line = real[index / 2 % real.Length];
            int body = line.IndexOf("):"u8);
            string type = index % 2 == 0 ? "SYSCALL" : "PATH";
            log.Write(Encoding.ASCII.GetBytes($"type={type} msg=audit({1_700_000_000 + (index / 40)}.{index / 2 % 20 * 50:000}:{index / 2}"));
            log.Write(line[body..]);
            log.WriteByte((byte)'\n');
        }

        return log.ToArray();
    }
}
