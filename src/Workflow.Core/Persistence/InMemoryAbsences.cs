namespace Workflow.Core.Persistence;

/// <summary>Who is out of office.</summary>
internal sealed class InMemoryAbsences
{
    private readonly SortedDictionary<string, OutOfOffice> _byUser = new(StringComparer.OrdinalIgnoreCase);

    public void Save(string user, OutOfOffice? absence)
    {
        lock (_byUser)
        {
            if (absence is null)
            {
                _byUser.Remove(user);
            }
            else
            {
                _byUser[user] = absence;
            }
        }
    }

    public OutOfOffice? Find(string user)
    {
        lock (_byUser)
        {
            return _byUser.GetValueOrDefault(user);
        }
    }

    public List<OutOfOffice> SharedWith(string substitute)
    {
        lock (_byUser)
        {
            return [.. _byUser.Values.Where(absence => absence.ForwardTo.Concat(absence.Exceptions.SelectMany(item => item.Users))
                .Any(user => Names.Same(user, substitute)))];
        }
    }
}
