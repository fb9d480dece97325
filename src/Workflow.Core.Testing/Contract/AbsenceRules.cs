using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>How it is kept who is out of office.</summary>
internal static class AbsenceRules
{
    private const string Source = "IProcessStore.SaveAsync";

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("An absence is found by the user as it was saved, without regard to case", "IProcessStore.FindAbsenceAsync", FindAsync),
        new("A later absence replaces an earlier one, regardless of the case of the name", Source, ReplaceAsync),
        new("Null ends an absence, and does no harm when there is none", Source, EndAsync),
        new("Absences are found by each with whom tasks are shared, by the name of the absent user", "IProcessStore.FindAbsencesSharedWithAsync", SharedAsync),
        new("A page of open tasks and the absences of a substitute are found together", "IProcessStore.FindTasksAndAbsencesAsync", WithTasksAsync),
        new("A task and the absences of a substitute are found together", "IProcessStore.FindTaskAndAbsencesAsync", WithTaskAsync),
        new("The order of substitutes and of exceptions is kept", "OutOfOffice", OrderAsync),
        new("The lists of an absence may be used again after it is saved", Source, CopyAsync),
    ];

    private static OutOfOffice Absence(string user, params string[] forwardTo) => new() { User = user, ForwardTo = forwardTo };

    private static async Task SaveAsync(StoreTrial trial, OutOfOffice absence) => await trial.Store.SaveAsync(absence.User, absence, CancellationToken.None);

    private static async Task ExpectAsync(StoreTrial trial, string user, OutOfOffice? absence) =>
        trial.Expect(Shown.Absence(absence), Shown.Absence(await trial.Store.FindAbsenceAsync(user, CancellationToken.None)), $"the absence of {user}");

    private static async Task ExpectSharedAsync(StoreTrial trial, string substitute, string users) => trial.Expect(
        users,
        Shown.Joined((await trial.Store.FindAbsencesSharedWithAsync(substitute, CancellationToken.None)).Select(absence => absence.User)),
        $"who shares tasks with {substitute}");

    private static async Task FindAsync(StoreTrial trial)
    {
        await ExpectAsync(trial, "cy", null);
        var absence = Absence("Cy", "dan", "Eve") with
        {
            Exceptions = [new OutOfOfficeSharing("Expense", "Approve", ["fay"]), new OutOfOfficeSharing("Leave", null, [])],
            From = Beginning.AddTicks(1), Until = Beginning.AddDays(1),
        };
        await SaveAsync(trial, absence);
        await SaveAsync(trial, Absence("Änne"));

        await ExpectAsync(trial, "cy", absence);
        await ExpectAsync(trial, "CY", absence);
        await ExpectAsync(trial, "äNNE", Absence("Änne"));
        await ExpectAsync(trial, "dan", null);
    }

    private static async Task ReplaceAsync(StoreTrial trial)
    {
        await SaveAsync(trial, Absence("cy", "dan", "eve") with { From = Beginning, Exceptions = [new OutOfOfficeSharing("Expense", null, ["gus"])] });

        await SaveAsync(trial, Absence("CY", "eve", "fay"));

        await ExpectAsync(trial, "cy", Absence("CY", "eve", "fay"));
        await ExpectSharedAsync(trial, "dan", "");
        await ExpectSharedAsync(trial, "gus", "");
        await ExpectSharedAsync(trial, "eve", "CY");
    }

    private static async Task EndAsync(StoreTrial trial)
    {
        await SaveAsync(trial, Absence("cy", "dan"));
        await SaveAsync(trial, Absence("amy", "dan"));

        await trial.Store.SaveAsync("CY", null, CancellationToken.None);
        await trial.Store.SaveAsync("cy", null, CancellationToken.None);

        await ExpectAsync(trial, "cy", null);
        await ExpectSharedAsync(trial, "dan", "amy");
    }

    private static async Task SharedAsync(StoreTrial trial)
    {
        await SaveAsync(trial, Absence("zoe", "dan"));
        await SaveAsync(trial, Absence("amy") with { Exceptions = [new OutOfOfficeSharing("Expense", null, ["eve", "Dan"])] });
        await SaveAsync(trial, Absence("Bob", "eve", "dan", "DAN") with { Exceptions = [new OutOfOfficeSharing("Leave", "Approve", ["dan"])] });
        await SaveAsync(trial, Absence("cy", "amy"));

        await ExpectSharedAsync(trial, "DAN", "amy Bob zoe");
        await ExpectSharedAsync(trial, "eve", "amy Bob");
        await ExpectSharedAsync(trial, "amy", "cy");
        await ExpectSharedAsync(trial, "zoe", "");
        await ExpectSharedAsync(trial, "da", "");
    }

    private static async Task WithTasksAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with
        {
            Worklist =
            [
                Opened(Header(commit.ProcessInstance, 1), ["eve"]), Opened(Header(commit.ProcessInstance, 2), ["dan"]),
                Opened(Header(commit.ProcessInstance, 3), ["dan"]),
            ],
        });
        await SaveAsync(trial, Absence("zoe", "dan"));
        await SaveAsync(trial, Absence("amy", "Dan"));
        await SaveAsync(trial, Absence("cy", "eve"));

        await ExpectAsync(new WorklistQuery(), [Destination.User("dan")], $"{id}_2 {id}_3", "amy zoe");
        await ExpectAsync(new WorklistQuery { Limit = 1 }, [Destination.User("dan")], $"{id}_2", "amy zoe");
        await ExpectAsync(
            new WorklistQuery { Order = WorklistOrder.Lateness, After = new SerialNumber(id, 2) }, [Destination.User("dan")], $"{id}_3", "amy zoe");
        await ExpectAsync(new WorklistQuery { ProcessInstance = id }, [Destination.User("nobody")], "", "amy zoe");
        await ExpectAsync(new WorklistQuery { Definitions = [] }, [Destination.User("dan")], "", "amy zoe");
        await ExpectAsync(
            new WorklistQuery { ProcessInstance = id },
            [Destination.User("dan"), .. Enumerable.Range(0, 20).Select(number => Destination.Role($"R{number.Invariant()}"))], $"{id}_2 {id}_3", "amy zoe");
        await ExpectAsync(new WorklistQuery(), [], "", "amy zoe");

        async Task ExpectAsync(WorklistQuery query, Destination[] entries, string tasks, string absent)
        {
            var found = await trial.Store.FindTasksAndAbsencesAsync(entries, query, "DAN", CancellationToken.None);
            trial.Expect(tasks, Shown.Serials(found.Tasks.Select(task => task.Serial)), "the tasks");
            trial.Expect(absent, Shown.Joined(found.Absences.Select(absence => absence.User)), "who shares tasks");
        }
    }

    private static async Task WithTaskAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync(commit => commit with { Worklist = [Opened(Header(commit.ProcessInstance, 1), ["ann", "bob"])] });
        await SaveAsync(trial, Absence("zoe", "dan"));
        await SaveAsync(trial, Absence("cy", "eve"));

        var found = await trial.Store.FindTaskAndAbsencesAsync(new SerialNumber(id, 1), "DAN", CancellationToken.None);
        trial.Expect("user ann, user bob", found.Task is { } task ? Shown.Entries(task) : null, "whom the task is for");
        trial.Expect("zoe", Shown.Joined(found.Absences.Select(absence => absence.User)), "who shares tasks");

        found = await trial.Store.FindTaskAndAbsencesAsync(new SerialNumber(id, 2), "eve", CancellationToken.None);
        trial.Expect(null, found.Task, "a task that never was");
        trial.Expect("cy", Shown.Joined(found.Absences.Select(absence => absence.User)), "who shares tasks");
    }

    private static async Task OrderAsync(StoreTrial trial)
    {
        var absence = Absence("cy", "zoe", "amy", "Bob") with
        {
            Exceptions =
                [new OutOfOfficeSharing("Z", null, ["b", "a"]), new OutOfOfficeSharing("A", "Q", ["z"]), new OutOfOfficeSharing("A", null, ["y", "x"])],
        };

        await SaveAsync(trial, absence);

        await ExpectAsync(trial, "cy", absence);
    }

    private static async Task CopyAsync(StoreTrial trial)
    {
        List<string> forwardTo = ["dan"];
        List<string> users = ["eve"];
        List<OutOfOfficeSharing> exceptions = [new("Expense", null, users)];
        await SaveAsync(trial, new OutOfOffice { User = "cy", ForwardTo = forwardTo, Exceptions = exceptions });

        forwardTo[0] = "x";
        users[0] = "y";
        exceptions.Add(new("Leave", null, []));

        await ExpectAsync(trial, "cy", Absence("cy", "dan") with { Exceptions = [new("Expense", null, ["eve"])] });
    }
}
