using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence;

/// <summary>The lists of the store in memory cost little in whatever order numbers come and go. The cost is counted in pieces and in pieces moved, not by a
/// clock.</summary>
[TestFixture]
[NonParallelizable]
[System.Diagnostics.CodeAnalysis.SuppressMessage("Security", "CA5394:Do not use insecure randomness", Justification = "The numbers are the same in every run.")]
internal sealed class NumberListTests
{
    private const int Many = 20_000;

    private static IEnumerable<TestCaseData> Orders()
    {
        yield return Named("ascending", Enumerable.Range(1, Many));
        yield return Named("descending", Enumerable.Range(1, Many).Reverse());
        yield return Named("at random", Shuffled(seed: 1));
        yield return Named("from both ends", Enumerable.Range(1, Many / 2).SelectMany(number => new[] { number, Many + 1 - number }));
        yield return Named("from the middle", Enumerable.Range(0, Many / 2).SelectMany(number => new[] { (Many / 2) - number, (Many / 2) + 1 + number }));
        yield return Named("descending runs", Enumerable.Range(0, Many / 1_000)
            .SelectMany(run => Enumerable.Range(1, 1_000).Reverse().Select(number => (run * 1_000) + number)));
        yield return Named("every other one first", Enumerable.Range(1, Many).OrderBy(number => number % 2).ThenByDescending(number => number));
    }

    [TestCaseSource(nameof(Orders))]
    public void Numbers_may_come_in_any_order(int[] numbers)
    {
        var list = new NumberList();
        var moved = Count(numbers, number => list.Add(number), () => list.Lengths);

        list.Behind(0).ShouldBe(numbers.Order().Select(number => (long)number));
        list.Lengths.Count().ShouldBeLessThan(Many / 100);
        moved.ShouldBeLessThan(Many);
    }

    [TestCaseSource(nameof(Orders))]
    public void Numbers_may_go_in_any_order(int[] numbers)
    {
        var list = new NumberList();
        foreach (var number in Enumerable.Range(1, Many))
        {
            list.Add(number);
        }

        var moved = Count(numbers.Take(Many - 1_000), number => list.Remove(number), () => list.Lengths);

        list.InFrontOf(long.MaxValue).ShouldBe(numbers.Skip(Many - 1_000).OrderDescending().Select(number => (long)number));
        list.Lengths.Count().ShouldBeLessThan(12);
        moved.ShouldBeLessThan(Many);
        Array.ForEach(numbers, number => list.Remove(number));
        list.IsEmpty.ShouldBeTrue();
    }

    /// <summary>Instances of one process definition, started by some callers at once: their numbers come a little out of order.</summary>
    [Test]
    public void Numbers_without_a_gap_take_no_memory([Values(1, 2, 8)] int callers)
    {
        var numbers = Enumerable.Range(0, Many / callers)
            .SelectMany(run => Enumerable.Range(1, callers).Reverse().Select(caller => (run * callers) + caller)).ToArray();
        var least = long.MaxValue;

        // The runtime takes memory too, at any time. So the least of several measurements is the memory of the list.
        for (var time = 0; time < 5 && least >= Many; time++)
        {
            var list = new NumberList();
            var before = GC.GetTotalMemory(forceFullCollection: true);
            Array.ForEach(numbers, number => list.Add(number));
            least = Math.Min(least, GC.GetTotalMemory(forceFullCollection: true) - before);
            list.Behind(0).Count().ShouldBe(Many);
        }

        least.ShouldBeLessThan(Many);
    }

    [TestCaseSource(nameof(Orders))]
    public void Tasks_may_come_and_go_in_any_order(int[] numbers)
    {
        var list = new TaskList();
        var moved = Count(numbers, number => list.Add(Task(number)), () => list.Lengths);
        list.Behind(default).Select(task => task.Serial.ProcessInstance.Value).ShouldBe(numbers.Order().Select(number => (long)number));
        list.Lengths.Count().ShouldBeLessThan(Many / 100);

        moved += Count(numbers.Take(Many - 1_000), number => list.Remove(Task(number).Serial), () => list.Lengths);
        list.Behind(default).Select(task => task.Serial.ProcessInstance.Value).ShouldBe(numbers.Skip(Many - 1_000).Order().Select(number => (long)number));
        list.Lengths.Count().ShouldBeLessThan(12);
        moved.ShouldBeLessThan(2 * Many);
    }

    /// <summary>One after the other, in order, also those that are in several lists.</summary>
    [Test]
    public void Several_lists_of_tasks_are_read_as_one([Range(1, 4)] int seed)
    {
        var random = new Random(seed);
        var lists = Enumerable.Range(0, 40).Select(_ => new TaskList()).ToList();
        var plain = new List<long>();
        for (var count = 0; count < 6_000; count++)
        {
            var number = random.Next(1, 5_000);
            var list = lists[random.Next(35) is var place && place < 5 ? 0 : place];
            if (list.Behind(default).All(task => task.Serial.ProcessInstance.Value != number))
            {
                list.Add(Task(number));
                plain.Add(number);
            }
        }

        foreach (var after in (SerialNumber[])[default, Task(1).Serial, Task(450).Serial, Task(4_999).Serial, Task(9_000).Serial])
        {
            var expected = plain.Where(number => number > after.ProcessInstance.Value).Order();
            TaskList.InOrder(lists, after).Select(task => task.Serial.ProcessInstance.Value).ShouldBe(expected);
        }
    }

    [Test]
    public void A_list_holds_what_a_sorted_set_holds([Range(1, 4)] int seed, [Values(3_000L, long.MaxValue)] long greatest)
    {
        var random = new Random(seed);
        var list = new NumberList();
        var plain = new SortedSet<long>();
        long[] corners = [0, 1, long.MaxValue, int.MaxValue, int.MaxValue + 1L, 2L * int.MaxValue, (3L * int.MaxValue) + 5];
        for (var step = 0; step < 20_000; step++)
        {
            var number = random.Next(40) == 0 ? corners[random.Next(corners.Length)]
                : greatest == long.MaxValue ? random.NextInt64(12L * int.MaxValue)
                : random.NextInt64(greatest);
            if (random.Next(5) < (step / 5_000 % 2 == 0 ? 4 : 1))
            {
                list.Add(number);
                plain.Add(number);
            }
            else
            {
                number = random.Next(3) == 0 || plain.Count == 0 ? number : list.Behind(number).FirstOrDefault(number);
                list.Remove(number);
                plain.Remove(number);
            }

            if (step % 50 == 0)
            {
                list.Behind(number).Take(10).ShouldBe(plain.GetViewBetween(number, long.MaxValue).Where(other => other > number).Take(10));
                list.InFrontOf(number).Take(10).ShouldBe(plain.GetViewBetween(0, number).Reverse().Where(other => other < number).Take(10));
            }
        }

        list.Behind(-1).ShouldBe(plain);
        list.InFrontOf(long.MaxValue).ShouldBe(plain.Reverse().Where(number => number < long.MaxValue));
    }

    /// <summary>How many pieces had to be moved at most: whenever a piece comes or goes, those behind it.</summary>
    private static long Count(IEnumerable<int> numbers, Action<int> change, Func<IEnumerable<int>> lengths)
    {
        var moved = 0L;
        var pieces = lengths().Count();
        foreach (var number in numbers)
        {
            change(number);
            var now = lengths().Count();
            moved += now == pieces ? 0 : Math.Max(now, pieces);
            pieces = now;
        }

        return moved;
    }

    private static InMemoryTask Task(int number) =>
        new(new InMemoryProcess(new ProcessInstanceId(number)), Commits.Header(new ProcessInstanceId(number)), [Destination.User("bob")], earlier: null);

    private static int[] Shuffled(int seed)
    {
        var numbers = Enumerable.Range(1, Many).ToArray();
        new Random(seed).Shuffle(numbers);
        return numbers;
    }

    private static TestCaseData Named(string name, IEnumerable<int> numbers) => new TestCaseData(numbers.ToArray()).SetArgDisplayNames(name);
}
