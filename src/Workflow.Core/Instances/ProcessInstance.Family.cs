namespace Workflow.Core.Instances;

/// <content>The instance that has started it, and those that end with it.</content>
public sealed partial class ProcessInstance
{
    private InstanceFamily? _family;

    /// <summary>The event that has started it as a sub-process; null when it is none (statement 7.7).</summary>
    public ParentProcess? Parent => _family?.Parent;

    /// <summary>The text that the caller who started it has attached, for example a tenant; null for none. Sub-processes take it over (statement
    /// 13.13).</summary>
    public string? AttachedText => _family?.AttachedText;

    /// <summary>Made for a sub-process, for a text that is attached, or with the first one that is to end with the instance. Most instances have
    /// none.</summary>
    internal InstanceFamily Family => _family ??= new InstanceFamily(this);

    /// <summary>As <see cref="Family"/>, without making it.</summary>
    internal InstanceFamily? FamilyOrNull => _family;

    /// <summary>Attaches a text. That is done once, before anything else.</summary>
    internal void Attach(string? text)
    {
        if (text is not null)
        {
            Family.AttachedText = text;
        }
    }

    /// <summary>Somebody or something outside has moved it, or a timer has (statement 10.7).</summary>
    internal void MovedFromOutside()
    {
        AutomaticSteps = 0;
        _family?.WasMoved = true;
    }
}
