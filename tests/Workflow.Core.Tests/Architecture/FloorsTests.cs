using System.Reflection;
using Workflow.Core.Relational;

namespace Workflow.Core.Tests.Architecture;

/// <summary>The library's folders are floors: each uses what lies below it, so that each can be understood without what lies above.</summary>
[TestFixture]
internal sealed class FloorsTests
{
    private static readonly Assembly _library = typeof(WorkflowException).Assembly;

    [Test]
    public void Lower_floors_do_not_use_higher_ones()
    {
        SourceTree.Library.ShouldNotBeEmpty();

        SourceTree.Library.SelectMany(Floors.ViolationsIn).ShouldBeEmpty();
    }

    /// <summary>A relative name such as <c>Runtime.Deployments</c> needs no using directive, and the source text does not tell it from a property. The
    /// compiled code does.</summary>
    [Test]
    public void Lower_floors_do_not_refer_to_higher_ones_in_compiled_code_either()
    {
        var types = _library.GetTypes().Where(type => Floors.Of(type.Namespace) is not null).ToList();
        types.ShouldNotBeEmpty();

        types.SelectMany(CompiledViolationsIn).Distinct().ShouldBeEmpty();
    }

    [Test]
    public void Every_namespace_of_the_library_is_a_floor() =>
        _library.GetExportedTypes()
            .Where(type => type.Namespace != "Microsoft.Extensions.DependencyInjection")
            .Where(type => Floors.Of(type.Namespace) is not { } floor || !Floors.Knows(floor))
            .ShouldBeEmpty();

    /// <summary>The root of the package is its face and its options: it uses all, and may be named by all.</summary>
    [Test]
    public void The_relational_store_has_floors_too()
    {
        string[] stack = ["Sql", "Connections", "Commits", "Queries", "Access"];
        var types = typeof(RelationalProcessStore).Assembly.GetTypes().Where(type => FloorOf(type) is not null).ToList();
        stack.ShouldBeSubsetOf(types.Select(type => FloorOf(type)!));

        types.SelectMany(type => CompiledCode.TypesUsedBy(type)
                .Where(used => FloorOf(used) is { } floor && Array.IndexOf(stack, floor) > Array.IndexOf(stack, FloorOf(type)))
                .Select(used => $"{type.FullName} must not use {used.FullName}"))
            .Distinct()
            .ShouldBeEmpty();

        string? FloorOf(Type type) => type.Namespace?.Split('.') is ["Workflow", "Core", "Relational", var floor] ? floor : null;
    }

    [TestCase("Instances/Slot.cs", "using Workflow.Core.Scheduling;")]
    [TestCase("Instances/Slot.cs", "using static Workflow.Core.Runtime.Log;")]
    [TestCase("Instances/Slot.cs", "using Operation = Workflow.Core.Scheduling.Operation;")]
    [TestCase("Instances/Slot.cs", "private Workflow.Core.Client.Worklist _worklist;")]
    [TestCase("Instances/Slot.cs", "global using Workflow.Core;")]
    [TestCase("Destination.cs", "using Workflow.Core.Instances;")]
    [TestCase("Scheduling/Operations/FollowLines.cs", "using Workflow.Core.Snapshots;")]
    [TestCase("Scheduling/Scheduler.cs", "using Workflow.Core.Persistence;")]
    [TestCase("Persistence/Commit.cs", "using Workflow.Core.Definitions;")]
    [TestCase("Persistence/Commit.cs", "using Workflow.Core.Scheduling;")]
    [TestCase("Utilities/Text.cs", "")]
    public void A_violation_is_reported(string path, string line) =>
        Floors.ViolationsIn(new SourceFile(path, $"{line}\nnamespace Workflow.Core;\n")).ShouldHaveSingleItem();

    [TestCase("Scheduling/Scheduler.cs", "using Workflow.Core.Planning;")]
    [TestCase("Scheduling/Scheduler.cs", "using Workflow.Core.Scheduling.Operations;")]
    [TestCase("Persistence/Commit.cs", "using Workflow.Core.Instances;")]
    [TestCase("Runtime/InstanceRunner.cs", "using Workflow.Core.Persistence;")]
    [TestCase("Instances/Slot.cs", "// as Workflow.Core.Scheduling asks")]
    [TestCase("Instances/Slot.cs", "private const string Source = \"Workflow.Core.Runtime\";")]
    [TestCase("Extensions.cs", "using Workflow.Core.Client; namespace Microsoft.Extensions.DependencyInjection;")]
    public void An_allowed_use_is_not_reported(string path, string line) =>
        Floors.ViolationsIn(new SourceFile(path, $"{line}\n")).ShouldBeEmpty();

    [Test]
    public void References_are_found_in_signatures_and_bodies()
    {
        var used = CompiledCode.TypesUsedBy(typeof(Referring)).ToList();

        used.ShouldContain(typeof(Version));
        used.ShouldContain(typeof(Uri));
        used.ShouldContain(typeof(Math));
        used.ShouldNotContain(typeof(Guid));
    }

    private static IEnumerable<string> CompiledViolationsIn(Type type)
    {
        var floor = Floors.Of(type.Namespace)!;
        return CompiledCode.TypesUsedBy(type)
            .Where(used => used.Assembly == _library && Floors.Of(used.Namespace) is { } usedFloor && !Floors.MayUse(floor, usedFloor))
            .Select(used => $"{type.FullName} must not use {used.FullName}");
    }

    private static class Referring
    {
        public static List<Version?[]> Versions() => [];

        public static double Half(Uri address) => Math.Floor(address.ToString().Length / 2.0);
    }
}
