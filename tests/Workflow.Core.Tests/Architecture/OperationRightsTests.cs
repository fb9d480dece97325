using System.Reflection;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Management;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The table of rights holds everything that can be asked of an engine, and nothing can be asked that is not in it.</summary>
[TestFixture]
internal sealed class OperationRightsTests
{
    /// <summary>The types on which operations stand. Those that only lead to one of these stand beside them.</summary>
    private static readonly Type[] _types =
    [
        typeof(WorkflowEngine), typeof(WorkflowConnection), typeof(Worklist), typeof(WorklistItem), typeof(ServerItem), typeof(OutOfOfficeSettings),
        typeof(WorklistManagement), typeof(ProcessManagement), typeof(ProcessMigration),
        typeof(DefinitionManagement), typeof(ProcessPreview), typeof(WorklistPreview),
    ];

    private static IEnumerable<MethodInfo> Operations => _types
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => !method.IsSpecialName && method.Name != nameof(IAsyncDisposable.DisposeAsync))
        .Where(method => IsTask(method.ReturnType) || method.ReturnType == typeof(OutOfOfficeSettings));

    private static IEnumerable<Operation> Used =>
        Operations.Select(method => method.GetCustomAttribute<OperationRightAttribute>()).OfType<OperationRightAttribute>().Select(
            attribute => attribute.Operation);

    [Test]
    [Statement("14.7")]
    public void Every_operation_says_under_which_line_of_the_table_it_stands() =>
        Operations.Where(method => !method.IsDefined(typeof(OperationRightAttribute)))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .ShouldBeEmpty();

    [Test]
    [Statement("14.7")]
    public void Every_line_that_a_method_stands_under_is_in_the_table() => Used.Except(OperationRights.All).ShouldBeEmpty();

    [Test]
    [Statement("14.7")]
    public void Every_operation_there_is_has_a_line_in_the_table() => Enum.GetValues<Operation>().Except(OperationRights.All).ShouldBeEmpty();

    [Test]
    [Statement("14.7")]
    public void Every_line_of_the_table_is_that_of_a_method() => OperationRights.All.Except(Used).ShouldBeEmpty();

    /// <summary>An operation that cannot be refused for want of a right needs a standing, and the table says which.</summary>
    [Test]
    [Statement("14.7")]
    public void Every_line_names_one_right_or_whose_standing_decides()
    {
        foreach (var operation in OperationRights.All)
        {
            var line = OperationRights.Of(operation);
            line.What.ShouldNotBeNullOrWhiteSpace($"{operation}");
            (line.Right is ProcessRight.None || Enum.IsDefined(line.Right)).ShouldBeTrue($"{operation}");
            (line.InsteadWhenTakingPart is ProcessRight.None or ProcessRight.ViewParticipate).ShouldBeTrue($"{operation}");
        }
    }

    /// <summary>A new type with operations is a new way in, and has to be named above.</summary>
    [Test]
    [Statement("14.7")]
    public void No_other_public_type_of_the_client_has_operations() =>
        typeof(WorkflowEngine).Assembly.GetExportedTypes()
            .Where(type => type.Namespace == typeof(WorkflowEngine).Namespace || type.Namespace == typeof(WorklistManagement).Namespace)
            .Where(type => !_types.Contains(type) && !typeof(Delegate).IsAssignableFrom(type))
            .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly))
            .Where(method => IsTask(method.ReturnType))
            .Select(method => $"{method.DeclaringType!.Name}.{method.Name}")
            .ShouldBeEmpty();

    [Test]
    [Statement("14.7")]
    public void The_operations_are_found() => Operations.Count().ShouldBeGreaterThan(35);

    private static bool IsTask(Type type) =>
        typeof(Task).IsAssignableFrom(type)
        || type == typeof(ValueTask)
        || (type.IsGenericType && (type.GetGenericTypeDefinition() == typeof(ValueTask<>) || type.GetGenericTypeDefinition() == typeof(IAsyncEnumerable<>)));
}
