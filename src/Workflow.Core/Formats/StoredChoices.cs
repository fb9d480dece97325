using System.Runtime.CompilerServices;
using Workflow.Core.Calendars;
using Workflow.Core.Instances;

namespace Workflow.Core.Formats;

/// <summary>Says which version of the stored form brought each value of an enumeration. A value that comes later is written in a piece of its version, so an
/// older library takes the piece for newer. A value that no known version has is damage.</summary>
internal static class StoredChoices
{
    /// <summary>Of each stored enumeration, the greatest number in the lowest version. Numbers are stored and never change their meaning.</summary>
    private static readonly (Type Enumeration, byte Greatest)[] _lowest =
    [
        (typeof(ProcessInstanceStatus), 4),
        (typeof(ActivityInstanceStatus), 3),
        (typeof(DestinationStatus), 3),
        (typeof(EventInstanceStatus), 8),
        (typeof(SlotStatus), 3),
        (typeof(DestinationKind), 3),
        (typeof(FieldType), 8),
        (typeof(JournalKind), 37),
        (typeof(ProcessTimerKind), 0),
        (typeof(FiringStatus), 0),
        (typeof(DelayKind), 0),
    ];

    /// <summary>The values that came later, each with its version, which is above <see cref="PartFormat.Latest"/> as it was before.</summary>
    private static readonly (Type Enumeration, byte Number, byte Version)[] _later =
    [
        (typeof(JournalKind), (byte)JournalKind.NobodyInRole, 5),
        (typeof(ProcessTimerKind), (byte)ProcessTimerKind.Sleep, PartFormat.WithTimers),
        (typeof(ProcessTimerKind), (byte)ProcessTimerKind.Roles, PartFormat.WithTimers),
        (typeof(ProcessTimerKind), (byte)ProcessTimerKind.Start, PartFormat.WithStartRules),
        (typeof(ProcessTimerKind), (byte)ProcessTimerKind.ProcessStart, PartFormat.WithProcessStarts),
        (typeof(JournalKind), (byte)JournalKind.StartAwaited, PartFormat.WithStartRules),
        (typeof(JournalKind), (byte)JournalKind.StartReached, PartFormat.WithStartRules),
        (typeof(ProcessTimerKind), (byte)ProcessTimerKind.Escalation, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.EscalationFired, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.EscalationNotArmed, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.EscalationPassedOver, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.EscalationChangedNothing, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.EscalationFailed, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.EscalationRepeated, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.GotoTaken, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.EscalationDropped, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.GotoRefused, PartFormat.WithEscalations),
        (typeof(JournalKind), (byte)JournalKind.Retried, PartFormat.WithManagement),
        (typeof(JournalKind), (byte)JournalKind.GotoOrdered, PartFormat.WithManagement),
        (typeof(JournalKind), (byte)JournalKind.ExpiryOrdered, PartFormat.WithManagement),
        (typeof(JournalKind), (byte)JournalKind.ProcessStopped, PartFormat.WithStops),
        (typeof(JournalKind), (byte)JournalKind.ProcessResumed, PartFormat.WithStops),
        (typeof(JournalKind), (byte)JournalKind.ProcessDeleted, PartFormat.WithStops),
        (typeof(JournalKind), (byte)JournalKind.Skipped, PartFormat.WithStops),
        (typeof(JournalKind), (byte)JournalKind.ExceptionPassed, PartFormat.WithRetries),
        (typeof(JournalKind), (byte)JournalKind.RetryAwaited, PartFormat.WithRetries),
        (typeof(JournalKind), (byte)JournalKind.SentBack, PartFormat.WithRetries),
        (typeof(JournalKind), (byte)JournalKind.Withdrawn, PartFormat.WithRetries),
        (typeof(JournalKind), (byte)JournalKind.Reassigned, PartFormat.WithRetries),
        (typeof(JournalKind), (byte)JournalKind.TaskAdministered, PartFormat.WithRetries),
        (typeof(ProcessTimerKind), (byte)ProcessTimerKind.Retry, PartFormat.WithRetries),
        (typeof(EventInstanceStatus), (byte)EventInstanceStatus.AwaitingRetry, PartFormat.WithRetries),
        (typeof(JournalKind), (byte)JournalKind.VersionChanged, PartFormat.WithVersionChanges),
        (typeof(ProcessInstanceStatus), (byte)ProcessInstanceStatus.Stopped, PartFormat.WithStops),
        (typeof(ProcessInstanceStatus), (byte)ProcessInstanceStatus.Deleted, PartFormat.WithStops),
        (typeof(FiringStatus), (byte)FiringStatus.Due, PartFormat.WithEscalations),
        (typeof(FiringStatus), (byte)FiringStatus.WantsCode, PartFormat.WithEscalations),
        (typeof(FiringStatus), (byte)FiringStatus.Calling, PartFormat.WithEscalations),
        (typeof(FiringStatus), (byte)FiringStatus.WantsPeople, PartFormat.WithEscalations),
        (typeof(FiringStatus), (byte)FiringStatus.Failed, PartFormat.WithEscalations),
        (typeof(DelayKind), (byte)DelayKind.Elapsed, PartFormat.WithVersionChanges),
        (typeof(DelayKind), (byte)DelayKind.Calendar, PartFormat.WithVersionChanges),
        (typeof(DelayKind), (byte)DelayKind.Working, PartFormat.WithVersionChanges),
        (typeof(FieldType), (byte)FieldType.DateOnly, PartFormat.WithCalendarTypes),
        (typeof(FieldType), (byte)FieldType.TimeSpan, PartFormat.WithCalendarTypes),
    ];

    public static IEnumerable<(Type Enumeration, byte Greatest)> Lowest => _lowest;

    /// <summary>The version of each number of an enumeration; zero for a number that no version has.</summary>
    public static byte[] VersionsOf(Type enumeration)
    {
        var versions = new byte[byte.MaxValue + 1];
        versions.AsSpan(1, Array.Find(_lowest, item => item.Enumeration == enumeration).Greatest).Fill(PartFormat.Lowest);
        foreach (var (of, number, version) in _later)
        {
            if (of == enumeration)
            {
                versions[number] = version;
            }
        }

        return versions;
    }
}

/// <summary>As <see cref="StoredChoices"/>, for one enumeration.</summary>
internal static class StoredChoices<T>
    where T : struct, Enum
{
    private static readonly byte[] _since = StoredChoices.VersionsOf(typeof(T));

    /// <summary>The version that a number came with; zero for a number that no version has.</summary>
    public static byte SinceOf(byte number) => _since[number];

    public static byte NumberOf(T value)
    {
        var number = Unsafe.BitCast<T, int>(value);
        Invariant.Holds((uint)number <= byte.MaxValue && _since[number] != 0);
        return (byte)number;
    }

    public static T Of(byte number) => Unsafe.BitCast<int, T>(number);
}
