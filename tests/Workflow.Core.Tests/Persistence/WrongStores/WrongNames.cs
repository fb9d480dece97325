using System.Text;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Tests.Persistence.WrongStores;

/// <summary>Compares names without regard to how they are composed, as many a database does.</summary>
internal sealed class NormalizesNames(IProcessStore asked) : WrongStore(asked)
{
    public override ValueTask CommitAsync(Commit commit, CancellationToken cancellation) => base.CommitAsync(
        commit with
        {
            Record = commit.Record is { } record ? record with { Originator = Plain(record.Originator) } : null,
            Worklist =
            [
                .. commit.Worklist.Select(change =>
                    change is WorklistChange.Opened opened ? opened with { Entries = [.. opened.Entries.Select(Plain)] } : change),
            ],
        },
        cancellation);

    public override ValueTask<IReadOnlyList<WorklistHeaderRecord>> FindTasksAsync(
        IReadOnlyCollection<Destination>? entries, WorklistQuery query, CancellationToken cancellation) =>
        base.FindTasksAsync(entries?.Select(Plain).ToList(), query, cancellation);

    public override ValueTask<IReadOnlyList<ProcessRecord>> FindProcessesAsync(ProcessQuery query, CancellationToken cancellation) =>
        base.FindProcessesAsync(query.Originator is { } originator ? query with { Originator = Plain(originator) } : query, cancellation);

    public override ValueTask SaveAsync(string user, OutOfOffice? absence, CancellationToken cancellation) => base.SaveAsync(
        Plain(user), absence is null ? null : absence with { ForwardTo = [.. absence.ForwardTo.Select(Plain)] }, cancellation);

    public override ValueTask<OutOfOffice?> FindAbsenceAsync(string user, CancellationToken cancellation) => base.FindAbsenceAsync(Plain(user), cancellation);

    public override ValueTask<IReadOnlyList<OutOfOffice>> FindAbsencesSharedWithAsync(string substitute, CancellationToken cancellation) =>
        base.FindAbsencesSharedWithAsync(Plain(substitute), cancellation);

    private static string Plain(string name) => name.Normalize(NormalizationForm.FormKC).Replace('\u017F', 's');

    private static Destination Plain(Destination entry) => entry.Kind is DestinationKind.User ? Destination.User(Plain(entry.Name)) : entry;
}
