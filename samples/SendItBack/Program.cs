using SendItBack;

// A contract that is sent back, handed over, retried, stopped and withdrawn. The lines in between are its history.
await foreach (var line in Story.TellAsync())
{
    Console.WriteLine(line);
}
