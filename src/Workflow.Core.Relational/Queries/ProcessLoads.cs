using System.Globalization;
using Workflow.Core.Relational.Connections;
using Workflow.Core.Relational.Sql;

namespace Workflow.Core.Relational.Queries;

/// <summary>Loads several instances as a whole with one statement, whose text is the same for any number of them.</summary>
internal sealed class ProcessLoads(TableNames tables)
{
    /// <summary>The instance, an activity instance and a destination; many have no more.</summary>
    private const int UsualParts = 3;

    private readonly Statement _load = new($"""
        WITH wanted AS MATERIALIZED ({Wanted(tables)}), {SeveralLoads.Present(tables)}
        SELECT w.place, p.version, NULL AS key_1, NULL AS key_2, NULL AS key_3, NULL AS content, {SeveralLoads.Head(tables)}
        FROM wanted w {SeveralLoads.Each(tables, tables.Process, "p", "p.id = w.process")}
        UNION ALL
        SELECT w.place, 0, t.key_1, t.key_2, t.key_3, t.content, {SeveralLoads.OnlyPart}
        FROM wanted w {SeveralLoads.Each(tables, tables.Content, "t", $"t.process = w.process AND t.{Conditions.IsPart}")}
        """);

    /// <returns>For each instance, in the order given, all of its parts; null when there is no such instance.</returns>
    public ValueTask<IReadOnlyList<LoadedProcess?>> LoadAsync(
        Session session, IReadOnlyList<ProcessInstanceId> instances, CancellationToken cancellation) =>
        SeveralLoads.LoadAsync(session, _load, [Value(instances)], instances.Count, UsualParts, cancellation);

    /// <summary>The query that gives the instances as rows, each with its place in the list.</summary>
    private static string Wanted(TableNames tables) => tables.IsPostgreSql
        ? "SELECT given.place - 1 AS place, given.process FROM unnest($2::bigint[]) WITH ORDINALITY AS given (process, place)"
        : "SELECT key AS place, value AS process FROM json_each($2)";

    private object Value(IReadOnlyList<ProcessInstanceId> instances) => tables.IsPostgreSql
        ? instances.Select(instance => instance.Value).ToArray()
        : $"[{string.Join(',', instances.Select(instance => instance.Value.ToString(CultureInfo.InvariantCulture)))}]";
}
