using Cases.Data;
using Workflow.Core.Instances;

namespace Cases.Playing;

/// <summary>Asks at the end of a month what is open, started and completed, and compares it.</summary>
public sealed class MonthEndCheck(Auditor auditor)
{
    public async Task<MonthEndResult> AskAsync(MonthEnd month, string definition)
    {
        var found = await auditor.CountOpenAsync(definition);
        await foreach (var record in auditor.FindAsync(new() { Definition = definition, StartedBefore = month.At }))
        {
            Count("*started");
            if (record.Status is ProcessInstanceStatus.Completed)
            {
                Count("*completed");
            }
        }

        var differences = new List<string>();
        foreach (var (what, expected) in month.Counts)
        {
            found.Remove(what, out var actual);
            Compare(what, actual, expected);
        }

        foreach (var (what, actual) in found)
        {
            Compare(what, actual, expected: 0);
        }

        return new MonthEndResult(month.At, month.Counts.Count, differences);

        void Count(string what) => found[what] = found.GetValueOrDefault(what) + 1;

        void Compare(string what, int actual, int expected)
        {
            if (actual != expected)
            {
                differences.Add($"{what}: {actual} found, and must be {expected}");
            }
        }
    }
}
