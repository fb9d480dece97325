using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Persistence;

/// <summary>How a store keeps who is out of office.</summary>
[TestFixture]
internal sealed class InMemoryAbsenceTests
{
    private InMemoryProcessStore _store = null!;

    [SetUp]
    public void Open() => _store = new InMemoryProcessStore();

    private static OutOfOffice Absence(string user, params string[] forwardTo) => new() { User = user, ForwardTo = forwardTo };

    private async Task<string> SharedWithAsync(string substitute) =>
        string.Join(' ', (await _store.FindAbsencesSharedWithAsync(substitute, default)).Select(absence => absence.User));

    [Test]
    [Statement("9.4")]
    public async Task An_absence_is_found_by_the_user_without_regard_to_case_as_it_was_saved()
    {
        var absence = Absence("Cy", "dan") with
        {
            Exceptions = [new OutOfOfficeSharing("Expense", "Approve", ["fay"])],
            From = DateTimeOffset.UnixEpoch,
            Until = DateTimeOffset.UnixEpoch.AddDays(1),
        };
        (await _store.FindAbsenceAsync("cy", default)).ShouldBeNull();

        await _store.SaveAsync("cy", absence, default);

        (await _store.FindAbsenceAsync("CY", default)).ShouldBe(absence);
        (await _store.FindAbsenceAsync("dan", default)).ShouldBeNull();
    }

    [Test]
    [Statement("9.4")]
    public async Task A_later_absence_takes_the_place_of_an_earlier_and_null_ends_it()
    {
        await _store.SaveAsync("cy", Absence("cy", "dan", "eve"), default);
        await _store.SaveAsync("CY", Absence("CY", "eve", "fay"), default);

        (await _store.FindAbsenceAsync("cy", default)).ShouldNotBeNull().ForwardTo.ShouldBe(["eve", "fay"]);
        (await SharedWithAsync("dan")).ShouldBe("");
        (await SharedWithAsync("eve")).ShouldBe("CY");
        await _store.SaveAsync("Cy", absence: null, default);

        (await _store.FindAbsenceAsync("cy", default)).ShouldBeNull();
        (await SharedWithAsync("eve")).ShouldBe("");
        await _store.SaveAsync("cy", absence: null, default);
    }

    [Test]
    [Statement("9.4")]
    public async Task Absences_are_found_by_each_substitute_those_of_exceptions_included_in_the_order_of_names()
    {
        await _store.SaveAsync("zoe", Absence("zoe", "dan"), default);
        await _store.SaveAsync("amy", Absence("amy") with { Exceptions = [new OutOfOfficeSharing("Expense", null, ["eve", "Dan"])] }, default);
        await _store.SaveAsync("cy", Absence("cy", "eve", "dan") with { Exceptions = [new OutOfOfficeSharing("Leave", null, ["dan"])] }, default);

        (await SharedWithAsync("DAN")).ShouldBe("amy cy zoe");
        (await SharedWithAsync("eve")).ShouldBe("amy cy");
        (await SharedWithAsync("zoe")).ShouldBe("");
    }

    [Test]
    [Statement("14.3")]
    public async Task Many_may_save_and_ask_at_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 200).Select(number => Task.Run(async () =>
        {
            var user = $"user{number % 20}";
            await _store.SaveAsync(user, number % 3 == 0 ? null : Absence(user, "dan"), default);
            await _store.FindAbsencesSharedWithAsync("dan", default);
            await _store.SaveAsync(user, Absence(user, "dan"), default);
        })));

        (await _store.FindAbsencesSharedWithAsync("dan", default)).Count.ShouldBe(20);
    }
}
