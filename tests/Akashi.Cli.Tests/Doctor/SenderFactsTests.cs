using System.Diagnostics;
using Akashi.Cli.Doctor;
using Akashi.Health;
using Akashi.Testing;

namespace Akashi.Cli.Tests.Doctor;

/// <summary>What a sender left in its state, and whether it's one that runs.</summary>
public sealed class SenderFactsTests : IDisposable
{
    const string State = "current_time = 2026-11-22 01:00:00\nsuspend = no\ntransport_ok = no\nqueue_length = 7\nqueue_depth = 2048\npid = PID\nserver = hub.example\nport = 61\n";

    readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_sender_that_is_refused_is_read_with_the_reason()
    {
        // A process whose words are those of a sender: cat, called by its name, waits for its input.
        File.CreateSymbolicLink(_folder["audisp-remote"], "/bin/cat");
        using Process sender = Process.Start(new ProcessStartInfo(_folder["audisp-remote"]) { RedirectStandardInput = true })!;
        try
        {
            Leave(sender.Id, "refusal = TLS with hub.example port 61: the other side refuses this one\nrefusal_since = 2026-11-22 00:59:00\n");

            Assert.Equal(
                new SenderState(sender.Id, "hub.example", 61, 7, 2048) { Refusal = "TLS with hub.example port 61: the other side refuses this one", Since = "2026-11-22 00:59:00" },
                Facts().Sender);

            Leave(sender.Id, "");
            Assert.Equal((null, false), (Facts().Sender!.Refusal, Facts().Sender!.IsConnected));
            File.WriteAllText(_folder["state"], File.ReadAllText(_folder["state"]).Replace("transport_ok = no", "transport_ok = yes"));
            Assert.True(Facts().Sender!.IsConnected);
        }
        finally
        {
            sender.StandardInput.Close();
            sender.WaitForExit();
        }
    }

    [Fact]
    public void What_a_sender_that_has_ended_left_is_nothing()
    {
        Leave(Environment.ProcessId, "refusal = x\n");
        Assert.Null(Facts().Sender);
        Leave(int.MaxValue, "refusal = x\n");
        Assert.Null(Facts().Sender);
        File.WriteAllText(_folder["state"], "");
        Assert.Null(Facts().Sender);
        File.Delete(_folder["state"]);
        Assert.Null(Facts().Sender);
    }

    void Leave(int pid, string refusal) => File.WriteAllText(_folder["state"], State.Replace("PID", $"{pid}") + refusal);

    HealthFacts Facts() => new SenderFacts(_folder["state"]).Add(new HealthFacts());
}
