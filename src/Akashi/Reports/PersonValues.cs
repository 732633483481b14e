using System.Buffers.Text;
using Akashi.Reports.Counting;
using Akashi.Reports.Facts;

namespace Akashi.Reports;

/// <summary>Counts people: users by number, accounts by name; equal ones stand in the order in which they first came.</summary>
public abstract class PersonValues : SummaryValues
{
    const byte IsUser = 0;
    const byte IsAccount = 1;
    const int UserBytesMax = 12;

    readonly TextCounter _people = new();

    /// <inheritdoc/>
    public override bool Write(ReportText text)
    {
        foreach (int index in _people.ByHits())
        {
            WriteHits(text, _people.HitsAt(index));
            ReadOnlySpan<byte> person = _people.TextAt(index)[1..];
            if (_people.TextAt(index)[0] == IsUser && Utf8Parser.TryParse(person, out int uid, out _))
                text.WriteUser(uid);
            else
                text.Output.WriteEscaped(person);
            text.Output.EndLine();
        }

        return _people.Count > 0;
    }

    private protected void AddUser(int uid)
    {
        Span<byte> person = stackalloc byte[UserBytesMax];
        person[0] = IsUser;
        Utf8Formatter.TryFormat(uid, person[1..], out int length);
        _people.Add(person[..(length + 1)]);
    }

    private protected void AddAccount(ReadOnlySpan<byte> name)
    {
        Span<byte> person = name.Length < 256 ? stackalloc byte[256] : new byte[name.Length + 1];
        person[0] = IsAccount;
        name.CopyTo(person[1..]);
        _people.Add(person[..(name.Length + 1)]);
    }
}

/// <summary>Counts login users.</summary>
public sealed class UserValues : PersonValues
{
    /// <inheritdoc/>
    public override void Add(EventFacts facts, ReportText text)
    {
        if (facts.LoginUser != EventFacts.NoUser)
            AddUser(facts.LoginUser);
    }
}

/// <summary>Counts who logged in: the login user, or where that is unset, the account that was tried.</summary>
public sealed class LoginValues : PersonValues
{
    /// <inheritdoc/>
    public override void Add(EventFacts facts, ReportText text)
    {
        if (facts.LoginUser is -1 or EventFacts.NoUser && facts.Account.Exists)
            AddAccount(facts[facts.Account]);
        else
            AddUser(facts.LoginUser);
    }
}

/// <summary>Counts the accounts that authentications were for.</summary>
public sealed class AuthenticationValues : PersonValues
{
    /// <inheritdoc/>
    public override void Add(EventFacts facts, ReportText text)
    {
        if (facts.Account.Exists)
            AddAccount(facts[facts.Account]);
        else
            AddUser(facts.LoginUser);
    }
}
