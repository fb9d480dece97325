using Workflow.Core.Runtime;
using Workflow.Core.Scheduling;

namespace Workflow.Core.Tests.Scheduling;

/// <summary>Calls that the end of a host cut short are counted by themselves.</summary>
[TestFixture]
internal sealed class CutShortTests
{
    [Test]
    [Statement("13.2")]
    [Statement("8.2")]
    public void Attempts_that_failed_do_not_use_up_the_repeats_after_the_end_of_a_host([Values(0, 6)] int failures)
    {
        var drive = new Drive(Trouble.Definition).Start();
        for (var failed = 1; failed <= failures; failed++)
        {
            drive.Throw();
            drive.Apply(new Input.OfManagement("boss", new ManagementRequest.Retry(Error: null), Reason: null)).ShouldBeNull();
        }

        // Each time the host ends while the code runs, and the next one calls it again.
        for (var begun = 1; begun <= 6; begun++)
        {
            CodeFaults.WhyNot(drive.Process.NextPlannedCall(), "server event").ShouldBeNull($"call {begun.Invariant()}");
            drive.Call();
        }

        var last = drive.Process.NextPlannedCall();
        (last.Attempts, last.CutShort).ShouldBe((failures + 6, 5));
        CodeFaults.WhyNot(last, "server event").ShouldNotBeNull().Message.ShouldContain("more than five times");
    }
}
