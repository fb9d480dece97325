namespace Workflow.Core.CrashChild.Watching;

/// <summary>Carries statements out under the eyes of a watch.</summary>
internal static class WatchedExecution
{
    public static T Run<T>(this IStatementWatch watch, IReadOnlyList<SentStatement> statements, bool isBatch, Func<T> execute)
    {
        watch.Before(statements, isBatch);
        var result = execute();
        watch.After(statements, isBatch);
        return result;
    }

    public static async Task<T> RunAsync<T>(this IStatementWatch watch, IReadOnlyList<SentStatement> statements, bool isBatch, Func<Task<T>> execute)
    {
        watch.Before(statements, isBatch);
        var result = await execute();
        watch.After(statements, isBatch);
        return result;
    }

    /// <summary>The beginning or the end of a transaction.</summary>
    public static T Run<T>(this IStatementWatch watch, string word, Func<T> execute) => watch.Run([new SentStatement(word)], isBatch: false, execute);

    /// <inheritdoc cref="Run{T}(IStatementWatch, string, Func{T})"/>
    public static Task<T> RunAsync<T>(this IStatementWatch watch, string word, Func<Task<T>> execute) =>
        watch.RunAsync([new SentStatement(word)], isBatch: false, execute);
}
