using System.Globalization;
using Workflow.Core.Formats;
using Workflow.Core.Rules;

namespace Workflow.Core.Definitions.Canonical;

/// <summary>A definition as canonical text (statement 8.7): everything but code. The name of the event or predicate stands for its code. Equal definitions have
/// equal texts, on every machine. This is form 1. Its output never changes. New properties of definitions add text only where they are used.</summary>
internal static class DefinitionText
{
    public static string Of(ProcessDefinition definition) => Process(definition).ToString();

    private static TextTree Process(ProcessDefinition definition) => ElementText.Of("process", definition.Name)
        .Property("version", definition.Version.ToString(CultureInfo.InvariantCulture))
        .Elements(definition.Fields.Select(Field))
        .Elements(Rights(definition.Rights))
        .Property("default calendar", definition.DefaultCalendar is { } calendar ? ExactText.Quoted(calendar) : null)
        .Elements(Start(definition.StartRule))
        .Elements(definition.Activities.Select(ActivityText.Of))
        .Elements(definition.Lines.Select(Line))
        .Properties("exclusive", Groups(definition.ExclusiveGroups))
        .Elements(Finish(definition.FinishRule))
        .Elements(definition.Escalations.Select(EscalationText.Of))
        .Flag("exception rule", definition.HasExceptionRule)
        .Property("withdrawal", definition.Withdrawal is { } withdrawal
            ? withdrawal.Activity is { } activity ? $"to {ExactText.Quoted(activity)}" : "to the end"
            : null)
        .Build();

    /// <summary>A data field of the process or of an activity.</summary>
    public static TextTree Field(DataFieldDefinition field) => ElementText.Of("field", field.Name)
        .Property("type", ExactText.Word(field.Shape))
        .Property("scope", field.Scope is FieldScope.Destination ? RuleBinder.Word(field.Scope) : null)
        .Property("initial value", field.InitialValue.IsNull ? null : ExactText.Of(field.InitialValue))
        .Flag("required at start", field.IsRequiredAtStart)
        .Flag("hidden", field.IsHidden)
        .Flag("audited", field.KeepAudit, byItself: true)
        .Flag("logged", field.KeepLog, byItself: true)
        .Flag("searchable", field.IsSearchable)
        .Build();

    /// <summary>A user, group or role.</summary>
    public static string Who(Destination destination) => $"{Destination.Word(destination.Kind)} {ExactText.Quoted(destination.Name)}";

    /// <summary>Grants have no order, so they are written in the order of their names.</summary>
    private static IEnumerable<TextTree> Rights(ProcessRights rights) => ElementText.Only("rights")
        .Elements(rights.Granted
            .OrderBy(grant => grant.Who.Kind)
            .ThenBy(grant => grant.Who.Name, StringComparer.Ordinal)
            .Select(grant => ElementText.Of(Destination.Word(grant.Who.Kind), grant.Who.Name).Property("may", $"{grant.Right}").Build()))
        .Elements(rights.Everyone is ProcessRight.None ? [] : [ElementText.Only("everyone").Property("may", $"{rights.Everyone}").Build()])
        .BuildIfAny();

    private static TextTree Line(LineDefinition line) => ElementText.Of("line", line.Name)
        .Property("from", line.From is { } from ? ExactText.Quoted(from) : null)
        .Property("to", ExactText.Quoted(line.To))
        .Property("when", line.Rule?.ToTree())
        .Flag("exception rule", line.HasExceptionRule)
        .Build();

    /// <summary>Groups and their members have no order, so they are written in the order of their names.</summary>
    private static IEnumerable<string> Groups(IReadOnlyList<ExclusiveGroup> groups) => groups
        .Select(group => string.Join(", ", group.Activities.Order(StringComparer.Ordinal).Select(ExactText.Quoted)))
        .Order(StringComparer.Ordinal);

    private static IEnumerable<TextTree> Start(ProcessStartRule? rule) => rule is null
        ? []
        : [ElementText.Only("start rule").Property("when", rule.Condition?.ToTree()).Property("begins", rule.Due?.ToTree()).Build()];

    private static IEnumerable<TextTree> Finish(FinishRule? rule) => rule is null
        ? []
        : [ElementText.Only("finish rule").Property("when", rule.Rule.ToTree()).Property("go to", ExactText.Quoted(rule.Activity)).Build()];
}
