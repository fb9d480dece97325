namespace Workflow.Core.Tests.Manual;

/// <summary>The manual's rules for the slots of one task, or of tasks that share them, in as few words as possible. They say who holds a slot, who has
/// answered, and who sleeps.</summary>
internal sealed class SlotModel(int people, int slots)
{
    private readonly char[] _parts = [.. Enumerable.Repeat(' ', people)];
    private readonly DateTimeOffset?[] _asleepUntil = new DateTimeOffset?[people];

    public int Free => slots - _parts.Count(part => part != ' ');

    public bool IsOver => _parts.Count(part => part == 'D') == slots;

    public bool IsDone(int user) => _parts[user] == 'D';

    public bool IsOpen(int user) => _parts[user] == 'O';

    public bool IsAsleep(int user) => _asleepUntil[user] is not null;

    /// <summary>Whether the user holds a slot or can take one (statements 1.4 and 1.14).</summary>
    public bool MayOpen(int user) => IsOpen(user) || (!IsDone(user) && Free > 0);

    public void Open(int user) => (_parts[user], _asleepUntil[user]) = ('O', null);

    public void Finish(int user) => (_parts[user], _asleepUntil[user]) = ('D', null);

    public void Release(int user) => _parts[user] = ' ';

    public void Sleep(int user, DateTimeOffset until) => _asleepUntil[user] = until;

    public void Wake(int user) => _asleepUntil[user] = null;

    public void Advance(DateTimeOffset now)
    {
        for (var user = 0; user < _parts.Length; user++)
        {
            _asleepUntil[user] = _asleepUntil[user] <= now ? null : _asleepUntil[user];
        }
    }

    public string Standing() => IsOver
        ? string.Join(' ', _parts.Select(_ => "--"))
        : string.Join(' ', Enumerable.Range(0, _parts.Length).Select(Letters));

    public override string ToString() => $"{Standing()} of {string.Concat(Worklists.First(_parts.Length))}";

    private string Letters(int user) => this switch
    {
        _ when IsDone(user) => "--",
        _ when IsAsleep(user) => "Sl",
        _ when IsOpen(user) => "Op",
        _ => Free > 0 ? "Av" : "Al",
    };
}
