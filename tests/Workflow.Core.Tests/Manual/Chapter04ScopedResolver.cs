using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;
using static Workflow.Core.Tests.Support.Office;

namespace Workflow.Core.Tests.Manual;

/// <summary>A resolver with services of the host, in a scope of its own for each question.</summary>
[TestFixture]
public sealed class Chapter04ScopedResolver
{
    private Diary _diary = new();

    [SetUp]
    public void Begin() => _diary = new Diary();

    /// <summary>Members are asked for when it is planned, memberships when somebody looks, a manager when it escalates.</summary>
    private static ProcessDefinition Filing() => Define(process =>
    {
        process.StartsWith(process.Activity("File", activity => activity
            .PlanPerDestination()
            .Destinations(to => to.Role("Clerks").ResolvedToUsers())
            .Client("Look", task => task
                .Action("Done")
                .Escalation("Late", TimeSpan.FromMinutes(1), then => then.RedirectToManager()))));
    });

    [Test]
    [Statement("4.8b")]
    public async Task Each_question_has_a_scope_of_its_own_which_is_disposed_of_after_the_answer()
    {
        await using var services = Services(_diary).AddScoped<Drawer>().BuildServiceProvider(validateScopes: true);
        await using var bed = await WorkflowTestBed.CreateAsync(Filing(), options => options.ResolveDestinations<Registry>(), services);

        await bed.StartAsync("dora");
        _diary.Lines.ShouldBe(["members at desk 1", "desk 1 cleared"]);
        (await bed.WorklistAsync("ann")).Count.ShouldBe(1);
        await bed.AdvanceAsync(TimeSpan.FromMinutes(1));

        _diary.Lines.Skip(2).ShouldBe(
        [
            "memberships of ann at desk 2", "desk 2 cleared", "manager of ann at desk 3", "desk 3 cleared", "manager of bob at desk 4", "desk 4 cleared",
        ]);
    }

    /// <summary>Without the registrations of its services an engine has to make an object once, to know that it can. A test bed makes one, too, to know whether
    /// it is the resolver of the library.</summary>
    [Test]
    [Statement("4.8b")]
    public async Task A_resolver_that_is_registered_for_a_scope_is_made_for_each_question([Values] bool inContainer)
    {
        var registered = Services(_diary).AddScoped<Drawer>().AddScoped<IDestinationResolver, Registry>();
        if (inContainer)
        {
            await using var provider = registered.AddProcess(_ => Filing()).AddWorkflowEngine().BuildServiceProvider(validateScopes: true);
            var engine = provider.GetRequiredService<WorkflowEngine>();
            _diary.Lines.ShouldBeEmpty();
            await engine.As("dora").StartAsync("Order");
            (await engine.As("ann").Worklist.ListAsync()).Count.ShouldBe(1);
        }
        else
        {
            await using var services = registered.BuildServiceProvider(validateScopes: true);
            await using var bed = await WorkflowTestBed.CreateAsync(Filing(), services: services);
            await bed.StartAsync("dora");
            (await bed.WorklistAsync("ann")).Count.ShouldBe(1);
        }

        string[] tried = inContainer ? [] : ["desk 1 cleared", "desk 2 cleared"];
        var first = tried.Length + 1;
        _diary.Lines.ShouldBe(
            [.. tried, $"members at desk {first}", $"desk {first} cleared", $"memberships of ann at desk {first + 1}", $"desk {first + 1} cleared"]);
    }

    /// <summary>The engine asks the library's own resolver in place, so a test must not make a scoped one of it.</summary>
    [Test]
    [Statement("4.8b")]
    public async Task The_resolver_of_the_library_keeps_its_lifetime_in_a_test_bed([Values] ServiceLifetime lifetime)
    {
        IDestinationResolver? used = null;
        var registered = Services(_diary);
        registered.Add(new ServiceDescriptor(
            typeof(IDestinationResolver), _ => new StaticDestinations { { Destination.Role("Clerks"), "ann" } }, lifetime));
        await using var services = registered.BuildServiceProvider(validateScopes: true);

        await using var bed = await WorkflowTestBed.CreateAsync(Filing(), options => used = options.DestinationResolver, services);

        (used is StaticDestinations).ShouldBe(lifetime is ServiceLifetime.Singleton);
        await bed.StartAsync("dora");
        (await bed.WorklistAsync("ann")).Count.ShouldBe(1);
    }

    /// <summary>A question that came later has an answer of its own in the interface, which would hide the class.</summary>
    [Test]
    [Statement("4.8b")]
    public void Every_question_reaches_the_class()
    {
        var map = typeof(ScopedResolver).GetInterfaceMap(typeof(IDestinationResolver));

        map.TargetMethods.ShouldAllBe(method => method.DeclaringType == typeof(ScopedResolver));
    }

    [Test]
    [Statement("4.8b")]
    public async Task A_question_by_name_is_asked_in_a_scope_too()
    {
        var filing = Define(process => process.StartsWith(process.Activity("File", activity => activity
            .Destinations(to => to.Question("Clerk of the place", Place))
            .Client("Look", task => task.Action("Done")))));
        await using var services = Services(_diary).AddScoped<Drawer>().BuildServiceProvider(validateScopes: true);
        await using var bed = await WorkflowTestBed.CreateAsync(filing, options => options.ResolveDestinations<Registry>(), services);

        await bed.StartAsync("dora", start => start.Set(Place, "Lisbon"));

        _diary.Lines.ShouldBe(["Clerk of the place Lisbon at desk 1", "desk 1 cleared"]);
        (await bed.WorklistAsync("ann")).Count.ShouldBe(1);
    }

    [Test]
    [Statement("4.8b")]
    public async Task A_resolver_that_is_registered_once_is_asked_itself()
    {
        var resolver = new AskedResolver(_ => ["ann"]);
        await using var provider = Services(_diary).AddSingleton<IDestinationResolver>(resolver)
            .AddProcess(_ => Filing()).AddWorkflowEngine().BuildServiceProvider(validateScopes: true);

        await provider.GetRequiredService<WorkflowEngine>().As("dora").StartAsync("Order");

        resolver.Questions.Count.ShouldBe(1);
    }

    [Test]
    [Statement("4.8b")]
    public async Task A_question_that_fails_has_its_scope_disposed_of_and_the_failure_is_that_of_the_resolver()
    {
        await using var services = Services(_diary).AddScoped<Drawer>().BuildServiceProvider(validateScopes: true);
        await using var bed = await WorkflowTestBed.CreateAsync(Filing(), options => options.ResolveDestinations<Registry>(), services);
        _diary.Waits = _ => throw new IOException("the tables are closed");

        var started = await bed.StartAsync("dora");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        (await bed.ReadAsync(started.Id)).Error!.Message.ShouldContain("the tables are closed");
        _diary.Lines.ShouldBe(["desk 1 cleared"]);
    }

    [Test]
    [Statement("4.8b")]
    public async Task Outside_of_an_engine_the_resolver_of_the_options_answers_nobody()
    {
        IDestinationResolver? resolver = null;
        await using var services = Services(_diary).AddScoped<Drawer>().BuildServiceProvider();
        await using var engine = WorkflowEngine.Create(options =>
        {
            options.Services = services;
            options.ResolveDestinations<Registry>();
            resolver = options.DestinationResolver;
        });

        await Should.ThrowAsync<InvalidOperationException>(async () => await resolver!.FindManagerAsync("ann", CancellationToken.None));
    }
}
