using System.Text;
using Akashi.Records;
using Akashi.Testing;

namespace Akashi.Tests.Records;

public class HeaderReaderTests
{
    static readonly string[] s_heads =
    [
        "type=SYSCALL msg=audit(1.000:1): a", "type=PATH msg=audit(1.000:1): b", "type=CWD msg=audit(1.000:1):", "type=CWD msg=audit(1.000:1):c",
        "type=CWD msg=audit(1.000:11): ", "type=CWD msg=audit(1.000:1)", "type=CWD msg=audit(1.000:1) : ", "type= msg=audit(1.000:1): ", "type=",
        "node=a type=CWD msg=audit(1.000:1): d", "node=a msg=audit(1.000:1): ", "", "noise", "type=A B msg=audit(1.000:1): ", "type=X msg=audit(2.001:1):  e",
    ];

    [Fact]
    public void Reads_what_each_line_alone_says() => Seeded.Repeat(3000, random =>
    {
        var text = new StringBuilder();
        for (int count = random.Next(1, 12); count > 0; count--)
            text.Append(s_heads[random.Next(s_heads.Length)]).Append(random.Next(200) == 0 ? new string('x', 70_000) : "").Append('\n');
        byte[] block = Encoding.ASCII.GetBytes(text.ToString());
        if (random.Next(2) == 0)
            block[random.Next(block.Length)] = (byte)random.Next(256);
        var reader = new HeaderReader();

        for (int start = 0; start < block.Length;)
        {
            int end = Array.IndexOf(block, (byte)'\n', start);
            end = end < 0 ? block.Length : end;
            RecordFault expected = RecordLayout.Read(block.AsSpan(start, end - start), out RecordLayout layout);

            Assert.Equal(expected, reader.Read(block, start, end, out RecordLayout read));
            if (expected == RecordFault.None)
                Assert.Equal(layout, read);
            start = end + 1;
        }
    });
}
