using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Workflow.Core.Contexts;
using Workflow.Core.Definitions;
using Workflow.Core.Destinations;
using Workflow.Core.Rules;

namespace Workflow.Core.Tests.Support;

/// <summary>A host whose code is in classes. Each class uses the desk of its scope, and the diary tells what was done at which desk.</summary>
internal static class Office
{
    public static readonly ProcessField<string> Place = new("Place");

    /// <summary>The services of the office.</summary>
    public static IServiceCollection Services(Diary diary)
    {
        var services = new ServiceCollection();
        services.AddSingleton(diary).AddScoped<Desk>();
        return services;
    }

    public static ProcessDefinition Define(Action<Definitions.Building.ProcessBuilder> build) => Orders.Define(process =>
    {
        process.Fields(Place);
        build(process);
    });

    /// <summary>Tells in order what was done in the office.</summary>
    internal sealed class Diary
    {
        private readonly ConcurrentQueue<string> _lines = new();
        private int _desks;

        public IReadOnlyList<string> Lines => [.. _lines];

        /// <summary>The failure of the constructor; null for none.</summary>
        public Exception? FailsToBegin { get; set; }

        /// <summary>The failure of the code; null for none.</summary>
        public Exception? Fails { get; set; }

        /// <summary>The failure of a desk when it is cleared; null for none.</summary>
        public Exception? FailsToClear { get; set; }

        /// <summary>Holds the code up.</summary>
        public Func<CancellationToken, Task> Waits { get; set; } = _ => Task.CompletedTask;

        public int NextDesk() => Interlocked.Increment(ref _desks);

        public void Note(string line) => _lines.Enqueue(line);
    }

    /// <summary>Belongs to a scope, as a unit of work does. It can be let go only by waiting.</summary>
    internal sealed class Desk(Diary diary) : IAsyncDisposable
    {
        public int Number { get; } = diary.NextDesk();

        public Diary Diary => diary;

        public async ValueTask DisposeAsync()
        {
            await Task.Yield();
            diary.Note($"desk {Number} cleared");
            if (diary.FailsToClear is { } failure)
            {
                throw failure;
            }
        }
    }

    /// <summary>Another service of the same scope.</summary>
    internal sealed class Drawer(Desk desk)
    {
        public Desk Desk => desk;
    }

    /// <summary>Code of an event and of an escalation.</summary>
    internal sealed class Clerk : IServerEventCode, IEscalationCode, IDisposable
    {
        private readonly Desk _desk;

        public Clerk(Desk desk)
        {
            _desk = desk;
            if (desk.Diary.FailsToBegin is { } failure)
            {
                throw failure;
            }
        }

        public async ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation)
        {
            _desk.Diary.Note($"{context.Event} at desk {_desk.Number}");
            await _desk.Diary.Waits(cancellation);
            context.Set(Place, $"desk {_desk.Number}");
            if (_desk.Diary.Fails is { } failure)
            {
                throw failure;
            }
        }

        public ValueTask ExecuteAsync(EscalationContext context, CancellationToken cancellation)
        {
            _desk.Diary.Note($"{context.Escalation} at desk {_desk.Number}");
            return ValueTask.CompletedTask;
        }

        public void Dispose() => _desk.Diary.Note($"clerk at desk {_desk.Number} left");
    }

    /// <summary>Knows the members of roles from the desk of its question.</summary>
    internal sealed class Registry(Desk desk, Drawer drawer) : IDestinationResolver
    {
        public async ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
            IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation)
        {
            await desk.Diary.Waits(cancellation);
            Note("members");
            return rolesAndGroups.ToDictionary(role => role, _ => (IReadOnlyList<string>)["ann", "bob"]);
        }

        public ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation)
        {
            Note($"memberships of {user}");
            return ValueTask.FromResult<IReadOnlyList<Destination>>([Destination.Role("Clerks")]);
        }

        public ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation)
        {
            Note($"manager of {user}");
            return ValueTask.FromResult<string?>("max");
        }

        public ValueTask<IReadOnlyList<Destination>?> AnswerAsync(NamedQuestion question, CancellationToken cancellation)
        {
            Note($"{question.Name} {question.Arguments[0].Get<string>()}");
            return ValueTask.FromResult<IReadOnlyList<Destination>?>([Destination.User("ann")]);
        }

        private void Note(string question)
        {
            desk.ShouldBeSameAs(drawer.Desk);
            desk.Diary.Note($"{question} at desk {desk.Number}");
        }
    }
}
