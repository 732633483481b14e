using System.Globalization;
using System.Text;
using Akashi.Host;
using Akashi.Live;
using Akashi.Records;

namespace Akashi.Reports;

/// <summary>Whose events a report takes: by the login user, which stays the same through su and sudo.</summary>
/// <remarks>A name holds for records that carry it (enriched on the machine they come from), else for this machine's account of that name.</remarks>
public sealed class PersonFilter
{
    readonly byte[] _name;
    readonly uint? _auid;
    readonly bool _isNumber;

    /// <summary>Takes one person.</summary>
    /// <param name="user">A name or a number.</param>
    /// <param name="accounts">This machine's.</param>
    public PersonFilter(string user, IAccounts accounts)
    {
        _name = Encoding.UTF8.GetBytes(user);
        _isNumber = uint.TryParse(user, NumberStyles.None, CultureInfo.InvariantCulture, out uint auid);
        if (_isNumber || accounts.TryFindUser(user, out auid))
            _auid = auid;
    }

    /// <summary>Whether a record is of that person.</summary>
    public bool Matches(in Record record)
    {
        if (!record.TryFind("auid"u8, out ReadOnlySpan<byte> raw) || RawNumber.ReadId(raw) is ProcessIdentity.Unset)
            return false;
        return record.TryFindEnriched("AUID"u8, out ReadOnlySpan<byte> enriched) && !_isNumber
            ? enriched.Trim((byte)'"').SequenceEqual(_name)
            : RawNumber.ReadId(raw) == _auid;
    }
}
