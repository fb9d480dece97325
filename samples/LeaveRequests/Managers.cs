using Microsoft.EntityFrameworkCore;
using Workflow.Core;
using Workflow.Core.Destinations;

namespace LeaveRequests;

/// <summary>Says who decides, from the tables of the office. The engine makes one for each question, with an <see cref="Office"/> of its own.</summary>
public sealed class Managers(Office office) : IDestinationResolver
{
    public const string ManagerOf = "Manager of the employee";

    public async ValueTask<IReadOnlyDictionary<Destination, IReadOnlyList<string>>> ResolveAsync(
        IReadOnlyList<Destination> rolesAndGroups, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rolesAndGroups);
        var members = new Dictionary<Destination, IReadOnlyList<string>>();
        foreach (var department in rolesAndGroups)
        {
            var name = department.Name;
            members[department] =
                await office.Employees.Where(employee => employee.Department == name).Select(employee => employee.Name).Order().ToListAsync(cancellation);
        }

        return members;
    }

    public async ValueTask<IReadOnlyList<Destination>> FindMembershipsAsync(string user, CancellationToken cancellation) =>
        await office.Employees.Where(employee => employee.Name == user).Select(employee => Destination.Role(employee.Department)).ToListAsync(cancellation);

    public async ValueTask<string?> FindManagerAsync(string user, CancellationToken cancellation) =>
        await office.Employees.Where(employee => employee.Name == user).Select(employee => employee.Manager).SingleOrDefaultAsync(cancellation);

    public async ValueTask<IReadOnlyList<Destination>?> AnswerAsync(NamedQuestion question, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(question);
        return question.Name is not ManagerOf
            ? null
            : await FindManagerAsync(question.Arguments[0].Get<string>(), cancellation) is { } manager ? [Destination.User(manager)] : [];
    }
}
