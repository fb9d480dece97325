using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter08Errors
{
    private static readonly ProcessField<int> Count = new("Count", initial: 0);

    private static readonly Rule Broken = Rule.Named("is broken", _ => throw new InvalidOperationException("the rule broke"));

    /// <code>
    ///     ┌──► Task  (waits) ──────────────►
    /// ►───┼──► Break (writes, then throws) ─► Never ──►
    ///     └──► Later (would be called next) ─►
    /// </code>
    private static ProcessDefinition Breaking(List<string> called) => ProcessDefinition.Define("Breaking", process =>
    {
        process.OpenToAll().Fields(Count);
        var broken = process.Activity("Break", activity => activity
            .Server("First", context => context.Set(Count, 1))
            .Server("Second", context =>
            {
                context.Set(Count, 2);
                throw new InvalidOperationException("no connection");
            })
            .Logs("Third", called));
        process.StartsWith(process.Activity("Task", activity => activity.Waits()))
            .StartsWith(broken)
            .StartsWith(process.Activity("Later", activity => activity.Server("Early", _ => { }).Logs("Call", called)));
        broken.To(process.Activity("Never"));
    });

    [Test]
    [Statement("8.1")]
    public async Task A_code_that_throws_puts_the_whole_process_into_error_and_leaves_everything_else_intact()
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Breaking(called));

        var started = await bed.StartAsync("dora");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        var process = await bed.ReadAsync(started.Id);
        process.Fields.Get<int>("Count").ShouldBe(1, "what the first event wrote stays, what the one that threw wrote does not");
        process.Activities.Select(activity => (activity.Name, activity.Status)).ShouldBe(
            [("Task", ActivityInstanceStatus.Active), ("Break", ActivityInstanceStatus.Active), ("Later", ActivityInstanceStatus.Active)]);
        process.Activities[1].Destinations[0].Event.ShouldNotBeNull().Status.ShouldBe(EventInstanceStatus.Failed);
        called.ShouldBeEmpty("calls planned for other branches are made after the retry");
    }

    [Test]
    [Statement("8.1")]
    public async Task The_error_names_its_source()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Breaking([]));

        var started = await bed.StartAsync("dora");

        var error = (await bed.ReadAsync(started.Id)).Error.ShouldNotBeNull();
        error.Element.ShouldContain("Second");
        error.Element.ShouldContain("Break");
        error.Message.ShouldContain("no connection");
        error.ExceptionType.ShouldContain(nameof(InvalidOperationException));
        error.At.ShouldBe(WorkflowTestBed.Beginning);
        (await bed.NamesAsync(started.Id, JournalKind.EventFailed)).ShouldBe(["Second"]);
    }

    /// <summary>The details that an operator needs to find the fault stand with the instance, also after a restart, and in the log.</summary>
    [Test]
    [Statement("8.1")]
    public async Task The_error_of_code_keeps_the_chain_of_exceptions_and_their_stacks()
    {
        using var log = new WarningLog();
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define(
                "P", process => process.OpenToAll().StartsWith(process.Activity("A", activity => activity.Server("Pay", _ => FailDeep())))),
            options => options.LoggerFactory = log);
        var started = await bed.StartAsync("dora");

        foreach (var error in new[] { await ErrorAsync(bed, started.Id), await RestartedAsync(bed, started.Id) })
        {
            error.Message.ShouldBe("The bank did not answer.");
            error.ExceptionType.ShouldBe(nameof(InvalidOperationException));
            error.Details.ShouldStartWith(
                "InvalidOperationException: The bank did not answer.\nCaused by TimeoutException: No connection after 3 s.\n\nInvalidOperationException\n");
            error.Details.Split("\n\nTimeoutException\n")[0].ShouldContain(nameof(FailDeep));
            error.Details.Split("\n\nTimeoutException\n")[1].ShouldContain(nameof(Connect));
            error.Details.ShouldNotContain("Workflow.Core.Runtime.", Case.Sensitive, "frames of the engine say nothing");
        }

        var logged = log.Exceptions.ShouldHaveSingleItem();
        logged.ShouldBeOfType<InvalidOperationException>().StackTrace.ShouldNotBeNull().ShouldContain(nameof(FailDeep));
        logged.InnerException.ShouldBeOfType<TimeoutException>();
    }

    /// <summary>A rule is asked where the same commands leave the same bytes, which no stack trace promises.</summary>
    [Test]
    [Statement("8.1")]
    [Statement("14.1")]
    public async Task The_error_of_a_rule_keeps_the_chain_of_exceptions_and_the_log_has_the_stack()
    {
        using var log = new WarningLog();
        var rule = Rule.Named("is broken", _ => FailDeep() > 0);
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("P", process =>
            {
                process.OpenToAll();
                var first = process.Activity("First", activity => activity.Server("Pass", _ => { }));
                process.StartsWith(first);
                first.To(process.Activity("Second"), when: rule);
            }),
            options => options.LoggerFactory = log);
        var started = await bed.StartAsync("dora");

        var error = await ErrorAsync(bed, started.Id);

        error.Details.ShouldBe("InvalidOperationException: The bank did not answer.\nCaused by TimeoutException: No connection after 3 s.");
        log.Exceptions.ShouldHaveSingleItem().StackTrace.ShouldNotBeNull().ShouldContain(nameof(FailDeep));
    }

    [Test]
    [Statement("8.1")]
    public async Task The_error_of_the_resolver_keeps_what_it_threw()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("P", process => process.OpenToAll().StartsWith(process.Activity("A", activity => activity
                .Destinations(to => to.Role("Managers").ResolvedToUsers()).Client("Decide", task => task.Action("Yes"))))),
            options => options.DestinationResolver = new FailingResolver());
        var started = await bed.StartAsync("dora");

        var error = await ErrorAsync(bed, started.Id);

        error.Message.ShouldBe("The resolver threw: The bank did not answer. Make it answer. " + Chapter08ErrorMessages.Said);
        error.Details.ShouldStartWith("InvalidOperationException: The bank did not answer.\nCaused by TimeoutException: No connection after 3 s.\n");
        error.Details.ShouldContain(nameof(Connect));
    }

    /// <summary>Even what an exception says of itself is code of the host.</summary>
    [Test]
    [Statement("8.1")]
    public async Task The_details_of_an_error_have_an_end_and_bear_exceptions_that_throw()
    {
        var endless = Enumerable.Range(0, 200)
            .Aggregate(new InvalidOperationException("first"), (inner, _) => new InvalidOperationException(new string('x', 3_000), inner));
        foreach (var thrown in new Exception[] { endless, new AggregateException(endless, new SayingNothingException()), new SayingNothingException() })
        {
            await using var bed = await WorkflowTestBed.CreateAsync(
                ProcessDefinition.Define(
                    "P", process => process.OpenToAll().StartsWith(process.Activity("A", activity => activity.Server("Pay", _ => throw thrown)))));
            var started = await bed.StartAsync("dora");

            var error = await ErrorAsync(bed, started.Id);

            error.Details.Length.ShouldBeInRange(1, 16_384);
            error.Details.ShouldStartWith(thrown.GetType().Name);
        }
    }

    [Test]
    [Statement("8.1")]
    public async Task A_deep_stack_cuts_off_no_cause()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("P", process =>
            process.OpenToAll().StartsWith(process.Activity("A", activity => activity.Server("Pay", _ => FailBelow(400))))));
        var started = await bed.StartAsync("dora");

        var error = await ErrorAsync(bed, started.Id);

        error.Details.ShouldStartWith("InvalidOperationException: deep\nCaused by TimeoutException: No connection after 3 s.\n\nInvalidOperationException\n");
        error.Details.ShouldContain("\n\nTimeoutException\n");
        error.Details.Split("\n\nTimeoutException\n")[1].ShouldContain(nameof(Connect));
        error.Details.Length.ShouldBeInRange(8_000, 16_384);
    }

    [Test]
    [Statement("8.1")]
    public async Task An_error_without_an_exception_has_no_details()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("P", process => process.OpenToAll().StartsWith(process.Activity("A", activity => activity
                .Destinations(to => to.Role("Managers").ResolvedToUsers()).Client("Decide", task => task.Action("Yes"))))));
        var started = await bed.StartAsync("dora");

        (await ErrorAsync(bed, started.Id)).Details.ShouldBeEmpty();
    }

    [Test]
    [Statement("7.3")]
    public async Task In_error_an_item_can_be_neither_opened_nor_finished_and_nothing_is_stored()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Breaking([]));
        var id = await bed.BeginAsync();
        var before = await bed.StoredBytesAsync(id);
        var item = new SerialNumber(id, 1);

        var refusal = await Should.ThrowAsync<ProcessInstanceHaltedException>(() => bed.FinishAsync(item, finish => finish.Set(Count, 9)));
        await Should.ThrowAsync<ProcessInstanceHaltedException>(async () => await bed.Engine.As("bank").OpenServerItemAsync(item));

        refusal.ProcessInstance.ShouldBe(id);
        refusal.Error.ShouldNotBeNull().Message.ShouldContain("no connection");
        (await bed.StoredBytesAsync(id)).ShouldBe(before);
    }

    [Test]
    [Statement("8.1")]
    public async Task An_error_survives_a_restart_and_is_not_tried_again_by_itself()
    {
        var called = new List<string>();
        await using var bed = await WorkflowTestBed.CreateAsync(Breaking(called));
        var id = await bed.BeginAsync();
        var before = await bed.StoredBytesAsync(id);

        (await bed.RestartAsync()).ShouldBe(0);

        (await bed.StoredBytesAsync(id)).ShouldBe(before);
        called.ShouldBeEmpty();
    }

    [Test]
    [Statement("8.1")]
    public async Task Slots_before_the_one_that_throws_are_done_and_those_behind_it_are_not_called()
    {
        var called = new List<int>();
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Slots", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => activity
                .PlanPerSlot(Slots.Number(4))
                .Server("Call", context =>
                {
                    called.Add(context.Serial.Destination);
                    if (called.Count == 2)
                    {
                        throw new TimeoutException("too slow");
                    }
                })
                .SucceedingRule(Answers.AllSlots.Satisfy(Status.OfSlot == SlotStatus.Completed))));
        }));

        var id = await bed.BeginAsync();

        called.ShouldBe([1, 2]);
        (await bed.ReadAsync(id)).Activities[0].Destinations.Select(destination => destination.Status).ShouldBe(
            [DestinationStatus.Completed, DestinationStatus.Active, DestinationStatus.Active, DestinationStatus.Active]);
    }

    private static IEnumerable<TestCaseData> BrokenRules()
    {
        yield return Case("preceding rule", "Work", (_, activity) => activity.PrecedingRule(Broken));
        yield return Case("succeeding rule", "Work", (_, activity) => activity.SucceedingRule(Broken));
        yield return Case("event rule", "Call", (_, activity) => activity.Server("Call", _ => { }, Broken));
        yield return Case("finish rule", "finish rule", (process, _) => process.FinishRule(Broken, process.Activity("Again")));
        yield return Case("slot function", "Work", (_, activity) => activity.SucceedingRule(Answers.AtLeast(1).Satisfy(Broken)));

        static TestCaseData Case(string says, string element, Action<ProcessBuilder, ActivityBuilder> breaks) =>
            new TestCaseData(element, breaks).SetArgDisplayNames(says);
    }

    /// <code>
    /// ► Work (something of it is broken) ──►
    /// </code>
    [Statement("8.1")]
    [TestCaseSource(nameof(BrokenRules))]
    public async Task A_rule_that_throws_is_an_error_of_its_element(string element, Action<ProcessBuilder, ActivityBuilder> breaks)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Finishing", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Work", activity => breaks(process, activity)));
        }));

        var started = await bed.StartAsync("dora");

        started.Status.ShouldBe(ProcessInstanceStatus.Error);
        var error = (await bed.ReadAsync(started.Id)).Error.ShouldNotBeNull();
        error.Element.ShouldContain(element);
        error.Message.ShouldContain("the rule broke");
    }

    [Test]
    [Statement("8.1")]
    public async Task A_line_rule_that_throws_is_an_error_of_the_line()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Lines", process =>
        {
            process.OpenToAll();
            var work = process.Activity("Work", activity => activity.Waits());
            process.StartsWith(work);
            work.To(process.Activity("One"), when: Broken, name: "the broken line");
        }));
        var id = await bed.BeginAsync();

        await bed.FinishAsync(id, "Work");

        (await bed.StatusAsync(id)).ShouldBe(ProcessInstanceStatus.Error);
        (await bed.ReadAsync(id)).Error.ShouldNotBeNull().Element.ShouldContain("the broken line");
        (await bed.StartedAsync(id)).ShouldNotContain("One");
    }

    [Test]
    [Statement("8.1")]
    public async Task An_error_of_one_instance_is_none_of_another()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Choosy", process =>
        {
            process.OpenToAll().Fields(Count);
            process.StartsWith(process.Activity("Work", activity => activity
                .Server("Check", context => ArgumentOutOfRangeException.ThrowIfNegative(context.Get(Count)))));
        }));

        var bad = await bed.StartAsync("dora", start => start.Set(Count, -1));
        var good = await bed.StartAsync("dora", start => start.Set(Count, 1));

        (bad.Status, good.Status).ShouldBe((ProcessInstanceStatus.Error, ProcessInstanceStatus.Completed));
    }

    private static async Task<ProcessError> ErrorAsync(WorkflowTestBed bed, ProcessInstanceId id) => (await bed.ReadAsync(id)).Error.ShouldNotBeNull();

    private static async Task<ProcessError> RestartedAsync(WorkflowTestBed bed, ProcessInstanceId id)
    {
        await bed.RestartAsync();
        return await ErrorAsync(bed, id);
    }

    private static int FailDeep()
    {
        try
        {
            return Connect();
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException("The bank did not answer.", exception);
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void FailBelow(int depth)
    {
        if (depth > 0)
        {
            FailBelow(depth - 1);
            GC.KeepAlive(depth);
            return;
        }

        try
        {
            Connect();
        }
        catch (TimeoutException exception)
        {
            throw new InvalidOperationException("deep", exception);
        }
    }

    private static int Connect() => throw new TimeoutException("No connection after 3 s.");

    private sealed class FailingResolver : IDestinationResolver
    {
        public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
            IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation) =>
            throw new InvalidOperationException($"{FailDeep()}");

        public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyList<Destination>>([]);

        public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
    }

    private sealed class SayingNothingException : Exception
    {
        public override string Message => throw new NotSupportedException();

        public override string? StackTrace => throw new NotSupportedException();
    }
}
