using System.Globalization;
using Workflow.Core;
using Workflow.Core.Client;

namespace Expenses;

/// <summary>One person at the terminal acts as everybody: the worklists are gone through in turn until both claims have ended or the input has.</summary>
public sealed class Terminal(Office office, TextReader input, TextWriter output)
{
    private bool _isAtEnd;

    public async Task RunAsync()
    {
        await output.WriteLineAsync("You are everybody. Answer with the number of an action; Enter leaves the task for later, the end of input ends.");
        await office.ClaimAsync("dora", Office.Train);
        await office.ClaimAsync("dora", Office.Congress);
        do
        {
            await office.PayAsync();
        }
        while (await GoAroundAsync());

        await output.WriteLineAsync(_isAtEnd ? "The input has ended; what is open stays open." : "Nobody has anything left to do.");
    }

    /// <summary>Goes through the worklists of everybody once.</summary>
    /// <returns>Whether there was anything to do, and there may be more.</returns>
    private async Task<bool> GoAroundAsync()
    {
        var hasTasks = false;
        foreach (var user in Office.People)
        {
            foreach (var item in await office.WorklistAsync(user))
            {
                hasTasks = true;
                await AskAsync(user, item);
                if (_isAtEnd)
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
        while (!_isAtEnd)
        {
            await output.WriteAsync($"{user}, '{item.Folio}', {item.Event} ({item.Serial}): {choices}? ");
            await output.FlushAsync();
            var line = await input.ReadLineAsync();
            if (line is null)
            {
                _isAtEnd = true;
                await output.WriteLineAsync();
            }

            if (string.IsNullOrWhiteSpace(line))
            {
                return;
            }

            if (int.TryParse(line, NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var number) && number >= 1 && number <= actions.Count)
            {
                await ActAsync(user, item, actions[number - 1].Name);
                return;
            }

            await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"'{line}' is not one of the numbers 1 to {actions.Count}."));
        }
    }

    private async Task ActAsync(string user, WorklistItem item, string action)
    {
        try
        {
            await office.ActAsync(user, item, action);
        }
        catch (WorkflowException exception)
        {
            await output.WriteLineAsync(exception.Message);
        }
    }
}
