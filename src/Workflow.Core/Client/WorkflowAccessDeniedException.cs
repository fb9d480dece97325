using Workflow.Core.Definitions;

namespace Workflow.Core.Client;

/// <summary>A user asked for something without the right to it. Nothing was changed (statement 14.7).</summary>
public sealed class WorkflowAccessDeniedException : WorkflowException
{
    internal WorkflowAccessDeniedException(string user, ProcessRight missing, string definition, string what, IReadOnlyList<Destination> holders)
        : this(
            user,
            missing,
            definition,
            holders,
            $"'{user}' may not {what}: the {missing} right on '{definition}' is missing{Membership(holders)}. "
            + (holders.Count == 0
                ? "Grant it with Rights(...) in the definition."
                : "Add the user to one of them, or grant the right with Rights(...) in the definition."))
    {
    }

    private WorkflowAccessDeniedException(string user, ProcessRight missing, string definition, IReadOnlyList<Destination> holders, string message)
        : base(message)
    {
        Statement = "9.1";
        Holders = holders;
        User = user;
        MissingRight = missing;
        Definition = definition;
    }

    /// <summary>The user.</summary>
    public string User { get; }

    /// <summary>The right that would have been enough.</summary>
    public ProcessRight MissingRight { get; }

    /// <summary>The name of the process definition.</summary>
    public string Definition { get; }

    /// <summary>The roles and groups that have the right. The user belongs to none of them. Empty where it is granted to none.</summary>
    public IReadOnlyList<Destination> Holders { get; }

    /// <summary>Nobody has a right on a definition that is not there.</summary>
    internal static WorkflowAccessDeniedException NotDeployed(
        string user, ProcessRight missing, string definition, string what, IReadOnlyList<string> deployed) => new(
        user,
        missing,
        definition,
        [],
        $"'{user}' may not {what}: the {missing} right on '{Names.Printable(definition)}' is missing, since no process definition of this name is "
        + $"deployed here. {NearestName.Proposal(definition, deployed)} Deploy it, or correct the name.");

    private static string Membership(IReadOnlyList<Destination> holders) => holders.Count switch
    {
        0 => "",
        1 => $"; the {holders[0]} has it, and the user does not belong to it",
        _ => $"; {DestinationWords.Of(holders)} have it, and the user belongs to none of them",
    };
}
