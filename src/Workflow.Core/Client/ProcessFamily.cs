using Workflow.Core.Instances;
using Workflow.Core.Records;

namespace Workflow.Core.Client;

/// <summary>A process instance with the sub-processes below it (statement 7.7).</summary>
public sealed record ProcessFamily
{
    /// <summary>The process instance itself.</summary>
    public required ProcessRecord Process { get; init; }

    /// <summary>The sub-processes that it has started, in the order of their start, each with those below it. Only those that the user may see.</summary>
    public required IReadOnlyList<ProcessFamily> SubProcesses { get; init; }

    /// <summary>Whether there are more sub-processes, anywhere below it, than were asked for.</summary>
    public required bool HasMore { get; init; }

    /// <summary>The instance itself and all that are below it, each in front of its own sub-processes.</summary>
    /// <returns>The records.</returns>
    public IEnumerable<ProcessRecord> All() => SubProcesses.SelectMany(child => child.All()).Prepend(Process);
}

/// <summary>A fact of the history of one of several process instances.</summary>
/// <param name="ProcessInstance">The process instance.</param>
/// <param name="Fact">The fact.</param>
public readonly record struct FamilyFact(ProcessInstanceId ProcessInstance, JournalEntry Fact);
