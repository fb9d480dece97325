namespace Workflow.Core.Persistence;

/// <summary>An instance that an engine has been given to work on.</summary>
/// <param name="Id">The process instance.</param>
/// <param name="Epoch">The epoch of the claim: a commit made under an earlier one is refused from now on (statement 14.3).</param>
/// <param name="Attempts">How often it has been claimed since it was last committed or an administrator last took back that it is set aside, this time
/// included; 1 at first. That an engine is given again what it holds a lease on does not count.</param>
/// <param name="HasPendingCall">Whether its last commit has a pending call.</param>
/// <param name="Owner">The engine that has claimed it.</param>
public readonly record struct ClaimedProcess(ProcessInstanceId Id, long Epoch, int Attempts, bool HasPendingCall, string Owner);
