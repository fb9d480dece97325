using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for names, which compare as <see cref="NameComparer"/> says, and not as a database or a culture would have it (statement 4.11).</summary>
internal static class NameRules
{
    /// <summary>Names that are two people, although one or another way to compare takes them for one.</summary>
    private static readonly (string One, string Other)[] _different =
        [
            ("sam", "\u017Fam"), ("kim", "\u212Aim"), ("ali", "al\u0131"), ("ali", "al\u0130"), ("stra\u00DFe", "strasse"), ("\u00E5se", "a\u030Ase"),
            ("ann", "\uFF41nn"), ("\u00E9va", "eva")
        ];

    /// <summary>Names that are equal in every culture.</summary>
    private static readonly (string One, string Other)[] _same =
        [
            ("ali", "ALI"), ("\u00E5se", "\u00C5SE"), ("\u03C3\u03BF\u03C6\u03AF\u03B1", "\u03A3\u039F\u03A6\u038A\u0391"), ("\u03C2", "\u03C3"),
            ("\U00010428", "\U00010400"), ("\u1C8A", "\u1C89"), ("\u019B", "\uA7DC")
        ];

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("A task is found by the names of its entries and by no other", "IProcessStore.FindTasksAsync", TaskAsync),
        new("An instance is found by no other name than that of its originator", "ProcessQuery.Originator", OriginatorAsync),
        new("An absence is found and ended by no other name than that of the user", "IProcessStore.FindAbsenceAsync", AbsenceAsync),
        new("Absences are found by no other name than those of the substitutes", "IProcessStore.FindAbsencesSharedWithAsync", SubstituteAsync),
    ];

    private static IEnumerable<(string One, string Other, bool IsSame)> Pairs =>
        _different.Select(pair => (pair.One, pair.Other, IsSame: false)).Concat(_same.Select(pair => (pair.One, pair.Other, IsSame: true)));

    private static async Task TaskAsync(StoreTrial trial)
    {
        foreach (var (one, other, isSame) in Pairs)
        {
            var id = await trial.AddAsync(commit => commit with { Worklist = [Opened(Header(commit.ProcessInstance, 1), one)] });

            var found = await trial.TasksOfAsync(new WorklistQuery { ProcessInstance = id }, Destination.User(other));
            trial.Expect(isSame ? $"{id}_1" : "", found, $"the tasks of {other} where {one} has one");
            trial.Expect(
                isSame, await trial.Store.HasTakenPartAsync(id, [Destination.User(other)], CancellationToken.None),
                $"whether {other} took part where {one} did");
        }
    }

    private static async Task OriginatorAsync(StoreTrial trial)
    {
        foreach (var (one, other, isSame) in Pairs)
        {
            var id = await trial.AddAsync(commit => commit with { Record = Record(commit.ProcessInstance) with { Originator = one } });

            var found = await trial.Store.FindProcessesAsync(new ProcessQuery { Originator = other, Limit = 500 }, CancellationToken.None);
            trial.Expect(isSame, found.Any(record => record.Id == id), $"whether {other} finds what {one} has started");
        }
    }

    private static async Task AbsenceAsync(StoreTrial trial)
    {
        foreach (var (one, other, isSame) in Pairs)
        {
            await trial.Store.SaveAsync(one, new OutOfOffice { User = one, ForwardTo = ["bob"] }, CancellationToken.None);

            trial.Expect(isSame, await trial.Store.FindAbsenceAsync(other, CancellationToken.None) is not null, $"whether {other} finds the absence of {one}");
            await trial.Store.SaveAsync(other, null, CancellationToken.None);
            trial.Expect(isSame, await trial.Store.FindAbsenceAsync(one, CancellationToken.None) is null, $"whether {other} has ended the absence of {one}");
            await trial.Store.SaveAsync(one, null, CancellationToken.None);
        }
    }

    private static async Task SubstituteAsync(StoreTrial trial)
    {
        foreach (var (one, other, isSame) in Pairs)
        {
            await trial.Store.SaveAsync("cy", new OutOfOffice { User = "cy", ForwardTo = [one] }, CancellationToken.None);

            var found = await trial.Store.FindAbsencesSharedWithAsync(other, CancellationToken.None);
            trial.Expect(isSame ? 1 : 0, found.Count, $"how many share tasks with {other} where {one} is the substitute");
        }
    }
}
