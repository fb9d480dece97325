using System.Globalization;
using System.Security.Cryptography;
using Workflow.Core.Instances;
using Workflow.Core.Persistence;
using Workflow.Core.Records;

namespace Workflow.Core.Testing.Contract;

/// <summary>The answers of a store, as text that can be compared and shown.</summary>
internal static class Shown
{
    private const int LongestInFull = 32;

    public static string Bytes(ReadOnlyMemory<byte> content) => content.Length <= LongestInFull
        ? Convert.ToHexString(content.Span)
        : $"{content.Length.ToString(CultureInfo.InvariantCulture)} bytes {Convert.ToHexString(SHA256.HashData(content.Span))}";

    public static string Parts(StoredProcess process) => Joined(process.Parts.Select(part =>
        $"{part.Key.ActivityInstance.Invariant()}/{part.Key.Destination.Invariant()}/{Detail(part.Key)}={Bytes(part.Content)}"));

    private static string Detail(PartKey key) => ((int)key.Kind).Invariant() + (key.Number == 0 ? "" : $".{key.Number.Invariant()}");

    public static string Pieces(IEnumerable<StoredJournal> pieces) =>
        Joined(pieces.Select(piece => $"{piece.FirstNumber.Invariant()}+{piece.Count.Invariant()}={Bytes(piece.Content)}"));

    public static string Definition(StoredDefinition definition) =>
        $"{definition.Version.Name}/{definition.Version.Version.Invariant()} {definition.Fingerprint}{(definition.IsRemoved ? " removed" : "")}";

    public static string Serials(IEnumerable<SerialNumber> serials) => Joined(serials.Select(serial => serial.ToString()));

    public static string Numbers(IEnumerable<ProcessInstanceId> numbers) => Joined(numbers.Select(number => number.ToString()));

    public static string Timers(IEnumerable<ProcessTimer> timers) => Joined(timers.Select(timer => $"{timer.ProcessInstance}/{timer.Number.Invariant()}"));

    public static string Timer(ProcessTimer timer) =>
        $"{timer.ProcessInstance}/{timer.Number.Invariant()} {timer.Kind} {timer.ActivityInstance.Invariant()} {timer.Destination.Invariant()} "
        + $"{timer.EventInstance.Invariant()} {At(timer.DueAt)} {timer.Occurrence.Invariant()} {timer.Element}";

    public static string Messages(IEnumerable<ProcessMessage> messages) => Joined(messages.Select(message =>
        $"{message.From}/{message.Number.Invariant()}>{message.To}={Bytes(message.Content)}"));

    public static string Record(ProcessRecord record) => string.Join(
        '|',
        [
            $"{record.Id}", record.Definition, $"{record.DefinitionVersion.Invariant()}", record.Folio, record.Originator, $"{record.Status}",
            At(record.StartedAt), At(record.EndedAt),
            record.Error ?? "-", record.SetAside ?? "-", $"{record.Parent}", .. record.Fields.Select(field => $"{field.Name}={field.Value ?? "-"}"),
        ]);

    public static string Item(ServerItemRecord? item) => item is null ? "none" : string.Join(
        '|',
        item.Serial, item.Definition, item.Activity, item.Event, item.CorrelationKey ?? "-", item.Status, At(item.StartedAt), At(item.EndedAt),
        item.EndedBy ?? "-");

    public static string Header(WorklistHeaderRecord header) => string.Join(
        '|',
        header.Serial, header.ActivityInstance, header.Definition, header.Folio, header.Originator, header.Activity, header.Event, header.Priority,
        At(header.StartedAt));

    /// <summary>The users, groups and roles that a task is and was for, in an order of this class: the store may have any.</summary>
    public static string Entries(StoredTask task) =>
        string.Join(", ", task.Entries.Select(entry => entry.ToString()).Order(StringComparer.OrdinalIgnoreCase));

    public static string Request(StoredRequest? request) =>
        request is null ? "none" : $"{request.Key} {request.ProcessInstance} {Bytes(request.Content)} {At(request.At)}";

    public static string Absence(OutOfOffice? absence) => absence is null ? "none" : string.Join(
        '|',
        absence.User,
        string.Join(',', absence.ForwardTo),
        string.Join(';', absence.Exceptions.Select(item => $"{item.Definition}/{item.Activity ?? "-"}/{string.Join(',', item.Users)}")),
        At(absence.From),
        At(absence.Until));

    public static string At(DateTimeOffset? instant) => instant?.UtcDateTime.ToString("O", CultureInfo.InvariantCulture) ?? "-";

    public static string Value(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";

    /// <summary>A record shows its members in the culture of the moment.</summary>
    public static string Query(object query)
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return query.ToString()!;
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    public static string Joined(IEnumerable<string> texts) => string.Join(' ', texts);

    /// <summary>Everything that a store with less than a hundred of anything tells of its instances.</summary>
    public static async Task<string> EverythingAsync(StoreTrial trial, params ProcessInstanceId[] instances)
    {
        var store = trial.Store;
        var texts = new List<string>();
        foreach (var id in instances)
        {
            texts.Add(await store.LoadAsync(id, CancellationToken.None) is { } process
                ? $"{process.Version.Invariant()} {process.Epoch.Invariant()} {process.Owner} {Parts(process)}"
                : "none");
            texts.Add(Pieces(await store.ReadJournalAsync(id, 0, 100, CancellationToken.None)));
            for (var number = 1; number < 10; number++)
            {
                var task = await store.FindTaskAsync(new SerialNumber(id, number), CancellationToken.None);
                texts.Add(task is null ? "none" : $"{Header(task.Header)} {Entries(task)} {task.End}");
            }
        }

        for (var mark = 1; mark < 10; mark++)
        {
            texts.Add(Request(await store.FindRequestAsync($"key {mark.ToString(CultureInfo.InvariantCulture)}", CancellationToken.None)));
        }

        texts.AddRange((await store.FindProcessesAsync(new ProcessQuery(), CancellationToken.None)).Select(Record));
        texts.AddRange((await store.FindServerItemsAsync(Samples.AllItems, CancellationToken.None)).Select(Item));
        texts.AddRange((await store.FindTasksAsync(null, new WorklistQuery(), CancellationToken.None)).Select(Header));
        texts.AddRange((await store.FindTimersAsync(new TimerQuery(), CancellationToken.None)).Select(Timer));
        texts.Add(At(await store.NextDueAsync(null, CancellationToken.None)));
        texts.Add(Messages(await store.FindMessagesAsync(new() { Limit = 100 }, CancellationToken.None)));
        return string.Join('\n', texts);
    }
}
