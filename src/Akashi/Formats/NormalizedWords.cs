using Akashi.Normalization;
using Akashi.Tables;

namespace Akashi.Formats;

/// <summary>What csv and text say alike of a normalised event.</summary>
static class NormalizedWords
{
    /// <summary>What was done, or that no table says it.</summary>
    public static ReadOnlySpan<byte> ActionOf(in NormalizedEvent normalized) =>
        normalized.Action.IsEmpty ? "did-unknown"u8 : normalized.Action;

    /// <summary>Whether a setting of the audit was changed: its name says more than its value.</summary>
    public static bool IsSetting(in NormalizedEvent normalized) =>
        normalized.ObjectKind == ObjectKind.AuditConfig
        && (normalized.Action.SequenceEqual("set"u8) || normalized.Action.SequenceEqual("seccomp-logging"u8));
}
