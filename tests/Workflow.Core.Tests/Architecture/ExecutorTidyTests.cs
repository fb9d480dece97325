using System.Diagnostics.CodeAnalysis;
using System.Reflection;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Only the executor begins work, signals, waits and cancels, so that a test can run an engine on one thread.</summary>
/// <remarks>The rule holds for Workflow.Core, all of it but the executor's own folder: a single thread or timer elsewhere would leave the test. It does not
/// hold for the two packages beside it. A store of Workflow.Core.Relational has its own writers. The engine knows a store by its interface only and awaits it,
/// and an engine on one thread has the store in memory. The contract of Workflow.Core.Testing asks a store from several threads on purpose. Both are named here
/// file by file, so that another file is a decision.</remarks>
[TestFixture]
internal sealed class ExecutorTidyTests
{
    /// <summary>Files beside the library that may do so, by their path below src, and why.</summary>
    private static readonly Dictionary<string, string> _beside = new()
    {
        ["Workflow.Core.Relational/Access/PostgreSqlAccess.cs"] = "One caller makes the tables, and the others wait for it.",
        ["Workflow.Core.Relational/Access/SqliteAccess.cs"] = "The writer's thread makes the tables and waits for the driver, which answers at once.",
        ["Workflow.Core.Relational/Commits/CommitJob.cs"] = "A commit that waits for the writer.",
        ["Workflow.Core.Relational/Commits/PostgreSqlCommitter.cs"] = "The writer of PostgreSQL: it gathers commits beside their callers.",
        ["Workflow.Core.Relational/Commits/PostgreSqlGroup.cs"] = "The writer of PostgreSQL repeats a group after a pause.",
        ["Workflow.Core.Relational/Commits/SqliteWriter.cs"] = "The writer of SQLite: one thread, since one connection writes at a time.",
        ["Workflow.Core.Relational/Commits/WriterAction.cs"] = "Something that waits for the writer.",
        ["Workflow.Core.Relational/Commits/WriterConnection.cs"] = "The writer's thread closes its connection.",
        ["Workflow.Core.Relational/Connections/SessionPool.cs"] = "A session is closed beside the caller who has given it back.",
        ["Workflow.Core.Relational/Connections/SqliteConnections.cs"] = "The driver of SQLite answers at once.",
        ["Workflow.Core.Relational/RelationalProcessStore.cs"] = "Dispose blocks, for containers that cannot wait.",
        ["Workflow.Core.Testing/Contract/ClaimRules.cs"] = "It asks the store from several threads.",
        ["Workflow.Core.Testing/Contract/ConcurrencyRules.cs"] = "It asks the store from several threads.",
        ["Workflow.Core.Testing/Contract/DefinitionRules.cs"] = "It asks the store from several threads.",
        ["Workflow.Core.Testing/Contract/NumberRules.cs"] = "It asks the store from several threads.",
        ["Workflow.Core.Testing/ManualTimeProvider.cs"] = "It is the clock that a test moves.",
    };

    private static readonly IReadOnlyList<Type> _types = [.. typeof(WorkflowException).Assembly.GetTypes().Where(ExecutorRules.Concerns)];

    [Test]
    public void No_method_of_the_library_begins_signals_waits_or_cancels_but_by_the_executor()
    {
        _types.Count.ShouldBeGreaterThan(500);

        _types.SelectMany(type => DeterminismRules.ViolationsIn(type, ExecutorRules.Escape)).ShouldBeEmpty();
    }

    [Test]
    public void No_source_names_threads_signals_or_timers_but_the_executor_and_the_files_that_are_listed() =>
        SourceTree.AllOfSrc.Where(file => !IsExecutor(file) && !_beside.ContainsKey(file.Path)).SelectMany(ExecutorRules.ViolationsIn).ShouldBeEmpty();

    [Test]
    public void Each_file_that_is_listed_still_needs_it() =>
        _beside.Keys.Where(path => !SourceTree.AllOfSrc.Any(file => file.Path == path && ExecutorRules.ViolationsIn(file).Any())).ShouldBeEmpty();

    /// <summary>The list is for what stands beside the library. The library itself has the one folder.</summary>
    [Test]
    public void Nothing_of_the_library_is_listed()
    {
        _beside.Keys.Where(path => path.StartsWith("Workflow.Core/", StringComparison.Ordinal)).ShouldBeEmpty();
        SourceTree.AllOfSrc.Where(IsExecutor).SelectMany(ExecutorRules.ViolationsIn).ShouldNotBeEmpty("the folder is where the rule looks for it");
    }

    [TestCase("new Thread(Run).Start();")]
    [TestCase("_ = Task.Run(work);")]
    [TestCase("await Task.Delay(wait, clock);")]
    [TestCase("Task.Factory.StartNew(work, TaskCreationOptions.LongRunning);")]
    [TestCase("private readonly TaskCompletionSource _ended = new();")]
    [TestCase("Wait(TaskCreationOptions.RunContinuationsAsynchronously);")]
    [TestCase("await source.CancelAsync();")]
    [TestCase("_ = task.ContinueWith(Report);")]
    [TestCase("await ready.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);")]
    [TestCase("_timer = clock.CreateTimer(Ring, this, wait, wait);")]
    [TestCase("work().GetAwaiter().GetResult();")]
    public void A_source_that_does_so_is_found(string line) =>
        ExecutorRules.ViolationsIn(new SourceFile("Workflow.Core/Runtime/WorkPump.cs", line)).ShouldNotBeEmpty();

    [TestCase("await _services.Executor.CancelAsync(_stopping);")]
    [TestCase("_ = executor.CancelAsync(lost);")]
    [TestCase("// Task.Run would leave the thread")]
    [TestCase("var query = new TimerQuery();")]
    [TestCase("services.Executor.Begin(RunAsync);")]
    public void A_source_that_asks_the_executor_is_not_reported(string line) =>
        ExecutorRules.ViolationsIn(new SourceFile("Workflow.Core/Runtime/WorkPump.cs", line)).ShouldBeEmpty();

    [TestCase(nameof(Escaping.Begins), "begins work")]
    [TestCase(nameof(Escaping.Yields), "begins work")]
    [TestCase(nameof(Escaping.Waits), "waits")]
    [TestCase(nameof(Escaping.WaitsForSomeTime), "waits")]
    [TestCase(nameof(Escaping.Blocks), "blocks")]
    [TestCase(nameof(Escaping.Signals), "works with threads or signals")]
    [TestCase(nameof(Escaping.Queues), "works with threads or signals")]
    [TestCase(nameof(Escaping.Cancels), "cancels")]
    [TestCase(nameof(Escaping.CancelsLater), "cancels")]
    [TestCase(nameof(Escaping.Rings), "sets a timer")]
    public void A_method_that_does_so_is_found(string method, string reason)
    {
        Type[] types = [typeof(Escaping), .. typeof(Escaping).GetNestedTypes(BindingFlags.NonPublic)];

        types.SelectMany(type => DeterminismRules.ViolationsIn(type, ExecutorRules.Escape))
            .ShouldContain(violation => violation.Contains(method, StringComparison.Ordinal) && violation.Contains(reason, StringComparison.Ordinal));
    }

    [Test]
    public void A_method_that_only_awaits_is_not_reported()
    {
        Type[] types = [typeof(Awaiting), .. typeof(Awaiting).GetNestedTypes(BindingFlags.NonPublic)];

        types.SelectMany(type => DeterminismRules.ViolationsIn(type, ExecutorRules.Escape)).ShouldBeEmpty();
    }

    private static bool IsExecutor(SourceFile file) => file.Path.StartsWith(ExecutorRules.Folder, StringComparison.Ordinal);

    [SuppressMessage("Performance", "CA1849", Justification = "It is there to be found.")]
    private static class Escaping
    {
        public static Task Begins() => Task.Run(static () => { });

        public static async Task Yields() => await Task.Yield();

        public static Task Waits(TimeProvider clock) => Task.Delay(TimeSpan.Zero, clock);

        public static Task WaitsForSomeTime(Task task, TimeProvider clock) => task.WaitAsync(TimeSpan.Zero, clock);

        public static void Blocks(ValueTask task) => task.AsTask().GetAwaiter().GetResult();

        public static TaskCompletionSource<bool> Signals() => new();

        public static void Queues(IThreadPoolWorkItem item) => ThreadPool.UnsafeQueueUserWorkItem(item, preferLocal: false);

        public static async Task Cancels(CancellationTokenSource source) => await source.CancelAsync();

        public static CancellationTokenSource CancelsLater() => new(TimeSpan.FromSeconds(1));

        public static ITimer Rings(TimeProvider clock) => clock.CreateTimer(static _ => { }, null, TimeSpan.Zero, TimeSpan.Zero);
    }

    private static class Awaiting
    {
        public static async Task<int> Sum(Task<int> first, ValueTask<int> second, CancellationToken cancellation)
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            await Task.WhenAll(first, Task.CompletedTask).WaitAsync(either.Token).ConfigureAwait(false);
            return await first.ConfigureAwait(ConfigureAwaitOptions.None) + await second.ConfigureAwait(false);
        }
    }
}
