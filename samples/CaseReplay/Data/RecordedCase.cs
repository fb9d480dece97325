namespace Cases.Data;

/// <summary>A case that somebody really worked on.</summary>
/// <param name="Id">Its number in the log. It is also the folio of its process instance, which finds the instance again.</param>
/// <param name="Steps">The steps of the case, in order; one step at least. The first one is no escalation.</param>
/// <param name="End">Where it must stand after the last step: <c>Completed</c>, or <c>Active:</c> and the open activities.</param>
/// <param name="Expired">The activities that must have expired because their preceding rule was false, in alphabetical order.</param>
public sealed record RecordedCase(string Id, IReadOnlyList<RecordedStep> Steps, string End, IReadOnlyList<string> Expired)
{
    public const string Completed = "Completed";

    /// <summary>The instant at which an escalation of the whole case is due; none for most.</summary>
    public DateTimeOffset? Deadline { get; init; }

    /// <summary>How many escalations must fire.</summary>
    public int Escalations => Steps.Count(step => step.IsEscalation);
}
