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
        .. Since(5, JournalKind.NobodyInRole),
        .. Since(PartFormat.WithTimers, ProcessTimerKind.Sleep, ProcessTimerKind.Roles),
        .. Since(PartFormat.WithCalendarTypes, FieldType.DateOnly, FieldType.TimeSpan),
        .. Since(PartFormat.WithStartRules, ProcessTimerKind.Start),
        .. Since(PartFormat.WithStartRules, JournalKind.StartAwaited, JournalKind.StartReached),
        .. Since(PartFormat.WithProcessStarts, ProcessTimerKind.ProcessStart),
        .. Since(PartFormat.WithEscalations, ProcessTimerKind.Escalation),
        .. Since(
            PartFormat.WithEscalations,
            JournalKind.EscalationFired, JournalKind.EscalationNotArmed, JournalKind.EscalationPassedOver, JournalKind.EscalationChangedNothing,
            JournalKind.EscalationFailed, JournalKind.EscalationRepeated, JournalKind.GotoTaken, JournalKind.EscalationDropped, JournalKind.GotoRefused),
        .. Since(PartFormat.WithEscalations, FiringStatus.Due, FiringStatus.WantsCode, FiringStatus.Calling, FiringStatus.WantsPeople, FiringStatus.Failed),
        .. Since(PartFormat.WithManagement, JournalKind.Retried, JournalKind.GotoOrdered, JournalKind.ExpiryOrdered),
        .. Since(PartFormat.WithStops, JournalKind.ProcessStopped, JournalKind.ProcessResumed, JournalKind.ProcessDeleted, JournalKind.Skipped),
        .. Since(PartFormat.WithStops, ProcessInstanceStatus.Stopped, ProcessInstanceStatus.Deleted),
        .. Since(
            PartFormat.WithRetries,
            JournalKind.ExceptionPassed, JournalKind.RetryAwaited, JournalKind.SentBack, JournalKind.Withdrawn, JournalKind.Reassigned,
            JournalKind.TaskAdministered),
        .. Since(PartFormat.WithRetries, ProcessTimerKind.Retry),
        .. Since(PartFormat.WithRetries, EventInstanceStatus.AwaitingRetry),
        .. Since(PartFormat.WithVersionChanges, JournalKind.VersionChanged),
        .. Since(PartFormat.WithJoins, JournalKind.JoinPassed, JournalKind.JoinUnfinished),
        .. Since(PartFormat.WithGroups, JournalKind.GroupAwaited, JournalKind.GroupEntered, JournalKind.MilestoneAwaited, JournalKind.MilestoneReached),
        .. Since(PartFormat.WithRests, JournalKind.RestKept, JournalKind.AdditionOrdered, JournalKind.Added),
        .. Since(PartFormat.WithSignals, JournalKind.SignalReceived, JournalKind.SignalKept, JournalKind.SignalDropped),
        .. Since(
            PartFormat.WithSubProcesses,
            JournalKind.SubProcessStarted, JournalKind.SubProcessEnded, JournalKind.SubProcessDeleted, JournalKind.SubProcessEndIgnored,
            JournalKind.SubProcessEndKept, JournalKind.StartedAsSubProcess, JournalKind.EndedWithParent),
        .. Since(PartFormat.WithActionKinds, JournalKind.ActionTaken),
        .. Since(PartFormat.WithFolioChanges, JournalKind.FolioChanged),
        .. Since(PartFormat.WithVersionChanges, DelayKind.Elapsed, DelayKind.Calendar, DelayKind.Working),
        .. Since(PartFormat.WithTimerBases, JournalKind.TimersRecomputed, JournalKind.TimerMoved),
    ];

    public static IEnumerable<(Type Enumeration, byte Greatest)> Lowest => _lowest;

    private static IEnumerable<(Type Enumeration, byte Number, byte Version)> Since<T>(byte version, params T[] values)
        where T : struct, Enum => values.Select(value => (typeof(T), (byte)Unsafe.BitCast<T, int>(value), version));

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
