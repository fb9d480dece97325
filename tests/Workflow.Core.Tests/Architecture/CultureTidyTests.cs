using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;

namespace Workflow.Core.Tests.Architecture;

/// <summary>Statements, messages and logs are the same under every culture (statement 14.7b).</summary>
[TestFixture]
[Statement("14.7b")]
internal sealed class CultureTidyTests
{
    private static readonly Assembly[] _assemblies =
        [typeof(WorkflowException).Assembly, Assembly.Load("Workflow.Core.Relational"), Assembly.Load("Workflow.Core.Testing")];

    [Test]
    public void No_text_of_the_library_depends_on_the_culture_of_the_moment()
    {
        var types = _assemblies.SelectMany(assembly => assembly.GetTypes()).ToList();
        types.Count.ShouldBeGreaterThan(500);

        types.SelectMany(CultureRules.ViolationsIn).ShouldBeEmpty();
    }

    [TestCase(nameof(Cultural.Hole), "writes Int64 into a text")]
    [TestCase(nameof(Cultural.MaybeHole), "writes Nullable`1 into a text")]
    [TestCase(nameof(Cultural.Formatted), "writes DateTimeOffset into a text")]
    [TestCase(nameof(Cultural.Sum), "writes Int32 as text")]
    [TestCase(nameof(Cultural.Appended), "writes Decimal into a text")]
    [TestCase(nameof(Cultural.Builder), "appends Int32")]
    [TestCase(nameof(Cultural.Joined), "joins Int32")]
    [TestCase(nameof(Cultural.Unknown), "writes Object into a text")]
    [TestCase(nameof(Cultural.Upper), "calls String.ToUpper without a comparison")]
    [TestCase(nameof(Cultural.Ordered), "orders text with Order without a comparer")]
    [TestCase(nameof(Cultural.Sorted), "sorts text without a comparer")]
    public void A_text_that_depends_on_the_culture_is_found(string method, string reason) =>
        CultureRules.ViolationsIn(typeof(Cultural).GetMethod(method)!).ShouldHaveSingleItem().ShouldEndWith($".{method} {reason}");

    [Test]
    public void A_text_that_does_not_depend_on_the_culture_is_not_reported() => CultureRules.ViolationsIn(typeof(Invariant)).ShouldBeEmpty();

    [SuppressMessage("Globalization", "CA1304", Justification = "It is there to be found.")]
    [SuppressMessage("Globalization", "CA1305", Justification = "It is there to be found.")]
    [SuppressMessage("Globalization", "CA1311", Justification = "It is there to be found.")]
    private static class Cultural
    {
        public static string Hole(long number) => $"number {number}";

        public static string MaybeHole(int? number) => $"number {number}";

        public static string Formatted(DateTimeOffset instant) => $"at {instant:d}";

        public static string Sum(int number) => "number " + number;

        public static StringBuilder Appended(StringBuilder text, decimal amount) => text.Append($"amount {amount}");

        public static StringBuilder Builder(StringBuilder text, int number) => text.Append(number);

        public static string Joined(IEnumerable<int> numbers) => string.Join(',', numbers);

        public static string Unknown(object value) => $"value {value}";

        public static string Upper(string text) => text.ToUpper();

        public static IEnumerable<string> Ordered(IEnumerable<string> names) => names.Order();

        public static void Sorted(List<string> names) => names.Sort();
    }

    private static class Invariant
    {
        public static string Names(string name, DayOfWeek day, Guid id, TimeSpan time) => $"{name} {day} {id} {time}";

        public static string Number(decimal number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"number {number}");

        public static string Own(SerialNumber serial) => $"task {serial}";

        public static IEnumerable<string> Ordered(IEnumerable<string> names) => names.Order(StringComparer.Ordinal);

        public static StringBuilder Appended(StringBuilder text, decimal amount) =>
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"amount {amount}");
    }
}
