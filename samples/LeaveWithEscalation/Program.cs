using LeaveWithEscalation;

// Three requests for leave, on a clock that runs through weeks in an instant. One is answered in time, one by the manager's manager, and one by nobody.
await foreach (var line in Story.TellAsync())
{
    Console.WriteLine(line);
}
