using System.Globalization;
using System.Text;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>Shows what a setup would change: files as differences; many files of one kind that nobody reads (manual pages, other names of the program) in a line.</summary>
/// <param name="machine">Where it's printed.</param>
sealed class ChangeListing(SetupMachine machine)
{
    const int ShownBytesMax = 256 * 1024;

    /// <summary>Shows changes, in their order.</summary>
    public void Show(IReadOnlyList<FileChange> changes)
    {
        var shown = new HashSet<string>();
        foreach (FileChange change in changes)
        {
            if (KindOf(change) is not { } kind)
                Show(change);
            else if (shown.Add(kind))
                ShowKind([.. changes.Where(other => KindOf(other) == kind)]);
        }
    }

    // What is shown in one line with others of its kind; null for what is shown by itself.
    static string? KindOf(FileChange change) =>
        change.IsShipped ? $"{change.Reason} {PlaceOf(change)} {change.After.Kind == FileStateKind.Missing}"
        : change.After.OtherName is { } other ? $"{change.Reason} {other}"
        : null;

    // PREFIX/share for PREFIX/share/man/man8/auditctl.8.
    static string PlaceOf(FileChange change)
    {
        const string Share = "/share/";
        int end = change.Path.LastIndexOf(Share, StringComparison.Ordinal);
        return end < 0 ? Path.GetDirectoryName(change.Path)! : change.Path[..(end + Share.Length - 1)];
    }

    void ShowKind(FileChange[] changes)
    {
        FileChange first = changes[0];
        machine.Print($"# {PlaceOf(first)}: {first.Reason}");
        machine.Print(first.After.OtherName is { } other
            ? $"  other names (hard links) of {other}: {string.Join(", ", changes.Select(change => Path.GetFileName(change.Path)))}"
            : string.Create(CultureInfo.InvariantCulture, $"  {changes.Length} {(changes.Length == 1 ? "file" : "files")}{(first.After.Kind == FileStateKind.Missing ? ", taken away" : "")}"));
    }

    void Show(FileChange change)
    {
        machine.Print($"# {change.Path}: {change.Reason}");
        if (change.After.Kind == FileStateKind.Directory)
            machine.Print("  a directory");
        else if (change.After.Kind == FileStateKind.Link)
            machine.Print($"  a link to {change.After.Target}");
        else if (HasPem(change.Before) || HasPem(change.After))
            machine.Print(change.After.Kind == FileStateKind.Missing ? "  is taken away" : "  a certificate or key, which isn't shown");
        else if (IsText(change.Before) && IsText(change.After))
            machine.PrintText(UnifiedDiff.Of(TextOf(change.Before), TextOf(change.After), change.Path));
        else
            machine.Print(change.After.Kind == FileStateKind.Missing ? "  is taken away" : string.Create(CultureInfo.InvariantCulture, $"  a program, {change.After.Bytes.Length / 1e6:0.0} MB"));
    }

    static bool IsText(FileState state) => state.Kind is FileStateKind.Missing
        || (state.Kind == FileStateKind.File && state.Bytes.Length <= ShownBytesMax && !state.Bytes.Contains((byte)0));

    // A private key is for no terminal's memory, and of the others the bytes say nothing to anybody.
    static bool HasPem(FileState state) => state.Kind == FileStateKind.File && state.Bytes.AsSpan().StartsWith("-----BEGIN "u8);

    static string? TextOf(FileState state) => state.Kind == FileStateKind.Missing ? null : Encoding.UTF8.GetString(state.Bytes);
}
