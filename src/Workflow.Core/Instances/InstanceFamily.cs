namespace Workflow.Core.Instances;

/// <summary>The process instance that has started an instance, those that end with it, and the text that came with its start.</summary>
internal sealed class InstanceFamily(ProcessInstance process)
{
    private readonly List<ProcessInstanceId> _endingWithIt = [];
    private bool _wasMoved;

    /// <summary>The event that has started it; null for none.</summary>
    public ParentProcess? Parent { get; private set; }

    /// <summary>The text that the caller has attached; null for none.</summary>
    public string? AttachedText { get; set; }

    /// <summary>The sub-processes that end with the instance and have not ended, in the order of their start (statement 7.11b).</summary>
    public IReadOnlyList<ProcessInstanceId> EndingWithIt => _endingWithIt;

    /// <summary>Whether somebody or something outside has moved the instance (statement 10.7).</summary>
    public bool WasMoved
    {
        get => _wasMoved;
        set
        {
            if (_wasMoved != value)
            {
                _wasMoved = value;
                process.Touch();
            }
        }
    }

    /// <summary>The instance is a sub-process. It learns that once, before anything else.</summary>
    public void SetParent(ParentProcess parent)
    {
        Invariant.Holds(Parent is null);
        Parent = parent;
    }

    /// <summary>The fields that go back have other names in another version.</summary>
    /// <param name="field">Gives the name there.</param>
    public void ChangeVersion(Func<string, string> field) => Parent = Parent is { } parent
        ? parent with { Returned = [.. parent.Returned.Select(returned => returned with { Field = field(returned.Field) })] }
        : null;

    /// <summary>A sub-process ends with the instance.</summary>
    public void Add(ProcessInstanceId child)
    {
        _endingWithIt.Add(child);
        process.Touch();
    }

    /// <summary>A sub-process has ended, which may be one of those that end with the instance.</summary>
    public void Remove(ProcessInstanceId child)
    {
        if (_endingWithIt.Remove(child))
        {
            process.Touch();
        }
    }

    /// <summary>The instance has ended.</summary>
    /// <returns>The sub-processes that end with it.</returns>
    public IReadOnlyList<ProcessInstanceId> TakeEndingWithIt()
    {
        IReadOnlyList<ProcessInstanceId> taken = [.. _endingWithIt];
        _endingWithIt.Clear();
        return taken;
    }

    /// <summary>Restores the stored state.</summary>
    public void Restore(ProcessInstanceId child) => _endingWithIt.Add(child);

    /// <summary>Restores the stored state.</summary>
    public void Restore(ParentProcess? parent, bool wasMoved)
    {
        Parent = parent;
        _wasMoved = wasMoved;
    }
}
