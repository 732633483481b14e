using System.Diagnostics;
using System.Text;
using Akashi.Host;
using Akashi.Linux.Netlink;
using Akashi.Testing;

namespace Akashi.Live.Tests.Netlink;

public class KernelEventsLiveTests(KernelAudit audit)
{
    const int Test = 1120;
    const int UserTty = 1124;
    const int EEXIST = 17;

    [Fact]
    public void User_message_comes_whole_to_owner_and_group()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        using IKernelEvents group = audit.Host.JoinAuditMulticast();
        string mark = Mark();

        loan.Kernel.SendUserMessage(Test, Encoding.ASCII.GetBytes(mark));
        Received atOwner = Received.Await(owner, received => received.Text.Contains(mark));
        Received atGroup = Received.Await(group, received => received.Text.Contains(mark));

        Assert.Equal(Test, atOwner.Type);
        Assert.Matches($@"^audit\(\d+\.\d{{3}}:\d+\): pid={Environment.ProcessId} uid=0 .* msg='{mark}'$", atOwner.Text);
        Assert.Equal(Test, atGroup.Type);
        Assert.Equal(atOwner.Text, atGroup.Text);
    }

    [Theory]
    [InlineData("before\nafter", "before\nafter")]
    [InlineData("before\u001dafter", "before\u001dafter")]
    [InlineData("before\0after", "before")]
    public void Control_bytes_of_a_user_message_come_as_the_kernel_passes_them_on(string text, string passedOn)
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        string mark = Mark();

        loan.Kernel.SendUserMessage(Test, Encoding.ASCII.GetBytes(mark + text));

        Assert.EndsWith($" msg='{mark}{passedOn}'", Received.Await(owner, received => received.Text.Contains(mark)).Text);
    }

    [Fact]
    public void Keystrokes_are_refused_where_the_terminal_is_not_audited()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();

        var refused = Assert.Throws<KernelRequestException>(() => loan.Kernel.SendUserMessage(UserTty, "ls\n"u8));

        Assert.Equal("cannot send a user message: Operation not permitted", refused.Message);
    }

    [Fact]
    public void Watched_file_makes_an_event_of_whole_records()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using var directory = new OwnDirectory();
        loan.Enable();
        string path = directory.File("watched");
        loan.Kernel.AddRule(WatchRule.Encode(path, "akashi-live"));
        using IKernelEvents owner = audit.Host.TakeAuditEvents();

        // Not by this process: the kernel never audits the owner of its audit.
        using (Process touch = Process.Start("touch", path))
            touch.WaitForExit();
        Received call = Received.Await(owner, received => received.Type == 1300 && received.Text.Contains("comm=\"touch\""));
        string stamp = call.Text[..(call.Text.IndexOf(')') + 1)];
        Received file = Received.Await(owner, received => received.Type == 1302 && received.Text.Contains(path));
        Received end = Received.Await(owner, received => received.Type == 1320 && received.Text.StartsWith(stamp));

        Assert.EndsWith(" key=\"akashi-live\"", call.Text);
        Assert.StartsWith(stamp, file.Text);
        Assert.Matches(@" cap_frootid=\d+$", file.Text);
        Assert.Equal(stamp + ": ", end.Text);
    }

    [Fact]
    public void Longest_user_message_is_cut_by_the_kernel_at_8560_bytes()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        byte[] text = new byte[AuditKernel.UserMessageLengthMax];
        text.AsSpan().Fill((byte)'x');

        loan.Kernel.SendUserMessage(Test, text);
        Received received = Received.Await(owner, received => received.Type == Test);

        Assert.EndsWith("'", received.Text);
        Assert.Equal(8560, received.Text.Count(letter => letter == 'x'));
    }

    [Fact]
    public void Second_owner_is_refused_and_the_first_does_not_see_the_attempt()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        string mark = Mark();

        var refused = Assert.Throws<KernelRequestException>(audit.Host.TakeAuditEvents);
        loan.Kernel.SendUserMessage(Test, Encoding.ASCII.GetBytes(mark));

        Assert.Equal(EEXIST, refused.Errno);
        Assert.EndsWith($"(process {Environment.ProcessId}) owns it", refused.Message);
        Received.Await(owner, received =>
        {
            Assert.NotEqual(1329, received.Type);
            return received.Text.Contains(mark);
        });
    }

    [Fact]
    public void Release_gives_the_audit_back_and_what_came_before_is_still_received()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        Assert.Equal((uint)Environment.ProcessId, loan.Kernel.GetStatus().Pid);
        string mark = Mark();
        loan.Kernel.SendUserMessage(Test, Encoding.ASCII.GetBytes(mark));
        Assert.True(owner.Wait(TimeSpan.FromSeconds(10)));

        owner.Release();
        Assert.Equal(0u, loan.Kernel.GetStatus().Pid);
        Received.Await(owner, received => received.Text.Contains(mark));

        Assert.Equal(ReceiveOutcome.Closed, Received.AwaitOutcome(owner, out _));
    }

    [Fact]
    public void Group_that_is_read_too_slowly_reports_the_overrun()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        using IKernelEvents group = MulticastEvents.Join(receiveBufferLength: 4096);
        byte[] text = new byte[1000];
        text.AsSpan().Fill((byte)'x');

        for (int count = 0; count < 200; count++)
            loan.Kernel.SendUserMessage(Test, text);

        // The kernel gives each to the group before it gives it to the owner.
        int atOwner = 0;
        Received.Await(owner, received => received.Type == Test && ++atOwner == 200);
        Assert.Equal(ReceiveOutcome.Overrun, Received.AwaitOutcome(group, out _));
    }

    [Fact]
    public void Group_left_is_closed()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using IKernelEvents group = audit.Host.JoinAuditMulticast();

        group.Release();

        Assert.Equal(ReceiveOutcome.Closed, Received.AwaitOutcome(group, out _));
    }

    [Fact]
    public void Wake_ends_a_wait()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using IKernelEvents group = audit.Host.JoinAuditMulticast();
        while (group.Receive(out _) != ReceiveOutcome.Dry)
        {
        }

        group.Wake();
        long started = Stopwatch.GetTimestamp();

        Assert.False(group.Wait(TimeSpan.FromSeconds(30)));
        Assert.InRange(Stopwatch.GetElapsedTime(started), TimeSpan.Zero, TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void Receiving_allocates_nothing()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        loan.Enable();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        using IKernelEvents group = audit.Host.JoinAuditMulticast();
        int received = 0;

        Allocation.IsZero(
            pass: () => received = Drain(owner, 500) + Drain(group, 500),
            prepare: () =>
            {
                for (int count = 0; count < 500; count++)
                    loan.Kernel.SendUserMessage(Test, "akashi-live allocation"u8);
            });

        Assert.Equal(1000, received);
    }

    [Fact]
    public void Sender_of_a_signal_to_the_owner_is_known()
    {
        using KernelAudit.Loan loan = audit.Borrow();
        using IKernelEvents owner = audit.Host.TakeAuditEvents();
        using var arrived = new ManualResetEventSlim();
        using var registration = System.Runtime.InteropServices.PosixSignalRegistration.Create(
            System.Runtime.InteropServices.PosixSignal.SIGHUP,
            context =>
            {
                context.Cancel = true;
                arrived.Set();
            });

        using (Process kill = Process.Start("kill", $"-HUP {Environment.ProcessId}"))
        {
            Assert.True(arrived.Wait(TimeSpan.FromSeconds(10)));
            kill.WaitForExit();
            SignalSender sender = loan.Kernel.GetSignalSender();

            Assert.Equal((uint)kill.Id, sender.Pid);
            Assert.Equal(audit.Host.Process.Auid == ProcessIdentity.Unset ? 0 : audit.Host.Process.Auid, sender.Auid);
        }
    }

    static int Drain(IKernelEvents events, int wanted)
    {
        int received = 0;
        while (received < wanted)
        {
            ReceiveOutcome outcome = events.Receive(out KernelMessage message);
            if (outcome == ReceiveOutcome.Message)
                received += message.Type == Test ? 1 : 0;
            else if (outcome != ReceiveOutcome.Dry || !events.Wait(TimeSpan.FromSeconds(10)))
                break;
        }

        return received;
    }

    static string Mark() => "akashi-live " + Guid.NewGuid().ToString("N");
}
