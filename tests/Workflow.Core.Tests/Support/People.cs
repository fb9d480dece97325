using Workflow.Core.Instances;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Support;

/// <summary>Words for tests about whom an activity is for.</summary>
internal static class People
{
    public static readonly string[] All = ["ann", "bob", "cy", "dan", "eve"];

    /// <summary>The first few of them.</summary>
    public static string[] First(int count) => [.. All.Take(count)];

    /// <summary>The activity instance that is active under a name.</summary>
    public static async Task<ActivityInstance> ActiveAsync(this WorkflowTestBed bed, ProcessInstanceId id, string name = "Work") =>
        (await bed.ReadAsync(id)).Activities.Where(activity => activity.Name == name).ShouldHaveSingleItem();

    /// <summary>The users, groups and roles that each activity instance destination is for, in their order.</summary>
    public static string[] Names(this ActivityInstance activity) =>
        [.. activity.Destinations.Select(destination => string.Join("+", destination.Destinations.Select(one => one.Name)))];

    /// <summary>The second halves of the serial numbers, in order.</summary>
    public static int[] Ids(this ActivityInstance activity) => [.. activity.Destinations.Select(destination => destination.Id)];

    /// <summary>Where each activity instance destination stands, by a letter: Active, Completed or Expired.</summary>
    public static string Letters(this ActivityInstance activity) =>
        string.Concat(activity.Destinations.Select(destination => destination.Status.ToString()[0]));

    /// <summary>The numbers of the activity instance destinations that a kind of fact tells of, in an activity.</summary>
    public static async Task<int[]> DestinationsOfAsync(this WorkflowTestBed bed, ProcessInstanceId id, JournalKind kind, int activity = 1) =>
        [.. (await bed.HistoryAsync(id)).Where(entry => entry.Kind == kind && entry.ActivityInstance == activity).Select(entry => entry.Destination)];

    /// <summary>That an instance is in Error because of an activity, whose destinations were not planned.</summary>
    public static async Task<ProcessError> ShouldHaveFailedToPlanAsync(this WorkflowTestBed bed, ProcessInstanceId id, string name = "Work")
    {
        var process = await bed.ReadAsync(id);
        process.Status.ShouldBe(ProcessInstanceStatus.Error);
        var error = process.Error.ShouldNotBeNull();
        $"{error.Element}: {error.Message}".ShouldContain($"'{name}'");
        error.Message.ShouldNotBeNullOrWhiteSpace();
        var activity = process.Activities.Where(activity => activity.Name == name).ShouldHaveSingleItem();
        activity.Destinations.ShouldBeEmpty();
        (await bed.DestinationsOfAsync(id, JournalKind.DestinationCreated, activity.Id)).ShouldBeEmpty();
        return error;
    }
}
