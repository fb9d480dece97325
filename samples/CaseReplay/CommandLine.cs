using System.Data.Common;
using Cases.Killing;
using Cases.Playing;
using Workflow.Core.Persistence;
using Workflow.Core.Runtime;

namespace Cases;

/// <summary>The program: 0 when everything is as it must, 1 when something differs, 2 when what was given cannot be used.</summary>
public static class CommandLine
{
    private const int AsItMust = 0;
    private const int Different = 1;
    private const int Unusable = 2;

    public static async Task<int> RunAsync(IReadOnlyList<string> arguments, TextWriter output, TextWriter error)
    {
        try
        {
            var result = await RunAsync(ReplayOptions.Parse(arguments), output);
            await result.WriteAsync(output);
            return result.IsAsItMust ? AsItMust : Different;
        }
        catch (BadInputException exception)
        {
            await error.WriteLineAsync(exception.Message);
        }
        catch (Exception exception) when (exception is DbException or ProcessStoreException or CommitOutcomeUnknownException or CommandPartlyStoredException)
        {
            await error.WriteLineAsync($"The store has failed on the way: {exception.Message} What was done is stored; --resume goes on with it.");
        }

        return Unusable;
    }

    private static Task<ReplayResult> RunAsync(ReplayOptions options, TextWriter output) => options switch
    {
        { Kills: > 0 } => KillRun.RunAsync(options, output),
        { TellsAnswers: true } => Replay.RunAsync(options, new AnswerLines(output)),
        _ => Replay.RunAsync(options, new Progress(output)),
    };
}
