using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime.OneThread;

/// <summary>A timer that is armed wakes the engine if it is due before the engine looks again, and only then.</summary>
[TestFixture]
internal sealed class WakingTests
{
    private SynchronizationContext? _context;
    private ManualClock _clock = null!;
    private QueueExecutor _executor = null!;
    private CountingStore _store = null!;
    private WorkflowEngine _engine = null!;
    private int _fired;

    [SetUp]
    public void Begin()
    {
        _context = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(null);
        (_clock, _fired) = (new ManualClock(), 0);
        (_executor, _store) = (new QueueExecutor(_clock), new CountingStore(new InMemoryProcessStore(_clock)));
        _engine = WorkflowEngine.Create(options => (options.Store, options.Clock, options.Executor) = (_store, _clock, _executor));
    }

    [TearDown]
    public void End()
    {
        _engine.Dispose();
        SynchronizationContext.SetSynchronizationContext(_context);
    }

    [Test]
    [Statement("6.6")]
    public void Escalations_that_are_due_much_later_do_not_wake_the_engine_each()
    {
        Deploy(TimeSpan.FromDays(7));
        StartAndApprove();
        var known = _store.Claims;

        for (var more = 0; more < 20; more++)
        {
            StartAndApprove();
        }

        _store.Claims.ShouldBe(known);
    }

    [Test]
    [Statement("6.6")]
    [TestCase(5)]
    [TestCase(15)]
    [TestCase(16)]
    [TestCase(100)]
    public void An_escalation_fires_at_its_second_whatever_else_is_armed(int seconds)
    {
        Deploy(TimeSpan.FromSeconds(seconds));
        StartAndApprove();
        Pass(3);
        Start();

        Pass(seconds - 1);
        _fired.ShouldBe(0);
        Pass(1);
        _fired.ShouldBe(1);
    }

    [Test]
    [Statement("6.6")]
    public void An_escalation_that_is_armed_after_a_long_silence_fires_at_its_second()
    {
        Deploy(TimeSpan.FromSeconds(90));
        StartAndApprove();
        Pass(200);
        var known = _store.Claims;
        Pass(200);
        _store.Claims.ShouldBe(known, "nothing is armed, so the engine sleeps until it is woken");

        Start();
        Pass(90);
        _fired.ShouldBe(1);
    }

    private void Deploy(TimeSpan after) => _executor.End(_engine.DeployAsync(ProcessDefinition.Define("Claim", process => process.OpenToAll()
        .StartsWith(process.Activity("Approve", activity => activity
            .Destinations(to => to.Users("dora"))
            .Client("Decision", task => task
                .Action("Approve")
                .Escalation("Remind", after, then => then.Run("Remind", _ => _fired++))))))).AsTask());

    private void Start() => _executor.End(_engine.As("dora").StartAsync("Claim").AsTask());

    private void StartAndApprove()
    {
        Start();
        var tasks = _executor.Get(_engine.As("dora").Worklist.ListAsync());
        _executor.End(tasks[^1].ExecuteAsync("Approve").AsTask());
    }

    private void Pass(int seconds)
    {
        for (var passed = 0; passed < seconds; passed++)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            _executor.Drain();
        }
    }

    private sealed class CountingStore(IProcessStore asked) : StoreAround
    {
        public int Claims { get; private set; }

        protected override IProcessStore Asked => asked;

        public override ValueTask<IReadOnlyList<ClaimedProcess>> ClaimAsync(ClaimQuery query, CancellationToken cancellation)
        {
            Claims++;
            return base.ClaimAsync(query, cancellation);
        }
    }
}
