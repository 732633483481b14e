using System.Text;
using Akashi.Output;

namespace Akashi.Formats;

/// <summary>Rows of counts as lines of JSON: <c>{"count":12,"exe":"/usr/bin/bash"}</c>.</summary>
public static class JsonRow
{
    /// <summary>Writes one.</summary>
    /// <param name="output">Where it goes.</param>
    /// <param name="count">How often the value came.</param>
    /// <param name="name">What it is a value of.</param>
    /// <param name="value">The value; bytes that aren't UTF-8 become U+FFFD.</param>
    public static void Write(Utf8Output output, long count, string name, ReadOnlySpan<byte> value)
    {
        var json = new JsonText(output);
        json.Write("{\"count\":"u8);
        json.Write((ulong)count);
        json.Write(","u8);
        json.String(Encoding.UTF8.GetBytes(name));
        json.Member(":"u8, value);
        json.Write("}\n"u8);
    }
}
