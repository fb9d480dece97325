using System.Globalization;
using System.Text.RegularExpressions;
using Workflow.Core;
using Workflow.Core.Client;
using Workflow.Core.Instances;

namespace Expenses;

/// <summary>One person at the terminal acts as everybody: the worklists are gone through in turn until both claims have ended, or the person leaves.</summary>
public sealed partial class Terminal(Office office, TextReader input, TextWriter output)
{
    private bool _isLeft;
    private bool _isAtEnd;

    [GeneratedRegex(@"^([0-9]+|[0-9]{1,3}(,[0-9]{3})+)(\.[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Amount();

    private bool IsOver => _isLeft || _isAtEnd;

    public async Task RunAsync()
    {
        await output.WriteLineAsync(
            "You are everybody. Answer with the number of an action; Enter leaves the task for later, h shows the history of the claim, q leaves.");
        await office.ClaimAsync(Office.Train);
        await office.ClaimAsync(Office.Congress);
        do
        {
            await office.PayAsync();
        }
        while (await GoAroundAsync());

        if (IsOver)
        {
            await output.WriteLineAsync(_isLeft ? "Open claims stay open." : "The input has ended; open claims stay open.");
        }
        else if (await office.TellOpenAsync() is var open and > 0)
        {
            await output.WriteLineAsync(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Nobody who works here has anything left to do, and {open} {(open == 1 ? "claim is" : "claims are")} still open."));
        }
        else
        {
            await output.WriteLineAsync("Nobody has anything left to do.");
        }
    }

    /// <summary>Goes through the worklists of everybody once.</summary>
    /// <returns>Whether there was anything to do, and there may be more.</returns>
    private async Task<bool> GoAroundAsync()
    {
        var hasTasks = false;
        foreach (var user in office.People.Everybody)
        {
            foreach (var item in await office.WorklistAsync(user))
            {
                hasTasks = true;
                await AskAsync(user, item);
                if (IsOver)
                {
                    return false;
                }
            }
        }

        return hasTasks;
    }

    private async Task AskAsync(string user, WorklistItem item)
    {
        var actions = item.Actions;
        var choices = string.Join(", ", actions.Select((action, index) => string.Create(CultureInfo.InvariantCulture, $"{index + 1} {action.Name}")));
        var claim = string.Create(
            CultureInfo.InvariantCulture, $"'{item.Folio}', {item.Get(ExpenseClaim.Amount):#,##0.##} for {item.Get(ExpenseClaim.Purpose)}");
        while (await ReadAsync(item, $"{user}, {item.Event} ({item.Serial}): {claim}. {choices}? ") is { Length: > 0 } line)
        {
            if (int.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= actions.Count)
            {
                await ActAsync(user, item, actions[number - 1].Name);
                return;
            }
            else
            {
                var numbers = actions.Count == 1 ? "the number 1" : string.Create(CultureInfo.InvariantCulture, $"one of the numbers 1 to {actions.Count}");
                await output.WriteLineAsync($"'{line}' is not {numbers}, nor h or q.");
            }
        }
    }

    /// <summary>Asks for a line about a task. At every question, h shows the history of the claim, after which it is asked again, and q leaves.</summary>
    /// <returns>The text that was typed; empty for none, and when the person leaves.</returns>
    private async Task<string> ReadAsync(WorklistItem item, string question)
    {
        while (true)
        {
            await output.WriteAsync(question);
            await output.FlushAsync();
            switch ((await input.ReadLineAsync())?.Trim())
            {
                case null:
                    _isAtEnd = true;
                    await output.WriteLineAsync();
                    return "";
                case "q" or "Q":
                    _isLeft = true;
                    return "";
                case "h" or "H":
                    await TellHistoryAsync(item.ProcessInstance);
                    break;
                case var line:
                    return line;
            }
        }
    }

    private async Task ActAsync(string user, WorklistItem item, string action)
    {
        var (amount, purpose) = (default(decimal?), default(string));
        if (item.Event == ExpenseClaim.Change && action == ExpenseClaim.Submit)
        {
            amount = await ReadAmountAsync(item);
            var typed = IsOver ? "" : await ReadAsync(item, $"The purpose (Enter keeps {item.Get(ExpenseClaim.Purpose)}): ");
            purpose = typed.Length > 0 ? typed : null;
            if (IsOver)
            {
                return;
            }
        }

        try
        {
            await office.ActAsync(user, item, action, amount, purpose);
        }
        catch (WorkflowException exception)
        {
            await output.WriteLineAsync(exception.Message);
        }
    }

    private async Task<decimal?> ReadAmountAsync(WorklistItem item)
    {
        var question = string.Create(CultureInfo.InvariantCulture, $"The amount (Enter keeps {item.Get(ExpenseClaim.Amount):#,##0.##}): ");
        while (await ReadAsync(item, question) is { Length: > 0 } line)
        {
            // Amounts are shown with commas between thousands. Elsewhere a comma may be meant for the decimal point, and ten times as much be paid.
            if (Amount().IsMatch(line)
                && decimal.TryParse(line, NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var amount)
                && amount > 0)
            {
                return amount;
            }

            await output.WriteLineAsync($"'{line}' is not an amount, such as 1250.50 or 1,250.50.");
        }

        return null;
    }

    private async Task TellHistoryAsync(ProcessInstanceId claim)
    {
        foreach (var entry in await office.HistoryAsync(claim))
        {
            string?[] parts =
            [
                entry.Name,
                entry.Destination > 0 ? new SerialNumber(claim, entry.Destination).ToString() : null,
                entry.Detail,
                entry.Value.IsNull ? null : entry.Value.ToString(),
                entry.Kind is JournalKind.LineEvaluated ? entry.Result ? "true" : "false" : null,
                entry.User,
            ];
            var said = string.Join(", ", parts.Where(text => text is { Length: > 0 }));
            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"   {entry.Time:yyyy-MM-dd HH:mm:ss} {entry.Kind}: {said}"));
        }
    }
}
