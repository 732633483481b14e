// Akashi.Fuzz [TARGET|all] [SECONDS] [SEED]: feeds damaged real input to the parsers of untrusted bytes.
// What breaks one is written to the directory below as fuzz-TARGET-SEED, and the exit code is 1.
using System.Diagnostics;
using System.Globalization;
using Akashi.Fuzz;

string wanted = args.Length > 0 ? args[0] : "all";
double seconds = args.Length > 1 ? double.Parse(args[1], CultureInfo.InvariantCulture) : 5;
int seed = args.Length > 2 ? int.Parse(args[2], CultureInfo.InvariantCulture) : Environment.TickCount;
TimeSpan inputTimeMax = TimeSpan.FromSeconds(10);

int failed = 0;
foreach (Target target in Targets.All.Where(target => wanted == "all" || target.Name == wanted))
{
    var mutator = new Mutator(new Random(seed));
    IReadOnlyList<byte[]> seeds = target.Seeds();
    var watch = Stopwatch.StartNew();
    long inputs = 0;
    string? fault = null;
    while (fault is null && watch.Elapsed.TotalSeconds < seconds)
    {
        byte[] input = mutator.Mutate(seeds);
        TimeSpan began = watch.Elapsed;
        try
        {
            target.Run(input);
            inputs++;
            if (watch.Elapsed - began > inputTimeMax)
                fault = "took over 10 seconds";
        }
        catch (Exception exception)
        {
            fault = exception.ToString();
        }

        if (fault is not null)
            File.WriteAllBytes($"fuzz-{target.Name}-{seed}", input);
    }

    Console.WriteLine($"{target.Name}: {inputs} inputs, seed {seed}{(fault is null ? "" : ", FAILED: " + fault)}");
    failed += fault is null ? 0 : 1;
}

return failed == 0 ? 0 : 1;
