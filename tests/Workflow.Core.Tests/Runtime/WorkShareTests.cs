using Workflow.Core.Runtime;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Work on one instance holds one share at a time.</summary>
[TestFixture]
internal sealed class WorkShareTests
{
    /// <summary>A command that is repeated after a conflict comes to its call again.</summary>
    [Test]
    [Statement("14.7b")]
    public void Work_that_is_repeated_after_conflicts_keeps_one_share_of_the_calls()
    {
        var shares = new WorkShares();
        var work = new BackgroundWork(shares, WorkKind.Timers, () => { });
        for (var conflict = 0; conflict <= WorkShares.Most; conflict++)
        {
            work.TryCall().ShouldBeTrue();
        }

        shares.Free(WorkKind.Calls).ShouldBe(WorkShares.Most - 1);
        shares.Free(WorkKind.Timers).ShouldBe(WorkShares.Most);
        work.EndCall();
        shares.Free(WorkKind.Timers).ShouldBe(WorkShares.Most - 1);
        work.Pause();
        new BackgroundWork(shares, WorkKind.Timers, () => { }).TryCall().ShouldBeTrue("all shares are free");
        shares.Free(WorkKind.Calls).ShouldBe(WorkShares.Most - 1);
        shares.Free(WorkKind.Timers).ShouldBe(WorkShares.Most);
    }
}
