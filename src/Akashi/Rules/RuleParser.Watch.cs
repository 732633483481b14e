using System.Text;
using Akashi.Host;
using Akashi.Tables;

namespace Akashi.Rules;

// Watches: -w and -W, and the permissions that -p gives them.
public sealed partial class RuleParser
{
    const int PathBytesMax = 4096;
    const int PathNameBytesMax = 255;

    bool TakeWatch(string option, string path)
    {
        if (_hasSyscalls)
            return Fail(RuleMessage.WatchWithSyscall);
        if (_list is not null)
            return Fail(_isWatch ? RuleMessage.SeveralRules : RuleMessage.WatchWithAction);
        if (!CheckPath(path))
            return false;

        if (option == "-w")
            Warn(RuleMessage.WatchIsSlow);
        string trimmed = path.Length > 1 ? path.TrimEnd('/') : path;
        if (trimmed.Length == 0)
            trimmed = "/";
        RuleField field = context.KindOf(trimmed) == FileKind.Directory ? RuleField.Dir : RuleField.Watch;
        _conditions.Add(RuleCondition.OfText(field, RuleOperator.Equal, Encoding.UTF8.GetBytes(trimmed)));
        _conditions.Add(new RuleCondition(RuleField.Perm, RuleOperator.Equal, (uint)Permissions.All));
        _list = FilterList.Exit;
        _action = RuleAction.Always;
        _isWatch = true;
        _isDeletion = option == "-W";
        return true;
    }

    bool CheckPath(string path)
    {
        if (Encoding.UTF8.GetByteCount(path) > PathBytesMax)
            return Fail(RuleMessage.PathTooLong);
        if (!path.StartsWith('/'))
            return Fail(RuleMessage.PathNotAbsolute);
        if (Encoding.UTF8.GetByteCount(path[(path.LastIndexOf('/') + 1)..]) > PathNameBytesMax)
            return Fail(RuleMessage.PathNameTooLong);

        if (path.Contains("..", StringComparison.Ordinal))
            Warn(RuleMessage.PathRelative);
        if (path.AsSpan().ContainsAny('*', '?'))
            Warn(RuleMessage.PathWildcard);
        return true;
    }

    // After -a too: there it is the field perm, put behind the others.
    bool TakePermissions(string value)
    {
        if (_list is null)
            return Fail(RuleMessage.WatchMissing);
        if (value.Length > 4)
            return Fail(RuleMessage.PermissionTooLong, value);
        if (!TryReadPermissions(value, out Permissions permissions, out char letter))
            return Fail(RuleMessage.PermissionUnsupported, letter.ToString());

        if (_conditions.Count == 0)
            return Fail(RuleMessage.PermissionWithoutFields);
        return SetPermissions(permissions);
    }

    bool SetPermissions(Permissions permissions)
    {
        bool isThere = false;
        for (int index = 0; index < _conditions.Count; index++)
        {
            if (_conditions[index].Field != RuleField.Perm)
                continue;
            _conditions[index] = new RuleCondition(RuleField.Perm, _conditions[index].Operator, (uint)permissions);
            isThere = true;
        }

        if (isThere)
            return true;
        if (!CanAddCondition("perm"))
            return false;
        _conditions.Add(new RuleCondition(RuleField.Perm, RuleOperator.Equal, (uint)permissions));
        return true;
    }

    static bool TryReadPermissions(string value, out Permissions permissions, out char unknown)
    {
        permissions = Permissions.None;
        unknown = '\0';
        foreach (char letter in value)
        {
            Permissions permission = char.ToLowerInvariant(letter) switch
            {
                'r' => Permissions.Read,
                'w' => Permissions.Write,
                'x' => Permissions.Execute,
                'a' => Permissions.Attributes,
                _ => Permissions.None,
            };
            if (permission == Permissions.None)
            {
                unknown = letter;
                return false;
            }
            permissions |= permission;
        }
        return permissions != Permissions.None;
    }
}
