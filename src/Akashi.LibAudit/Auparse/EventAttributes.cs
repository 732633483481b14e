using Akashi.Normalization;
using Akashi.Tables;

namespace Akashi.LibAudit.Auparse;

/// <summary>Which fields tell more of who acted and of the object.</summary>
static class EventAttributes
{
    /// <summary>Finds them.</summary>
    internal static void Find(EventFields fields, int start, EventPart part, in NormalizedEvent normalized, AttributeList subject, AttributeList objects)
    {
    }
}
