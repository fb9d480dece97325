namespace Workflow.Core.Definitions;

/// <summary>The kinds of findings that deploying a definition can have (statement 13.4). An id never changes; later versions of the library add more.</summary>
public static class FindingIds
{
    /// <summary>There are answers after which none of the outcomes of an activity is true. The finding names them.</summary>
    public const string OutcomesCanAllBeFalse = "outcomes-can-all-be-false";

    /// <summary>It is not known whether the outcomes of an activity can all be false. A rule is code, reads data, or has too many answers to try.</summary>
    public const string OutcomesNotTried = "outcomes-not-tried";

    /// <summary>No line leads to an activity from the start of the process, so it never runs.</summary>
    public const string ActivityNotReached = "activity-not-reached";

    /// <summary>An activity has lines, and none of them can be followed after one of its outcomes.</summary>
    public const string OutcomeWithoutLine = "outcome-without-line";

    /// <summary>An action is allowed for a role, group or user that the task is not for.</summary>
    public const string ActionRightForNobody = "action-right-for-nobody";

    /// <summary>The rule of a destination set is false for all data, so the set never applies.</summary>
    public const string DestinationSetNeverApplies = "destination-set-never-applies";

    /// <summary>A user has the name of a role or group of the definition. The definition names the user as a destination, in an exclusion, or in a
    /// right.</summary>
    public const string UserNamedLikeRole = "user-named-like-role";

    /// <summary>The rights of a process let nobody but the host start it.</summary>
    public const string NobodyMayStart = "nobody-may-start";

    /// <summary>The rule of a milestone is false for all data, so its activity waits for ever and keeps the instance alive.</summary>
    public const string MilestoneNeverReached = "milestone-never-reached";

    /// <summary>The preceding rule of an activity is false for all data, so the activity never runs.</summary>
    public const string PrecedingRuleNeverTrue = "preceding-rule-never-true";

    /// <summary>A join waits for more lines than can be followed. Their activity runs once, and each of its outcomes follows some of them only.</summary>
    public const string JoinNeverPasses = "join-never-passes";

    /// <summary>The definition names roles or groups, and the host has set no resolver (<c>WorkflowOptions.DestinationResolver</c>).</summary>
    public const string NoResolver = "no-resolver";

    /// <summary>A start rule names a calendar that is neither one of the working hours of the host (<c>WorkflowOptions.WorkingHours</c>) nor a time zone of
    /// the machine. Or it needs the default calendar, and there is none.</summary>
    public const string UnknownCalendar = "unknown-calendar";

    /// <summary>An event starts a process of which this host has no version, or not the version that the event names.</summary>
    public const string SubProcessNotDeployed = "sub-process-not-deployed";

    /// <summary>An event maps a field that the process which it starts does not have, or has in another type. So it fails.</summary>
    public const string SubProcessMapping = "sub-process-mapping";

    /// <summary>Processes start each other without a rule, a task or a start rule in between, until the limit of depth.</summary>
    public const string SubProcessCycle = "sub-process-cycle";

    /// <summary>All ids, in the order of the manual.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        OutcomesCanAllBeFalse, OutcomesNotTried, ActivityNotReached, OutcomeWithoutLine, ActionRightForNobody, DestinationSetNeverApplies, UserNamedLikeRole,
        NobodyMayStart, MilestoneNeverReached, PrecedingRuleNeverTrue, JoinNeverPasses, NoResolver, UnknownCalendar, SubProcessNotDeployed, SubProcessMapping,
        SubProcessCycle,
    ];

    /// <summary>An id that does not exist would silently refuse or silence nothing.</summary>
    /// <exception cref="ArgumentException">There is no such id.</exception>
    internal static void Validate(IEnumerable<string> ids, string option)
    {
        ArgumentNullException.ThrowIfNull(ids, option);
        foreach (var id in ids)
        {
            if (!All.Contains(id, StringComparer.Ordinal))
            {
                throw new ArgumentException(
                    $"{option} names '{Names.Printable(id)}', which is not the id of a finding. {NearestName.Proposal(id ?? "", All)}", option);
            }
        }
    }
}
