using Workflow.Core.Contexts;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Building;

/// <summary>A line as it was written down. Without a name of its own it is called after the activities it joins.</summary>
internal sealed record LineDraft(string? OwnName, string? From, string To, Rule? Rule, ExceptionHandler? ExceptionRule)
{
    public string Name => OwnName ?? $"{From ?? "Start"} to {To}";
}

/// <summary>The start rule of a process as it was written down.</summary>
internal sealed record StartDraft(Rule? Condition, DueTime? Due);

/// <summary>A finish rule as it was written down.</summary>
internal sealed record FinishDraft(Rule Rule, string Activity);
