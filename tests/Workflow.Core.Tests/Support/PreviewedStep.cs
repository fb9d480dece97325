using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>A command of an administrator that is previewed and then carried out: both do the same, up to the first call of code (statement 13.9).</summary>
/// <param name="bed">The test bed.</param>
/// <param name="store">The store of the test bed.</param>
/// <param name="id">The process instance.</param>
/// <param name="administrator">The administrator.</param>
internal sealed class PreviewedStep(WorkflowTestBed bed, PausingStore store, ProcessInstanceId id, string administrator)
{
    /// <summary>The name of the event whose code is pure. Its commit comes later, so the facts are all that can be compared.</summary>
    public const string Pure = "Pure";

    /// <param name="preview">The preview.</param>
    /// <param name="apply">The command.</param>
    /// <param name="again">Lets rules and the resolver answer as at the last time.</param>
    public async Task RunAsync(Func<Task<ManagementEffects>> preview, Func<Task> apply, Action again)
    {
        var before = await WalkedState.ReadAsync(bed, id, administrator);
        var bytes = await bed.StoredBytesAsync(id);
        again();
        store.IsClosed = true;
        var (effects, foreseen) = await TryAsync(preview);
        store.IsClosed = false;
        (await bed.StoredBytesAsync(id)).ShouldBe(bytes, "a preview changes nothing");

        again();
        WalkedState? left = null;
        store.AfterNextCommit = async () => left = await WalkedState.ReadAsync(bed, id, administrator);
        var (_, refusal) = await TryAsync(async () =>
        {
            await apply();
            return true;
        });
        store.AfterNextCommit = null;
        (refusal?.GetType(), refusal?.Message).ShouldBe((foreseen?.GetType(), foreseen?.Message), "refused alike");
        if (refusal is not null)
        {
            throw refusal;
        }

        if (left is null)
        {
            effects!.Facts.ShouldBeEmpty("there was nothing to do, so nothing is stored");
            left = await WalkedState.ReadAsync(bed, id, administrator);
        }

        if (effects!.FirstCall is { Element: Pure })
        {
            left.History.Skip(before.History.Count).Take(effects.Facts.Count).Select(WalkedState.WithoutNumber).ShouldBe(effects.Facts);
            return;
        }

        left.ShouldFollow(before, effects);
        (effects.FirstCall is not null).ShouldBe(left.Process.Status is ProcessInstanceStatus.Running);
    }

    private static async Task<(T? Result, WorkflowException? Refusal)> TryAsync<T>(Func<Task<T>> attempt)
    {
        try
        {
            return (await attempt(), null);
        }
        catch (WorkflowException refusal) when (refusal is not WorkflowInvariantException)
        {
            return (default, refusal);
        }
    }
}
