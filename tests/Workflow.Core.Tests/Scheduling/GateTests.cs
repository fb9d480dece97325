using Workflow.Core.Instances;
using Workflow.Core.Scheduling;
using Gate = Workflow.Core.Scheduling.Gate;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>Each status says of each kind of input what becomes of it.</summary>
[TestFixture]
internal sealed class GateTests
{
    private static readonly ProcessInstanceStatus[] _stored =
    [
        ProcessInstanceStatus.Active, ProcessInstanceStatus.Error, ProcessInstanceStatus.Stopped, ProcessInstanceStatus.Completed,
        ProcessInstanceStatus.Deleted,
    ];

    private static IEnumerable<TestCaseData> Table =>
        from status in _stored from kind in Enum.GetValues<InputKind>() select new TestCaseData(status, kind);

    [TestCaseSource(nameof(Table))]
    [Statement("1.8")]
    [Statement("6.6")]
    [Statement("8.1")]
    [Statement("8.6")]
    public void Every_kind_of_input_has_its_place_in_the_table(object status, object kind)
    {
        var expected = (status, kind) switch
        {
            (ProcessInstanceStatus.Active, _) => Passage.Admitted,
            (_, InputKind.Start or InputKind.CallResult) => Passage.Impossible,
            (ProcessInstanceStatus.Error or ProcessInstanceStatus.Stopped, InputKind.Finish or InputKind.TaskRequest
                or InputKind.AdministratorRequest or InputKind.Withdrawal) => Passage.Halted,
            (ProcessInstanceStatus.Error or ProcessInstanceStatus.Stopped, InputKind.RoleTimer or InputKind.StartTimer or InputKind.ProcessStartTimer
                or InputKind.EscalationTimer or InputKind.RetryTimer) => Passage.Later,
            (
                ProcessInstanceStatus.Completed or ProcessInstanceStatus.Deleted,
                InputKind.Finish or InputKind.TaskRequest or InputKind.AdministratorRequest or InputKind.Withdrawal or InputKind.Management) => Passage.Over,
            _ => Passage.Admitted,
        };

        Gate.Of((ProcessInstanceStatus)status, (InputKind)kind).ShouldBe(expected);
    }

    [Test]
    public void A_status_that_is_never_stored_has_no_place()
    {
        Should.Throw<System.Diagnostics.UnreachableException>(() => Gate.Of(ProcessInstanceStatus.Running, InputKind.Finish));
        Enum.GetValues<ProcessInstanceStatus>().ShouldBe([ProcessInstanceStatus.Running, .. _stored], ignoreOrder: true);
    }
}
