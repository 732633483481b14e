using System.Text;
using Akashi.Cli;
using Akashi.Host;
using Akashi.Live.Tests.Netlink;
using Akashi.Testing;

namespace Akashi.Live.Tests.Autrace;

/// <summary>autrace against the real kernel: its rules are for one process that it starts itself.</summary>
public class AutraceLiveTests(KernelAudit audit)
{
    [Fact]
    public void The_system_calls_of_the_program_and_of_its_children_are_recorded()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        foreach (byte[] rule in loan.Kernel.ListRules())
            loan.Kernel.DeleteRule(rule);
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        var output = new MemoryStream();

        int exitCode = AkashiCommand.Run(new Invocation
        {
            Name = "autrace",
            Arguments = ["-r", "/bin/sh", "-c", "/bin/true; :"],
            Input = Stream.Null,
            InputKind = FileKind.Other,
            Output = output,
            Error = Stream.Null,
            Host = audit.Host,
            Signals = new NoSignals(),
        });

        Assert.Equal(0, exitCode);
        string pid = Encoding.UTF8.GetString(output.ToArray()).Split("-p ")[1].TrimEnd('\n', '\'');
        Received child = Received.Await(owner, received => received.Type == 1300 && received.Text.Contains("comm=\"true\""));
        Assert.Contains($" ppid={pid} ", child.Text);
        Assert.Empty(loan.Kernel.ListRules());
    }
}
