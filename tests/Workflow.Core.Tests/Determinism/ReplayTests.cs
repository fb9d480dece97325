using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Persistence;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Determinism;

[TestFixture]
public sealed class ReplayTests
{
    private static readonly ProcessField<string> Answer = new("Answer");

    [Test]
    [Statement("14.1")]
    public async Task A_replay_equals_the_recorded_run_byte_for_byte([Values] bool breaks, [Values] bool restarts)
    {
        await using var original = await Runs.PlayAsync(breaks: breaks, restarts: restarts);

        await using var replay = await original.Recording().ReplayAsync();

        (await replay.BytesAsync()).ShouldBe(await original.BytesAsync());
        (await replay.TranscriptAsync(new(1))).ShouldBe(await original.TranscriptAsync(new(1)));
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_of_a_replay_equals_it_too()
    {
        await using var original = await Runs.PlayAsync();
        await using var replay = await original.Recording().ReplayAsync();

        await using var again = await replay.Recording().ReplayAsync();

        (await again.BytesAsync()).ShouldBe(await original.BytesAsync());
        replay.Recording().Count.ShouldBe(original.Recording().Count);
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_repeats_what_the_code_did_and_does_not_call_it()
    {
        var calls = 0;
        var definition = ProcessDefinition.Define("Chance", process =>
        {
            process.OpenToAll().Fields(Answer);
            process.StartsWith(process.Activity("Ask", activity => activity.Server("Ask", context =>
            {
                calls++;
                context.Set(Answer, Guid.NewGuid().ToString());
                context.WaitUntilFinished(Guid.NewGuid().ToString());
            })));
        });
        await using var original = await WorkflowTestBed.CreateAsync(definition);
        var id = await original.BeginAsync();

        await using var replay = await original.Recording().ReplayAsync();

        calls.ShouldBe(1);
        (await replay.StoredBytesAsync(id)).ShouldBe(await original.StoredBytesAsync(id));
        (await replay.ReadAsync(id)).Fields.Get<string>("Answer").ShouldBe((await original.ReadAsync(id)).Fields.Get<string>("Answer"));
    }

    [Test]
    [Statement("14.1")]
    public async Task Commands_that_were_refused_are_refused_again()
    {
        await using var original = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Plain", process =>
        {
            process.Rights(rights => rights.Admin("dora"));
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
        }));
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => original.StartAsync("eve"));
        var id = await original.BeginAsync();
        await Should.ThrowAsync<WorkflowAccessDeniedException>(() => original.FinishAsync("eve", new SerialNumber(id, 1)));
        await original.FinishAsync("dora", new SerialNumber(id, 1));
        await Should.ThrowAsync<ServerItemFinishedException>(() => original.FinishAsync("dora", new SerialNumber(id, 1)));

        await using var replay = await original.Recording().ReplayAsync();

        original.Recording().Count.ShouldBe(5);
        (await replay.StoredBytesAsync(id)).ShouldBe(await original.StoredBytesAsync(id));
    }

    /// <summary>A callback is the test's own code, so it may draw random numbers: what it has set is part of the recording.</summary>
    [Test]
    [Statement("14.1")]
    public async Task A_replay_repeats_what_callbacks_have_set_and_does_not_call_them()
    {
        var calls = 0;
        string Drawn()
        {
            calls++;
            return Guid.NewGuid().ToString();
        }

        await using var original = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Chance", process =>
        {
            process.OpenToAll().Fields(Answer);
            var wait = process.Activity("Wait", activity => activity.Waits());
            process.StartsWith(wait);
            wait.To(process.Activity("Decide", activity => activity.Destinations(to => to.Users("ann")).Chooses()));
        }));
        var id = await original.BeginAsync(start => start.Folio(Drawn()).Set(Answer, Drawn()));
        await original.FinishAsync("bank", new SerialNumber(id, 1), finish => finish.Set(Answer, Drawn()));
        await original.ActAsync("ann", new SerialNumber(id, 2), "Save", answer => answer.Set(Answer, Drawn()));
        await original.ActAsync("ann", "Approve", answer => answer.Set(Answer, Drawn()));

        await using var replay = await original.Recording().ReplayAsync();

        calls.ShouldBe(5);
        (await replay.StoredBytesAsync(id)).ShouldBe(await original.StoredBytesAsync(id));
        await using var again = await replay.Recording().ReplayAsync();
        (await again.StoredBytesAsync(id)).ShouldBe(await original.StoredBytesAsync(id));
    }

    [Test]
    [Statement("14.1")]
    public async Task An_exception_of_a_callback_is_thrown_again()
    {
        await using var original = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Plain", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Wait", activity => activity.Waits()));
        }));
        await Should.ThrowAsync<TimeoutException>(() => original.StartAsync("dora", _ => throw new TimeoutException("no")));
        await Should.ThrowAsync<ArgumentException>(() => original.StartAsync("dora", start => start.Folio(new string('x', 1_000))));
        var id = await original.BeginAsync();

        await using var replay = await original.Recording().ReplayAsync();

        (await replay.StoredBytesAsync(id)).ShouldBe(await original.StoredBytesAsync(id));
    }

    [Test]
    [Statement("14.1")]
    [Statement("14.8")]
    public async Task A_replay_that_goes_another_way_says_at_which_command_and_what_to_look_for()
    {
        var isFirst = true;
        await using var refused = await WorkflowTestBed.CreateAsync(
            ProcessDefinition.Define("Whim", process =>
            {
                process.OpenToAll();
                process.StartsWith(process.Activity("Wait", activity => activity.Waits()), when: Rule.Named("is a whim", _ => isFirst));
            }),
            options => options.Store = new InMemoryProcessStore(options.Clock));
        var id = await refused.BeginAsync();
        await refused.FinishAsync("bank", new SerialNumber(id, 1));
        isFirst = false;

        var exception = await Should.ThrowAsync<WorkflowTestException>(() => refused.Recording().ReplayAsync());

        exception.ShouldBeAssignableTo<WorkflowException>();
        exception.Message.ShouldContain(
            "at command 2, the finish of 1_1 by 'bank'. It threw a ServerItemNotFoundException, and the recorded run threw nothing.");
        exception.Message.ShouldContain("named predicates");
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_that_calls_code_which_the_recorded_run_did_not_call_says_which()
    {
        var isFirst = true;
        await using var original = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Whim", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Ask", activity => activity.Server("Call", _ => { })), when: Rule.Named("is a whim", _ => !isFirst));
        }));
        await original.BeginAsync();
        isFirst = false;

        var exception = await Should.ThrowAsync<WorkflowTestException>(() => original.Recording().ReplayAsync());

        exception.Message.ShouldContain("at command 1, the start of 'Whim' by 'dora'. It called the server event 'Call' of 'Ask'");
    }

    private static readonly ProcessField<int> Round = new("Round", initial: 0);

    /// <code>
    /// ► Wait (for the bank) ──► Vote (of the resolver's managers) ──is a whim──► Pay ►
    /// </code>
    private static ProcessDefinition Changing(Func<bool> isWhim) => ProcessDefinition.Define("Changing", process =>
    {
        process.OpenToAll().Fields(Round);
        var wait = process.Activity("Wait", activity => activity.Waits());
        var vote = process.Activity("Vote", activity => activity.Destinations(to => to.Role("Managers").ResolvedToUsers()).Chooses());
        process.StartsWith(wait);
        wait.To(vote);
        vote.To(process.Activity("Pay"), when: Rule.Named("is a whim", _ => isWhim()));
    });

    [TestCase(true, "at command 3, the action 'Approve' on 1_2 by 'ann'. It stored other bytes of process instance 1 than the recorded run.")]
    [TestCase(false, "at command 2, the finish of 1_1 by 'bank'. It stored other bytes of process instance 1 than the recorded run.")]
    [Statement("14.1")]
    public async Task A_replay_in_which_a_predicate_or_the_resolver_answers_otherwise_says_at_which_command_other_bytes_are_stored(bool byPredicate, string how)
    {
        var isFirst = true;
        var people = new StaticDestinations { { Destination.Role("Managers"), "ann" } };
        await using var original = await WorkflowTestBed.CreateAsync(Changing(() => isFirst || !byPredicate), options => options.DestinationResolver = people);
        var id = await original.BeginAsync();
        await original.FinishAsync("bank", new SerialNumber(id, 1));
        await original.ActAsync("ann", "Approve");
        (await (await original.Recording().ReplayAsync()).StoredBytesAsync(id)).ShouldBe(await original.StoredBytesAsync(id));
        isFirst = false;
        if (!byPredicate)
        {
            people.Replace(Destination.Role("Managers"), "ann", "bob");
        }

        var exception = await Should.ThrowAsync<WorkflowTestException>(() => original.Recording().ReplayAsync());

        exception.Message.ShouldContain(how);
        exception.Message.ShouldContain("named predicates");
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_notices_direct_use_of_the_engine()
    {
        await using var original = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Plain", process =>
        {
            process.OpenToAll().Fields(Round);
            var wait = process.Activity("Wait", activity => activity.Waits());
            process.StartsWith(wait);
            wait.To(process.Activity("Again", activity => activity.Waits()));
        }));
        var id = await original.BeginAsync();
        await original.Engine.As("bank").FinishAsync(new SerialNumber(id, 1), finish => finish.Set(Round, 1));
        await original.RestartAsync();

        var exception = await Should.ThrowAsync<WorkflowTestException>(() => original.Recording().ReplayAsync());

        exception.Message.ShouldContain("at command 2, a restart. It stored other bytes of process instance 1");
        exception.Message.ShouldContain("direct use of the engine");
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_that_calls_another_event_under_the_key_of_a_recorded_one_says_which()
    {
        var isFirst = true;
        await using var original = await WorkflowTestBed.CreateAsync(ProcessDefinition.Define("Whim", process =>
        {
            process.OpenToAll();
            process.StartsWith(process.Activity("Ask", activity => activity.Server("Call", _ => { })), when: Rule.Named("is a whim", _ => isFirst));
            process.StartsWith(process.Activity("Tell", activity => activity.Server("Mail", _ => { })), when: Rule.Named("is none", _ => !isFirst));
        }));
        await original.BeginAsync();
        isFirst = false;

        var exception = await Should.ThrowAsync<WorkflowTestException>(() => original.Recording().ReplayAsync());

        exception.Message.ShouldContain("at command 1, the start of 'Whim' by 'dora'. It called the server event 'Mail' of 'Tell'");
        exception.Message.ShouldContain("where the recorded run called server event 'Call' of 'Ask'.");
    }

    [Test]
    [Statement("13.4")]
    public async Task A_test_bed_shows_what_was_found_in_its_definitions([Values] bool restarts)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
        [
            ProcessDefinition.Define("Good", process => process.OpenToAll().StartsWith(process.Activity("Work"))),
            ProcessDefinition.Define("Island", process =>
            {
                process.OpenToAll();
                process.StartsWith(process.Activity("Work"));
                process.Activity("Nowhere");
            }),
        ]);
        if (restarts)
        {
            await bed.RestartAsync();
        }

        bed.Deployments.Select(deployment => deployment.Definition).ShouldBe(["Good", "Island"]);
        bed.Deployments[0].Findings.ShouldBeEmpty();
        bed.Deployments[1].Findings.ShouldHaveSingleItem().Id.ShouldBe(FindingIds.ActivityNotReached);
    }

    [Test]
    [Statement("14.1")]
    public async Task A_replay_has_a_store_of_its_own_even_when_the_test_configured_one()
    {
        var store = new InMemoryProcessStore();
        await using var original = await Runs.PlayAsync(options => options.Store = store);
        var before = await original.BytesAsync();

        await using var replay = await original.Recording().ReplayAsync();

        replay.Store.ShouldNotBeSameAs(store);
        (await original.BytesAsync()).ShouldBe(before);
        (await replay.BytesAsync()).ShouldBe(before);
    }
}
