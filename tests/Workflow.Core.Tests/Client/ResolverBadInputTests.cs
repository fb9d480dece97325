using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Runtime;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Client;

/// <summary>A resolver of the host misbehaves when it is asked for the roles of a user or for their manager. The caller is told, and nothing is
/// changed.</summary>
[TestFixture]
public sealed class ResolverBadInputTests
{
    private static readonly SerialNumber _task = new ProcessInstanceId(1).Task(1);
    private static readonly TimeSpan _timeout = TimeSpan.FromSeconds(7);

    /// <summary>The commands of a user that make the engine ask for their roles or for their manager, and are refused without an answer. A worklist is shown
    /// all the same: see <see cref="ResolverDownTests"/>.</summary>
    private static readonly Dictionary<string, (bool OfManager, Func<WorkflowConnection, Task> Ask)> _questions = new()
    {
        ["open"] = (false, connection => connection.Worklist.OpenAsync(_task).AsTask()),
        ["execute"] = (false, connection => connection.Worklist.ExecuteAsync(_task, "Approve").AsTask()),
        ["list managed"] = (true, connection => connection.Worklist.ListManagedAsync("A").AsTask()),
        ["open managed"] = (true, connection => connection.Worklist.OpenManagedAsync("A", _task).AsTask()),
        ["set absence"] = (true, connection => connection.OutOfOfficeOf("A").LeaveAsync(absence => absence.ForwardTo("D")).AsTask()),
        ["read absence"] = (true, connection => connection.OutOfOfficeOf("A").ReadAsync().AsTask()),
    };

    private static IEnumerable<string> Questions => _questions.Keys;

    private static IEnumerable<string> QuestionsOfMembership => _questions.Where(question => !question.Value.OfManager).Select(question => question.Key);

    private static IEnumerable<string> QuestionsOfManager => _questions.Where(question => question.Value.OfManager).Select(question => question.Key);

    private ScriptedResolver _resolver = null!;

    [SetUp]
    public void Forget() => _resolver = new ScriptedResolver(new StaticDestinations { { Destination.Role("R"), "A", "B" } }.Manages("B", "A"));

    /// <summary>A task for the role R; the resolver answers well until the test disturbs it.</summary>
    private async Task<WorkflowTestBed> BedAsync()
    {
        var bed = await WorkflowTestBed.CreateAsync(Staff.Deciding(activity => activity.Destinations(to => to.Role("R"))), options =>
        {
            options.DestinationResolver = _resolver;
            options.ResolverTimeout = _timeout;
        });
        await bed.StartAsync("dora");
        return bed;
    }

    /// <summary>Asks, and expects an exception; afterwards the resolver is well again, and everything is as it was.</summary>
    private async Task<Exception> ShouldFailAsync(WorkflowTestBed bed, string question, Func<Task, Task>? meanwhile = null)
    {
        var before = await bed.StoredBytesAsync(_task.ProcessInstance);
        var asking = _questions[question].Ask(bed.Engine.As("B"));
        await (meanwhile?.Invoke(asking) ?? Task.CompletedTask);
        var failure = await Should.ThrowAsync<Exception>(() => asking);
        failure.ShouldNotBeOfType<NullReferenceException>();
        failure.ShouldNotBeOfType<WorkflowInvariantException>();
        failure.Message.ShouldNotBeNullOrWhiteSpace();

        (_resolver.Memberships, _resolver.Manager) = (null, null);
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await bed.StoredBytesAsync(_task.ProcessInstance)).ShouldBe(before);
        (await bed.Engine.As("A").OutOfOffice.ReadAsync()).ShouldBeNull();
        (await bed.SeesAsync("B")).ShouldBe("1_1 Available");
        (await bed.Engine.As("B").Worklist.ListManagedAsync("A")).Count.ShouldBe(1);
        return failure;
    }

    /// <summary>The exception as a whole, with what lies beneath.</summary>
    private static string Told(Exception failure) => failure.InnerException is { } inner ? $"{failure.Message} {Told(inner)}" : failure.Message;

    private void Disturb(Func<CancellationToken, Task> how)
    {
        _resolver.Memberships = async (_, cancellation) =>
        {
            await how(cancellation);
            return [Destination.Role("R")];
        };
        _resolver.Manager = async (_, cancellation) =>
        {
            await how(cancellation);
            return "B";
        };
    }

    [Test]
    [Statement("4.8")]
    [Statement("14.8")]
    public async Task When_it_throws_the_caller_is_told_why([ValueSource(nameof(Questions))] string question, [Values] bool later)
    {
        await using var bed = await BedAsync();
        Disturb(async _ =>
        {
            if (later)
            {
                await Task.Yield();
            }

            throw new IOException("the directory is down");
        });

        Told(await ShouldFailAsync(bed, question)).ShouldContain("the directory is down");
    }

    [Test]
    [Statement("4.8")]
    [Statement("14.8")]
    public async Task When_it_throws_before_it_returns_a_task_the_caller_is_told_why([ValueSource(nameof(Questions))] string question)
    {
        await using var bed = await BedAsync();
        _resolver.Memberships = (_, _) => throw new IOException("the directory is down");
        _resolver.Manager = (_, _) => throw new IOException("the directory is down");

        Told(await ShouldFailAsync(bed, question)).ShouldContain("the directory is down");
    }

    [Test]
    [Statement("4.8")]
    [Statement("14.8")]
    public async Task When_it_does_not_answer_in_time_the_caller_is_told([ValueSource(nameof(Questions))] string question, [Values] bool heedsCancellation)
    {
        await using var bed = await BedAsync();
        var never = new TaskCompletionSource();
        Disturb(cancellation => never.Task.WaitAsync(heedsCancellation ? cancellation : CancellationToken.None));

        var failure = await ShouldFailAsync(bed, question, async asking =>
        {
            await _resolver.Reached;
            bed.Clock.Advance(_timeout - TimeSpan.FromTicks(1));
            asking.IsCompleted.ShouldBeFalse();
            bed.Clock.Advance(TimeSpan.FromTicks(1));
        });

        Told(failure).ShouldContain(nameof(WorkflowOptions.ResolverTimeout));
        never.SetResult();
    }

    [Test]
    [Statement("14.8")]
    public async Task When_it_answers_with_nothing_instead_of_an_empty_list_the_caller_is_told([ValueSource(nameof(QuestionsOfMembership))] string question)
    {
        await using var bed = await BedAsync();
        _resolver.Memberships = (_, _) => ValueTask.FromResult<IReadOnlyList<Destination>>(null!);

        Told(await ShouldFailAsync(bed, question)).ShouldContain("resolver", Case.Insensitive);
    }

    /// <summary>The default of a destination has no name.</summary>
    [Test]
    [Statement("14.8")]
    public async Task When_it_names_a_role_without_a_name_the_caller_is_told([ValueSource(nameof(QuestionsOfMembership))] string question)
    {
        await using var bed = await BedAsync();
        _resolver.Memberships = (_, _) => ValueTask.FromResult<IReadOnlyList<Destination>>([Destination.Role("R"), default]);

        Told(await ShouldFailAsync(bed, question)).ShouldContain("resolver", Case.Insensitive);
    }

    [Statement("9.5")]
    [Statement("14.8")]
    [TestCase(null)]
    [TestCase("")]
    [TestCase("  ")]
    [TestCase("Z")]
    public async Task A_manager_without_a_name_manages_nobody(string? name)
    {
        await using var bed = await BedAsync();
        _resolver.Manager = (_, _) => ValueTask.FromResult(name);

        foreach (var question in QuestionsOfManager)
        {
            await Should.ThrowAsync<WorkflowException>(() => _questions[question].Ask(bed.Engine.As("B")), question);
        }

        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
        (await bed.Engine.As("A").OutOfOffice.ReadAsync()).ShouldBeNull();
    }

    [Test]
    [Statement("4.8")]
    public async Task Very_many_memberships_are_either_refused_or_good_and_harm_nothing()
    {
        await using var bed = await BedAsync();
        Destination[] many = [.. Enumerable.Range(1, 1_000_000).Select(number => Destination.Group($"G{number}")), Destination.Role("R")];
        _resolver.Memberships = (_, _) => ValueTask.FromResult<IReadOnlyList<Destination>>(many);

        try
        {
            await bed.OpenAsync("B", _task, allocate: false);
        }
        catch (WorkflowException refusal)
        {
            refusal.Message.ShouldContain("resolver", Case.Insensitive);
        }

        _resolver.Memberships = null;
        await bed.AdvanceAsync(TimeSpan.FromMinutes(10));
        (await bed.SeesAsync("A")).ShouldBe("1_1 Available");
    }

    /// <summary>A destination by name does not depend on the roles that the user has.</summary>
    [Test]
    [Statement("4.8")]
    public async Task A_user_who_is_a_destination_themselves_acts_while_the_directory_is_down()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.Destinations(to => to.Users("A"))), options => options.DestinationResolver = _resolver);
        await bed.StartAsync("dora");
        _resolver.Memberships = (_, _) => throw new IOException("the directory is down");

        await bed.OpenAsync("A", _task);
        await bed.ActAsync("A", _task, "Approve");

        (await bed.AnsweredAsync(_task.ProcessInstance)).ShouldBe("A Approve");
    }

    [Test]
    [Statement("9.1")]
    [Statement("14.8")]
    public async Task When_it_fails_a_right_that_hangs_on_a_role_is_not_granted()
    {
        var definition = ProcessDefinition.Define("Expense", process =>
        {
            process.Rights(rights => rights.Start("dora").Admin(Destination.Role("R")));
            process.StartsWith(process.Activity("Work", activity => activity.Destinations(to => to.Users("A")).ApprovesOrRejects()));
        });
        await using var bed = await WorkflowTestBed.CreateAsync(definition, options => options.DestinationResolver = _resolver);
        await bed.StartAsync("dora");
        _resolver.Memberships = (_, _) => throw new IOException("the directory is down");

        foreach (var operation in (Func<Task>[])
        [
            () => bed.Engine.As("B").ReadAsync(_task.ProcessInstance).AsTask(),
            () => bed.Engine.As("B").StartAsync("Expense").AsTask(),
        ])
        {
            Told(await Should.ThrowAsync<Exception>(operation)).ShouldContain("the directory is down");
        }

        (await bed.Store.LoadAsync(new ProcessInstanceId(2), default)).ShouldBeNull();
        (await bed.Engine.As("dora").StartAsync("Expense")).Id.ShouldBe(new ProcessInstanceId(2));
    }
}
