namespace Workflow.Core.Instances;

/// <summary>The remaining data of an activity instance's destination rule. These are its open questions, the destinations still to get a turn, the shared
/// slots, and the followed roles and questions. Most activity instances need none of it.</summary>
internal sealed class DestinationPlanning
{
    /// <summary>Above so many exclusions a table finds the one of a user.</summary>
    private const int MostExclusionsSearched = 8;

    private readonly ActivityInstance _owner;
    private readonly int _takenTurns;
    private Dictionary<string, Exclusion>? _exclusionsByUser;

    /// <param name="owner">The activity instance.</param>
    /// <param name="takenTurns">How many turns were taken when it was stored.</param>
    public DestinationPlanning(ActivityInstance owner, int takenTurns = 0)
    {
        _owner = owner;
        _takenTurns = takenTurns;
    }

    /// <summary>The question of the destination rule to the resolver; null when nothing is to be asked (statement 4.8).</summary>
    public MemberQuestion? Question { get; private set; }

    /// <summary>The destinations that get their turn one after the other (statement 4.5); null for other plans.</summary>
    public DestinationTurns? Turns { get; private set; }

    /// <summary>Of slots that all destinations share, how many are taken of each event, by its position (statements 1.6 and 4.6); null where none are
    /// shared.</summary>
    public List<int>? SharedTaken { get; private set; }

    /// <summary>The result of the destination rule, kept to ask again who belongs to its roles (statement 4.9); null where nobody asks again.</summary>
    public IReadOnlyList<WantedDestination>? Followed { get; private set; }

    /// <summary>The questions by name of the destination rule, kept to ask them again with the arguments of planning (statements 4.8b and 4.9).</summary>
    public IReadOnlyList<AskedQuestion> FollowedQuestions { get; private set; } = [];

    /// <summary>The users, groups and roles that were the last result of the destination rule. They show who has joined and who has left (statement
    /// 4.9).</summary>
    public IReadOnlyList<Destination> KnownMembers { get; private set; } = [];

    /// <summary>The exclusions of the destination rule, fixed when the activity was planned (statement 4.10); null where it leaves nobody out.</summary>
    public IReadOnlyList<Exclusion>? Exclusions { get; private set; }

    /// <summary>The roles and groups that the history reports (statement 4.12); null for none. The resolver does not know them, or nobody may act through
    /// them.</summary>
    public IReadOnlyList<Destination>? Reported { get; private set; }

    /// <summary>The checksum of the part with the long lists that was written or read last; null for none.</summary>
    public uint? ListsChecksum { get; set; }

    /// <summary>Whether the next commit has to write the long lists, which are stored apart from what changes with every answer (statement 14.6).</summary>
    public bool AreListsChanged { get; private set; }

    /// <summary>The destination rule asks the resolver for the answers to questions by name, and for the members of roles and groups (statements 4.8 and
    /// 4.8b).</summary>
    public void AwaitMembers(IReadOnlyList<WantedDestination> wanted, IReadOnlyList<LeftOut>? leftOut, IReadOnlyList<AskedQuestion>? asked = null) =>
        Await(new MemberQuestion(_owner.Process.NextEventId(), wanted, leftOut) { Asked = asked ?? [] });

    /// <summary>The slots wait for the list of their instance data (statement 4.7).</summary>
    public void AwaitList(NamedQuestion list) => Await(new MemberQuestion(_owner.Process.NextEventId(), [], LeftOut: null) { List = list });

    /// <summary>The resolver has answered.</summary>
    public void MembersKnown()
    {
        Question = null;
        ChangeLists();
    }

    /// <summary>Destinations get their turn one after the other (statement 4.5).</summary>
    public void PlanTurns(IReadOnlyList<Destination> turns)
    {
        Turns = new DestinationTurns(turns);
        ChangeLists();
    }

    /// <summary>Puts others in the place of those who have not had their turn (statement 4.9).</summary>
    public void ReplaceTurns(IReadOnlyList<Destination> remaining)
    {
        Turns!.Replace(remaining);
        ChangeLists();
    }

    /// <summary>Takes the destination whose turn it is; null after the last.</summary>
    public Destination? TakeTurn()
    {
        if (Turns is null || !Turns.TryTake(out var next))
        {
            return null;
        }

        _owner.Touch();
        return next;
    }

    /// <summary>Keeps the result of the destination rule, to follow its roles (statement 4.9).</summary>
    public void Follow(IReadOnlyList<WantedDestination> wanted, IReadOnlyList<AskedQuestion> asked, IReadOnlyList<Destination> members)
    {
        (Followed, FollowedQuestions) = (wanted, asked);
        KnownMembers = members;
        ChangeLists();
    }

    /// <summary>The sets of the destination rule have other positions in another version of the definition (statement 8.8).</summary>
    public void MoveSets(Func<int, int> position)
    {
        Followed = [.. Followed!.Select(item => item with { Set = position(item.Set) })];
        FollowedQuestions = [.. FollowedQuestions.Select(asked => asked with { Set = position(asked.Set) })];
        ChangeLists();
    }

    /// <summary>Fixes whom the destination rule leaves out (statement 4.10).</summary>
    public void LeaveOut(IReadOnlyList<Exclusion> exclusions)
    {
        Exclusions = exclusions;
        _exclusionsByUser = null;
        ChangeLists();
    }

    /// <summary>The history says that the resolver does not know a role or group, or that nobody may act through it.</summary>
    public void Report(Destination role)
    {
        Reported = [.. Reported ?? [], role];
        ChangeLists();
    }

    /// <summary>The exclusion that leaves a user out; null for none, and as long as another set names the user themselves.</summary>
    public Exclusion? ExclusionOf(string user) =>
        FirstOf(user) is { } exclusion && !exclusion.Through.Contains(Destination.Known(exclusion.User)) ? exclusion : null;

    /// <summary>A user whom several sets leave out may be there for each.</summary>
    private Exclusion? FirstOf(string user)
    {
        if (Exclusions is not { Count: > 0 } exclusions)
        {
            return null;
        }

        if (exclusions.Count > MostExclusionsSearched)
        {
            _exclusionsByUser ??= exclusions.DistinctBy(exclusion => exclusion.User, NameComparer.Default)
                .ToDictionary(exclusion => exclusion.User, NameComparer.Default);
            return _exclusionsByUser.GetValueOrDefault(user);
        }

        foreach (var exclusion in exclusions)
        {
            if (Names.Same(exclusion.User, user))
            {
                return exclusion;
            }
        }

        return null;
    }

    /// <summary>Destinations share the slots: a user who takes one takes it from all (statement 4.6).</summary>
    public void ShareSlots()
    {
        SharedTaken = [];
        _owner.Touch();
    }

    /// <summary>How many of the shared slots of an event are taken; null where none are shared.</summary>
    public int? TakenOf(int position) => SharedTaken is { } taken ? (position < taken.Count ? taken[position] : 0) : null;

    /// <summary>Whether of every event shared slots are left.</summary>
    public bool IsSharedLeftOfEach(int total) => total > 0 && SharedTaken!.TrueForAll(taken => taken < total);

    /// <summary>Slots of an event are taken, or given back.</summary>
    public void TakeShared(int position, int count)
    {
        if (SharedTaken is not { } taken || count == 0)
        {
            return;
        }

        while (taken.Count <= position)
        {
            taken.Add(0);
        }

        taken[position] += count;
        Invariant.Holds(taken[position] >= 0);
        _owner.Touch();
    }

    /// <summary>Events have other positions in another version (statement 8.8b).</summary>
    /// <param name="position">Gives the position there of an event.</param>
    public void MoveShared(Func<int, int> position)
    {
        if (SharedTaken is not { } taken)
        {
            return;
        }

        SharedTaken = [];
        for (var before = 0; before < taken.Count; before++)
        {
            TakeShared(position(before), taken[before]);
        }
    }

    public void MarkStored() => AreListsChanged = false;

    /// <summary>Puts back what was stored.</summary>
    public void Restore(List<int>? sharedTaken) => SharedTaken = sharedTaken;

    /// <summary>Puts back the long lists.</summary>
    public void RestoreLists(
        MemberQuestion? question,
        DestinationTurns? turns,
        IReadOnlyList<WantedDestination>? followed,
        IReadOnlyList<AskedQuestion> followedQuestions,
        IReadOnlyList<Destination> known,
        IReadOnlyList<Exclusion>? exclusions,
        IReadOnlyList<Destination>? reported)
    {
        Exclusions = exclusions;
        Reported = reported;
        Question = question;
        Turns = turns;
        if (turns is not null)
        {
            Invariant.Holds(_takenTurns <= turns.All.Count);
            turns.Taken = _takenTurns;
        }

        (Followed, FollowedQuestions) = (followed, followedQuestions);
        KnownMembers = known;
    }

    private void Await(MemberQuestion question)
    {
        Invariant.Holds(_owner.Status is ActivityInstanceStatus.Active && Question is null);
        Question = question;
        ChangeLists();
    }

    private void ChangeLists()
    {
        AreListsChanged = true;
        _owner.Touch();
    }
}
