using Workflow.Core.Instances;

namespace Workflow.Core.Benchmarks;

/// <summary>The context with which the code of a step reads and writes fields when there is no engine. The field is a position, and a write takes effect at
/// once.</summary>
internal sealed class RawContext(RawInstance instance)
{
    public bool TryGet<T>(int field, out T value) => instance.Fields[field].TryGet(out value);

    public void Set<T>(int field, T value)
    {
        var written = FieldValue.From(value);
        instance.Fields[field] = written;
        instance.Written.Add(written);
        instance.Add(JournalKind.FieldChanged, name: SpeedOfLight.FieldNames[field]);
    }
}
