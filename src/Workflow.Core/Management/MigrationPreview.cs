using Workflow.Core.Definitions;

namespace Workflow.Core.Management;

/// <summary>The result that a change of the version of one instance would have now (statement 8.8d).</summary>
public sealed record MigrationPreview
{
    /// <summary>The process instance.</summary>
    public required ProcessInstanceId ProcessInstance { get; init; }

    /// <summary>The outcome that the change would have.</summary>
    public required MigrationOutcome Outcome { get; init; }

    /// <summary>Why the instance would be refused; null when it would not.</summary>
    public WorkflowException? Refusal { get; init; }

    /// <summary>Everything that the new version lacks, each with what to do; empty when it lacks nothing, or the instance is refused for another
    /// reason.</summary>
    public IReadOnlyList<DefinitionProblem> Obstacles { get; init; } = [];

    /// <summary>The escalations that are new in the new version and that will not be armed for the things that are active, each in words (statement
    /// 8.8b).</summary>
    public IReadOnlyList<string> NotArmed { get; init; } = [];

    /// <summary>The events that a destination has done and will do again, because the new version has them behind the event at work, each in words (statement
    /// 8.8b).</summary>
    public IReadOnlyList<string> RunAgain { get; init; } = [];

    /// <summary>The activities whose actors a destination rule of the new version asks for, though the old version did not keep them: those who act from the
    /// change on are counted, and nobody who acted before (statement 4.10).</summary>
    public IReadOnlyList<string> ActorsNotKept { get; init; } = [];

    /// <summary>The joins that go on otherwise than before, each in words. They wait for more, forget their arrivals, or count the lines of a split whose
    /// branches the old version did not keep (statement 8.8b).</summary>
    public IReadOnlyList<string> JoinsChanged { get; init; } = [];

    /// <summary>The activities that go on otherwise than before because of exclusive groups, each in words. They need not wait any more, or are active at once
    /// though the new version has them exclude each other (statement 8.8b).</summary>
    public IReadOnlyList<string> GroupsChanged { get; init; } = [];
}
