using Akashi.Diagnostics;
using Akashi.Rules;
using Akashi.Tables;

namespace Akashi.Tests.Rules;

public class RuleLoadPlanTests(ITestOutputHelper output)
{
    const string A = "-a always,exit -F arch=b64 -S openat -F uid=1 -k a";
    const string B = "-a always,exit -F arch=b64 -S execve -k b";
    const string C = "-a always,exit -F arch=b64 -S mount -k c";
    const string NeverB = "-a never,exit -F arch=b64 -S execve -F uid=7";

    [Fact]
    public void From_nothing_all_are_added_in_their_order()
    {
        Assert.Equal(["add a", "add b", "add c"], Steps("", A, B, C));
    }

    [Fact]
    public void What_is_loaded_already_is_left_alone()
    {
        Assert.Empty(Steps($"{A}\n{B}\n{C}", A, B, C));
        Assert.Equal(["remove b"], Steps($"{A}\n{B}\n{C}", A, C));
        Assert.Equal(["add c"], Steps($"{A}\n{B}", A, B, C));
    }

    [Fact]
    public void A_new_rule_between_others_that_it_has_nothing_to_do_with_moves_none()
    {
        Assert.Equal(["add b"], Steps($"{A}\n{C}", A, B, C));
        Assert.Empty(Steps($"{A}\n{B}\n{C}", C, A, B));
    }

    [Fact]
    public void Where_the_order_matters_the_fewest_are_put_anew()
    {
        Assert.Equal(["add never at the front"], Steps($"{A}\n{B}\n{C}", A, NeverB, B, C));
        Assert.Equal(["anew never at the front"], Steps($"{B}\n{NeverB}\n{C}", NeverB, B, C));
        Assert.Equal(
            ["add y", "anew b"],
            Steps($"{A}\n{NeverB}\n{B}\n{C}", A, NeverB, "-a always,exit -F arch=b64 -S execve -F uid=7 -k y", B, C));
    }

    [Fact]
    public void Lists_have_no_order_among_them()
    {
        const string Exclude = "-a never,exclude -F msgtype=CWD";

        Assert.Empty(Steps($"{Exclude}\n{A}", A, Exclude));
    }

    [Fact]
    public void A_rule_for_all_system_calls_is_the_one_that_the_kernel_lists()
    {
        HeldRule ours = OfFile("-a always,exit -S all -F path=/etc/passwd");
        byte[] listed = [.. RuleEncoder.Encode(ours.Rule)];
        listed[266] = listed[267] = 0;

        Assert.Equal(ours, HeldRule.OfKernel(listed, out _));
    }

    [Fact]
    public void Random_sets_have_the_fewest_moves_and_end_in_an_order_that_holds()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 3000; round++)
        {
            int count = random.Next(1, 7);
            bool[,] matters = new bool[count, count];
            for (int one = 0; one < count; one++)
            {
                for (int other = one + 1; other < count; other++)
                    matters[one, other] = random.Next(3) == 0;
            }

            // Held in their order, so that the only reason to move one is a new one between them.
            int position = 0;
            int[] heldAt = [.. Enumerable.Range(0, count).Select(_ => random.Next(2) == 0 ? -1 : position++)];
            RulePlace[] places = RulePlacement.Find(heldAt, (one, other) => matters[one, other]);

            Assert.True(Holds(places, heldAt, matters));
            Assert.Equal(MostStaying(heldAt, matters), places.Count(place => place == RulePlace.Stays));
        }
    }

    [Fact]
    public void Random_orders_end_in_an_order_that_holds()
    {
        int seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        for (int round = 0; round < 3000; round++)
        {
            int count = random.Next(1, 9);
            int[] shuffled = [.. Enumerable.Range(0, count)];
            random.Shuffle(shuffled);
            int[] heldAt = [.. shuffled.Select(position => random.Next(4) == 0 ? -1 : position)];
            bool[,] matters = new bool[count, count];
            for (int one = 0; one < count; one++)
            {
                for (int other = one + 1; other < count; other++)
                    matters[one, other] = random.Next(2) == 0;
            }

            RulePlace[] places = RulePlacement.Find(heldAt, (one, other) => matters[one, other]);

            int[] final = FinalOrder(places, heldAt);
            for (int one = 0; one < count; one++)
            {
                for (int other = one + 1; other < count; other++)
                    Assert.False(matters[one, other] && Array.IndexOf(final, one) > Array.IndexOf(final, other), $"round {round}");
            }
        }
    }

    static int[] FinalOrder(RulePlace[] places, int[] heldAt)
    {
        int[] all = [.. Enumerable.Range(0, places.Length)];
        return
        [
            .. all.Where(index => places[index] == RulePlace.Front),
            .. all.Where(index => places[index] == RulePlace.Stays).OrderBy(index => heldAt[index]),
            .. all.Where(index => places[index] == RulePlace.End),
        ];
    }

    static int MostStaying(int[] heldAt, bool[,] matters)
    {
        int best = 0;
        var places = new RulePlace[heldAt.Length];
        for (int number = 0; number < (int)Math.Pow(3, heldAt.Length); number++)
        {
            for (int index = 0, rest = number; index < heldAt.Length; index++, rest /= 3)
                places[index] = (RulePlace)(rest % 3);
            if (Holds(places, heldAt, matters))
                best = int.Max(best, places.Count(place => place == RulePlace.Stays));
        }
        return best;
    }

    static bool Holds(RulePlace[] places, int[] heldAt, bool[,] matters)
    {
        for (int index = 0; index < places.Length; index++)
        {
            if (places[index] == RulePlace.Stays && heldAt[index] < 0)
                return false;
            for (int later = index + 1; later < places.Length; later++)
            {
                if (matters[index, later] && places[index] > places[later])
                    return false;
            }
        }
        return true;
    }

    static string[] Steps(string held, params string[] target)
    {
        HeldRule[] before = [.. held.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(OfFile)];
        RuleLoadPlan plan = RuleLoadPlan.Of(before, [.. target.Select(OfFile)], RuleOverlap.IsOrderSensitive);
        return [.. plan.Steps.Select(step => $"{Word(step.Verb)} {Name(step.Rule.Rule)}{(step.IsPrepended ? " at the front" : "")}")];
    }

    static HeldRule OfFile(string text) => HeldRule.OfFile(RuleTexts.Parse(text), new RuleSetLine("f", 1, text, [], null));

    static string Name(Rule rule) => rule.Action == RuleAction.Never ? "never" : System.Text.Encoding.UTF8.GetString(rule.Key.Span);

    static string Word(RuleLoadVerb verb) => verb == RuleLoadVerb.PutAnew ? "anew" : verb.ToString().ToLowerInvariant();
}
