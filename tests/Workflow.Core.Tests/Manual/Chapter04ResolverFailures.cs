using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Destinations;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

[TestFixture]
public sealed class Chapter04ResolverFailures
{
    /// <code>
    ///     ┌─► First (waits) ──► Work (for the role R, resolved, as told) ──►
    /// ►───┤
    ///     └─► Other (waits) ──►
    /// </code>
    private static ProcessDefinition Working(Action<DestinationBuilder> to, bool inTurn = false) => ProcessDefinition.Define("Working", process =>
    {
        process.OpenToAll();
        var first = process.Activity("First", activity => activity.Waits());
        var work = process.Activity("Work", activity => (inTurn ? activity.PlanPerDestinationInTurn() : activity.PlanPerDestination())
            .Destinations(to).Waits());
        process.StartsWith(first).StartsWith(process.Activity("Other", activity => activity.Waits()));
        first.To(work);
    });

    private static void RoleR(DestinationBuilder to) => to.Users("ann").Role("R").ResolvedToUsers();

    /// <summary>Lets Work be planned, and says what became of it; the other branch must be what it was.</summary>
    private static async Task<ProcessError> FailAsync(WorkflowTestBed bed, Func<Task, Task>? meanwhile = null)
    {
        var id = await bed.BeginAsync();
        var finishing = bed.FinishAsync(id, "First");
        await (meanwhile?.Invoke(finishing) ?? Task.CompletedTask);
        await finishing;

        var error = await bed.ShouldHaveFailedToPlanAsync(id);
        (await bed.CompletedAsync(id)).ShouldBe(["First"], "what led there stays done");
        var other = await bed.ActiveAsync(id, "Other");
        other.Status.ShouldBe(ActivityInstanceStatus.Active);
        other.Destinations.ShouldHaveSingleItem().Event.ShouldNotBeNull().Status.ShouldBe(EventInstanceStatus.Waiting);
        (await bed.ServerItemsAsync(id)).ShouldBe([other.Destinations[0].Serial]);
        (await bed.CountAsync(id, JournalKind.ProcessError)).ShouldBe(1);
        return error;
    }

    private static Task<WorkflowTestBed> BedAsync(
        IDestinationResolver resolver, Action<DestinationBuilder>? to = null, bool inTurn = false, Action<WorkflowOptions>? configure = null) =>
        WorkflowTestBed.CreateAsync(Working(to ?? RoleR, inTurn), options =>
        {
            options.DestinationResolver = resolver;
            configure?.Invoke(options);
        });

    [Test]
    [Statement("8.1")]
    public async Task A_resolver_that_throws_puts_the_instance_into_error([Values] bool inTurn, [Values] bool later)
    {
        var resolver = new AskedResolver(async (_, _) =>
        {
            if (later)
            {
                await Task.Yield();
            }

            throw new IOException("the directory is down");
        });
        await using var bed = await BedAsync(resolver, inTurn: inTurn);

        var error = await FailAsync(bed);

        error.Message.ShouldContain("the directory is down");
        error.ExceptionType.ShouldContain(nameof(IOException));
        resolver.Questions.Count.ShouldBe(1);
    }

    [Test]
    [Statement("8.1")]
    public async Task A_resolver_that_cancels_by_itself_has_failed()
    {
        await using var bed = await BedAsync(new AskedResolver((_, _) => throw new OperationCanceledException("gave up")));

        (await FailAsync(bed)).Message.ShouldNotBeNullOrWhiteSpace();
    }

    [Test]
    [Statement("4.8")]
    public async Task A_resolver_that_does_not_answer_in_time_puts_the_instance_into_error([Values] bool heedsCancellation)
    {
        var never = new TaskCompletionSource();
        var resolver = new AskedResolver(async (asked, cancellation) =>
        {
            await never.Task.WaitAsync(heedsCancellation ? cancellation : CancellationToken.None);
            return AskedResolver.Answers(asked, _ => ["late"]);
        });
        await using var bed = await BedAsync(resolver, configure: options => options.ResolverTimeout = TimeSpan.FromSeconds(7));

        var error = await FailAsync(bed, async finishing =>
        {
            await resolver.Reached;
            bed.Clock.Advance(TimeSpan.FromSeconds(7) - TimeSpan.FromTicks(1));
            finishing.IsCompleted.ShouldBeFalse();
            bed.Clock.Advance(TimeSpan.FromTicks(1));
        });

        error.Message.ShouldContain(nameof(WorkflowOptions.ResolverTimeout));
        error.Message.ShouldContain("00:00:07");
        var before = await bed.StoredBytesAsync(new(1));
        never.SetResult();
        (await bed.StoredBytesAsync(new(1))).ShouldBe(before, "an answer that comes late is no answer");
    }

    [Test]
    [Statement("4.8")]
    public async Task A_role_that_is_left_out_puts_the_instance_into_error_and_is_named()
    {
        await using var bed = await BedAsync(
            new StaticDestinations { { Destination.Role("R"), "ann" } }, to => to.Role("R").Group("Missing").ResolvedToUsers());

        (await FailAsync(bed)).Message.ShouldContain("Missing");
    }

    [Test]
    [Statement("4.8")]
    public async Task A_role_is_not_the_group_of_the_same_name()
    {
        await using var bed = await BedAsync(new StaticDestinations { { Destination.Group("R"), "ann" } });

        (await FailAsync(bed)).Message.ShouldContain("role", Case.Insensitive);
    }

    [Statement("14.8")]
    [TestCase("")]
    [TestCase("  ")]
    [TestCase(null)]
    [TestCase("257")]
    public async Task A_name_that_is_none_puts_the_instance_into_error_and_the_role_is_named(string? name)
    {
        var user = name == "257" ? new string('x', 257) : name!;
        await using var bed = await BedAsync(new AskedResolver(_ => ["bob", user]));

        (await FailAsync(bed)).Message.ShouldContain("role", Case.Insensitive);
    }

    [Test]
    [Statement("14.8")]
    public async Task An_answer_that_is_none_puts_the_instance_into_error([Values] bool whole)
    {
        await using var bed = await BedAsync(new AskedResolver((asked, _) =>
            ValueTask.FromResult(whole ? null! : AskedResolver.Answers(asked, _ => null!))));

        (await FailAsync(bed)).Message.ShouldContain("resolver", Case.Insensitive, "not the failure of the engine's own code");
    }

    [Statement("4.8")]
    [TestCase(3, 2, 5, true)]
    [TestCase(3, 3, 5, false)]
    [TestCase(0, 6, 5, false)]
    [TestCase(1, 0, 1, true)]
    [TestCase(1000, 0, 1000, true)]
    [TestCase(600, 401, 1000, false)]
    public async Task More_members_than_the_limit_put_the_instance_into_error_and_the_option_is_named(int ofR, int ofS, int limit, bool isGood)
    {
        var resolver = new AskedResolver(role => [.. Enumerable.Range(1, role.Name == "R" ? ofR : ofS).Select(number => $"{role.Name}{number}")]);
        await using var bed = await BedAsync(
            resolver, to => to.Role("R").Role("S").ResolvedToUsers(), inTurn: true, options => options.SlotLimit = limit);

        if (isGood)
        {
            var id = await bed.BeginAsync();
            await bed.FinishAsync(id, "First");
            (await bed.ActiveAsync(id)).SlotTotal.ShouldBe(ofR + ofS);
            return;
        }

        (await FailAsync(bed)).Message.ShouldContain(nameof(WorkflowOptions.SlotLimit));
    }

    [Test]
    [Statement("8.1")]
    public async Task A_set_rule_that_throws_puts_the_instance_into_error_and_nobody_is_planned()
    {
        var resolver = new AskedResolver(_ => ["bob"]);
        var broken = Rule.Named("broken", _ => throw new InvalidOperationException("the rule broke"));
        await using var bed = await BedAsync(resolver, to => to.Set("One").Users("ann").Set("Two", when: broken).Role("R").ResolvedToUsers());

        (await FailAsync(bed)).Message.ShouldContain("the rule broke");
        resolver.Questions.ShouldBeEmpty();
    }
}
