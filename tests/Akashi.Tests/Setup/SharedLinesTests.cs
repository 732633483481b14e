using System.Text;
using Akashi.Setup;
using Akashi.Testing;

namespace Akashi.Tests.Setup;

/// <summary>Our lines of /etc/passwd are taken back, and nobody else's.</summary>
public class SharedLinesTests
{
    const string Before = "root:x:0:0:root:/root:/bin/bash\none:x:1001:1001:One:/home/one:/bin/zsh\n";
    const string After = "root:x:0:0:root:/root:/bin/bash\none:x:1001:1001:One:/home/one:/lib/wrapper\nrecorder:*:999:65534::/:/bin/false\n";

    [Theory]
    [InlineData("as it was left", After, Before)]
    [InlineData("another's name changed, and there is a user more",
        "root:x:0:0:root:/root:/bin/bash\none:x:1001:1001:Anna:/home/one:/lib/wrapper\nrecorder:*:999:65534::/:/bin/false\ntwo:x:2:2::/:/bin/sh\n",
        "root:x:0:0:root:/root:/bin/bash\none:x:1001:1001:Anna:/home/one:/bin/zsh\ntwo:x:2:2::/:/bin/sh\n")]
    [InlineData("root gave another shell since",
        "root:x:0:0:root:/root:/bin/bash\none:x:1001:1001:One:/home/one:/bin/dash\nrecorder:*:999:65534::/:/bin/false\n",
        "root:x:0:0:root:/root:/bin/bash\none:x:1001:1001:One:/home/one:/bin/dash\n")]
    [InlineData("the user is gone, and our own line was edited",
        "root:x:0:0:root:/root:/bin/bash\nrecorder:*:998:65534::/:/bin/false\n", "root:x:0:0:root:/root:/bin/bash\nrecorder:*:998:65534::/:/bin/false\n")]
    [InlineData("without a line feed at the end",
        "one:x:1001:1001:One:/home/one:/lib/wrapper\nroot:x:0:0:root:/root:/bin/sh", "one:x:1001:1001:One:/home/one:/bin/zsh\nroot:x:0:0:root:/root:/bin/sh")]
    public void Only_our_own_is_taken_back(string what, string now, string expected) =>
        Assert.True(expected == TakeBack(Before, After, now), what);

    [Fact]
    public void Bytes_in_any_encoding_stay() => Assert.Equal(
        Encoding.Latin1.GetBytes("a:\xE9\nb:1\n"),
        SharedLines.TakeBack(Encoding.Latin1.GetBytes("a:\xE9\n"), Encoding.Latin1.GetBytes("a:\xE9\nc:2\n"), Encoding.Latin1.GetBytes("a:\xE9\nb:1\nc:2\n")));

    [Fact]
    public void Two_runs_with_an_edit_between_are_both_taken_back()
    {
        const string Path = "/etc/passwd";
        var files = new MemoryFiles();
        files.Put(Path, "one:1:/bin/zsh\ntwo:2:/bin/sh\n");
        Apply(files, Path, text => text.Replace("/bin/zsh", "/wrapper"), "r1");
        files.Put(Path, files.Text(Path) + "guest:3:/bin/sh\n");
        Apply(files, Path, text => text.Replace("two:2:/bin/sh", "two:2:/wrapper"), "r2");
        Assert.Equal("one:1:/wrapper\ntwo:2:/wrapper\nguest:3:/bin/sh\n", files.Text(Path));
        var transaction = new SetupTransaction(files, "/", "sessions");
        Assert.Empty(transaction.EditedSince());

        transaction.Undo();
        Assert.Equal("one:1:/bin/zsh\ntwo:2:/bin/sh\nguest:3:/bin/sh\n", files.Text(Path));
    }

    [Fact]
    public void What_is_tried_and_found_wanting_is_taken_back_before_it_stands()
    {
        const string Path = "/etc/passwd";
        var files = new MemoryFiles();
        files.Put(Path, "one:1:/bin/zsh\n");
        var plan = new SetupPlan("sessions");
        plan.Add(new FileChange(Path, files.Look(Path), files.Look(Path).WithBytes("one:1:/wrapper\n"u8.ToArray()), "x") { IsShared = true });
        string? tried = null;

        Assert.False(new SetupTransaction(files, "/", "sessions").Apply(plan, "c", "r", () =>
        {
            tried = files.Text(Path);
            return false;
        }));
        Assert.Equal("one:1:/wrapper\n", tried);
        Assert.Equal("one:1:/bin/zsh\n", files.Text(Path));
        Assert.Null(new SetupTransaction(files, "/", "sessions").Standing);
    }

    static void Apply(MemoryFiles files, string path, Func<string, string> change, string run)
    {
        var plan = new SetupPlan("sessions");
        plan.Add(new FileChange(path, files.Look(path), files.Look(path).WithBytes(Encoding.UTF8.GetBytes(change(files.Text(path)!))), "x") { IsShared = true });
        Assert.True(new SetupTransaction(files, "/", "sessions").Apply(plan, "c", run));
    }

    static string TakeBack(string before, string after, string now) =>
        Encoding.UTF8.GetString(SharedLines.TakeBack(Encoding.UTF8.GetBytes(before), Encoding.UTF8.GetBytes(after), Encoding.UTF8.GetBytes(now)));
}
