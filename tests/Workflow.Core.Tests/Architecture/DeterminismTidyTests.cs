using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Reflection;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The scheduler and everything below it: the same definition, inputs and instants always give the same state. So nothing there knows the time, waits,
/// draws lots, or depends on the order of a hash table.</summary>
[TestFixture]
internal sealed class DeterminismTidyTests
{
    private static readonly IReadOnlyList<Type> _types =
        [.. typeof(WorkflowException).Assembly.GetTypes().Where(type => Floors.Of(type.Namespace) is { } floor && Floors.Deterministic.Contains(floor))];

    private static readonly IReadOnlyList<Type> _stores =
        [.. typeof(WorkflowException).Assembly.GetTypes().Where(type => Floors.Of(type.Namespace) is "Persistence")];

    [Test]
    public void No_method_below_Runtime_uses_clock_chance_tasks_threads_or_hash_order()
    {
        _types.ShouldNotBeEmpty();

        _types.SelectMany(type => DeterminismRules.ViolationsIn(type, DeterminismRules.Undetermined)).ShouldBeEmpty();
    }

    [Test]
    public void No_method_below_Runtime_is_asynchronous() => _types.SelectMany(DeterminismRules.AsyncMethodsOf).ShouldBeEmpty();

    [Test]
    public void No_static_field_below_Runtime_can_change() => _types.SelectMany(DeterminismRules.StaticStateOf).ShouldBeEmpty();

    [Test]
    public void No_source_below_Runtime_names_clock_chance_tasks_threads_or_hash_order()
    {
        var sources = SourceTree.Library.Where(file => Floors.Deterministic.Contains(file.Folder) && !Floors.StandsBeside(file)).ToList();
        sources.ShouldNotBeEmpty();

        sources.SelectMany(DeterminismRules.ViolationsIn).ShouldBeEmpty();
    }

    /// <summary>A store waits for its medium, but the time comes with the question and ids come with the commit. Leases run out by a clock that the store is
    /// given.</summary>
    [Test]
    public void No_store_uses_chance_or_sleeps_or_a_clock_that_it_was_not_given() =>
        _stores.SelectMany(type => DeterminismRules.ViolationsIn(type, DeterminismRules.ClockOrChance))
            .Where(violation => !violation.Contains("TimeProvider.", StringComparison.Ordinal))
            .ShouldBeEmpty();

    [TestCase(nameof(Undetermined.Now), "reads the clock")]
    [TestCase(nameof(Undetermined.Today), "reads the clock")]
    [TestCase(nameof(Undetermined.Asked), "reads the clock")]
    [TestCase(nameof(Undetermined.Identity), "makes up an identity")]
    [TestCase(nameof(Undetermined.Dice), "asks for a random number")]
    [TestCase(nameof(Undetermined.Processors), "asks the environment")]
    [TestCase(nameof(Undetermined.Finished), "uses tasks")]
    [TestCase(nameof(Undetermined.Pairs), "enumerates in the order of hash codes")]
    [TestCase(nameof(Undetermined.Keys), "enumerates in the order of hash codes")]
    [TestCase(nameof(Undetermined.Members), "enumerates in the order of hash codes")]
    [TestCase(nameof(Undetermined.Mapped), "enumerates in the order of hash codes")]
    [TestCase(nameof(Undetermined.Queried), "enumerates in the order of hash codes")]
    [TestCase(nameof(Undetermined.Bucket), "uses a hash code for something else")]
    [TestCase(nameof(Undetermined.Generic), "makes up an identity")]
    public void A_call_that_is_not_determined_is_found(string method, string reason) =>
        DeterminismRules.ViolationsIn(typeof(Undetermined), DeterminismRules.Undetermined)
            .ShouldContain(violation => violation.Contains($".{method} {reason}", StringComparison.Ordinal));

    [Test]
    public void A_call_inside_a_lambda_or_an_iterator_is_found()
    {
        var violations = typeof(Undetermined).GetNestedTypes(BindingFlags.NonPublic)
            .SelectMany(type => DeterminismRules.ViolationsIn(type, DeterminismRules.Undetermined))
            .ToList();

        violations.ShouldContain(violation => violation.Contains("b__", StringComparison.Ordinal) && violation.Contains("NewGuid", StringComparison.Ordinal));
        violations.ShouldContain(violation => violation.Contains(".MoveNext reads", StringComparison.Ordinal));
    }

    [Test]
    public void A_sleep_is_found_in_a_store() =>
        DeterminismRules.ClockOrChance(MethodBase.GetCurrentMethod()!, typeof(Thread).GetMethod(nameof(Thread.Sleep), [typeof(int)])!).ShouldBe("sleeps");

    [Test]
    public void Determined_methods_are_not_reported()
    {
        Type[] types = [typeof(Determined), .. typeof(Determined).GetNestedTypes(BindingFlags.NonPublic)];

        types.SelectMany(type => DeterminismRules.ViolationsIn(type, DeterminismRules.Undetermined)).ShouldBeEmpty();
        types.SelectMany(DeterminismRules.AsyncMethodsOf).ShouldBeEmpty();
        types.SelectMany(DeterminismRules.StaticStateOf).ShouldBeEmpty();
    }

    [Test]
    public void Asynchronous_methods_and_static_state_are_found()
    {
        DeterminismRules.AsyncMethodsOf(typeof(Undetermined)).ShouldHaveSingleItem().ShouldContain(nameof(Undetermined.WaitAsync));
        DeterminismRules.StaticStateOf(typeof(Undetermined)).ShouldHaveSingleItem().ShouldContain("Count");
    }

    [TestCase("var now = DateTimeOffset.UtcNow;")]
    [TestCase("internal async ValueTask Run() { }")]
    [TestCase("Task<int> Count();")]
    [TestCase("private readonly ILogger _log;")]
    [TestCase("var text = $\"{Guid.NewGuid()}\";")]
    [TestCase("HashSet<string> names = []; foreach (var name in names) { }")]
    [TestCase("private readonly Dictionary<string, List<int>> _byName; int[] All() => [.. _byName];")]
    [TestCase("var seen = new HashSet<int>(); return seen.ToList();")]
    public void A_source_that_is_not_determined_is_found(string line) =>
        DeterminismRules.ViolationsIn(new SourceFile("Scheduling/Scheduler.cs", line)).ShouldNotBeEmpty();

    [TestCase("// the clock, DateTime.Now, is not read here")]
    [TestCase("const string Text = \"async await Task.Run\";")]
    [TestCase("const string Text = @\"a\"\" Task.Run\"; /* Guid.NewGuid() */")]
    [TestCase("const string Text = \"\"\"a \" Random \"\"\";")]
    [TestCase("const char Quote = '\"'; // Random")]
    [TestCase("private readonly Dictionary<string, int> _byName; int Of(string name) => _byName[name];")]
    [TestCase("foreach (var name in names) { }")]
    public void A_determined_source_is_not_reported(string line) =>
        DeterminismRules.ViolationsIn(new SourceFile("Scheduling/Scheduler.cs", line)).ShouldBeEmpty();

    [Test]
    public void Only_the_floors_that_name_user_code_may_say_value_task()
    {
        const string Line = "public delegate ValueTask ServerEventCode(ServerEventContext context);";

        DeterminismRules.ViolationsIn(new SourceFile("Contexts/ServerEventCode.cs", Line)).ShouldBeEmpty();
        DeterminismRules.ViolationsIn(new SourceFile("Scheduling/ServerEventCode.cs", Line)).ShouldNotBeEmpty();
    }

    [SuppressMessage("Security", "CA5394", Justification = "It is there to be found.")]
    [SuppressMessage("Performance", "CA1822", Justification = "It is there to be found.")]
    [SuppressMessage("Globalization", "CA1307", Justification = "It is there to be found.")]
    [SuppressMessage("Design", "CA1051", Justification = "It is there to be found.")]
    [SuppressMessage("Usage", "CA2211", Justification = "It is there to be found.")]
    private sealed class Undetermined
    {
        public static int Count = 1;

        private readonly Dictionary<string, int> _counts = [];
        private readonly HashSet<string> _names = [];

        public static DateTimeOffset Now() => DateTimeOffset.UtcNow;

        public static string Today() => DateTime.Today.ToString(CultureInfo.InvariantCulture);

        public static DateTimeOffset Asked(TimeProvider time) => time.GetUtcNow();

        public static Guid Identity() => Guid.NewGuid();

        public static int Dice() => new Random(1).Next(6);

        public static int Processors() => Environment.ProcessorCount;

        public static Task Finished() => Task.CompletedTask;

        public static async Task WaitAsync() => await Task.Yield();

        public static int Bucket(string name) => name.GetHashCode() % 7;

        public static (T Value, Guid Id) Generic<T>(T value) => (value, Guid.NewGuid());

        public static IEnumerable<Func<Guid>> Later()
        {
            yield return () => Guid.NewGuid();
            if (DateTime.Now.Ticks > 0)
            {
                yield return Guid.NewGuid;
            }
        }

        public int Pairs()
        {
            var sum = 0;
            foreach (var pair in _counts)
            {
                sum += pair.Value;
            }

            return sum;
        }

        public string Keys() => string.Join(',', _counts.Keys);

        public int Members()
        {
            var length = 0;
            foreach (var name in _names)
            {
                length += name.Length;
            }

            return length;
        }

        public static int Mapped(IReadOnlyDictionary<string, int> counts)
        {
            var sum = 0;
            foreach (var pair in counts)
            {
                sum += pair.Value;
            }

            return sum;
        }

        public List<string> Queried() => [.. _counts.Select(pair => pair.Key)];
    }

    private sealed class Determined(IReadOnlyList<string> names)
    {
        private static readonly int[] _primes = [2, 3, 5, 7];
        private readonly Dictionary<string, int> _lengths = names.ToDictionary(name => name, name => name.Length, StringComparer.Ordinal);

        public int LengthOf(string name) => _lengths.TryGetValue(name, out var length) ? length : 0;

        public IEnumerable<string> Short(DateTimeOffset now)
        {
            foreach (var name in names)
            {
                if (name.Length < _primes[now.Day % 4])
                {
                    yield return name;
                }
            }
        }

        public override int GetHashCode() => HashCode.Combine(names.Count, StringComparer.Ordinal.GetHashCode(names[0]));

        public override bool Equals(object? obj) => obj is Determined;
    }
}
