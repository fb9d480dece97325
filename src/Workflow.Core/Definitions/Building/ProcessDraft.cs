using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>A process as it was written down.</summary>
internal sealed record ProcessDraft(
    string Name,
    int Version,
    IReadOnlyList<Field> Fields,
    HashSet<Field> Required,
    IReadOnlyList<ActivityBuilder> Activities,
    List<LineDraft> Lines,
    string? DefaultCalendar,
    StartDraft? Start,
    FinishDraft? Finish,
    ProcessRights Rights,
    IReadOnlyList<EscalationDraft> Escalations,
    ExceptionHandler? ExceptionRule,
    Withdrawal? Withdrawal,
    IReadOnlyList<ExclusiveGroup> Groups);
