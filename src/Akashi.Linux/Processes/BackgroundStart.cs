using Akashi.Host;
using Akashi.Linux.Files;
using Microsoft.Win32.SafeHandles;

namespace Akashi.Linux.Processes;

/// <summary>Goes to the background as daemons do, without fork: starts this program anew, and waits for its ready byte.</summary>
/// <remarks>
/// The child is told by a variable of its environment that it is one; a pipe's writer is its descriptor 3. One byte through it says that it's ready.
/// A child that ends before has said why on standard error, which is ours until then, and its exit code becomes ours.
/// </remarks>
public static class BackgroundStart
{
    const string ChildVariable = "AKASHI_BACKGROUND";

    /// <summary>Whether this process is such a child.</summary>
    public static bool IsChild => Environment.GetEnvironmentVariable(ChildVariable) == "1";

    /// <summary>Starts this program anew, with the same arguments, and waits until it's ready or has ended.</summary>
    /// <returns>0 where it's ready; else its exit code.</returns>
    /// <exception cref="AuditException">It can't be started.</exception>
    public static int Run()
    {
        Environment.SetEnvironmentVariable(ChildVariable, "1");
        using Pipe pipe = Pipe.Open();
        int child = DetachedProcess.Start(Environment.ProcessPath!, Environment.GetCommandLineArgs(), pipe.Writer, keepsStandardError: true);
        pipe.Writer.Dispose();
        using (var reader = new FileStream(pipe.Reader, FileAccess.Read, bufferSize: 0))
        {
            if (reader.ReadByte() >= 0)
                return 0;
        }

        using ProcessHandle? ended = ProcessHandle.Open(child);
        ended?.WaitForEnd(Timeout.InfiniteTimeSpan);
        return DetachedProcess.TryReap(child, out int exitCode) && exitCode != 0 ? exitCode : 1;
    }

    /// <summary>In the child, first of all: what would tie it to where it was started, and its children to it.</summary>
    public static void Begin()
    {
        Environment.SetEnvironmentVariable(ChildVariable, null);
        Environment.CurrentDirectory = "/";
    }

    /// <summary>In the child: tells the parent that it's ready, and leaves the streams it was started with.</summary>
    public static void SayReady()
    {
        DaemonProcess.LeaveStandardStreams();
        using var parent = new FileStream(
            new SafeFileHandle(DetachedProcess.GivenDescriptor, ownsHandle: true), FileAccess.Write, bufferSize: 0);
        try
        {
            parent.WriteByte(1);
        }
        catch (IOException)
        {
            // The parent was killed meanwhile: nobody waits.
        }
    }
}
