namespace Workflow.Core.Persistence;

/// <summary>An instance that an engine has been given to work on.</summary>
/// <param name="Id">The process instance.</param>
/// <param name="Epoch">The epoch of the claim: a commit made under an earlier one is refused from now on (statement 14.3).</param>
/// <param name="Attempts">The number of claims since the last commit, or since an administrator last released the instance from being set aside. It includes
/// this one, and is 1 at first. A repeated claim by the engine that holds the lease does not count.</param>
/// <param name="HasPendingCall">Whether its last commit has a pending call.</param>
/// <param name="Owner">The engine that has claimed it.</param>
public readonly record struct ClaimedProcess(ProcessInstanceId Id, long Epoch, int Attempts, bool HasPendingCall, string Owner);
