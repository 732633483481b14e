using System.Diagnostics;
using Akashi.Host;
using Akashi.Rules;
using Akashi.Testing;

namespace Akashi.Live.Tests.Borrowing;

/// <summary>A command of akashi that borrows the kernel's audit, as a process: it can be killed.</summary>
sealed class BorrowingProcess : IDisposable
{
    static readonly TimeSpan s_limit = TimeSpan.FromSeconds(30);

    readonly Process _process;
    readonly Task<string> _output;
    readonly Task<string> _error;

    BorrowingProcess(Process process)
    {
        _process = process;
        _output = process.StandardOutput.ReadToEndAsync();
        _error = process.StandardError.ReadToEndAsync();
    }

    public string Output => _output.Result;

    public string Error => _error.Result;

    /// <summary>Starts it.</summary>
    /// <param name="folder">The lock goes there.</param>
    /// <param name="command">The words of the command.</param>
    /// <param name="arguments">What follows <c>--lock FILE</c>.</param>
    public static BorrowingProcess Begin(TemporaryFolder folder, string[] command, params string[] arguments) =>
        new(Process.Start(new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Akashi.Cli"), [.. command, "--lock", folder["lock"], .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!);

    /// <summary>Waits until the kernel holds so many rules whose key begins so.</summary>
    public static void WaitForRules(IAuditKernel kernel, string keyBeginning, int count) =>
        Assert.True(SpinWait.SpinUntil(() => CountRules(kernel, keyBeginning) == count, s_limit), $"{CountRules(kernel, keyBeginning)} rules of {keyBeginning}");

    /// <summary>Rules whose key begins so.</summary>
    public static int CountRules(IAuditKernel kernel, string keyBeginning) => kernel.ListRules().Count(bytes =>
        RuleDecoder.TryDecode(bytes, out Rule? rule, out _) && rule.Key.Span.StartsWith(System.Text.Encoding.ASCII.GetBytes(keyBeginning)));

    /// <summary>Runs a command as a user that nobody else is, and waits for its end.</summary>
    public static void RunAs(uint uid, params string[] command)
    {
        using Process process = Process.Start("/usr/bin/setpriv", [$"--reuid={uid}", "--clear-groups", .. command]);
        Assert.True(process.WaitForExit(s_limit));
    }

    public void Signal(string name) => Process.Start("/bin/kill", ["-" + name, $"{_process.Id}"]).WaitForExit();

    public int WaitForExit()
    {
        Assert.True(_process.WaitForExit(s_limit), "it goes on");
        return _process.ExitCode;
    }

    public void Dispose()
    {
        if (!_process.HasExited)
            _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
    }
}
