using Microsoft.EntityFrameworkCore;
using Workflow.Core.Contexts;

namespace LeaveRequests;

/// <summary>Takes the days off the account of the employee. A call that is made again finds its key, and does nothing.</summary>
public sealed class BookLeave(Office office) : IServerEventCode
{
    public async ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var process = context.ProcessInstance.Value;
        var leave = await office.Leaves.SingleAsync(leave => leave.Process == process, cancellation);
        if (leave.BookedUnder != context.IdempotencyKey)
        {
            await BookAsync(leave, context.IdempotencyKey, cancellation);
        }

        context.SetFolio($"{context.Folio}, booked");
    }

    private async Task BookAsync(Leave leave, string key, CancellationToken cancellation)
    {
        var employee = await office.Employees.SingleAsync(employee => employee.Name == leave.Employee, cancellation);
        if (employee.DaysLeft < leave.Days)
        {
            throw new InvalidOperationException($"{employee.Name} has {employee.DaysLeft} days left, and the leave takes {leave.Days}.");
        }

        employee.DaysLeft -= leave.Days;
        leave.BookedUnder = key;
        await office.SaveChangesAsync(cancellation);
    }
}

/// <summary>Puts a mail to the employee among those that go out.</summary>
public sealed class TellEmployee(Office office) : IServerEventCode
{
    public ValueTask ExecuteAsync(ServerEventContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        return new ValueTask(Mails.SendAsync(office, context, context.Get(LeaveProcess.Employee), $"{context.Folio}: decided.", cancellation));
    }
}

/// <summary>Puts a mail to the manager among those that go out.</summary>
public sealed class RemindManager(Office office) : IEscalationCode
{
    public async ValueTask ExecuteAsync(EscalationContext context, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(context);
        var name = context.Get(LeaveProcess.Employee);
        var manager = await office.Employees.Where(employee => employee.Name == name).Select(employee => employee.Manager).SingleAsync(cancellation);
        await Mails.SendAsync(office, context, manager ?? name, $"{context.Folio}: please decide.", cancellation);
    }
}

internal static class Mails
{
    /// <summary>A mail is there once, however often the code is called.</summary>
    public static async Task SendAsync(Office office, CodeContext context, string to, string text, CancellationToken cancellation)
    {
        if (await office.Mails.FindAsync([context.IdempotencyKey], cancellation) is null)
        {
            office.Mails.Add(new Mail { Key = context.IdempotencyKey, To = to, Text = text });
            await office.SaveChangesAsync(cancellation);
        }
    }
}
