using Workflow.Core.Instances;
using Workflow.Core.Tests.Scenarios;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Recovery on a store that others use too: what it does not get to is left to them.</summary>
[TestFixture]
internal sealed class RecoveryTests : SharedStoreFixture
{
    [Test]
    [Statement("14.4")]
    public async Task An_instance_that_takes_long_keeps_no_other_from_other_engines()
    {
        await LeaveBehindAsync(3);
        var slow = new Gate();
        var one = await OpenAsync(new SharedStore(Store), gate: slow);
        var recovering = one.RecoverAsync().AsTask();
        (await slow.Reached).ProcessInstance.Value.ShouldBe(1);
        Gate.Open();

        var other = await OpenAsync(new SharedStore(Store), options => options.TakesUpWork = true);
        await UntilAsync(async () => await StatusAsync(other, 2) is ProcessInstanceStatus.Active && await StatusAsync(other, 3) is ProcessInstanceStatus.Active);

        recovering.IsCompleted.ShouldBeFalse();
        slow.Open();
        (await recovering).ShouldBe(1);
        Calls.Count.ShouldBe(6);
    }

    [Test]
    [Statement("14.4")]
    public async Task All_that_is_left_behind_is_taken_up_in_the_order_of_the_numbers()
    {
        await LeaveBehindAsync(3);
        Gate.Open();
        Calls.Clear();
        var view = new SharedStore(Store) { Damage = (new ProcessInstanceId(2), _ => throw new IOException("The disk does not answer.")) };
        var engine = await OpenAsync(view);

        (await engine.RecoverAsync()).ShouldBe(2);
        view.Damage = null;
        (await engine.RecoverAsync()).ShouldBe(1);

        Calls.ShouldBe(["1-1 2", "3-1 2", "2-1 2"]);
    }
}
