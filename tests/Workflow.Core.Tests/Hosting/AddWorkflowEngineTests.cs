using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Relational;

namespace Workflow.Core.Tests.Hosting;

/// <summary>A host with a container: what it has is used, and what it stops with is stopped.</summary>
[TestFixture]
internal sealed class AddWorkflowTests
{
    [Test]
    public async Task Processes_are_deployed_with_services_of_the_host()
    {
        var greetings = new List<string>();
        await using var provider = new ServiceCollection()
            .AddSingleton(greetings)
            .AddProcess(services => Greeting(services.GetRequiredService<List<string>>()))
            .AddWorkflowEngine()
            .BuildServiceProvider();

        var greeting = await provider.GetRequiredService<WorkflowEngine>().As("dora").StartAsync("Greeting");

        greeting.Status.ShouldBe(ProcessInstanceStatus.Completed);
        greetings.ShouldBe(["Good day"]);
    }

    [Test]
    public async Task New_instances_start_on_the_version_registered_last()
    {
        await using var provider = new ServiceCollection()
            .AddWorkflowEngine()
            .AddProcess(_ => Empty(version: 2))
            .AddProcess(_ => Empty(version: 1))
            .BuildServiceProvider();
        var engine = provider.GetRequiredService<WorkflowEngine>();

        var id = (await engine.As("dora").StartAsync("Empty")).Id;

        (await engine.AsSystem().ReadAsync(id)).DefinitionVersion.ShouldBe(1);
    }

    [Test]
    public async Task There_is_one_engine_however_often_it_is_added()
    {
        await using var provider = new ServiceCollection().AddWorkflowEngine().AddWorkflowEngine().BuildServiceProvider();

        provider.GetServices<WorkflowEngine>().Count().ShouldBe(1);
        await using var scope = provider.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<WorkflowEngine>().ShouldBeSameAs(provider.GetRequiredService<WorkflowEngine>());
    }

    [Test]
    public async Task Store_resolver_and_clock_are_those_of_the_container()
    {
        var store = new InMemoryProcessStore();
        var clock = new ManualClock();
        await using var provider = new ServiceCollection()
            .AddSingleton<IProcessStore>(store)
            .AddSingleton<IDestinationResolver>(new StaticDestinations { { Destination.Role("Greeters"), "ann" } })
            .AddSingleton<TimeProvider>(clock)
            .AddProcess(_ => Decision())
            .AddWorkflowEngine()
            .BuildServiceProvider();
        var engine = provider.GetRequiredService<WorkflowEngine>();

        var id = (await engine.As("dora").StartAsync("Decision")).Id;

        (await engine.As("ann").Worklist.SingleAsync(id)).StartedAt.ShouldBe(clock.GetUtcNow());
        (await store.LoadAsync(id, CancellationToken.None)).ShouldNotBeNull();
    }

    [Test]
    public async Task The_log_is_that_of_the_container()
    {
        using var log = new WarningLog();
        await using var provider = new ServiceCollection()
            .AddSingleton<ILoggerFactory>(log)
            .AddProcess(_ => Failing())
            .AddWorkflowEngine()
            .BuildServiceProvider();

        await provider.GetRequiredService<WorkflowEngine>().As("dora").StartAsync("Failing");

        log.Warnings.ShouldContain(line => line.Contains("Fail at once", StringComparison.Ordinal));
    }

    [Test]
    public async Task The_options_of_configure_win()
    {
        var ofContainer = new InMemoryProcessStore();
        var chosen = new InMemoryProcessStore();
        await using var provider = new ServiceCollection()
            .AddSingleton<IProcessStore>(ofContainer)
            .AddSingleton(chosen)
            .AddProcess(_ => Decision())
            .AddWorkflowEngine((services, options) => options.Store = services.GetRequiredService<InMemoryProcessStore>())
            .BuildServiceProvider();

        var id = (await provider.GetRequiredService<WorkflowEngine>().As("dora").StartAsync("Decision")).Id;

        (await chosen.LoadAsync(id, CancellationToken.None)).ShouldNotBeNull();
        (await ofContainer.LoadAsync(id, CancellationToken.None)).ShouldBeNull();
    }

    [Test]
    public async Task Each_configuration_runs_in_the_order_in_which_it_was_added()
    {
        var store = new InMemoryProcessStore();
        var seen = new List<string>();
        await using var provider = new ServiceCollection()
            .AddProcess(_ => Decision())
            .AddWorkflowEngine((_, options) =>
            {
                seen.Add("first");
                options.Store = store;
                options.SlotLimit = 7;
            })
            .AddWorkflowEngine()
            .AddWorkflowEngine((_, options) =>
            {
                seen.Add($"second, after {options.SlotLimit}");
                options.SlotLimit = 8;
            })
            .BuildServiceProvider();

        var engine = provider.GetRequiredService<WorkflowEngine>();
        var id = (await engine.As("dora").StartAsync("Decision")).Id;

        seen.ShouldBe(["first", "second, after 7"]);
        (await store.LoadAsync(id, CancellationToken.None)).ShouldNotBeNull();
        provider.GetServices<WorkflowEngine>().ShouldHaveSingleItem();
    }

    [Test]
    public async Task The_engine_is_stopped_with_the_container()
    {
        var provider = new ServiceCollection().AddProcess(_ => Empty(version: 1)).AddWorkflowEngine().BuildServiceProvider();
        var engine = provider.GetRequiredService<WorkflowEngine>();

        await provider.DisposeAsync();

        await Should.ThrowAsync<ObjectDisposedException>(async () => await engine.As("dora").StartAsync("Empty"));
    }

    [Test]
    [Statement("14.5")]
    public async Task The_engine_is_stopped_with_a_container_that_cannot_wait()
    {
        var provider = new ServiceCollection().AddProcess(_ => Empty(version: 1)).AddWorkflowEngine().BuildServiceProvider();
        var engine = provider.GetRequiredService<WorkflowEngine>();

        DisposeOf(provider);

        await Should.ThrowAsync<ObjectDisposedException>(async () => await engine.As("dora").StartAsync("Empty"));

        static void DisposeOf(IDisposable container) => container.Dispose();
    }

    [Test]
    public async Task A_definition_that_is_refused_is_refused_when_the_engine_is_asked_for()
    {
        await using var provider = new ServiceCollection()
            .AddProcess(_ => Empty(version: 1))
            .AddProcess(_ => Decision(name: "Empty"))
            .AddWorkflowEngine()
            .BuildServiceProvider();

        Should.Throw<ProcessDefinitionException>(() => provider.GetRequiredService<WorkflowEngine>());
    }

    [Test]
    public async Task A_store_of_the_engine_is_let_go_when_a_definition_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("workflow-refused-");
        var file = Path.Combine(folder.FullName, "workflow.db");
        await using (var provider = new ServiceCollection()
            .AddProcess(_ => Empty(version: 1))
            .AddProcess(_ => Decision(name: "Empty"))
            .AddWorkflowEngine((_, options) => options.UseSqliteFile(SqliteFactory.Instance, file))
            .BuildServiceProvider())
        {
            Should.Throw<ProcessDefinitionException>(() => provider.GetRequiredService<WorkflowEngine>());

            await RelationalProcessStore.OpenSqliteFile(SqliteFactory.Instance, file).DisposeAsync();
        }

        folder.Delete(recursive: true);
    }

    [Test]
    public async Task A_setting_without_sense_is_refused_when_the_engine_is_asked_for()
    {
        await using var provider = new ServiceCollection().AddWorkflowEngine((_, options) => options.SlotLimit = 0).BuildServiceProvider();

        Should.Throw<ArgumentException>(() => provider.GetRequiredService<WorkflowEngine>());
    }

    private static ProcessDefinition Greeting(List<string> greetings) => ProcessDefinition.Define("Greeting", process =>
    {
        process.Rights(rights => rights.Start("dora"));
        process.StartsWith(process.Activity("Greet", activity => activity.Server("Say it", _ => greetings.Add("Good day"))));
    });

    private static ProcessDefinition Failing() => ProcessDefinition.Define("Failing", process =>
    {
        process.Rights(rights => rights.Start("dora"));
        process.StartsWith(process.Activity("Fail", activity => activity.Server("Fail at once", _ => throw new InvalidOperationException("No."))));
    });

    private static ProcessDefinition Empty(int version) => ProcessDefinition.Define("Empty", process =>
    {
        process.Version(version);
        process.Rights(rights => rights.Start("dora"));
        process.StartsWith(process.Activity("Nothing"));
    });

    private static ProcessDefinition Decision(string name = "Decision") => ProcessDefinition.Define(name, process =>
    {
        process.Rights(rights => rights.Start("dora"));
        process.StartsWith(process.Activity("Greet", activity => activity
            .Destinations(to => to.Role("Greeters").ResolvedToUsers())
            .Client("Say it", task => task.Action("Said"))));
    });
}
