using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Migration;

namespace Workflow.Core.Scheduling;

/// <summary>The words for elements that can fail, in another version of the definition. An error names its element in words, and so does a question that an
/// administrator has skipped. See <see cref="Planning.Question.Element"/> and <see cref="Instances.FailedElement"/>.</summary>
internal sealed class ElementWords
{
    private static readonly string[] _ofEvents =
        ["server event", "IPC event", "succeeding rule of event", "data of task", "URL of task"];

    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);

    public ElementWords(Succession succession)
    {
        foreach (var line in succession.From.LineArray)
        {
            Add("line rule of '{0}'", [line.Name], [succession.LineOf(line.Name)]);
        }

        Escalations("", succession.From.EscalationArray, succession.Escalations, [], []);
        foreach (var activity in succession.Activities)
        {
            Activity(activity!);
        }
    }

    /// <summary>The words of an element in the other version.</summary>
    public string Of(string element) => _words.GetValueOrDefault(element, element);

    private void Activity(ActivitySuccession change)
    {
        string[] from = [change.From.Name];
        string[] to = [change.To.Name];
        foreach (var what in (string[])["preceding rule of", "start rule of", "destination rule of", "succeeding rule of", "milestone of", "activity"])
        {
            Add($"{what} '{{0}}'", from, to);
        }

        foreach (var outcome in change.From.OutcomeArray)
        {
            Add("outcome '{0}' of '{1}'", [outcome.Name, .. from], [change.Outcomes[outcome.Name], .. to]);
        }

        Escalations(" of '{1}'", change.From.EscalationArray, change.Escalations, from, to);
        for (var position = 0; position < change.Events.Count; position++)
        {
            var (before, now) = (change.From.EventArray[position], change.Events[position]!);
            string[] old = [before.Name, .. from];
            string[] successor = [now.Definition.Name, .. to];
            foreach (var what in _ofEvents)
            {
                Add($"{what} '{{0}}' of '{{1}}'", old, successor);
            }

            Escalations(" of event '{1}' of '{2}'", before.EscalationArray, now.Escalations, old, successor);
        }
    }

    private void Escalations(
        string behind, EscalationDefinition[] escalations, IReadOnlyDictionary<string, string> names, string[] from, string[] to)
    {
        foreach (var escalation in escalations)
        {
            Add($"escalation '{{0}}'{behind}", [escalation.Name, .. from], [names[escalation.Name], .. to]);
        }
    }

    private void Add(string words, string[] from, string[] to) => _words.TryAdd(Filled(words, from), Filled(words, to));

    private static string Filled(string words, string[] names) => string.Format(System.Globalization.CultureInfo.InvariantCulture, words, names);
}
