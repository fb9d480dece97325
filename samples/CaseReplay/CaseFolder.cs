using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using Workflow.Core.Definitions;

namespace Cases;

/// <summary>The folder with the data. Everything is read and checked before anything is replayed.</summary>
public sealed class CaseFolder
{
    private readonly string _path;

    /// <exception cref="BadInputException">There is no such folder.</exception>
    public CaseFolder(string path)
    {
        _path = Directory.Exists(path)
            ? path
            : throw new BadInputException($"There is no folder '{path}'. Give the folder that holds 'definitions' and 'replay'.");
    }

    /// <summary>Reads a log and plays each of its cases on paper.</summary>
    /// <param name="name">The name of the log.</param>
    /// <param name="definition">The process that its cases are replayed on.</param>
    /// <param name="limit">How many cases to read at most.</param>
    /// <exception cref="BadInputException">A file is missing, or something in it cannot be read or contradicts itself.</exception>
    public CaseLog Read(string name, ProcessDefinition definition, int limit = int.MaxValue)
    {
        var paper = ReadPaper(Path.Combine(_path, "definitions", $"{name}.definition.json"), definition);
        var ids = new HashSet<string>(StringComparer.Ordinal);
        var cases = Lines(Path.Combine(_path, "replay", $"{name}.replay.jsonl.gz"), line =>
        {
            var recorded = CaseLine.Parse(line);
            Check(recorded, paper, isNew: ids.Add(recorded.Id));
            return recorded;
        });

        // The lines behind the last case that is wanted are not looked at.
        return new CaseLog(name, definition, paper, [.. cases.Take(limit)]);
    }

    /// <summary>Reads what must be open at the ends of months.</summary>
    /// <param name="name">The name of the log.</param>
    /// <exception cref="BadInputException">The file is missing or damaged.</exception>
    public IReadOnlyList<MonthEnd> ReadMonthEnds(string name)
    {
        var counts = Lines(Path.Combine(_path, "replay", $"{name}.month_end.csv"), line => line.Split(','))
            .Skip(1)
            .Select((parts, index) =>
                parts is [_, var at, var what, var count]
                && DateTimeOffset.TryParse(at, Invariant, out var instant)
                && int.TryParse(count, Invariant, out var number)
                    ? (At: instant, What: what, Count: number)
                    : throw new BadInputException($"Line {index + 2} of '{name}.month_end.csv' is not of the form 'log,instant,activity,count'."));
        return
        [
            .. counts.GroupBy(count => count.At)
                .OrderBy(month => month.Key)
                .Select(month => new MonthEnd(month.Key, [.. month.Select(count => (count.What, count.Count))])),
        ];
    }

    private static IFormatProvider Invariant => System.Globalization.CultureInfo.InvariantCulture;

    private static PaperProcess ReadPaper(string path, ProcessDefinition definition)
    {
        try
        {
            var paper = PaperProcess.Parse(File.ReadAllText(path));
            var unknown = paper.Names.FirstOrDefault(name => definition.Activities.All(activity => activity.Name != name));
            return unknown is null ? paper : throw new FormatException($"the process '{definition.Name}' has no activity '{unknown}'");
        }
        catch (Exception exception) when (
            exception is IOException or UnauthorizedAccessException or JsonException or FormatException or ArgumentException or InvalidOperationException)
        {
            throw new BadInputException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>The lines of a file, packed or not, each made into something by a function whose mistakes are told with the number of the line.</summary>
    private static IEnumerable<T> Lines<T>(string path, Func<string, T> make)
    {
        using var reader = Open(path);
        for (var number = 1; ; number++)
        {
            T made;
            try
            {
                if (reader.ReadLine() is not { } line)
                {
                    yield break;
                }

                made = make(line);
            }
            catch (JsonException exception)
            {
                throw new BadInputException($"Line {number} of '{path}' is not JSON, or only a part of it.", exception);
            }
            catch (Exception exception) when (exception is IOException or FormatException or ArgumentException or InvalidOperationException)
            {
                throw new BadInputException($"Line {number} of '{path}' cannot be read: {exception.Message}", exception);
            }

            yield return made;
        }
    }

    private static StreamReader Open(string path)
    {
        try
        {
            return new StreamReader(path.EndsWith(".gz", StringComparison.Ordinal) ? Unpack(path) : File.OpenRead(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            throw new BadInputException($"'{path}' cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>Unpacks a file as a whole: a stream that is read bit by bit does not notice that its end is missing.</summary>
    private static MemoryStream Unpack(string path)
    {
        var packed = File.ReadAllBytes(path);
        using var unpacking = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
        var content = new MemoryStream();
        unpacking.CopyTo(content);
        if (packed.Length < sizeof(uint) || (uint)content.Length != BinaryPrimitives.ReadUInt32LittleEndian(packed.AsSpan(^sizeof(uint)..)))
        {
            throw new InvalidDataException("its end is missing.");
        }

        content.Position = 0;
        return content;
    }

    /// <summary>A case that contradicts its own process is damaged; it would blame the engine for nothing.</summary>
    private static void Check(RecordedCase recorded, PaperProcess paper, bool isNew)
    {
        if (!isNew || recorded.Steps.Count == 0)
        {
            throw new FormatException($"the case '{recorded.Id}' {(isNew ? "has no step" : "is there twice")}");
        }

        var run = new PaperRun(paper);
        var last = DateTimeOffset.MinValue;
        foreach (var (step, index) in recorded.Steps.Select((step, index) => (step, index)))
        {
            if (step.At < last || !run.Take(step))
            {
                var why = step.At < last ? "comes before the one in front of it" : "is not open then";
                throw new FormatException($"step {index + 1} of the case '{recorded.Id}', {step.Activity}, {why}");
            }

            last = step.At;
        }

        if (run.End != recorded.End || !run.Expired.SequenceEqual(recorded.Expired))
        {
            throw new FormatException($"the case '{recorded.Id}' is said to end as {recorded.End}, and its steps end as {run.End}");
        }
    }
}
