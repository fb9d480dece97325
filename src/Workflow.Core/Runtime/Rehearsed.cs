using Workflow.Core.Definitions;
using Workflow.Core.Formats;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Runtime;

/// <summary>The results of a rehearsal: the instance as it is and as it would be, and what would be stored.</summary>
/// <param name="definition">The definition on which the instance runs.</param>
/// <param name="before">The instance as it is stored.</param>
/// <param name="after">The copy that changes.</param>
internal sealed class Rehearsed(ProcessDefinition definition, ProcessInstance before, ProcessInstance after)
{
    private readonly List<JournalEntry> _facts = [];
    private readonly List<ServerItemRecord> _serverItems = [];
    private readonly List<ProcessTimer> _armed = [];
    private readonly HashSet<int> _ended = [];

    public ProcessDefinition Definition { get; } = definition;

    /// <summary>The definition on which it would run: another one only where the command changes the version.</summary>
    public ProcessDefinition DefinitionAfter { get; set; } = definition;

    public ProcessInstance Before => before;

    public ProcessInstance After => after;

    /// <summary>Why the command would be refused, or what it has to ask first; null for neither.</summary>
    public Refusal? Refusal { get; set; }

    /// <summary>The code that runs, as the store knows it; none if none does.</summary>
    public PlannedCall Running { get; init; }

    /// <summary>The code that would be called first; none if none would be.</summary>
    public PlannedCall FirstCode { get; set; }

    public IReadOnlyList<JournalEntry> Facts => _facts;

    public IReadOnlyList<ServerItemRecord> ServerItems => _serverItems;

    /// <summary>The timers that would be armed, with those that have waited for the instance to move again.</summary>
    public IReadOnlyList<ProcessTimer> ArmedTimers => _armed;

    /// <summary>The timers that would not be needed any more.</summary>
    public IEnumerable<ProcessTimer> EndedTimers => before.TimersOrNull?.All().Where(timer => _ended.Contains(timer.Number)) ?? [];

    /// <summary>Takes what would be stored. The bytes belong to the engine.</summary>
    public void Add(Commit commit)
    {
        if (commit.Journal is { } journal)
        {
            _facts.AddRange(JournalReader.Read(journal.Content.Span, commit.ProcessInstance, journal.FirstNumber));
        }

        _serverItems.AddRange(commit.ServerItems);
        _ended.UnionWith(commit.EndedTimers);
        _armed.RemoveAll(timer => commit.EndedTimers.Contains(timer.Number));
        _armed.AddRange(commit.ArmedTimers);
    }
}
