using Akashi.Daemon.Disk;

namespace Akashi.Daemon.Tests;

/// <summary>Does nothing to the machine, but write down what it was asked.</summary>
sealed class ListedActions : IMachineActions
{
    /// <summary>In order: <c>say TEXT</c>, <c>mail ACCOUNT SUBJECT: TEXT</c>, <c>run PROGRAM</c>, <c>level LEVEL</c>.</summary>
    public List<string> Asked { get; } = [];

    /// <summary>What ends the program that was run last; null before.</summary>
    public Action? EndProgram { get; private set; }

    public void Say(string text) => Asked.Add($"say {text}");

    public void Mail(string account, string subject, string text) => Asked.Add($"mail {account} {subject}: {text}");

    public void Execute(string program, Action ended)
    {
        Asked.Add($"run {program}");
        EndProgram = ended;
    }

    public void Wall(string text) => Asked.Add($"wall {text}");

    public void ChangeRunLevel(RunLevel level) => Asked.Add($"level {level}");

    public void Dispose()
    {
    }
}
