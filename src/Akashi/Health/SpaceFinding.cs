using Akashi.Configuration;

namespace Akashi.Health;

/// <summary>Whether the trail's disk lasts.</summary>
static class SpaceFinding
{
    const string Name = "space";

    public static Finding? Of(HealthFacts facts)
    {
        if (facts.Space is not { } space || facts.Configuration is not { } configuration)
            return null;
        const long Megabyte = 1 << 20;
        const double ShortDays = 7;
        long free = space.FreeBytes / Megabyte, admin = configuration.AdminSpaceLeft.Megabytes(space.Bytes), left = configuration.SpaceLeft.Megabytes(space.Bytes);
        if (free <= admin)
            return Finding.Problem(Name, $"{free} MiB are free for the trail, under admin_space_left ({admin} MiB)", $"the daemon does what admin_space_left_action says: {configuration.AdminSpaceLeftAction}", $"make room in {System.IO.Path.GetDirectoryName(configuration.LogFile)}; kill -USR2 resumes a daemon that was suspended");
        if (free <= left)
            return Finding.Warning(Name, $"{free} MiB are free for the trail, under space_left ({left} MiB)", "soon the daemon stops writing", "make room, or lower num_logs");
        long whole = configuration.SizeAction.Kind == LogActionKind.Rotate ? (long)configuration.SegmentsMax * configuration.SegmentMegabytesMax : 0;
        if (whole > 0 && whole - (facts.TrailBytes / Megabyte) > free - left)
            return Finding.Warning(Name, $"num_logs x max_log_file is {whole} MiB, and {free} MiB are free", "the disk is full before the oldest segment goes", "lower num_logs or max_log_file; systemctl reload auditd");
        if (whole > 0 || facts.TrailDays <= 0 || facts.TrailBytes == 0)
            return Finding.Fine(Name, $"{free} MiB are free for the trail{(whole > 0 ? $", which takes at most {whole} MiB" : "")}");
        double days = (free - left) * (double)Megabyte / (facts.TrailBytes / facts.TrailDays);
        string text = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"at {facts.TrailBytes / facts.TrailDays / Megabyte:0.0} MiB a day the disk lasts {days:0.0} days");
        return days < ShortDays ? Finding.Warning(Name, text, "no segment goes by itself: max_log_file_action is not rotate", "set max_log_file_action = rotate, or take old segments elsewhere") : Finding.Fine(Name, text);
    }
}
