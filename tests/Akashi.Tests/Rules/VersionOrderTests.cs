using System.Diagnostics;
using System.Text;
using Akashi.Rules;

namespace Akashi.Tests.Rules;

public class VersionOrderTests(ITestOutputHelper output)
{
    [Fact]
    public void Random_names_stand_as_sort_has_them()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        string[] names = [.. Enumerable.Range(0, 5000).Select(_ => Name(random)).Distinct()];

        string[] sorted = Sort(names);

        Assert.Equal(sorted, names.OrderBy(name => Encoding.UTF8.GetBytes(name), VersionOrder.Names));
    }

    static string Name(Random random)
    {
        const string Letters = "0019aB~.-_ é";
        return string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => Letters[random.Next(Letters.Length)]))
            + (random.Next(2) == 0 ? ".rules" : "");
    }

    static string[] Sort(string[] names)
    {
        var start = new ProcessStartInfo("sort", ["-V"]) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["LC_ALL"] = "C";
        using Process process = Process.Start(start)!;
        Task<string> text = process.StandardOutput.ReadToEndAsync();
        process.StandardInput.Write(string.Concat(names.Select(name => name + "\n")));
        process.StandardInput.Close();
        return text.Result.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
