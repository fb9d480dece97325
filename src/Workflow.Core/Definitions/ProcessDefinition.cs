using System.Collections.Frozen;
using Workflow.Core.Calendars;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A process: activities joined by lines. It is immutable and has been checked as a whole; instances of it are started by name.</summary>
public sealed class ProcessDefinition : IActivityNames
{
    private readonly FrozenDictionary<string, ActivityDefinition> _byName;

    internal ProcessDefinition(
        string name,
        int version,
        ActivityDefinition[] activities,
        LineDefinition[] lines,
        DataFieldDefinition[] fields,
        FieldTable processFields,
        string? defaultCalendar,
        ProcessStartRule? startRule,
        FinishRule? finishRule,
        ProcessRights rights,
        EscalationDefinition[] escalations)
    {
        EscalationArray = escalations;
        Name = name;
        Version = version;
        ActivityArray = activities;
        LineArray = lines;
        FieldArray = fields;
        ProcessFields = processFields;
        DefaultCalendar = defaultCalendar;
        StartRule = startRule;
        FinishRule = finishRule;
        Rights = rights;
        StartLines = [.. lines.Where(line => line.From is null)];
        RequiredAtStart = [.. Enumerable.Range(0, fields.Length).Where(ordinal => fields[ordinal].IsRequiredAtStart)];
        SearchFields = [.. Enumerable.Range(0, fields.Length).Where(ordinal => fields[ordinal].IsSearchable)];
        Joins = JoinPlan.Of(activities, lines);
        Milestones = MilestonePlan.Of(activities, processFields);
        AllowsSendBack = activities.Any(activity => activity.EventArray.Any(item => item is ClientEventDefinition { AllowsSendBack: true }));
        _byName = activities.ToFrozenDictionary(activity => activity.Name, StringComparer.Ordinal);
    }

    /// <summary>The name, by which instances are started.</summary>
    public string Name { get; }

    /// <summary>The version; instances stay on the one they were started on (statement 8.7).</summary>
    public int Version { get; }

    /// <summary>The activities, in the order in which they were declared.</summary>
    public IReadOnlyList<ActivityDefinition> Activities => ActivityArray;

    /// <summary>All lines, in the order in which they were declared.</summary>
    public IReadOnlyList<LineDefinition> Lines => LineArray;

    /// <summary>The process fields (statement 11.1).</summary>
    public IReadOnlyList<DataFieldDefinition> Fields => FieldArray;

    /// <summary>The calendar that is meant where one is needed and none is named; null for the default of the host (statement 5.2).</summary>
    public string? DefaultCalendar { get; }

    /// <summary>Asked before an instance is created; null lets every start begin at once (statement 5.4).</summary>
    public ProcessStartRule? StartRule { get; }

    /// <summary>Asked when everything is done; null completes (statement 10.9).</summary>
    public FinishRule? FinishRule { get; }

    /// <summary>Where an instance goes that its originator withdraws; null when that is not allowed (statement 13.11).</summary>
    public Withdrawal? Withdrawal { get; internal init; }

    /// <summary>The rights of users, groups and roles to the instances (statement 9.1).</summary>
    public ProcessRights Rights { get; }

    /// <summary>The escalations, which act when an instance takes too long (statement 6.1).</summary>
    public IReadOnlyList<EscalationDefinition> Escalations => EscalationArray;

    internal EscalationDefinition[] EscalationArray { get; }

    /// <summary>The exclusive groups: of the activities of one, never two run at once (statement 13.1f).</summary>
    public IReadOnlyList<ExclusiveGroup> ExclusiveGroups { get; internal init; } = [];

    /// <summary>The same, by the positions of the activities.</summary>
    internal ActivityGroups Groups =>
        field ??= new ActivityGroups([.. ExclusiveGroups.Select(group => group.Activities.Select(name => Find(name)!.Ordinal).ToArray())]);

    /// <summary>Whether it has an exception rule (statement 8.3).</summary>
    public bool HasExceptionRule => ExceptionRule is not null;

    internal ExceptionHandler? ExceptionRule { get; init; }

    /// <summary>The due times, each with its place as findings name it.</summary>
    internal IEnumerable<(string Path, DueTime When)> DueTimes =>
    [
        .. StartRule?.Due is { } due ? new[] { ("start rule of the process", due) } : [],
        .. from activity in ActivityArray where activity.StartRule is not null select ($"activity '{activity.Name}' / start rule", activity.StartRule),
        .. ActivityArray.SelectMany(activity => EscalationDefinition.DueTimes($"activity '{activity.Name}'", activity.EscalationArray)),
        .. ActivityArray.SelectMany(activity => activity.EventArray.SelectMany(
            item => EscalationDefinition.DueTimes($"activity '{activity.Name}' / event '{item.Name}'", item.EscalationArray))),
        .. EscalationDefinition.DueTimes($"process '{Name}'", EscalationArray),
    ];

    /// <summary>The calendars that the due times are counted in, each once.</summary>
    internal IReadOnlyList<NeededCalendar> Calendars => field ??= [.. DueTimes.SelectMany(due => due.When.Calendars).Distinct()];

    /// <summary>Whether a task lets its users send it back, so that instances keep which activities have run. An administrator who sends back elsewhere has the
    /// history read.</summary>
    internal bool AllowsSendBack { get; }

    /// <summary>The facts that its joins need; null where it has none.</summary>
    internal JoinPlan? Joins { get; }

    /// <summary>The data fields that its milestones read; null where it has none.</summary>
    internal MilestonePlan? Milestones { get; }

    internal ActivityDefinition[] ActivityArray { get; }

    internal LineDefinition[] LineArray { get; }

    internal DataFieldDefinition[] FieldArray { get; }

    internal FieldTable ProcessFields { get; }

    internal LineDefinition[] StartLines { get; }

    internal int[] RequiredAtStart { get; }

    internal int[] SearchFields { get; }

    /// <summary>Writes a process down and checks it.</summary>
    /// <param name="name">The name; 1 to 256 characters.</param>
    /// <param name="define">Declares fields, activities and lines.</param>
    /// <returns>The definition.</returns>
    /// <exception cref="ProcessDefinitionException">The definition has no meaning; all problems are named at once (statement 13.4).</exception>
    /// <example><code>
    /// var process = ProcessDefinition.Define("Greeting", process =>
    /// {
    ///     var greet = process.Activity("Greet", activity => activity.Server("Say hello", context => Console.WriteLine("Hello")));
    ///     process.StartsWith(greet);
    /// });
    /// </code></example>
    public static ProcessDefinition Define(string name, Action<ProcessBuilder> define)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(define);
        var builder = new ProcessBuilder(name);
        define(builder);
        return builder.Build();
    }

    /// <summary>The client event that is open in a destination; null when none is.</summary>
    internal ClientEventDefinition? OpenTaskOf(ActivityInstanceDestination? destination) => destination is { Event: { } current, WorklistHeader.IsOpen: true }
        ? ActivityArray[destination.Activity.Ordinal].EventArray[current.Position] as ClientEventDefinition
        : null;

    /// <summary>Whether the definition has a role or group of a name anywhere. It may be among destinations or holders of rights, or in a data field that names
    /// roles or groups.</summary>
    /// <param name="name">The name.</param>
    /// <param name="fieldsOf">The values of the fields of the process, or of an activity; null for their initial values.</param>
    internal bool NamesRole(string name, Func<ActivityDefinition, FieldScope, DataFields>? fieldsOf = null)
    {
        fieldsOf ??= (activity, scope) => scope is FieldScope.Process ? ProcessFields.InitialFields : activity.ActivityFields.InitialFields;
        return Written().Any(who => who.Kind is not DestinationKind.User && Names.Same(who.Name, name))
            || ActivityArray.Any(activity => SourcesOf(activity)
                .OfType<DestinationSource.FromField>()
                .Where(source => source.Kind is not DestinationKind.User)
                .SelectMany(source => DestinationSource.FromField.NamesIn(fieldsOf(activity, source.Field.Scope)[source.Ordinal]))
                .Any(written => Names.Same(written, name)));
    }

    /// <summary>The roles and groups that are written in the definition, each once.</summary>
    internal IReadOnlyList<Destination> RolesWritten() => [.. Written().Where(who => who.Kind is not DestinationKind.User).Distinct()];

    /// <summary>The names of the data fields that name roles or groups to whom tasks go or who have rights to actions, each once.</summary>
    internal IReadOnlyList<string> FieldsOfRoles() =>
    [
        .. ActivityArray.SelectMany(SourcesOf)
            .OfType<DestinationSource.FromField>()
            .Where(source => source.Kind is not DestinationKind.User)
            .Select(source => source.Field.Name)
            .Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The questions by name that it asks the resolver, each name once (statement 4.8b).</summary>
    internal IReadOnlyList<string> QuestionsWritten() =>
    [
        .. ActivityArray.SelectMany(QuestionsOf).Select(question => question.Name).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The activity of a name, or null.</summary>
    bool IActivityNames.Has(string activity) => _byName.ContainsKey(activity);

    internal ActivityDefinition? Find(string activity) => _byName.GetValueOrDefault(activity);

    /// <summary>The sources of those to whom the tasks of an activity go, or who have rights to its actions by data.</summary>
    private static IEnumerable<DestinationSource> SourcesOf(ActivityDefinition activity) => activity.DestinationRule.Sets
        .SelectMany(set => set.Sources)
        .Concat(activity.EventArray
            .OfType<ClientEventDefinition>()
            .SelectMany(task => task.ActionArray)
            .SelectMany(action => action.Rights.AllowedByData.Concat(action.Rights.DeniedByData)));

    private static IEnumerable<QuestionDefinition> QuestionsOf(ActivityDefinition activity)
    {
        var rule = activity.DestinationRule;
        var ofSets = SourcesOf(activity).OfType<DestinationSource.OfQuestion>().Select(source => source.Question);
        var ofActions = activity.EventArray.OfType<ClientEventDefinition>().SelectMany(task => task.ActionArray).SelectMany(action => action.Questions);
        return rule.Slots.Question is { } ofSlots ? ofSets.Append(ofSlots).Concat(ofActions) : ofSets.Concat(ofActions);
    }

    /// <summary>Everybody who is written in the definition as one who gets tasks or has a right.</summary>
    private IEnumerable<Destination> Written() => Rights.Granted
        .Select(grant => grant.Who)
        .Concat(ActivityArray.SelectMany(activity => activity.DestinationRule.Sets)
            .SelectMany(set => set.Sources)
            .OfType<DestinationSource.Named>()
            .Select(source => source.Destination))
        .Concat(ActivityArray.SelectMany(activity => activity.EventArray)
            .OfType<ClientEventDefinition>()
            .SelectMany(task => task.ActionArray)
            .SelectMany(action => action.Rights.Allowed.Concat(action.Rights.Denied)));
}
