namespace Workflow.Core.Instances;

/// <content>The signals that wait for an event (statement 13.1k).</content>
public sealed partial class ProcessInstance
{
    /// <summary>Null where none is kept, as in most instances.</summary>
    private List<KeptSignal>? _signals;

    /// <summary>The signals that no event has taken yet, oldest first (statement 13.1k).</summary>
    public IReadOnlyList<KeptSignal> KeptSignals => _signals ?? (IReadOnlyList<KeptSignal>)[];

    /// <summary>Keeps a signal.</summary>
    internal void Keep(KeptSignal signal)
    {
        (_signals ??= []).Add(signal);
        Touch();
    }

    /// <summary>Takes the oldest signal of a name; null for none.</summary>
    internal KeptSignal? TakeSignal(string name) => _signals is null ? null : Take(_signals, name);

    /// <summary>Forgets all of them.</summary>
    internal void ForgetSignals()
    {
        _signals = null;
        Touch();
    }

    /// <summary>The values that they bring are for fields that have other names in another version.</summary>
    /// <param name="rename">Gives a signal there.</param>
    internal void RenameInSignals(Func<KeptSignal, KeptSignal> rename)
    {
        if (_signals is { } signals)
        {
            _signals = [.. signals.Select(rename)];
        }
    }

    /// <summary>Puts back what was stored.</summary>
    internal void Restore(KeptSignal signal) => (_signals ??= []).Add(signal);

    private KeptSignal? Take(List<KeptSignal> signals, string name)
    {
        var found = signals.Find(signal => string.Equals(signal.Name, name, StringComparison.Ordinal));
        if (found is not null)
        {
            signals.Remove(found);
            Touch();
        }

        return found;
    }
}
