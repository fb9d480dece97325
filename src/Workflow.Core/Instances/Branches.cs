namespace Workflow.Core.Instances;

/// <summary>The branches that an activity instance is on, also when it came through joins of several of them. It does not change; null stands for
/// none.</summary>
internal sealed class Branches : IEquatable<Branches>
{
    private readonly Branch[] _all;

    private Branches(Branch[] all) => _all = all;

    /// <summary>The branches, in the order in which they began.</summary>
    public IReadOnlyList<Branch> All => _all;

    /// <summary>The set of these branches; null for none.</summary>
    public static Branches? Of(IEnumerable<Branch> branches)
    {
        Branch[] all = [.. branches.Distinct().OrderBy(branch => branch.Split).ThenBy(branch => branch.Line, StringComparer.Ordinal)];
        return all.Length == 0 ? null : new Branches(all);
    }

    /// <summary>The branches of several sets; null for none.</summary>
    public static Branches? Union(IEnumerable<Branches?> sets) => Of(sets.SelectMany(set => set?._all ?? []));

    /// <summary>Whether one of them is a branch of a run, on a certain line.</summary>
    public bool Has(int split, string line) => Array.IndexOf(_all, new Branch(split, line)) >= 0;

    public bool Equals(Branches? other) => other is not null && _all.AsSpan().SequenceEqual(other._all);

    public override bool Equals(object? obj) => Equals(obj as Branches);

    public override int GetHashCode() => HashCode.Combine(_all.Length, _all[0]);
}
