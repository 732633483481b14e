using Akashi.Host;
using Akashi.Remote;

namespace Akashi.Daemon.Remote;

/// <summary>Whether a client may connect.</summary>
public enum WrapperAnswer
{
    /// <summary>It may.</summary>
    Yes,

    /// <summary>It may not.</summary>
    No,

    /// <summary>Its name has to be found first.</summary>
    NeedsName,
}

/// <summary>Who may connect by hosts.allow and hosts.deny as they are at that moment: what tcp_wrappers' library says of them, where they may keep somebody out.</summary>
/// <remarks>Nobody is let in by rules that can't be gone by. One thread at a time, but for <see cref="FindName"/>.</remarks>
/// <param name="open">Opens the library, where it's needed first; null where it's missing.</param>
/// <param name="files">The files; the library knows its own.</param>
/// <param name="clock">The clock.</param>
/// <param name="say">Told once why nobody is let in.</param>
public sealed class WrapperGate(Func<ITcpWrappers?> open, WrapperFiles files, TimeProvider clock, Action<string> say)
{
    const string Mend = "with use_libwrap = no in auditd.conf nobody goes by those rules, node_from in akashi.conf says who may send";

    readonly WrapperFile _allowing = new(files.Allowing, isDenying: false, clock);
    readonly WrapperFile _denying = new(files.Denying, isDenying: true, clock);
    ITcpWrappers? _wrappers;
    string? _said;

    /// <summary>Why nobody can be let in now; null where there is no reason.</summary>
    public string? FindRefusal()
    {
        _allowing.Look();
        _denying.Look();
        if ((_denying.DenyingPlace ?? _allowing.DenyingPlace) is not { } place)
            return null;
        string keepsOut = $"{place} may keep some of them out, and ";
        if ((_allowing.Unserved ?? _denying.Unserved) is { } unserved)
            return $"{keepsOut}{unserved}; {Mend}";
        return (_wrappers ??= open()) is null ? $"{keepsOut}use_libwrap = yes is not served where it does without tcp_wrappers' library (libwrap.so.0, package libwrap0); {Mend}" : null;
    }

    /// <summary>Whether an address may connect.</summary>
    public WrapperAnswer Ask(string address)
    {
        string? refusal = FindRefusal();
        if (refusal is not null && refusal != _said)
            say($"no machine is let in: {refusal}");
        _said = refusal;
        return refusal is not null ? WrapperAnswer.No
            : !MayKeepOut ? WrapperAnswer.Yes
            : _allowing.Rules!.NeedsNames || _denying.Rules!.NeedsNames ? WrapperAnswer.NeedsName
            : MayConnect(address, ITcpWrappers.UnknownName) ? WrapperAnswer.Yes
            : WrapperAnswer.No;
    }

    /// <summary>Whether an address whose name was looked for may connect.</summary>
    public bool Ask(string address, string name) => FindRefusal() is null && (!MayKeepOut || MayConnect(address, name));

    /// <summary>Any thread, after <see cref="WrapperAnswer.NeedsName"/>: an address's name; may take as long as the resolver likes.</summary>
    public string FindName(string address) => _wrappers!.FindName(address);

    bool MayKeepOut => (_denying.DenyingPlace ?? _allowing.DenyingPlace) is not null;

    bool MayConnect(string address, string name) => _wrappers!.MayConnect(TcpWrapperRules.Service, name, address);
}
