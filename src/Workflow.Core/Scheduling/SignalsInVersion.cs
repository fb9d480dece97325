using Workflow.Core.Definitions.Migration;
using Workflow.Core.Instances;

namespace Workflow.Core.Scheduling;

/// <summary>Lets kept signals go on in another version: their values are for the fields as these are called there (statement 8.8).</summary>
internal static class SignalsInVersion
{
    public static void Change(ProcessInstance process, Succession succession)
    {
        if (process.KeptSignals.Count > 0)
        {
            process.RenameInSignals(signal => Renamed(signal, succession));
        }
    }

    /// <summary>A field is looked for where the signal could be taken.</summary>
    private static KeptSignal Renamed(KeptSignal signal, Succession succession)
    {
        var takers = succession.Activities.Where(activity => activity!.From.WaitsFor(signal.Name)).ToList();
        return signal with { Changes = [.. signal.Changes.Select(change => change with { Name = NameOf(change.Name, takers, succession) })] };
    }

    private static string NameOf(string field, List<ActivitySuccession?> takers, Succession succession) =>
        takers.Select(taker => SucceedingFields.NameOf(field, taker!, succession)).FirstOrDefault(name => name != field) ?? field;
}
