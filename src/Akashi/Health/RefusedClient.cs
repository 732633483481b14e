namespace Akashi.Health;

/// <summary>Connections of one address that auditd didn't let in, or sent away, for one reason.</summary>
/// <param name="Address">The address; <c>?</c> for many.</param>
/// <param name="Reason">The trail's word: <c>tls-revoked</c>, <c>dup</c>.</param>
/// <param name="Count">How many.</param>
public readonly record struct RefusedClient(string Address, string Reason, long Count);
