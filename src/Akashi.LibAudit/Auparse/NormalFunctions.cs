using System.Runtime.InteropServices;

namespace Akashi.LibAudit.Auparse;

/// <summary>auparse.h: an event in its normal form. What answers with a number goes to the field: 1, or 0 where the event has none; -1 for no event.</summary>
static unsafe class NormalFunctions
{
    /// <summary>0; 1 where it can't be normalised.</summary>
    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize")]
    internal static int Normalize(nint au, int option) => Guard.Number(au, option, &Make, 1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_get_event_kind")]
    internal static byte* EventKind(nint au) => Guard.Text(au, &EventKindOf);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_session")]
    internal static int Session(nint au) => Guard.Number(au, NormalPart.Session, &GoTo, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_subject_primary")]
    internal static int SubjectPrimary(nint au) => Guard.Number(au, NormalPart.SubjectPrimary, &GoTo, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_subject_secondary")]
    internal static int SubjectSecondary(nint au) => Guard.Number(au, NormalPart.SubjectSecondary, &GoTo, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_subject_kind")]
    internal static byte* SubjectKind(nint au) => Guard.Text(au, &SubjectKindOf);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_subject_first_attribute")]
    internal static int SubjectFirstAttribute(nint au) => Guard.Number(au, &FirstOfSubject, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_subject_next_attribute")]
    internal static int SubjectNextAttribute(nint au) => Guard.Number(au, &NextOfSubject, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_get_action")]
    internal static byte* Action(nint au) => Guard.Text(au, &ActionOf);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_object_primary")]
    internal static int ObjectPrimary(nint au) => Guard.Number(au, NormalPart.ObjectPrimary, &GoTo, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_object_secondary")]
    internal static int ObjectSecondary(nint au) => Guard.Number(au, NormalPart.ObjectSecondary, &GoTo, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_object_primary2")]
    internal static int ObjectPrimary2(nint au) => Guard.Number(au, NormalPart.ObjectPrimary2, &GoTo, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_object_first_attribute")]
    internal static int ObjectFirstAttribute(nint au) => Guard.Number(au, &FirstOfObject, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_object_next_attribute")]
    internal static int ObjectNextAttribute(nint au) => Guard.Number(au, &NextOfObject, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_object_kind")]
    internal static byte* ObjectKind(nint au) => Guard.Text(au, &ObjectKindOf);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_get_results")]
    internal static int Results(nint au) => Guard.Number(au, NormalPart.Result, &GoTo, -1);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_how")]
    internal static byte* How(nint au) => Guard.Text(au, &HowOf);

    [UnmanagedCallersOnly(EntryPoint = "auparse_normalize_key")]
    internal static int Key(nint au) => Guard.Number(au, NormalPart.Key, &GoTo, -1);

    static int Make(Parser parser, int option)
    {
        const int NoAttributes = 1;
        return parser.NeedEvent() > 0 && parser.Normal.TryMake(withAttributes: option != NoAttributes) ? 0 : 1;
    }

    static int GoTo(Parser parser, NormalPart part) => parser.Normal.TryGoTo(part) ? 1 : 0;

    static int FirstOfSubject(Parser parser) => parser.Normal.Subject.TryFirst() ? 1 : 0;

    static int NextOfSubject(Parser parser) => parser.Normal.Subject.TryNext() ? 1 : 0;

    static int FirstOfObject(Parser parser) => parser.Normal.Object.TryFirst() ? 1 : 0;

    static int NextOfObject(Parser parser) => parser.Normal.Object.TryNext() ? 1 : 0;

    static byte* EventKindOf(Parser parser) => parser.Normal.EventKind;

    static byte* SubjectKindOf(Parser parser) => parser.Normal.SubjectKind;

    static byte* ActionOf(Parser parser) => parser.Normal.Action;

    static byte* ObjectKindOf(Parser parser) => parser.Normal.ObjectKind;

    static byte* HowOf(Parser parser) => parser.Normal.How;
}
