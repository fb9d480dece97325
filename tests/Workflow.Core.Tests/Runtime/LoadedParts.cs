using Workflow.Core.Persistence;

namespace Workflow.Core.Tests.Runtime;

/// <summary>A store that counts the parts that it loads.</summary>
internal sealed class LoadedParts(IProcessStore store) : StoreAround
{
    protected override IProcessStore Asked => store;

    /// <summary>The store that is asked, for looks that do not count.</summary>
    public IProcessStore Inner => store;

    /// <summary>How many instances were loaded as a whole.</summary>
    public int Whole { get; private set; }

    /// <summary>How many tasks were loaded.</summary>
    public int Tasks { get; private set; }

    /// <summary>The parts that were loaded, by what was asked for.</summary>
    public List<PartKey> Parts { get; } = [];

    public void Clear()
    {
        (Whole, Tasks) = (0, 0);
        Parts.Clear();
    }

    public override async ValueTask<StoredProcess?> LoadAsync(ProcessInstanceId processInstance, CancellationToken cancellation)
    {
        Whole++;
        return Count(await base.LoadAsync(processInstance, cancellation));
    }

    public override async ValueTask<StoredProcess?> LoadTaskAsync(SerialNumber serial, CancellationToken cancellation)
    {
        Tasks++;
        return Count(await base.LoadTaskAsync(serial, cancellation));
    }

    private StoredProcess? Count(StoredProcess? loaded)
    {
        Parts.AddRange(loaded?.Parts.Select(part => part.Key) ?? []);
        return loaded;
    }
}
