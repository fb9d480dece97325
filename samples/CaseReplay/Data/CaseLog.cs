using Cases.Paper;
using Workflow.Core.Client;
using Workflow.Core.Definitions;

namespace Cases.Data;

/// <summary>One log of real cases, with the process that they are replayed on and its description on paper.</summary>
/// <param name="Form">Its name, and how it is written.</param>
/// <param name="Definition">The process.</param>
/// <param name="Paper">The expected process, as the data folder describes it.</param>
/// <param name="Cases">The cases, in the order of the log.</param>
public sealed record CaseLog(LogForm Form, ProcessDefinition Definition, PaperProcess Paper, IReadOnlyList<RecordedCase> Cases)
{
    /// <summary>Gives a process instance what the case has from its start.</summary>
    public Action<ProcessStart, RecordedCase> Begin { get; init; } = static (_, _) => { };
}
