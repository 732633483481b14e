using System.Globalization;
using Akashi.Setup;

namespace Akashi.Cli.SetupCommands;

/// <summary>What an undo on the machine that receives would lose for good: the authority that senders have their certificates from.</summary>
static class RemoteUndo
{
    const string KeptPlace = "/var/lib/akashi";
    const UnixFileMode OwnersPlace = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    const UnixFileMode OpenPlace = OwnersPlace | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute;
    const int NamedMax = 10;

    /// <summary>Warns where an authority goes whose certificates other machines have.</summary>
    /// <param name="machine">The machine.</param>
    /// <param name="changes">What the undo would change.</param>
    /// <returns>What keeps a copy of it, to be done before anything is taken away; null where nobody has a certificate of it.</returns>
    /// <remarks>Bundles aren't kept: they are other machines' private keys, on their way there.</remarks>
    public static Action? Forewarn(SetupMachine machine, IReadOnlyList<FileChange> changes)
    {
        FileChange[] going = [.. changes.Where(change => change is { Before.Kind: FileStateKind.File, After.Kind: FileStateKind.Missing } && IsAuthoritys(change.Path))];
        string[] senders = [.. going.Where(change => IsIssued(change.Path)).Select(change => Path.GetFileNameWithoutExtension(change.Path)).Order(StringComparer.Ordinal)];
        if (senders.Length == 0 || !going.Any(change => change.Path == RemoteKeyFiles.AuthorityKey))
            return null;
        string place = string.Create(CultureInfo.InvariantCulture, $"{KeptPlace}/undone-tls-{machine.Host.Clock.GetUtcNow():yyyyMMdd-HHmmss}");
        string names = string.Join(", ", senders.Take(NamedMax)) + (senders.Length > NamedMax ? $" and {senders.Length - NamedMax} more" : "");
        machine.Say(
            $"warning: the authority goes, and its key: {names} {(senders.Length == 1 ? "has a certificate" : "have certificates")} of it, and can't send here any more, whatever authority follows. A copy is kept in {place}",
            $"cp -a {place}/. {RemoteKeyFiles.Place}/ and akashi setup remote --receive --make-certificates bring it back as it was; rm -r {place} takes it away for good");
        return () => Keep(machine, going, place);
    }

    static void Keep(SetupMachine machine, FileChange[] going, string place)
    {
        foreach (FileChange change in going)
        {
            string path = place + change.Path[RemoteKeyFiles.Place.Length..];
            foreach (string parent in SetupPath.Parents(path))
            {
                if (machine.Look(parent).Kind == FileStateKind.Missing)
                    machine.Files.MakeDirectory(machine.PathOf(parent), parent.StartsWith(place, StringComparison.Ordinal) ? OwnersPlace : OpenPlace);
            }

            machine.Files.WriteNew(machine.PathOf(path), change.Before, like: null);
            machine.Files.FlushDirectory(machine.PathOf(Path.GetDirectoryName(path)!));
        }

        machine.Print($"kept: {place}");
    }

    static bool IsAuthoritys(string path) => IsIssued(path)
        || path is RemoteKeyFiles.Authority or RemoteKeyFiles.AuthorityKey or RemoteKeyFiles.FormerAuthority or RemoteKeyFiles.FormerAuthorityKey
            or RemoteKeyFiles.Revoked or RemoteKeyFiles.Receiver or RemoteKeyFiles.ReceiverKey;

    static bool IsIssued(string path) => Path.GetDirectoryName(path) == RemoteKeyFiles.IssuedPlace && Path.GetExtension(path) == ".pem";
}
