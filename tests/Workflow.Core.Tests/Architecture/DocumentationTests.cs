using System.Reflection;
using System.Runtime.CompilerServices;
using System.Xml.Linq;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The compiler asks for a comment on everything public; this asks that the comment has a summary, and that it says something.</summary>
[TestFixture]
internal sealed class DocumentationTests
{
    private const BindingFlags Declared =
        BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly;

    [TestCase("Workflow.Core")]
    [TestCase("Workflow.Core.Testing")]
    public void Every_public_member_has_a_summary(string name)
    {
        var assembly = Assembly.Load(name);
        var documented = Summaries(XDocument.Load(Path.ChangeExtension(assembly.Location, ".xml")));

        assembly.GetExportedTypes().SelectMany(MembersOf).Select(DocumentationIds.Of).Where(id => !documented.Contains(id)).ShouldBeEmpty();
    }

    [Test]
    public void A_member_without_a_summary_is_found()
    {
        var documented = Summaries(XDocument.Parse(
            """
            <doc><members>
              <member name="M:One"><summary>Says something.</summary></member>
              <member name="M:Two"><summary> </summary></member>
              <member name="M:Three"><remarks>Says something.</remarks></member>
              <member name="M:Four"><inheritdoc /></member>
              <member name="M:Five"><summary><see cref="M:One" /></summary></member>
            </members></doc>
            """));

        documented.ShouldBe(["M:One", "M:Four", "M:Five"], ignoreOrder: true);
    }

    [Test]
    public void Names_are_those_of_the_compiler()
    {
        var members = typeof(Named<>).GetMembers(Declared).Where(member => member is MethodInfo { IsSpecialName: false } or PropertyInfo or ConstructorInfo);

        members.Select(DocumentationIds.Of).Order(StringComparer.Ordinal).ShouldBe(
        [
            "M:Workflow.Core.Tests.Architecture.DocumentationTests.Named`1.#ctor",
            "M:Workflow.Core.Tests.Architecture.DocumentationTests.Named`1.Find``1(`0,``0[],System.Collections.Generic.Dictionary{System.String,``0}@)",
            "P:Workflow.Core.Tests.Architecture.DocumentationTests.Named`1.Item(System.Collections.Generic.Dictionary{`0,System.Int32}.Enumerator)",
        ]);
    }

    private static HashSet<string> Summaries(XDocument documentation) => documentation.Descendants("member")
        .Where(member => member.Element("inheritdoc") is not null || (member.Element("summary") is { } summary && SaysSomething(summary)))
        .Select(member => member.Attribute("name")!.Value)
        .ToHashSet(StringComparer.Ordinal);

    /// <summary>A reference alone has no text of its own and says something all the same.</summary>
    private static bool SaysSomething(XElement summary) => summary.HasElements || !string.IsNullOrWhiteSpace(summary.Value);

    private static IEnumerable<MemberInfo> MembersOf(Type type)
    {
        yield return type;
        if (typeof(Delegate).IsAssignableFrom(type))
        {
            yield break;
        }

        foreach (var member in type.GetMembers(Declared).Where(IsWritten))
        {
            yield return member;
        }
    }

    /// <summary>The members that somebody wrote for the outside. Implicit constructors and what records bring along have no place for a comment; an override
    /// has that of what it overrides.</summary>
    private static bool IsWritten(MemberInfo member) => !member.IsDefined(typeof(CompilerGeneratedAttribute), inherit: false) && member switch
    {
        FieldInfo field => !field.IsSpecialName && (field.IsPublic || field.IsFamily || field.IsFamilyOrAssembly),
        PropertyInfo property => property.GetAccessors(nonPublic: true).Any(IsShown),
        EventInfo happening => IsShown(happening.AddMethod!),
        ConstructorInfo constructor => !constructor.IsStatic && IsShown(constructor) && constructor.GetParameters().Length > 0,
        MethodInfo method => IsShown(method) && (!method.IsSpecialName || method.Name.StartsWith("op_", StringComparison.Ordinal)) &&
            !method.Name.StartsWith('<') && method.GetBaseDefinition() == method,
        _ => false,
    };

    private static bool IsShown(MethodBase method) => method.IsPublic || method.IsFamily || method.IsFamilyOrAssembly;

    private sealed class Named<T>
        where T : notnull
    {
        public int this[Dictionary<T, int>.Enumerator index] => index.Current.Value;

        public static bool Find<TValue>(T key, TValue[] values, out Dictionary<string, TValue> found)
        {
            found = new() { [$"{key}"] = values[0] };
            return true;
        }
    }
}
