using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>An element of a sketch: its name now, and the name that it had in the first version; null when that did not have it.</summary>
internal sealed class SketchName(string name)
{
    public string Name { get; set; } = name;

    public string? Original { get; set; }
}

/// <summary>An escalation of a sketch.</summary>
internal sealed record EscalationSketch(SketchName Name)
{
    public int Hours { get; set; } = 1;

    public int Repeats { get; set; }

    public bool IsExpiry { get; set; }
}

/// <summary>A data field of a sketch.</summary>
internal sealed record FieldSketch(SketchName Name, FieldScope Scope)
{
    public FieldType Type { get; set; } = FieldType.String;
}

/// <summary>An event of a sketch.</summary>
internal sealed record EventSketch(SketchName Name)
{
    public EventSketchKind Kind { get; set; }

    /// <summary>Whether the sub-process that it starts ends with the instance.</summary>
    public bool EndsWithIt { get; set; }

    public List<SketchName> Actions { get; init; } = [];

    public List<EscalationSketch> Escalations { get; init; } = [];
}

/// <summary>The kinds of events of a sketch.</summary>
internal enum EventSketchKind
{
    /// <summary>A task of people.</summary>
    Task,

    /// <summary>Code that runs and returns.</summary>
    Code,

    /// <summary>Code that waits for an outside system.</summary>
    Wait,

    /// <summary>It starts a sub-process and waits for it.</summary>
    Call,

    /// <summary>It starts a sub-process and goes on.</summary>
    Send,
}

/// <summary>A line of a sketch. Without a name of its own it is called after its activities.</summary>
internal sealed record LineSketch(SketchName? Name, ActivitySketch? From, ActivitySketch To);

/// <summary>An activity of a sketch.</summary>
internal sealed record ActivitySketch(SketchName Name)
{
    public int Plan { get; set; }

    public int People { get; set; } = 1;

    public int Slots { get; set; } = 1;

    public int StartHours { get; set; }

    public bool HasOutcomes { get; set; }

    public List<EventSketch> Events { get; init; } = [];

    public List<FieldSketch> Fields { get; init; } = [];

    public List<EscalationSketch> Escalations { get; init; } = [];

    public bool HasTask => Events.Exists(item => item.Kind is EventSketchKind.Task);
}

/// <summary>A definition that is not built yet, so that it can be changed at random.</summary>
internal sealed record Sketch
{
    public List<ActivitySketch> Activities { get; init; } = [];

    public List<LineSketch> Lines { get; init; } = [];

    public List<FieldSketch> Fields { get; init; } = [];

    public List<EscalationSketch> Escalations { get; init; } = [];
}
