using System.Reflection;
using System.Runtime.CompilerServices;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The public surface is a text under review: changing it is a decision, and shows in the same commit. Run the tests with the environment variable
/// UPDATE=1 to rewrite the approved texts.</summary>
[TestFixture]
internal sealed class PublicApiTests
{
    private const int ShownLines = 10;

    [TestCase("Workflow.Core")]
    [TestCase("Workflow.Core.Relational")]
    [TestCase("Workflow.Core.Testing")]
    public void The_public_surface_is_the_approved_one(string assembly)
    {
        var actual = PublicApi.Of(Assembly.Load(assembly)).ToList();
        var path = Path.Combine(FolderOfThisFile(), $"PublicApi.{assembly}.approved.txt");
        if (Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            File.WriteAllText(path, string.Concat(actual.Select(line => $"{line}\n")));
        }

        var approved = File.Exists(path) ? File.ReadAllLines(path) : [];

        Differences(approved, actual).ShouldBeEmpty($"The public surface of {assembly} has changed. When that is meant, run this test with UPDATE=1.");
    }

    [Test]
    public void Differences_are_shown_with_their_type()
    {
        string[] approved = ["public class A", "    public int One()", "public class B", "    public int Two()"];
        string[] actual = ["public class A", "    public int One()", "public class B", "    public long Two()"];

        Differences(approved, approved).ShouldBeEmpty();
        Differences(approved, actual).ShouldBe(["- public class B:     public int Two()", "+ public class B:     public long Two()"]);
    }

    [Test]
    public void Every_kind_of_member_is_printed_as_it_is_written() => PublicApi.Of(typeof(Surface<>)).ShouldBe(
    [
        "public abstract class PublicApiTests.Surface<T> : IDisposable where T : class, new()",
        "    protected Surface(int size = 1)",
        "    protected int Reach { get; }",
        "    public IReadOnlyList<int?> this[int index, T key] { get; }",
        "    public abstract void Dispose()",
        "    public const string Word = \"word\"",
        "    public override string ToString()",
        "    public required string Name { get; init; }",
        "    public static bool TryGet<TValue>(in TValue value, out T[] found, params string[] names) where TValue : struct",
        "    public virtual int Size { get; protected set; }",
    ]);

    private static List<string> Differences(IReadOnlyList<string> approved, IReadOnlyList<string> actual)
    {
        var old = WithType(approved).ToList();
        var now = WithType(actual).ToList();
        return [.. old.Except(now).Select(line => $"- {line}").Concat(now.Except(old).Select(line => $"+ {line}")).Take(ShownLines)];
    }

    /// <summary>A member says little without its type, and the same member may occur in several.</summary>
    private static IEnumerable<string> WithType(IEnumerable<string> lines)
    {
        var type = "";
        foreach (var line in lines)
        {
            var isMember = line.StartsWith(' ');
            type = isMember ? type : line;
            yield return isMember ? $"{type}: {line}" : line;
        }
    }

    private static string FolderOfThisFile([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;

    internal abstract class Surface<T> : IDisposable
        where T : class, new()
    {
        public const string Word = "word";

        protected Surface(int size = 1) => Size = size;

        public required string Name { get; init; }

        public virtual int Size { get; protected set; }

        protected int Reach => Size;

        public IReadOnlyList<int?> this[int index, T key] => [index];

        public static bool TryGet<TValue>(in TValue value, out T[] found, params string[] names)
            where TValue : struct
        {
            found = [];
            return names.Length > 0;
        }

        public abstract void Dispose();

        public override string ToString() => Hidden();

        private static string Hidden() => Word;
    }
}
