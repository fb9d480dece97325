namespace Workflow.Core.Persistence;

/// <summary>The definitions that an <see cref="InMemoryProcessStore"/> keeps, and which version of each is the default.</summary>
internal sealed class InMemoryDefinitions
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, SortedDictionary<int, StoredDefinition>> _kept = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, int> _defaults = new(StringComparer.Ordinal);

    public StoredDefinition Keep(StoredDefinition definition, bool becomesDefault)
    {
        var (name, number) = definition.Version;
        lock (_lock)
        {
            if (!_kept.TryGetValue(name, out var versions))
            {
                _kept.Add(name, versions = []);
            }

            if (!versions.TryGetValue(number, out var stands))
            {
                versions.Add(number, definition with { IsRemoved = false });
                if (becomesDefault)
                {
                    _defaults[name] = number;
                }
            }
            else if (stands.IsRemoved && string.Equals(stands.Fingerprint, definition.Fingerprint, StringComparison.Ordinal))
            {
                versions[number] = stands with { IsRemoved = false };
            }

            return versions[number];
        }
    }

    public IReadOnlyList<StoredDefinition> Find(string name)
    {
        lock (_lock)
        {
            return _kept.TryGetValue(name, out var versions) ? [.. versions.Values] : [];
        }
    }

    public IReadOnlyList<DefinitionVersion> FindDefaults()
    {
        lock (_lock)
        {
            return [.. _defaults.Select(item => new DefinitionVersion(item.Key, item.Value))];
        }
    }

    public bool SetDefault(DefinitionVersion version)
    {
        lock (_lock)
        {
            if (!IsKept(version))
            {
                return false;
            }

            _defaults[version.Name] = version.Version;
            return true;
        }
    }

    public DefinitionRemoval Remove(DefinitionVersion version, Func<bool> isInUse)
    {
        lock (_lock)
        {
            if (!IsKept(version))
            {
                return DefinitionRemoval.NotFound;
            }

            if (_defaults.TryGetValue(version.Name, out var number) && number == version.Version)
            {
                return DefinitionRemoval.IsDefault;
            }

            if (isInUse())
            {
                return DefinitionRemoval.IsInUse;
            }

            _kept[version.Name][version.Version] = _kept[version.Name][version.Version] with { IsRemoved = true };
            return DefinitionRemoval.Removed;
        }
    }

    private bool IsKept(DefinitionVersion version) =>
        _kept.TryGetValue(version.Name, out var versions) && versions.TryGetValue(version.Version, out var found) && !found.IsRemoved;
}
