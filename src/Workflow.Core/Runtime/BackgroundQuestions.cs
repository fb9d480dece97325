namespace Workflow.Core.Runtime;

/// <summary>Questions to the resolver for which nobody waits: they are asked after the commit, beside the commands, and what fails changes nothing (statement
/// 4.8b). A question that fails is asked again when the role interval has passed.
/// An engine that takes up no work asks when it is told to fire timers.</summary>
/// <remarks>The waiting questions are in memory only. Code that loads an instance, or shows a task, notes its questions again. A search in the store finds the
/// questions of instances that nobody loads.</remarks>
/// <typeparam name="T">The type of a question's subject.</typeparam>
internal abstract class BackgroundQuestions<T>(EngineServices services)
    where T : notnull
{
    /// <summary>So many answers are kept, and so many questions wait.</summary>
    protected const int Most = 10_000;

    /// <summary>So many posts are under way at once.</summary>
    private const int PostsAtOnce = 16;

    /// <summary>The questions that wait, and when each may be asked at the earliest.</summary>
    private readonly OrderedDictionary<T, DateTimeOffset> _waiting = [];

    /// <summary>The questions that are asked now.</summary>
    private readonly HashSet<T> _asked = [];

    /// <summary>Subjects that brought no result, and until when nobody asks for them again.</summary>
    private readonly Dictionary<object, DateTimeOffset> _failed = [];

    /// <summary>When the first of what waits may be asked.</summary>
    private DateTimeOffset _next = DateTimeOffset.MaxValue;
    private Task? _asking;

    /// <summary>When to look in the store for what nobody has asked; the greatest instant for never.</summary>
    private DateTimeOffset _searchAt = DateTimeOffset.MaxValue;

    /// <summary>When the search that is under way is to be repeated.</summary>
    private DateTimeOffset _nextSearch;

    /// <summary>Moves an instance; set by the host that has the instances.</summary>
    public CommandPost? PostAsync { get; set; }

    /// <summary>Whether the engine takes up work by itself; set by the host.</summary>
    public Func<bool>? IsWorking { get; set; }

    /// <summary>When somebody has to begin to ask; null when nothing waits, and while something is asked.</summary>
    public DateTimeOffset? NextAt
    {
        get
        {
            lock (Guard)
            {
                return Next == DateTimeOffset.MaxValue || _asking is not null ? null : Next;
            }
        }
    }

    protected EngineServices Services => services;

    /// <summary>Guards what waits, and what answers are kept.</summary>
    protected Lock Guard { get; } = new();

    protected DateTimeOffset Now => services.Options.Clock.GetUtcNow();

    /// <summary>Asks what is due, beside whoever says so.</summary>
    public void Begin()
    {
        lock (Guard)
        {
            if (_asking is null && IsDue())
            {
                _asking = services.Executor.Begin(RunAsync);
            }
        }
    }

    /// <summary>Asks what is due. An engine that takes up work only begins to, any other waits for the answers. They decide nothing, so a caller who gives up
    /// ends only the waiting.</summary>
    public async Task AskDueAsync(CancellationToken cancellation)
    {
        Begin();
        if (!IsWorking!())
        {
            await WaitForEndAsync().WaitAsync(cancellation).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Waits for what is under way.</summary>
    public Task WaitForEndAsync()
    {
        lock (Guard)
        {
            return _asking ?? Task.CompletedTask;
        }
    }

    /// <summary>Asks the resolver, and tells the instances concerned. Searches first when that is due.</summary>
    /// <param name="due">The questions that are due; none when only a search is.</param>
    /// <returns>The questions that are still open, and are asked again later.</returns>
    protected abstract Task<List<T>> AnswerAsync(List<T> due);

    /// <summary>Says that nothing came of questions, and why.</summary>
    protected abstract void LogFailure(string why, Exception? exception);

    /// <summary>The subject of a question to the resolver. A resolver that has just failed for a subject is not asked for it again before the role interval
    /// has passed.</summary>
    protected abstract object SubjectOf(T question);

    /// <summary>Notes a question; the guard is held. When there is no room, it is noted again by code that loads the
    /// instance or shows the task the next time.</summary>
    /// <param name="question">The question.</param>
    /// <param name="notBefore">When it may be asked at the earliest. A question that waits is asked at the earlier of both instants.</param>
    /// <returns>Whether it is to be asked sooner than before.</returns>
    protected bool Note(T question, DateTimeOffset notBefore)
    {
        if (_failed.TryGetValue(SubjectOf(question), out var until) && until > notBefore)
        {
            notBefore = until;
        }

        var isWaiting = _waiting.TryGetValue(question, out var noted);
        if (_asked.Contains(question) || (isWaiting ? noted <= notBefore : _waiting.Count >= Most))
        {
            return false;
        }

        _waiting[question] = notBefore;
        _next = notBefore < _next ? notBefore : _next;
        return true;
    }

    /// <summary>Does something with each, beside each other: one that has to wait for its instance keeps no other waiting.</summary>
    protected static async Task<List<TResult>> BesideAsync<TItem, TResult>(IEnumerable<TItem> items, Func<TItem, Task<TResult>> action)
    {
        var all = new List<Task<TResult>>();
        var underWay = new List<Task>();
        foreach (var item in items)
        {
            var task = action(item);
            all.Add(task);
            if (task.IsCompleted)
            {
                continue;
            }

            underWay.Add(task);
            if (underWay.Count == PostsAtOnce)
            {
                underWay.Remove(await Task.WhenAny(underWay).ConfigureAwait(false));
            }
        }

        return [.. await Task.WhenAll(all).ConfigureAwait(false)];
    }

    /// <summary>Searches at an instant at the latest.</summary>
    protected void SearchFrom(DateTimeOffset instant)
    {
        lock (Guard)
        {
            _searchAt = instant < _searchAt ? instant : _searchAt;
        }
    }

    /// <summary>Whether a search is due. The next one is due after the role interval, unless this one comes to its end and none is needed any more.</summary>
    protected bool TryBeginSearch()
    {
        lock (Guard)
        {
            if (_searchAt > Now)
            {
                return false;
            }

            _searchAt = _nextSearch = Now + services.Options.RoleInterval;
            return true;
        }
    }

    /// <summary>No other search is needed, unless somebody has asked for one meanwhile.</summary>
    protected void EndSearch()
    {
        lock (Guard)
        {
            _searchAt = _searchAt == _nextSearch ? DateTimeOffset.MaxValue : _searchAt;
        }
    }

    /// <summary>Asks soon, where the engine takes up work.</summary>
    protected void BeginIfWorking()
    {
        if (IsWorking!())
        {
            Begin();
            WakeForNext();
        }
    }

    /// <summary>Notes that nothing came of it. An engine that stops says nothing.</summary>
    protected void Failed(string why, Exception? exception)
    {
        if (!services.Stopping.IsCancellationRequested)
        {
            LogFailure(why, exception);
        }
    }

    /// <summary>Nothing escapes it: others wait for it, and what it asks decides nothing.</summary>
    private async Task RunAsync()
    {
        while (Take() is { } due)
        {
            var open = due;
            try
            {
                if (services.IsResolverHanging)
                {
                    Failed("Earlier questions to it have not ended. Calls that somebody waits for come first.", exception: null);
                }
                else
                {
                    open = await AnswerAsync(due).ConfigureAwait(false);
                }
            }
#pragma warning disable CA1031 // Nobody waits for the answer, and what fails changes nothing.
            catch (Exception exception)
#pragma warning restore CA1031
            {
                Failed(ErrorText.Of(exception), exception);
            }

            EndAsking(due, open);
        }

        WakeForNext();
    }

    /// <summary>A question that is not due yet is begun by the work that waits for timers.</summary>
    private void WakeForNext()
    {
        if (NextAt is not null)
        {
            services.WorkAppeared?.Invoke();
        }
    }

    private DateTimeOffset Next => _searchAt < _next ? _searchAt : _next;

    private bool IsDue() => Next != DateTimeOffset.MaxValue && !services.Stopping.IsCancellationRequested && Next <= Now;

    /// <returns>The questions that are due; null for none, and then nobody asks any more.</returns>
    private List<T>? Take()
    {
        lock (Guard)
        {
            if (!IsDue())
            {
                _asking = null;
                return null;
            }

            var now = Now;
            List<T> due = [.. _waiting.Where(item => item.Value <= now).Select(item => item.Key)];
            List<KeyValuePair<T, DateTimeOffset>> later = [.. _waiting.Where(item => item.Value > now)];
            _waiting.Clear();
            later.ForEach(item => _waiting.Add(item.Key, item.Value));
            _asked.UnionWith(due);
            _next = later.Count == 0 ? DateTimeOffset.MaxValue : later.Min(item => item.Value);
            return due;
        }
    }

    private void EndAsking(List<T> due, List<T> open)
    {
        lock (Guard)
        {
            var again = Now + services.Options.RoleInterval;
            _asked.ExceptWith(due);
            foreach (var question in due)
            {
                _failed.Remove(SubjectOf(question));
            }

            foreach (var question in open)
            {
                if (_failed.Count >= Most)
                {
                    _failed.Clear();
                }

                _failed[SubjectOf(question)] = again;
                Note(question, again);
            }
        }
    }
}
