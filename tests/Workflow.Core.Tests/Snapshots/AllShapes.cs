using Workflow.Core.Definitions;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Snapshots;

/// <summary>A process with a field for each extreme value there is.</summary>
internal static class AllShapes
{
    private static readonly FieldValue[] _values = [.. FieldValues.Extremes.Where(value => !value.IsNull)];

    public static ProcessDefinition Definition { get; } = ProcessDefinition.Define("All shapes", process =>
    {
        process.Fields([.. _values.Select((value, index) => FieldFor(value, $"Field {index}"))]);
        process.StartsWith(process.Activity("Rest", activity => activity.Server("Wait", static context => context.WaitUntilFinished())));
    });

    public static void Fill(Drive drive)
    {
        for (var index = 0; index < _values.Length; index++)
        {
            drive.Process.Set(index, _values[index], isSearchable: false);
        }
    }

    private static Field FieldFor(FieldValue value, string name) => (value.Type, value.IsList) switch
    {
        (FieldType.Boolean, false) => new ProcessField<bool>(name),
        (FieldType.Boolean, true) => new ProcessField<IReadOnlyList<bool>>(name),
        (FieldType.Date, false) => new ProcessField<DateTimeOffset>(name),
        (FieldType.Date, true) => new ProcessField<IReadOnlyList<DateTimeOffset>>(name),
        (FieldType.Decimal, false) => new ProcessField<decimal>(name),
        (FieldType.Decimal, true) => new ProcessField<IReadOnlyList<decimal>>(name),
        (FieldType.Double, false) => new ProcessField<double>(name),
        (FieldType.Double, true) => new ProcessField<IReadOnlyList<double>>(name),
        (FieldType.Integer, false) => new ProcessField<int>(name),
        (FieldType.Integer, true) => new ProcessField<IReadOnlyList<int>>(name),
        (FieldType.Long, false) => new ProcessField<long>(name),
        (FieldType.Long, true) => new ProcessField<IReadOnlyList<long>>(name),
        (FieldType.String, false) => new ProcessField<string>(name),
        (FieldType.String, true) => new ProcessField<IReadOnlyList<string>>(name),
        (FieldType.DateOnly, false) => new ProcessField<DateOnly>(name),
        (FieldType.DateOnly, true) => new ProcessField<IReadOnlyList<DateOnly>>(name),
        (FieldType.TimeSpan, false) => new ProcessField<TimeSpan>(name),
        (FieldType.TimeSpan, true) => new ProcessField<IReadOnlyList<TimeSpan>>(name),
        (_, false) => new ProcessField<ReadOnlyMemory<byte>>(name),
        (_, true) => new ProcessField<IReadOnlyList<ReadOnlyMemory<byte>>>(name),
    };
}
