using System.Globalization;
using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Persistence;
using Workflow.Core.Records;
using Workflow.Core.Rules;

namespace Workflow.Core.Benchmarks.Flatness;

/// <summary>The cost of a user's many roles and groups. It measures a page of their worklist, one instance of it, an instance that they may see because they
/// take part, and the store alone. All see the same hundred tasks: those of their first five roles. The goal is for what users do. There is none for the store
/// alone, which looks up each name. There is also none if each of 5,000 roles has a task: the store then compares 5,000 first tasks, and for 5 roles
/// 5.</summary>
internal sealed class ManyNames : IAsyncDisposable
{
    private const int Tasks = 100;
    private const int RolesWithTasks = 5;
    private const int InRound = 5;
    private const double Goal = 3;

    private static readonly int[] _counts = [RolesWithTasks, 500, 5_000];

    private static readonly ProcessField<string> _role = new("Role");

    private static readonly ProcessDefinition _definition = ProcessDefinition.Define("One decision", process =>
    {
        process.Fields(_role).Rights(rights => rights.Start(DecisionProcess.Originator).ViewParticipate(Role(1)));
        process.StartsWith(process.Activity(DecisionProcess.Activity, activity => activity
            .Destinations(to => to.Role(_role))
            .Client(DecisionProcess.Event, task => task.Action(DecisionProcess.Action))));
    });

    private readonly IProcessStore _store;
    private readonly WorkflowEngine _engine;
    private readonly bool _hasEachRoleATask;

    private ManyNames(IProcessStore store, bool hasEachRoleATask)
    {
        _store = store;
        _hasEachRoleATask = hasEachRoleATask;
        _engine = WorkflowEngine.Create(options =>
        {
            options.Store = store;
            options.DestinationResolver = new Members();
        });
    }

    public static async Task<string> MeasureAsync()
    {
        var page = new Page();
        page.Line(Sizes.Header);
        await using (var memory = new Stores.MemoryPlace())
        {
            await OnAsync(memory, page);
        }

        await using (var sqlite = new Stores.SqlitePlace())
        {
            await OnAsync(sqlite, page);
        }

        var (postgreSql, reason) = await Stores.PostgreSqlPlace.StartAsync();
        if (postgreSql is null)
        {
            page.Line($"PostgreSQL is not measured: {reason}");
            return page.ToString();
        }

        await using (postgreSql)
        {
            await OnAsync(postgreSql, page);
        }

        return page.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        await Stores.Place.CloseAsync(_store);
    }

    private static async Task OnAsync(Stores.Place place, Page page)
    {
        await using var few = new ManyNames(place.NewStore(), hasEachRoleATask: false);
        var ids = await few.FillAsync();
        await AddAsync(page, place, "a page of 100 tasks", (count, times) => few.ListAsync(count, WorklistOrder.Serial, times));
        await AddAsync(page, place, "the same, newest first", (count, times) => few.ListAsync(count, WorklistOrder.Newest, times));
        await AddAsync(page, place, "the only task of an instance", (count, times) => few.SingleAsync(count, ids[0], times));
        await AddAsync(page, place, "an instance that they take part in", (count, times) => few.FindAsync(count, ids[0], times));
        await AddAsync(page, place, "a page of 100 tasks, the store alone", (count, times) => few.ListAloneAsync(count, times), most: null);
        await using var many = new ManyNames(place.NewStore(), hasEachRoleATask: true);
        await many.FillAsync();
        await AddAsync(
            page, place, "a page of 100 tasks, where each of 5,000 roles has one, beside 5 roles with 20 each",
            (count, times) => many.ListAsync(count, WorklistOrder.Serial, times), most: null);
    }

    private static async Task AddAsync(Page page, Stores.Place place, string what, Func<int, List<double>, Task> round, double? most = Goal)
    {
        var sizes = new Sizes(what, place.Name, most);
        foreach (var count in _counts)
        {
            sizes.Add(count.ToString("N0", CultureInfo.InvariantCulture), times => round(count, times));
        }

        await sizes.MeasureAsync(warmUp: 10, rounds: 20);
        page.Line(sizes.ToString());
        await Console.Error.WriteLineAsync(sizes.ToString());
    }

    /// <summary>A user who is called by a number belongs to as many roles, the first ones.</summary>
    private static string User(int count) => count.ToString(CultureInfo.InvariantCulture);

    private static Destination Role(int number) => Destination.Role(string.Create(CultureInfo.InvariantCulture, $"department {number:0000}"));

    private async Task<List<ProcessInstanceId>> FillAsync()
    {
        await _engine.DeployAsync(_definition);
        var ids = new List<ProcessInstanceId>();
        for (var role = 1; role <= (_hasEachRoleATask ? _counts[^1] : RolesWithTasks); role++)
        {
            for (var task = 0; task < (role <= RolesWithTasks ? Tasks / RolesWithTasks : 1); task++)
            {
                ids.Add((await _engine.As(DecisionProcess.Originator).StartAsync(_definition.Name, start => start.Set(_role, Role(role).Name))).Id);
            }
        }

        return ids;
    }

    private async Task ListAsync(int count, WorklistOrder order, List<double> times)
    {
        var worklist = _engine.As(User(count)).Worklist;
        for (var time = 0; time < InRound; time++)
        {
            IReadOnlyList<WorklistItem> page = [];
            await Sizes.TimeAsync(times, async () => page = await worklist.ListAsync(new WorklistQuery { Order = order, Limit = Tasks }));
            Require.Expected("number of tasks on the page", page.Count, Tasks);
        }
    }

    private async Task SingleAsync(int count, ProcessInstanceId id, List<double> times)
    {
        var worklist = _engine.As(User(count)).Worklist;
        for (var time = 0; time < InRound; time++)
        {
            await Sizes.TimeAsync(times, async () => await worklist.SingleAsync(id));
        }
    }

    private async Task FindAsync(int count, ProcessInstanceId id, List<double> times)
    {
        var connection = _engine.As(User(count));
        for (var time = 0; time < InRound; time++)
        {
            await Sizes.TimeAsync(times, async () => await connection.ReadAsync(id));
        }
    }

    private async Task ListAloneAsync(int count, List<double> times)
    {
        var entries = await new Members().FindMembershipsAsync(User(count), CancellationToken.None);
        for (var time = 0; time < InRound; time++)
        {
            IReadOnlyList<WorklistHeaderRecord> page = [];
            await Sizes.TimeAsync(times, async () => page = await _store.FindTasksAsync(entries, new WorklistQuery { Limit = Tasks }, CancellationToken.None));
            Require.Expected("number of tasks on the page", page.Count, Tasks);
        }
    }

    /// <summary>Knows that somebody belongs to many roles, and has them ready as a directory would.</summary>
    private sealed class Members : IDestinationResolver
    {
        private static readonly Dictionary<string, IReadOnlyList<Destination>> _roles =
            _counts.ToDictionary(User, count => (IReadOnlyList<Destination>)[.. Enumerable.Range(1, count).Select(Role)]);

        public ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
            IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation) =>
            ValueTask.FromResult<IReadOnlyDictionary<Destination, IReadOnlyList<string>>>(
                rolesAndGroups.ToDictionary(role => role, _ => (IReadOnlyList<string>)[.. _counts.Select(User)]));

        public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation) =>
            ValueTask.FromResult(_roles.GetValueOrDefault(user, []));

        public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation) => ValueTask.FromResult<string?>(null);
    }
}
