using Expenses;

// Without arguments a story is told; with --interactive you act as everybody.
switch (args)
{
    case []:
        await Story.TellAsync(Console.Out);
        return 0;
    case ["--interactive"]:
        await using (var office = await Office.OpenAsync(Console.Out))
        {
            await new Terminal(office, Console.In, Console.Out).RunAsync();
        }

        return 0;
    default:
        await Console.Error.WriteLineAsync($"'{string.Join(' ', args)}' is not known. Give no argument for a story, or --interactive to act as everybody.");
        return 1;
}
