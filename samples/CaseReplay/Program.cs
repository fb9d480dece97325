using System.Data.Common;
using Cases;
using Workflow.Core.Persistence;

const int Different = 1;
const int Unusable = 2;

try
{
    var result = await Replay.RunAsync(ReplayOptions.Parse(args), Console.Out);
    await result.WriteAsync(Console.Out);
    return result.IsAsItMust ? 0 : Different;
}
catch (BadInputException exception)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return Unusable;
}
catch (Exception exception) when (exception is DbException or ProcessStoreException or ConcurrencyException or CommitOutcomeUnknownException)
{
    await Console.Error.WriteLineAsync($"The store has failed on the way: {exception.Message} What was done is stored; --resume goes on with it.");
    return Unusable;
}
