using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Migration;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Planning;

namespace Workflow.Core.Scheduling;

/// <summary>Something that an administrator wants of a process instance as a whole. A new one is entered here, in <see cref="ManagementAdmission"/>, and in the
/// method that administrators call for it.</summary>
internal abstract record ManagementRequest
{
    private ManagementRequest()
    {
    }

    /// <inheritdoc cref="TaskRequest.Key"/>
    public abstract (string Word, object?[] Details) Key { get; }

    /// <summary>The version of the definition that the instance gets; null for its own.</summary>
    public virtual int? TargetVersion => null;

    /// <summary>An instance in Error does again what failed, and goes on (statement 8.2).</summary>
    /// <param name="Error">The error that is meant; null for the present one (statement 8.2c).</param>
    /// <param name="On">The version on which it goes on; null for its own.</param>
    public sealed record Retry(ProcessError? Error, ToVersion? On = null) : ManagementRequest
    {
        public override (string Word, object?[] Details) Key =>
            On is null ? ("retry", OfError(Error)) : ("retry on version", [.. OfError(Error), On.Version, On.Renames.Key]);

        public override int? TargetVersion => On?.Version;
    }

    /// <summary>The instance goes on in another version of its definition, in the status in which it is (statement 8.8).</summary>
    /// <param name="Version">The version.</param>
    /// <param name="Renames">The elements whose name has changed.</param>
    /// <param name="Only">The definition and the version on which the instance is meant to be; null for any.</param>
    public sealed record ToVersion(int Version, Renames Renames, (string Definition, int Version)? Only = null) : ManagementRequest
    {
        private Succession? _succession;

        public override (string Word, object?[] Details) Key => ("migrate", [Version, Renames.Key, Only?.Definition, Only?.Version]);

        public override int? TargetVersion => Version;

        /// <summary>The successors of all elements. Many instances are moved with one request, and both versions are compared once for them.</summary>
        public Succession SuccessionOf(ProcessDefinition from, ProcessDefinition to)
        {
            if (_succession is not { } known || known.From != from || known.To != to)
            {
                _succession = known = Succession.Of(from, to, Renames);
            }

            return known;
        }
    }

    /// <summary>An instance in Error goes on as if what failed had done nothing (statement 8.2b).</summary>
    /// <param name="Error">The error that is meant; null for the present one (statement 8.2c).</param>
    public sealed record Skip(ProcessError? Error) : ManagementRequest
    {
        public override (string Word, object?[] Details) Key => ("skip", OfError(Error));
    }

    /// <summary>The instance goes to an activity (statement 8.9).</summary>
    /// <param name="Request">The goto.</param>
    /// <param name="Destination">The number of the destination from which it goes (statement 2.12); zero for the instance as a whole.</param>
    public sealed record GoTo(GotoRequest Request, int Destination = 0) : ManagementRequest
    {
        /// <summary>Whether it is sent back, to an activity that must have run (statement 13.11).</summary>
        public bool IsSentBack { get; init; }

        /// <summary>Whether the activity has run, as the history says; null before it was read. It is read only where the instance does not know it.</summary>
        public bool? HasRun { get; init; }

        public override (string Word, object?[] Details) Key =>
            (IsSentBack ? "send back" : "go to", [Request.Activity, Request.Expiring, Request.IfActive, Destination]);
    }

    /// <summary>The event at which a destination is ends, and the next one begins (statement 6.9).</summary>
    /// <param name="Destination">The number of the destination.</param>
    public sealed record ExpireEvent(int Destination) : ManagementRequest
    {
        public override (string Word, object?[] Details) Key => ("expire event", [Destination]);
    }

    /// <summary>An activity ends as Expired, and its lines are followed (statement 10.10e).</summary>
    /// <param name="Activity">The name of the activity.</param>
    public sealed record ExpireActivity(string Activity) : ManagementRequest
    {
        public override (string Word, object?[] Details) Key => ("expire activity", [Activity]);
    }

    /// <summary>The instance stands still until it is resumed (statement 8.6).</summary>
    public sealed record Stop : ManagementRequest
    {
        public override (string Word, object?[] Details) Key => ("stop", []);
    }

    /// <summary>A stopped instance goes on (statement 8.6).</summary>
    public sealed record Resume : ManagementRequest
    {
        public override (string Word, object?[] Details) Key => ("resume", []);
    }

    /// <summary>The instance ends, and only its history is left (statement 8.6b).</summary>
    /// <param name="IsHistoryRemoved">Whether the history is removed after it.</param>
    public sealed record Delete(bool IsHistoryRemoved) : ManagementRequest
    {
        public override (string Word, object?[] Details) Key => ("delete", [IsHistoryRemoved]);
    }

    /// <summary>The instance gets another folio (statement 13.11).</summary>
    /// <param name="Folio">The new one.</param>
    public sealed record ChangeFolio(string Folio) : ManagementRequest
    {
        public override (string Word, object?[] Details) Key => ("change folio", [Folio]);
    }

    /// <summary>The timers that are counted in a calendar get new due instants (statement 5.9).</summary>
    /// <param name="Calendar">The name of the working hours, or of the time zone.</param>
    public sealed record RecomputeTimers(string Calendar) : ManagementRequest
    {
        /// <summary>Whether the working hours of the name were asked for already. They are asked for once for many instances.</summary>
        public bool IsCalendarFresh { get; init; }

        /// <summary>The timers that are counted in it, as the last admission has found them.</summary>
        public IReadOnlyList<RecomputedTimer> Timers { get; set; } = [];

        public override (string Word, object?[] Details) Key => ("recompute timers", [Calendar]);
    }

    /// <summary>The activity instance that gets something.</summary>
    /// <param name="Activity">The name of the activity.</param>
    /// <param name="Number">The number of the activity instance; null for the only one that is active.</param>
    public sealed record RunOfActivity(string Activity, int? Number);

    /// <summary>An activity that is active gets destinations (statement 4.16).</summary>
    /// <param name="To">The activity instance.</param>
    /// <param name="Destinations">The users, groups and roles.</param>
    public sealed record AddDestinations(RunOfActivity To, IReadOnlyList<Destination> Destinations) : ManagementRequest
    {
        /// <summary>The roles and groups of the users whose roles tell whether they are left out (statement 4.10); null before anybody has asked.</summary>
        public IReadOnlyDictionary<string, IReadOnlyList<Destination>>? Memberships { get; init; }

        public override (string Word, object?[] Details) Key => ("add destinations", [To.Activity, To.Number, .. Destinations.Select(who => $"{who}")]);

        /// <summary>The roles and groups of a user; null where nobody has asked for them.</summary>
        public IReadOnlyList<Destination>? MembershipsOf(string user) => Memberships?.GetValueOrDefault(user);

        /// <summary>The users whose roles tell whether they are left out.</summary>
        public IReadOnlyList<string> WhoseRolesCount(ProcessInstance process) =>
        [
            .. Destinations
                .Where(who => who.Kind is DestinationKind.User
                    && process.ActivityList.Exists(activity => activity.Name == To.Activity && ExclusionCheck.IsByRole(activity, who.Name)))
                .Select(who => who.Name),
        ];
    }

    /// <summary>An activity that is active gets slots (statement 4.16).</summary>
    /// <param name="To">The activity instance.</param>
    /// <param name="Count">How many.</param>
    /// <param name="Data">The instance data of the first of them, in plan per slot.</param>
    public sealed record AddSlots(RunOfActivity To, int Count, IReadOnlyList<FieldValue> Data) : ManagementRequest
    {
        public override (string Word, object?[] Details) Key =>
            ("add slots", [To.Activity, To.Number, Count, .. Data.Select(value => ExactText.Of(value))]);
    }

    private static object?[] OfError(ProcessError? error) => [error?.At.UtcTicks, error?.Element, error?.Message, error?.Number];
}
