using Workflow.Core.Client;
using Workflow.Core.Definitions;

namespace Workflow.Core.Tests.Runtime;

/// <summary>Failures before a start has begun.</summary>
[TestFixture]
internal sealed class StartFailureTests
{
    [Test]
    [Statement("14.5")]
    public async Task A_clock_that_fails_when_an_instance_is_started_does_not_keep_the_engine_from_stopping()
    {
        var clock = new FailingClock();
        var engine = WorkflowEngine.Create(options => options.Clock = clock);
        await engine.DeployAsync(ProcessDefinition.Define("Short", process => process.StartsWith(process.Activity("Only", _ => { }))));
        clock.Fails = true;

        await Should.ThrowAsync<InvalidTimeZoneException>(() => engine.AsSystem().StartAsync("Short").AsTask());

        clock.Fails = false;
        await engine.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromMinutes(1));
    }

    private sealed class FailingClock : TimeProvider
    {
        public bool Fails { get; set; }

        public override DateTimeOffset GetUtcNow() => Fails ? throw new InvalidTimeZoneException("The clock does not answer.") : base.GetUtcNow();
    }
}
