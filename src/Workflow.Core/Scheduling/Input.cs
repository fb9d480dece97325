using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Everything that can happen to a process instance from outside, but for the return of a server event's code, which brings its context along:
/// <see cref="Scheduler.Return"/>.</summary>
internal abstract record Input
{
    private Input()
    {
    }

    /// <summary>The instance begins.</summary>
    public sealed record ProcessStarted : Input
    {
        /// <summary>It says nothing that could differ.</summary>
        public static ProcessStarted Only { get; } = new();
    }

    /// <summary>The code of a server event threw.</summary>
    public sealed record ServerEventThrew(ActivityInstanceDestination Destination, string Message, string ExceptionType) : Input;

    /// <summary>The resolver has named the members of the roles and groups that a destination rule asked for.</summary>
    public sealed record MembersResolved(ActivityInstance Activity, IReadOnlyDictionary<Destination, IReadOnlyList<string>> Members) : Input;

    /// <summary>The resolver threw, or gave an answer that cannot be used.</summary>
    public sealed record ResolverThrew(ActivityInstance Activity, string Message, string ExceptionType) : Input;

    /// <summary>An outside system finishes the event that is open under a serial number.</summary>
    public sealed record FinishServerItem(int Destination, string User, IReadOnlyList<FieldChange> Changes) : Input;
}
