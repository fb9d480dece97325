using Expenses;
using Workflow.Core;

// Without arguments a story is told; with --interactive you act as everybody; --file says in which file the claims are kept.
var isInteractive = args is ["--interactive", ..];
var file = (isInteractive ? args[1..] : args) switch
{
    [] => Path.Combine(AppContext.BaseDirectory, isInteractive ? "interactive.db" : "story.db"),
    ["--file", var given] => given,
    _ => null,
};
if (file is null)
{
    await Console.Error.WriteLineAsync(
        $"'{string.Join(' ', args)}' is not known. " +
        "Give --interactive to act as everybody, or nothing for a story; then --file claims.db to keep the claims there.");
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
catch (WorkflowException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    await Console.Error.WriteLineAsync($"The claims are in {file}, and the book of the bank in {file}.bank. To begin anew, remove them, or give another file with --file.");
    return 1;
}
