using System.Globalization;
using System.Text;
using Workflow.Core.Persistence;
using static Workflow.Core.Testing.Contract.Samples;

namespace Workflow.Core.Testing.Contract;

/// <summary>The rules for text: text with any content is text.</summary>
internal static class TextRules
{
    private const string Source = "IProcessStore";

    /// <summary>Texts that a store might read something into.</summary>
    public static string[] Hostile { get; } =
    [
        "O'Neil \"quoted\"", "'; DROP TABLE processes; --", "100%", "a_b", "a\\b", "a\\'b", "$1 @p0 :name {0} ?", " blanks around ", "line\r\nbreak\ttab",
        "漢字かな", "👩‍👩‍👧 family",
        "e\u0301 and \u00E9", "\u202Eright to left", "\uFEFFmark", "\uFFFF and \uE000", "İıSS", "null", "",
    ];

    public static IReadOnlyList<StoreRule> All { get; } =
    [
        new("Any text can be in a record and is found by it", Source, RecordsAsync),
        new("Any text can be in a server item and is found by it", Source, ItemsAsync),
        new("Any text can be the name of an entry of a task", Source, EntriesAsync),
        new("Any text can be a key, an owner, a reason and a name of an absent user", Source, NamesAsync),
        new("Texts are found as a whole and not as patterns", Source, PatternsAsync),
        new("The character zero is a character", Source, ZeroAsync),
        new("Long texts come back as they were", Source, LongAsync),
    ];

    private static async Task<string> FindAsync(StoreTrial trial, ProcessQuery query) =>
        Shown.Numbers((await trial.Store.FindProcessesAsync(query, CancellationToken.None)).Select(record => record.Id));

    private static async Task RecordsAsync(StoreTrial trial)
    {
        foreach (var text in Hostile)
        {
            var id = await trial.ReserveAsync();
            var record = Record(id) with
            {
                Definition = $"D{text}", Folio = $"F{text}", Originator = $"O{text}", Error = text,
                Fields = [new($"N{text}", $"V{text}"), new("Empty", text)],
            };
            await trial.CommitAsync(New(id) with { Record = record });

            trial.Expect(Shown.Record(record), Shown.Record(await trial.RecordAsync(id)), "the record");
            foreach (var query in (ProcessQuery[])
            [
                new() { Definition = record.Definition }, new() { Folio = record.Folio }, new() { Originator = record.Originator },
                new() { Fields = record.Fields },
            ])
            {
                trial.Expect($"{id}", await FindAsync(trial, query), $"what {Shown.Query(query)} finds");
            }
        }
    }

    private static async Task ItemsAsync(StoreTrial trial)
    {
        var id = await trial.AddAsync();
        for (var number = 1; number <= Hostile.Length; number++)
        {
            var text = Hostile[number - 1];
            var item = Item(id, number) with { Definition = $"D{text}", Activity = $"A{text}", Event = $"E{text}", CorrelationKey = text, EndedBy = text };
            await trial.ChangeAsync(id, commit => commit with { ServerItems = [item] });

            trial.Expect(Shown.Item(item), Shown.Item(await trial.Store.FindServerItemAsync(item.Serial, CancellationToken.None)), "the server item");
            foreach (var query in (ServerItemQuery[])
            [
                new() { Definition = item.Definition }, new() { Activity = item.Activity }, new() { Event = item.Event },
                new() { CorrelationKey = item.CorrelationKey },
            ])
            {
                var found = await trial.Store.FindServerItemsAsync(query, CancellationToken.None);
                trial.Expect($"{item.Serial}", Shown.Serials(found.Select(other => other.Serial)), $"what {Shown.Query(query)} finds");
            }
        }
    }

    private static async Task EntriesAsync(StoreTrial trial)
    {
        // A name has no character that nobody sees: Destination refuses it before a store is asked (statement 4.11).
        var texts = Hostile.Where(text => !text.EnumerateRunes().Any(character => Rune.GetUnicodeCategory(character) is UnicodeCategory.Format)).ToList();
        var id = await trial.AddAsync();
        for (var number = 1; number <= texts.Count; number++)
        {
            var name = $"x{texts[number - 1]}".Replace('\r', ' ').Replace('\n', ' ').Replace('\t', ' ');
            var header = Header(id, number) with { Activity = $"A{name}", Event = $"E{name}" };
            await trial.ChangeTasksAsync(id, Opened(header, name));

            var task = await trial.TaskAsync(header.Serial);
            trial.Expect(Shown.Header(header), Shown.Header(task.Header), "the task");
            trial.Expect(name, task.Entries.Single().Name, "whom the task is for");
            trial.Expect($"{header.Serial}", await trial.TasksAsync(name), $"the tasks of {name}");
            trial.Expect(
                $"{header.Serial}", await trial.TasksOfAsync(new() { Activity = header.Activity, Event = header.Event }, null),
                "the tasks of activity and event");
        }
    }

    private static async Task NamesAsync(StoreTrial trial)
    {
        foreach (var name in Hostile.Select(text => $"x{text}"))
        {
            var id = await trial.AddAsync(commit => Pending(commit) with { Request = Request(name, commit.ProcessInstance, 1) });
            trial.Expect(name, (await trial.Store.FindRequestAsync(name, CancellationToken.None))?.Key, "the key");
            var claim = await trial.ClaimOneAsync(name);
            trial.Expect(name, (await trial.LoadAsync(id)).Owner, "the owner");
            await trial.CommitAsync(Next(id, 1) with { Epoch = claim.Epoch, Owner = name });
            await trial.Store.SetAsideAsync(id, name, CancellationToken.None);
            trial.Expect(name, (await trial.RecordAsync(id)).SetAside, "the reason");
            var absence = new OutOfOffice { User = name, ForwardTo = [name, "dan"], Exceptions = [new(name, name, [name])] };
            await trial.Store.SaveAsync(name, absence, CancellationToken.None);
            trial.Expect(Shown.Absence(absence), Shown.Absence(await trial.Store.FindAbsenceAsync(name, CancellationToken.None)), "the absence");
            var shared = await trial.Store.FindAbsencesSharedWithAsync(name, CancellationToken.None);
            trial.Expect(name, string.Join('|', shared.Select(other => other.User)), "whose tasks are shared");
        }
    }

    private static async Task PatternsAsync(StoreTrial trial)
    {
        var plain = await trial.AddAsync(commit => commit with
        {
            Record = commit.Record! with { Folio = "abc", Fields = [new("City", "abc")] },
            ServerItems = [Item(commit.ProcessInstance, 1) with { CorrelationKey = "abc" }],
            Worklist = [Opened(Header(commit.ProcessInstance, 1), "abc")],
        });

        foreach (var pattern in (string[])["%", "a%", "a_c", "_bc", "*", "a.c", "abc ", " abc", "abcd", "ab"])
        {
            trial.Expect("", await FindAsync(trial, new() { Folio = pattern }), $"the instances of the folio {pattern}");
            trial.Expect("", await FindAsync(trial, new() { Fields = [new("City", pattern)] }), $"the instances with the value {pattern}");
            trial.Expect(
                0, (await trial.Store.FindServerItemsAsync(new() { CorrelationKey = pattern }, CancellationToken.None)).Count,
                $"the items of the key {pattern}");
            trial.Expect("", await trial.TasksAsync(pattern), $"the tasks of {pattern}");
        }

        trial.Expect($"{plain}", await FindAsync(trial, new() { Folio = "abc", Fields = [new("City", "abc")] }), "the instances of the text itself");
    }

    /// <summary>Folios and the values of fields may have it. Some databases do not take it in a text; they need a way to write it.</summary>
    private static async Task ZeroAsync(StoreTrial trial)
    {
        var id = await trial.ReserveAsync();
        var record = Record(id) with { Folio = "a\0b", Error = "c\0", Fields = [new("City", "\0d")] };
        await trial.CommitAsync(New(id) with { Record = record, ServerItems = [Item(id, 1) with { CorrelationKey = "k\0" }], Request = Request("r\0", id) });

        trial.Expect(Shown.Record(record), Shown.Record(await trial.RecordAsync(id)), "the record");
        trial.Expect($"{id}", await FindAsync(trial, new() { Folio = "a\0b", Fields = [new("City", "\0d")] }), "what is found by the texts");
        trial.Expect("", await FindAsync(trial, new() { Folio = "a" }), "what is found by the text before it");
        trial.Expect(
            1, (await trial.Store.FindServerItemsAsync(new() { CorrelationKey = "k\0" }, CancellationToken.None)).Count, "how many items are found by the key");
        trial.Expect("r\0", (await trial.Store.FindRequestAsync("r\0", CancellationToken.None))?.Key, "the key of the request");
    }

    private static async Task LongAsync(StoreTrial trial)
    {
        var text = string.Concat(Enumerable.Range(0, 4000).Select(number => (char)(0x4E00 + (number * 7919 % 20_000))));
        var id = await trial.ReserveAsync();
        var record = Record(id) with { Folio = text[..256], Originator = text[..256], Error = text, Fields = [new(text[..256], text)] };
        await trial.CommitAsync(New(id) with { Record = record, Worklist = [Opened(Header(id, 1), text[..256])] });

        trial.Expect(Shown.Record(record), Shown.Record(await trial.RecordAsync(id)), "the record");
        trial.Expect($"{id}", await FindAsync(trial, new() { Fields = record.Fields }), "what is found by the value");
        trial.Expect("", await FindAsync(trial, new() { Fields = [new(text[..256], text[..3999])] }), "what is found by a part of the value");
        trial.Expect($"{id}_1", await trial.TasksAsync(text[..256]), "the tasks");
    }
}
