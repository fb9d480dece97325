using Workflow.Core.Rules;

namespace Workflow.Core.Definitions;

/// <summary>A data field of a process or of one of its activities (statements 11.1 to 11.3).</summary>
public sealed class DataFieldDefinition
{
    internal DataFieldDefinition(Field field, bool isRequiredAtStart)
    {
        Name = field.Name;
        Scope = field.Scope;
        Shape = field.Shape;
        InitialValue = field.InitialValue;
        IsHidden = field.IsHidden;
        KeepAudit = field.KeepAudit;
        KeepLog = field.KeepLog;
        IsSearchable = field.IsSearchable;
        IsRequiredAtStart = isRequiredAtStart;
    }

    /// <summary>The name; unique within the process and within each activity.</summary>
    public string Name { get; }

    /// <summary>Whether the process, the activity instance or each destination holds a value (statement 11.1).</summary>
    public FieldScope Scope { get; }

    /// <summary>The type, and whether it holds a list.</summary>
    public FieldShape Shape { get; }

    /// <summary>The value it starts with; null for none (statement 11.2).</summary>
    public FieldValue InitialValue { get; }

    /// <summary>Whether tools leave it out (statement 11.3).</summary>
    public bool IsHidden { get; }

    /// <summary>Whether the history records its changes (statement 11.3).</summary>
    public bool KeepAudit { get; }

    /// <summary>Whether reports may show its value (statement 11.3).</summary>
    public bool KeepLog { get; }

    /// <summary>Whether process instances can be searched by its value (statement 13.10).</summary>
    public bool IsSearchable { get; }

    /// <summary>Whether a start without a value for it is refused.</summary>
    public bool IsRequiredAtStart { get; }
}
