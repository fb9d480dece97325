using Cases.Paper;
using Workflow.Core.Definitions;

namespace Cases.Data;

/// <summary>One log of real cases, with the process that they are replayed on and its description on paper.</summary>
/// <param name="Name">The name of the log, as in the names of its files.</param>
/// <param name="Definition">The process.</param>
/// <param name="Paper">The expected process, as the data folder describes it.</param>
/// <param name="Cases">The cases, in the order of the log.</param>
public sealed record CaseLog(string Name, ProcessDefinition Definition, PaperProcess Paper, IReadOnlyList<RecordedCase> Cases);
