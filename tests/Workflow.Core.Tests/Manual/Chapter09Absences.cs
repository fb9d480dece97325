using Workflow.Core.Client;
using Workflow.Core.Destinations;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>When a user is out of office, and who may say so.</summary>
[TestFixture]
public sealed class Chapter09Absences
{
    private static readonly DateTimeOffset _now = WorkflowTestBed.Beginning;

    private static async Task<WorkflowTestBed> BedAsync()
    {
        var bed = await WorkflowTestBed.CreateAsync(
            Staff.Deciding(activity => activity.Destinations(to => to.Users("C"))),
            options => options.DestinationResolver = new StaticDestinations().Manages("mia", "C").Manages("top", "mia"));
        await bed.StartAsync("dora");
        return bed;
    }

    [Statement("9.4")]
    [TestCase(null, null, "yyyyy")]
    [TestCase(2, null, "nnyyy")]
    [TestCase(null, 3, "yyynn")]
    [TestCase(1, 3, "nyynn")]
    [TestCase(-2, 1, "ynnnn")]
    public async Task An_absence_begins_and_ends_as_said_without_anybody_doing_anything(int? from, int? until, string shared)
    {
        await using var bed = await BedAsync();
        await bed.Engine.As("C").OutOfOffice.LeaveAsync(absence => absence
            .ForwardTo("D").Between(from is null ? null : _now.AddHours(from.Value), until is null ? null : _now.AddHours(until.Value)));

        var seen = "";
        for (var hour = 0; hour < 5; hour++)
        {
            var isShared = await bed.SeesAsync("D") == "1_1 Available for C";
            seen += isShared ? 'y' : 'n';
            (await bed.SeesAsync("C")).ShouldBe("1_1 Available", "C keeps access");
            if (!isShared)
            {
                await Should.ThrowAsync<NotSharedException>(() => bed.Engine.As("D").Worklist.OpenSharedAsync("C", new ProcessInstanceId(1).Task(1)).AsTask());
            }

            await bed.AdvanceAsync(TimeSpan.FromHours(1));
        }

        seen.ShouldBe(shared);
    }

    [Statement("9.4")]
    [TestCase("C")]
    [TestCase("c")]
    [TestCase("mia")]
    [TestCase("MIA")]
    public async Task An_absence_is_set_read_and_ended_by_the_user_and_by_their_manager(string user)
    {
        await using var bed = await BedAsync();
        var settings = bed.Engine.As(user).OutOfOfficeOf("C");

        await settings.LeaveAsync(absence => absence.ForwardTo("D"));

        (await bed.SeesAsync("D")).ShouldBe("1_1 Available for C");
        (await settings.ReadAsync()).ShouldNotBeNull().ForwardTo.ShouldBe(["D"]);
        await settings.ReturnAsync();
        (await settings.ReadAsync()).ShouldBeNull();
        (await bed.SeesAsync("D")).ShouldBe("");
    }

    [Test]
    [Statement("9.4")]
    public async Task An_absence_is_set_read_and_ended_by_the_host()
    {
        await using var bed = await BedAsync();
        var settings = bed.Engine.AsSystem().OutOfOfficeOf("C");

        await settings.LeaveAsync(absence => absence.ForwardTo("D"));

        (await bed.SeesAsync("D")).ShouldBe("1_1 Available for C");
        (await bed.Engine.As("C").OutOfOffice.ReadAsync()).ShouldNotBeNull().User.ShouldBe("C");
        await settings.ReturnAsync();
        (await bed.Engine.As("C").OutOfOffice.ReadAsync()).ShouldBeNull();
    }

    [Statement("9.4")]
    [Statement("14.7")]
    [TestCase("Z", TestName = "Nobody_else_sets_an_absence")]
    [TestCase("D", TestName = "A_substitute_does_not_set_the_absence")]
    [TestCase("dora", TestName = "The_originator_does_not_set_the_absence")]
    [TestCase("boss", TestName = "An_administrator_of_a_process_does_not_set_the_absence")]
    [TestCase("top", TestName = "The_manager_of_the_manager_does_not_set_the_absence")]
    public async Task Nobody_else_sets_or_reads_an_absence(string user)
    {
        await using var bed = await BedAsync();
        await bed.Engine.As("C").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("D"));
        var settings = bed.Engine.As(user).OutOfOfficeOf("C");

        foreach (var command in (Func<Task>[])
        [
            () => settings.LeaveAsync(absence => absence.ForwardTo(user)).AsTask(),
            () => settings.ReturnAsync().AsTask(),
            () => settings.ReadAsync().AsTask(),
        ])
        {
            var refusal = await Should.ThrowAsync<NotManagedException>(command);
            refusal.User.ShouldBe(user);
            refusal.Managed.ShouldBe("C");
        }

        (await bed.Engine.As("C").OutOfOffice.ReadAsync()).ShouldNotBeNull().ForwardTo.ShouldBe(["D"]);
    }

    [Test]
    [Statement("9.4")]
    public async Task A_later_absence_replaces_an_earlier_one_and_is_read_as_it_was_set()
    {
        await using var bed = await BedAsync();
        var settings = bed.Engine.As("C").OutOfOffice;
        (await settings.ReadAsync()).ShouldBeNull();
        await settings.LeaveAsync(absence => absence.ForwardTo("D", "E").Except("Expense", null, "F"));

        await settings.LeaveAsync(absence => absence.ForwardTo("G").Except("Leave", "Work", "H", "I").Between(_now.AddDays(1), _now.AddDays(2)));

        var absence = (await settings.ReadAsync()).ShouldNotBeNull("also one that has not begun");
        absence.User.ShouldBe("C");
        absence.ForwardTo.ShouldBe(["G"]);
        var exception = absence.Exceptions.ShouldHaveSingleItem();
        $"{exception.Definition}/{exception.Activity}: {string.Join(' ', exception.Users)}".ShouldBe("Leave/Work: H I");
        absence.From.ShouldBe(_now.AddDays(1));
        absence.Until.ShouldBe(_now.AddDays(2));
        await bed.AdvanceAsync(TimeSpan.FromDays(3));
        (await settings.ReadAsync()).ShouldNotBeNull("also one that is over").ForwardTo.ShouldBe(["G"]);
    }

    [Test]
    [Statement("9.4")]
    [Statement("14.5")]
    public async Task An_absence_outlives_the_host()
    {
        await using var bed = await BedAsync();
        await bed.Engine.As("C").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("D"));

        await bed.RestartAsync();

        (await bed.SeesAsync("D")).ShouldBe("1_1 Available for C");
        (await bed.Engine.As("C").OutOfOffice.ReadAsync()).ShouldNotBeNull().ForwardTo.ShouldBe(["D"]);
    }

    [Test]
    [Statement("9.4")]
    [Statement("4.11")]
    public async Task Case_does_not_count_in_the_names_of_absent_users_and_substitutes()
    {
        await using var bed = await BedAsync();
        await bed.Engine.As("c").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("dAN"));

        (await bed.SeesAsync("DAN")).ShouldBe("1_1 Available for C", StringCompareShould.IgnoreCase);
        await bed.Engine.As("Dan").Worklist.OpenSharedAsync("c", new ProcessInstanceId(1).Task(1));
        await bed.Engine.As("C").OutOfOffice.ReturnAsync();

        (await bed.Engine.As("c").OutOfOffice.ReadAsync()).ShouldBeNull();
    }

    [Test]
    [Statement("14.8")]
    public async Task An_absence_that_has_no_meaning_is_refused_and_the_one_before_stays([Range(0, 6)] int how)
    {
        Action<OutOfOfficeBuilder>[] absences =
        [
            null!,
            absence => absence.ForwardTo(""),
            absence => absence.ForwardTo("D", " "),
            absence => absence.ForwardTo(new string('x', 257)),
            absence => absence.Except("", null, "D"),
            absence => absence.Except("Expense", null, "\t"),
            absence => absence.ForwardTo("D").Between(_now, _now),
        ];
        await using var bed = await BedAsync();
        await bed.Engine.As("C").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("E"));

        await Should.ThrowAsync<ArgumentException>(() => bed.Engine.As("C").OutOfOffice.LeaveAsync(absences[how]).AsTask());

        (await bed.Engine.As("C").OutOfOffice.ReadAsync()).ShouldNotBeNull().ForwardTo.ShouldBe(["E"]);
        Should.Throw<ArgumentException>(() => bed.Engine.As("C").OutOfOfficeOf(" "));
    }
}
