using System.Reflection;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Instances;
using Workflow.Core.Management;
using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Client;

/// <summary>An engine that has been stopped refuses every operation in the same words. New operations count too, because the test finds them by their
/// attribute.</summary>
[TestFixture]
public sealed class StoppedEngineTests
{
    private const string Words = "The engine has been stopped and takes no further commands.";
    private static readonly TimeSpan _patience = TimeSpan.FromSeconds(30);

    private static readonly ProcessDefinition _definition = ProcessDefinition.Define("Both", process =>
    {
        process.OpenToAll();
        process.StartsWith(
            process.Activity("Decide", activity => activity.Destinations(to => to.Users("ann")).Client("Decide it", task => task.Action("Yes"))));
        process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
    });

    private static IEnumerable<MethodInfo> Operations => typeof(WorkflowEngine).Assembly.GetExportedTypes()
        .SelectMany(type => type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        .Where(method => method.IsDefined(typeof(OperationRightAttribute)) && method.ReturnType != typeof(OutOfOfficeSettings))
        .Where(method => method.Name is not (nameof(IDisposable.Dispose) or nameof(IAsyncDisposable.DisposeAsync)));

    [Test]
    [Statement("14.5")]
    public async Task Every_operation_is_refused_in_the_same_words([Values] bool asSystem, [Values] bool takesUpWork)
    {
        var engine = WorkflowEngine.Create(options => options.TakesUpWork = takesUpWork);
        await engine.DeployAsync(_definition);
        var id = (await engine.As("dora").StartAsync("Both")).Id;
        var connection = asSystem ? engine.AsSystem() : engine.As("ann");
        var items = await engine.As("ann").Worklist.ListAsync();
        var waiting = (await engine.AsSystem().FindServerItemsAsync(new ServerItemQuery())).Single();
        object[] parts =
        [
            engine, connection, connection.Worklist, items[0], await connection.OpenServerItemAsync(waiting.Serial), connection.OutOfOffice,
            connection.ManageWorklists(), connection.ManageDefinitions(), connection.ManageProcesses(),
            connection.ManageProcesses().Migration("Both", from: 1, to: 2),
            connection.ManageProcesses().Preview, connection.ManageWorklists().Preview,
        ];

        await engine.DisposeAsync();

        var wrong = new List<string>();
        var operations = Operations.ToList();
        foreach (var method in operations)
        {
            var part = parts.SingleOrDefault(part => part.GetType() == method.DeclaringType).ShouldNotBeNull($"nobody calls {method.DeclaringType}");
            var outcome = await OutcomeAsync(method, part, id);
            if (outcome is not ObjectDisposedException refusal || !refusal.Message.StartsWith(Words, StringComparison.Ordinal))
            {
                wrong.Add($"{method.DeclaringType!.Name}.{method.Name}: {outcome?.GetType().Name ?? "nothing"} {outcome?.Message}");
            }
        }

        wrong.ShouldBeEmpty();
        operations.Count.ShouldBeGreaterThan(35);
    }

    [Test]
    [Statement("14.5")]
    public async Task An_engine_that_has_been_stopped_does_not_say_what_it_does_not_know()
    {
        var engine = WorkflowEngine.Create();
        await engine.DisposeAsync();

        (await Should.ThrowAsync<ObjectDisposedException>(async () => await engine.As("dora").StartAsync("Ex"))).Message.ShouldStartWith(Words);
        using var transaction = new NoTransaction();
        Should.Throw<ObjectDisposedException>(() => engine.Within(transaction)).Message.ShouldStartWith(Words);
        await engine.DisposeAsync().AsTask().WaitAsync(_patience);
    }

    private static async Task<Exception?> OutcomeAsync(MethodInfo method, object part, ProcessInstanceId id)
    {
        try
        {
            var called = method.IsGenericMethodDefinition ? method.MakeGenericMethod(typeof(int)) : method;
            var returned = called.Invoke(part, [.. called.GetParameters().Select(parameter => Value(parameter, id))])!;
            var task = returned as Task ?? (Task)returned.GetType().GetMethod(nameof(ValueTask.AsTask))!.Invoke(returned, null)!;
            await task.WaitAsync(_patience);
            return null;
        }
        catch (TargetInvocationException thrown)
        {
            return thrown.InnerException;
        }
#pragma warning disable CA1031 // Whatever it is, it is compared.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            return exception;
        }
    }

    private static FailedProcess Failed(ProcessInstanceId id) => new()
    {
        ProcessInstance = id, Definition = "Both", DefinitionVersion = 1, Folio = "", Error = new ProcessError("line", "no", "", DateTimeOffset.UnixEpoch),
    };

    /// <summary>Something that the operation would take if the engine still ran.</summary>
    private static object? Value(ParameterInfo parameter, ProcessInstanceId id) => parameter.ParameterType switch
    {
        var type when type == typeof(ProcessInstanceId) => id,
        var type when type == typeof(SerialNumber) => id.Task(1),
        var type when type == typeof(IReadOnlyList<SerialNumber>) => new List<SerialNumber> { id.Task(1) },
        var type when type == typeof(IReadOnlyList<FailedProcess>) => new List<FailedProcess> { Failed(id) },
        var type when type == typeof(IReadOnlyList<ProcessInstanceId>) => new List<ProcessInstanceId> { id },
        var type when type == typeof(IReadOnlyList<Destination>) => new List<Destination> { Destination.User("bob") },
        var type when type == typeof(Destination) => Destination.User("bob"),
        var type when type == typeof(ProcessDefinition) => _definition,
        var type when type == typeof(IEnumerable<ProcessDefinition>) => new List<ProcessDefinition> { _definition },
        var type when type == typeof(Action<OutOfOfficeBuilder>) => (Action<OutOfOfficeBuilder>)(absence => absence.ForwardTo("bob")),
        var type when type == typeof(Func<WorkflowConnection, ValueTask>) => (Func<WorkflowConnection, ValueTask>)(_ => ValueTask.CompletedTask),
        var type when type == typeof(Func<WorkflowConnection, ValueTask<int>>) => (Func<WorkflowConnection, ValueTask<int>>)(_ => ValueTask.FromResult(1)),
        var type when type == typeof(Func<WorklistItem, ValueTask>) => (Func<WorklistItem, ValueTask>)(_ => ValueTask.CompletedTask),
        var type when type == typeof(Func<WorklistItem, ValueTask<int>>) => (Func<WorklistItem, ValueTask<int>>)(_ => ValueTask.FromResult(1)),
        var type when type == typeof(ServerItemQuery) => new ServerItemQuery(),
        var type when type == typeof(CancellationToken) => CancellationToken.None,
        _ when parameter.HasDefaultValue => parameter.DefaultValue,
        var type when type == typeof(string) => parameter.Name switch { "definition" => "Both", "action" => "Yes", _ => "bob" },
        var type when type == typeof(DateTimeOffset) => DateTimeOffset.UnixEpoch.AddYears(60),
        var type when type == typeof(TimeSpan) => TimeSpan.FromMinutes(1),
        var type when type == typeof(int) => 1,
        var type when type == typeof(bool?) => true,
        var type => throw new AssertionException($"Nothing is known for the parameter {parameter.Name} of type {type}."),
    };

    private sealed class NoTransaction : System.Data.Common.DbTransaction
    {
        public override System.Data.IsolationLevel IsolationLevel => System.Data.IsolationLevel.Serializable;

        protected override System.Data.Common.DbConnection? DbConnection => null;

        public override void Commit()
        {
        }

        public override void Rollback()
        {
        }
    }
}
