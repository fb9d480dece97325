using System.Reflection;
using System.Runtime.CompilerServices;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Canonical;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Canonical;

/// <summary>Everything that a definition says stands in its canonical text: a new property has to be added there too, and a change of it here.</summary>
[TestFixture]
internal sealed class CanonicalCoverageTests
{
    /// <summary>The types in the folder of the definitions that are no definitions.</summary>
    private static readonly Type[] _others =
    [
        typeof(DefinitionProblem), typeof(ActivityRules), typeof(Finding), typeof(FindingIds), typeof(Renames), typeof(JoinPlan), typeof(MilestonePlan),
    ];

    private static IEnumerable<Change> Cases => Changes.OfDefinitions.Concat(RuleChanges.All).Where(change => change.Reason is null);

    private static IEnumerable<Type> Definitions => typeof(ProcessDefinition).Assembly.GetTypes()
        .Where(
            type => type.Namespace == typeof(ProcessDefinition).Namespace && !type.IsEnum && !type.IsSubclassOf(typeof(Exception)) && !_others.Contains(type))
        .Where(type => !type.IsDefined(typeof(CompilerGeneratedAttribute)))
        .Append(typeof(FieldWrite));

    private static IEnumerable<Type> Rules => typeof(Rule).Assembly.GetTypes()
        .Where(type => type.Namespace == typeof(Rule).Namespace && !type.IsDefined(typeof(CompilerGeneratedAttribute)))
        .Where(type => Ancestors(type).Any(ancestor => ancestor == typeof(Rule) || Plain(ancestor) == "Operand") || type.DeclaringType == typeof(RuleList));

    [TestCaseSource(nameof(Cases))]
    [Statement("8.7")]
    public void A_change_changes_the_text(Change change)
    {
        var (before, after) = (DefinitionText.Of(change.Before!), DefinitionText.Of(change.After!));

        after.ShouldNotBe(before);
        DefinitionFingerprint.Of(after).ShouldNotBe(DefinitionFingerprint.Of(before));
        TextDifferences.Between(before, after).ShouldNotBeEmpty();
        TextDifferences.Between(before, before).ShouldBeEmpty();
    }

    [Test]
    [Statement("8.7")]
    public void Every_property_of_every_definition_has_a_change_or_a_reason_for_none() =>
        Definitions.SelectMany(type => type.GetProperties(All))
            .Where(property => property.Name != "EqualityContract")
            .Select(property => $"{property.DeclaringType!.Name}.{property.Name}")
            .ShouldBe(Changes.OfDefinitions.Select(change => change.Property), ignoreOrder: true);

    [Test]
    [Statement("8.7")]
    public void Everything_that_a_rule_holds_has_a_change_or_a_reason_for_none() =>
        Rules.SelectMany(type => type.GetFields(All))
            .Select(field => $"{Plain(field.DeclaringType!)}.{NameOf(field)}")
            .Distinct()
            .ShouldBe(RuleChanges.All.Select(change => change.Property).Where(property => property != "Enum"), ignoreOrder: true);

    private const BindingFlags All = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static IEnumerable<Type> Ancestors(Type type)
    {
        for (var ancestor = type; ancestor is not null; ancestor = ancestor.BaseType)
        {
            yield return ancestor.IsGenericType ? ancestor.GetGenericTypeDefinition() : ancestor;
        }
    }

    private static string Plain(Type type) => type.Name.Split('`')[0];

    /// <summary>The compiler names the fields of properties and of constructor parameters in its own way.</summary>
    private static string NameOf(FieldInfo field) =>
        field.Name.StartsWith('<') ? field.Name[1..field.Name.IndexOf('>', StringComparison.Ordinal)] : field.Name.TrimStart('_');
}
