namespace Akashi.Testing;

/// <summary>The real logs of testdata/logs.tar.gz.</summary>
public static class TestLogs
{
    static readonly Lazy<Dictionary<string, byte[]>> s_logs = new(() => TestArchive.Read("logs.tar.gz"));

    /// <summary>The names: articles.log, distros.log, kernel.log, mixed.log, server.log.</summary>
    public static IEnumerable<string> Names => s_logs.Value.Keys;

    /// <summary>A whole log.</summary>
    public static byte[] Bytes(string name) => s_logs.Value[name];

    /// <summary>The lines of a log without their line feeds.</summary>
    public static IEnumerable<byte[]> Lines(string name)
    {
        byte[] log = Bytes(name);
        int start = 0;
        while (start < log.Length)
        {
            int length = log.AsSpan(start).IndexOf((byte)'\n');
            int end = length < 0 ? log.Length : start + length;
            yield return log[start..end];
            start = end + 1;
        }
    }
}
