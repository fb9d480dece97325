using Expenses;
using Workflow.Core;
using Workflow.Core.Persistence;

const string Usage =
    """
    Tells the story of two expense claims, from the claim to the payment.

      --interactive     you act as everybody, at the terminal
      --file claims.db  keeps the claims in that file, and the book of the bank beside it; kill the program, start it again, and it goes on there
      --help            shows this

    With dotnet run the arguments stand behind two dashes: dotnet run --project samples/ExpenseClaim -- --interactive
    """;
if (args is ["--help" or "-h" or "-?"])
{
    Console.WriteLine(Usage);
    return 0;
}

var isInteractive = args is ["--interactive", ..];
var file = (isInteractive ? args[1..] : args) switch
{
    [] => Path.Combine(AppContext.BaseDirectory, isInteractive ? "interactive.db" : "story.db"),
    ["--file", var given] => given,
    _ => null,
};
if (file is null)
{
    await Console.Error.WriteLineAsync($"'{string.Join(' ', args)}' is not known.");
    await Console.Error.WriteLineAsync(Usage);
    return 1;
}

try
{
    if (isInteractive)
    {
        await using var office = await Office.OpenAsync(file, Console.Out);
        await new Terminal(office, Console.In, Console.Out).RunAsync();
    }
    else
    {
        await Story.TellAsync(file, Console.Out);
    }

    return 0;
}
catch (ProcessStoreException exception)
{
    // The file cannot be used, and whether it holds claims is not known.
    await Console.Error.WriteLineAsync(exception.Message);
    await Console.Error.WriteLineAsync($"No claims can be kept in {file}. Give another file with --file.");
    return 1;
}
catch (WorkflowException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    await Console.Error.WriteLineAsync(
        $"The claims are in {file}, and the book of the bank in {file}.bank. To begin anew, remove them, or give another file with --file.");
    return 1;
}
