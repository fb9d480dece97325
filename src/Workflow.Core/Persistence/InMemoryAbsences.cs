namespace Workflow.Core.Persistence;

/// <summary>The users who are out of office.</summary>
internal sealed class InMemoryAbsences
{
    private readonly SortedDictionary<string, OutOfOffice> _byUser = new(NameComparer.Default);

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
                _byUser[user] = Copy(absence);
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

    private static OutOfOffice Copy(OutOfOffice absence) => absence with
    {
        ForwardTo = [.. absence.ForwardTo],
        Exceptions = [.. absence.Exceptions.Select(exception => exception with { Users = [.. exception.Users] })],
        From = absence.From?.ToUniversalTime(),
        Until = absence.Until?.ToUniversalTime(),
    };
}
