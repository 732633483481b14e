namespace Akashi.Host;

/// <summary>Requests to the kernel's audit, each answered before the call returns.</summary>
/// <remarks>
/// Not for use from several threads at once. Every method throws <see cref="KernelRequestException"/> where the kernel refuses
/// (its errno is kept) or doesn't answer within its time.
/// </remarks>
public interface IAuditKernel : IDisposable
{
    /// <summary>The present status, AUDIT_GET.</summary>
    AuditStatus GetStatus();

    /// <summary>Changes the members of the status that the mask names, AUDIT_SET.</summary>
    /// <returns>The old value where the kernel tells it (Lost and BacklogWaitTimeActual), else 0.</returns>
    uint SetStatus(AuditStatusMask mask, in AuditStatus status);

    /// <summary>The present features, AUDIT_GET_FEATURE.</summary>
    AuditFeatures GetFeatures();

    /// <summary>Changes features, AUDIT_SET_FEATURE.</summary>
    void SetFeatures(in AuditFeatures features);

    /// <summary>The loaded rules in the kernel's order, each as the bytes of a struct audit_rule_data, AUDIT_LIST_RULES.</summary>
    /// <remarks>Not always the bytes that were added: the kernel takes the 16 class bits out of the mask's last word (all system calls
    /// come back as 63 words of ones and 0x0000FFFF). What's listed can be deleted and added again as it is.</remarks>
    IReadOnlyList<byte[]> ListRules();

    /// <summary>Adds a rule, AUDIT_ADD_RULE.</summary>
    void AddRule(ReadOnlySpan<byte> rule);

    /// <summary>Removes the rule that is exactly equal, AUDIT_DEL_RULE.</summary>
    void DeleteRule(ReadOnlySpan<byte> rule);

    /// <summary>Sends a user message; the kernel puts pid, uid, auid, ses and label before it.</summary>
    /// <param name="type">1100 to 1199 or 2100 to 2999, or 1005.</param>
    /// <param name="text">The text without a NUL at its end; 1 to 8951 bytes, of which the kernel keeps 8560 and, but for
    /// USER_TTY, what stands before the first NUL. Line feeds and 0x1D come back in the record as they are.</param>
    void SendUserMessage(int type, ReadOnlySpan<byte> text);

    /// <summary>Who last sent a signal to the process that owns the kernel's audit, AUDIT_SIGNAL_INFO.</summary>
    SignalSender GetSignalSender();

    /// <summary>Trims the trees of directory watches, AUDIT_TRIM.</summary>
    void Trim();

    /// <summary>Makes watches of one tree hold for another, AUDIT_MAKE_EQUIV.</summary>
    void MakeEquivalent(string mount, string subtree);
}
