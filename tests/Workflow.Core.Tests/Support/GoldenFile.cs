using System.Globalization;
using System.Runtime.CompilerServices;
using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>An instance as a version of the library has stored it: its parts and the pieces of its history as bytes, and its transcript. Every later version
/// must read such a file.</summary>
internal static class GoldenFile
{
    /// <summary>An instance as it is stored now, and what it shows.</summary>
    public static async Task<string> StoredAsync(WorkflowTestBed bed, ProcessInstanceId golden)
    {
        var stored = (await bed.Store.LoadAsync(golden, CancellationToken.None)).ShouldNotBeNull();
        var parts = stored.Parts.Select(part =>
            $"part {part.Key.ActivityInstance} {part.Key.Destination} {(int)part.Key.Kind} {part.Key.Number} {Convert.ToHexString(part.Content.Span)}\n");
        var journal = await bed.Store.ReadJournalAsync(golden, after: 0, limit: 1_000, CancellationToken.None);
        var pieces = journal.Select(piece => $"journal {piece.Count} {Convert.ToHexString(piece.Content.Span)}\n");
        return string.Concat(parts) + string.Concat(pieces) + "transcript\n" + await bed.TranscriptAsync(golden);
    }

    /// <summary>The path of a golden file.</summary>
    public static string PathOf(string version, string name) =>
        Path.Combine(Path.GetDirectoryName(PathOfThisFile())!, "..", "Snapshots", "Golden", version, name);

    /// <summary>The lines of a golden file.</summary>
    /// <param name="version">The version of the stored form.</param>
    /// <param name="name">The name of the file.</param>
    /// <param name="write">Makes the content of a file that is missing, where UPDATE=1 asks for that; null for a file that is never written again.</param>
    public static async Task<string[]> LinesAsync(string version, string name, Func<Task<string>>? write = null)
    {
        var path = PathOf(version, name);
        if (write is not null && !File.Exists(path) && Environment.GetEnvironmentVariable("UPDATE") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            await File.WriteAllTextAsync(path, await write());
        }

        return await File.ReadAllLinesAsync(path);
    }

    /// <summary>The transcript in a golden file.</summary>
    public static string TranscriptIn(string[] lines) => string.Concat(lines.SkipWhile(line => line != "transcript").Skip(1).Select(line => $"{line}\n"));

    /// <summary>Puts an instance into a store: its parts and plain words with the first piece of its history, and each
    /// other piece for itself.</summary>
    public static async Task StoreAsync(WorkflowTestBed bed, string[] lines, bool hasPendingCall = false, string definition = "Golden")
    {
        var id = new ProcessInstanceId(1);
        var parts = lines.Where(line => line.StartsWith("part ", StringComparison.Ordinal)).Select(Part).ToList();
        var first = 1;
        var version = 0;
        foreach (var words in lines.Where(line => line.StartsWith("journal ", StringComparison.Ordinal)).Select(line => line.Split(' ')))
        {
            var count = int.Parse(words[1], CultureInfo.InvariantCulture);
            var commit = Commits.New(id, version, version == 0 ? parts : []) with
            {
                Record = version == 0 ? Commits.Record(id) with { Definition = definition } : null,
                HasPendingCall = hasPendingCall,
                Journal = new StoredJournal(first, count, Convert.FromHexString(words[2])),
            };
            await bed.Store.CommitAsync(version == 0 ? GoldenWords.AddTo(commit, lines) : commit, CancellationToken.None);
            first += count;
            version++;
        }
    }

    private static StoredPart Part(string line)
    {
        var words = line.Split(' ');
        var numbers = words[1..^1].Select(word => int.Parse(word, CultureInfo.InvariantCulture)).ToList();
        var key = numbers.Count == 4
            ? new PartKey(numbers[0], numbers[1], (DetailKind)numbers[2], numbers[3])
            : WithoutKind(numbers[0], numbers[1], numbers[2]);
        return new StoredPart(key, Convert.FromHexString(words[^1]));
    }

    /// <summary>The key of a part before there were kinds.</summary>
    private static PartKey WithoutKind(int activity, int destination, int detail) => (activity, destination, detail) switch
    {
        (_, _, 0) => new PartKey(activity, destination),
        (0, _, 1) => new PartKey(0, 0, DetailKind.Actors),
        (0, _, 2) => new PartKey(0, 0, DetailKind.ErrorDetails),
        (_, 0, 1) => new PartKey(activity, 0, DetailKind.Planning),
        (_, _, 1) => new PartKey(activity, destination, DetailKind.People),
        _ => new PartKey(activity, destination, DetailKind.Slot, detail - 1),
    };

    private static string PathOfThisFile([CallerFilePath] string path = "") => path;
}
