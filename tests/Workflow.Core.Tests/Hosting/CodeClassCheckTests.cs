using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Client;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Office;

namespace Workflow.Core.Tests.Hosting;

/// <summary>A class that cannot be made is refused when the engine starts, and not at the first call.</summary>
[TestFixture]
internal sealed class CodeClassCheckTests
{
    private const string Event = "event 'One' of activity 'File'";
    private const string Remedy = "Register it in the container that WorkflowOptions.Services comes from.";

    private interface IStamp;

    private static ProcessDefinition Filing(Action<ActivityBuilder> work) =>
        Define(process => process.StartsWith(process.Activity("File", work)));

    private static ProcessDefinition Filing<T>()
        where T : class, IServerEventCode => Filing(activity => activity.Server<T>("One"));

    private static async Task<string> RefusalOfAsync(ProcessDefinition definition, IServiceProvider? services)
    {
        var refusal = await Should.ThrowAsync<ProcessDefinitionException>(() => WorkflowTestBed.CreateAsync(definition, services: services));
        return refusal.Problems.ShouldHaveSingleItem().ToString();
    }

    [Test]
    [Statement("7.1b")]
    public async Task A_missing_service_is_refused_at_deployment_with_event_class_and_service([Values] bool isRegistered)
    {
        var registered = Services(new Diary());
        if (isRegistered)
        {
            registered.AddScoped<Stamping>();
        }

        await using var services = registered.BuildServiceProvider();

        (await RefusalOfAsync(Filing<Stamping>(), services))
            .ShouldBe($"{Event}: its code is the class 'Stamping', which needs 'IStamp', and the services of the engine do not have that. {Remedy}");
    }

    [Test]
    [Statement("7.1b")]
    public async Task Every_class_of_a_definition_is_checked_those_of_escalations_too()
    {
        await using var services = new ServiceCollection().BuildServiceProvider();
        var minute = TimeSpan.FromMinutes(1);
        var definition = Define(process =>
        {
            process.StartsWith(process.Activity("File", activity => activity
                .PureServer<Clerk>("Two")
                .Waits<Clerk>("Three", define: wait => wait.Escalation("Of event", minute, then => then.Run<Clerk>("Tell")))
                .Escalation("Of activity", minute, then => then.Run<Clerk>("Tell"))));
            process.Escalation("Of process", minute, then => then.Run<Clerk>("Tell"));
        });

        var refusal = await Should.ThrowAsync<ProcessDefinitionException>(() => WorkflowTestBed.CreateAsync(definition, services: services));

        refusal.Problems.Select(problem => problem.Element).ShouldBe(
        [
            "event 'Two' of activity 'File'", "event 'Three' of activity 'File'", "escalation 'Of event' of event 'Three' of activity 'File'",
            "escalation 'Of activity' of activity 'File'", "escalation 'Of process' of process 'Order'",
        ]);
        refusal.Problems.ShouldAllBe(problem => problem.Statement == "7.1b" && problem.Message.Contains("'Desk'", StringComparison.Ordinal));
    }

    [Test]
    [Statement("7.1b")]
    public async Task An_engine_without_services_refuses_classes()
    {
        (await RefusalOfAsync(Filing<Clerk>(), services: null)).ShouldContain("'Clerk', and the engine has no services. Set WorkflowOptions.Services");
        (await RefusalOfAsync(Filing<Clerk>(), new NoContainer())).ShouldContain("make no scopes or cannot tell what they have");
    }

    [Test]
    [Statement("7.1b")]
    public async Task A_class_without_one_way_to_make_it_is_refused()
    {
        await using var services = Services(new Diary()).BuildServiceProvider();

        (await RefusalOfAsync(Filing<TwoWays>(), services)).ShouldContain("'TwoWays', which does not have one public constructor");
        (await RefusalOfAsync(Filing<IServerEventCode>(), services)).ShouldContain("'IServerEventCode', of which no object can be made");
    }

    [Test]
    [Statement("7.1b")]
    public async Task Parameters_with_a_default_or_a_key_and_a_marked_constructor_are_understood()
    {
        var registered = Services(new Diary());
        registered.AddKeyedSingleton("Front", (_, _) => new Desk(new Diary()));
        await using var services = registered.BuildServiceProvider();
        await using var bed = await WorkflowTestBed.CreateAsync(Filing(activity => activity.Server<Marked>("One")), services: services);

        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Completed);
        await using var without = Services(new Diary()).BuildServiceProvider();
        (await RefusalOfAsync(Filing<Marked>(), without)).ShouldContain("which needs 'Desk'");
    }

    /// <summary>A factory may give what the container does not have.</summary>
    [Test]
    [Statement("7.1b")]
    public async Task A_registration_with_a_factory_or_an_object_is_believed([Values] bool isObject, [Values] bool inContainer)
    {
        var registered = new ServiceCollection();
        _ = isObject ? registered.AddSingleton(new Stamping(null!)) : registered.AddScoped(_ => new Stamping(null!));
        if (inContainer)
        {
            registered.AddWorkflowEngine().AddProcess(_ => Filing<Stamping>());
            await using var provider = registered.BuildServiceProvider();
            var engine = provider.GetRequiredService<WorkflowEngine>();
            (await engine.As("dora").StartAsync("Order")).Status.ShouldBe(ProcessInstanceStatus.Completed);
            return;
        }

        await using var services = registered.BuildServiceProvider();
        await using var bed = await WorkflowTestBed.CreateAsync(Filing<Stamping>(), services: services);
        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    /// <summary>The mark is for objects that the engine makes. A container does not look at it.</summary>
    [Test]
    [Statement("7.1b")]
    public async Task A_container_takes_a_constructor_that_it_can_call_whichever_is_marked([Values] bool inContainer)
    {
        await using var without = Services(new Diary()).BuildServiceProvider();
        (await RefusalOfAsync(Filing<MarkedInVain>(), without)).ShouldContain("which needs 'IStamp'");

        var registered = Services(new Diary()).AddScoped<MarkedInVain>();
        if (inContainer)
        {
            await using var provider = registered.AddWorkflowEngine().AddProcess(_ => Filing<MarkedInVain>()).BuildServiceProvider();
            var started = await provider.GetRequiredService<WorkflowEngine>().As("dora").StartAsync("Order");
            started.Status.ShouldBe(ProcessInstanceStatus.Completed);
            return;
        }

        await using var services = registered.BuildServiceProvider();
        await using var bed = await WorkflowTestBed.CreateAsync(Filing<MarkedInVain>(), services: services);
        (await bed.StartAsync("dora")).Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("7.1b")]
    public async Task A_registered_class_is_refused_when_the_container_cannot_tell_which_constructor_to_call()
    {
        const string Words = "of whose constructors the services of the engine can call several ('TwoWays')";
        await using var services = Services(new Diary()).AddScoped<TwoWays>().BuildServiceProvider();
        (await RefusalOfAsync(Filing<TwoWays>(), services)).ShouldContain(Words);

        await using var provider = Services(new Diary()).AddScoped<TwoWays>()
            .AddWorkflowEngine().AddProcess(_ => Filing<TwoWays>()).BuildServiceProvider();
        Should.Throw<ProcessDefinitionException>(() => provider.GetRequiredService<WorkflowEngine>()).Message.ShouldContain(Words);
    }

    [Test]
    [Statement("7.1b")]
    public async Task A_container_refuses_its_engine_when_a_service_is_missing([Values] bool isRegistered)
    {
        var registered = Services(new Diary());
        if (isRegistered)
        {
            registered.AddScoped<Stamping>();
        }

        await using var provider = registered.AddWorkflowEngine().AddProcess(_ => Filing<Stamping>()).BuildServiceProvider(validateScopes: true);

        var refusal = Should.Throw<ProcessDefinitionException>(() => provider.GetRequiredService<WorkflowEngine>());

        refusal.Message.ShouldContain($"{Event}: its code is the class 'Stamping', which needs 'IStamp'");
    }

    [Test]
    [Statement("7.1b")]
    public async Task A_container_refuses_its_engine_when_a_registered_class_has_no_public_constructor([Values] bool isFactory)
    {
        var registered = Services(new Diary());
        _ = isFactory ? registered.AddScoped(_ => Closed.Only) : registered.AddScoped<Closed>();
        await using var provider = registered.AddWorkflowEngine().AddProcess(_ => Filing<Closed>()).BuildServiceProvider(validateScopes: true);

        if (isFactory)
        {
            (await provider.GetRequiredService<WorkflowEngine>().As("dora").StartAsync("Order")).Status.ShouldBe(ProcessInstanceStatus.Completed);
            return;
        }

        Should.Throw<ProcessDefinitionException>(() => provider.GetRequiredService<WorkflowEngine>()).Message
            .ShouldContain($"{Event}: its code is the class 'Closed', which is registered as 'Closed' without a public constructor");
    }

    /// <summary>Code may want the engine, which is not there yet when its classes are checked.</summary>
    [Test]
    [Statement("7.1b")]
    public async Task A_class_can_be_given_the_engine_itself([Values] bool isRegistered)
    {
        var registered = new ServiceCollection();
        if (isRegistered)
        {
            registered.AddScoped(provider => new Starter(provider.GetRequiredService<WorkflowEngine>()));
        }

        await using var provider = registered
            .AddWorkflowEngine()
            .AddProcess(_ => ProcessDefinition.Define("Small", process => process.OpenToAll().StartsWith(process.Activity("Work"))))
            .AddProcess(_ => Filing<Starter>())
            .BuildServiceProvider(validateScopes: true);

        var started = await provider.GetRequiredService<WorkflowEngine>().As("dora").StartAsync("Order");

        started.Status.ShouldBe(ProcessInstanceStatus.Completed);
    }

    [Test]
    [Statement("7.1b")]
    [Statement("4.8b")]
    public async Task A_resolver_that_cannot_be_made_is_refused_when_the_engine_is_made([Values] bool isRegistered)
    {
        var registered = Services(new Diary());
        if (isRegistered)
        {
            registered.AddScoped<Registry>().AddScoped<IDestinationResolver, Registry>();
        }

        await using var services = registered.BuildServiceProvider();

        var refusal = Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options =>
        {
            options.Services = services;
            options.ResolveDestinations<Registry>();
        }));
        refusal.Message.ShouldContain("The resolver is the class 'Registry', which needs 'Drawer', and the services of the engine do not have that.");
        Should.Throw<ArgumentException>(() => WorkflowEngine.Create(options =>
        {
            options.Services = services;
            options.ResolveDestinations<IDestinationResolver>();
        }));
        await using var provider = Services(new Diary()).AddScoped<IDestinationResolver, Registry>().AddWorkflowEngine().BuildServiceProvider();
        Should.Throw<ArgumentException>(() => provider.GetRequiredService<WorkflowEngine>()).Message.ShouldContain("which needs 'Drawer'");
    }

    private sealed class Stamping(IStamp stamp) : IServerEventCode
    {
        public ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation)
        {
            stamp.ShouldBeNull();
            return ValueTask.CompletedTask;
        }
    }

    private sealed class TwoWays : IServerEventCode
    {
        public TwoWays(Desk desk) => desk.ShouldNotBeNull();

        public TwoWays(Diary diary) => diary.ShouldNotBeNull();

        public ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation) => ValueTask.CompletedTask;
    }

    private sealed class Marked : IServerEventCode
    {
        public Marked(IStamp stamp) => throw new NotSupportedException($"{stamp}");

        [ActivatorUtilitiesConstructor]
        public Marked([FromKeyedServices("Front")] Desk front, string name = "Front")
        {
            front.ShouldNotBeNull();
            name.ShouldBe("Front");
        }

        public ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation) => ValueTask.CompletedTask;
    }

    private sealed class MarkedInVain : IServerEventCode
    {
        public MarkedInVain()
        {
        }

        [ActivatorUtilitiesConstructor]
        public MarkedInVain(IStamp stamp) => throw new NotSupportedException($"{stamp}");

        public ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation) => ValueTask.CompletedTask;
    }

    private sealed class Closed : IServerEventCode
    {
        private Closed()
        {
        }

        public static Closed Only { get; } = new();

        public ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation) => ValueTask.CompletedTask;
    }

    private sealed class Starter(WorkflowEngine engine) : IServerEventCode
    {
        public async ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation) =>
            await engine.As("dora").StartAsync("Small", cancellation: cancellation);
    }

    private sealed class NoContainer : IServiceProvider
    {
        public object? GetService(Type serviceType) => null;
    }
}
