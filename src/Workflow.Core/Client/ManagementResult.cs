using Workflow.Core.Instances;

namespace Workflow.Core.Client;

/// <summary>The result of an administrator's command that was not refused.</summary>
/// <param name="Error">The error that it has left; null for none.</param>
/// <param name="IsNothingToDo">Whether the instance was before as the command wants it. Then nothing has changed.</param>
internal readonly record struct ManagementResult(ProcessError? Error, bool IsNothingToDo);
