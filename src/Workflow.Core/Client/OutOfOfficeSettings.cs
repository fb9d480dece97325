using Workflow.Core.Persistence;

namespace Workflow.Core.Client;

/// <summary>Whether a user is out of office, and who takes over their tasks (statement 9.4).</summary>
/// <example><code>await engine.As("cy").OutOfOffice.LeaveAsync(absence => absence.ForwardTo("dan", "eve").Except("Expense", null, "fay"));</code></example>
public sealed class OutOfOfficeSettings
{
    private readonly ItemCommands _commands;
    private readonly string _user;

    internal OutOfOfficeSettings(ItemCommands commands, string user)
    {
        _commands = commands;
        _user = user;
    }

    /// <summary>Sets the user out of office, and replaces an earlier absence. The user's tasks are shared as it says, including the present ones. The user
    /// keeps seeing them.</summary>
    /// <param name="absence">Says with whom tasks are shared, and when.</param>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="ArgumentException">It shares tasks with nobody, or with the absent user, or is over already.</exception>
    /// <exception cref="NotManagedException">It is set for a user whom the caller does not manage.</exception>
    [OperationRight(Operation.SetOutOfOffice)]
    public ValueTask LeaveAsync(Action<OutOfOfficeBuilder> absence, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(absence);
        var builder = new OutOfOfficeBuilder();
        absence(builder);
        return _commands.SetOutOfOfficeAsync(_user, builder.Build(_user, _commands.Now), cancellation);
    }

    /// <summary>Ends the absence.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>A task that ends when it is stored.</returns>
    /// <exception cref="NotManagedException">It is set for a user whom the caller does not manage.</exception>
    [OperationRight(Operation.SetOutOfOffice)]
    public ValueTask ReturnAsync(CancellationToken cancellation = default) => _commands.SetOutOfOfficeAsync(_user, absence: null, cancellation);

    /// <summary>Reads the absence.</summary>
    /// <param name="cancellation">Cancels the call.</param>
    /// <returns>The absence, also one that has not begun or is over; null when none is set.</returns>
    /// <exception cref="NotManagedException">It is read for a user whom the caller does not manage.</exception>
    [OperationRight(Operation.ReadOutOfOffice)]
    public ValueTask<OutOfOffice?> ReadAsync(CancellationToken cancellation = default) => _commands.ReadOutOfOfficeAsync(_user, cancellation);
}
