using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace Workflow.Core.Samples.Tests;

/// <summary>The web application for leave requests, from outside.</summary>
[TestFixture]
internal sealed class LeaveRequestsTests
{
    private string _folder = "";
    private SampleProgram? _program;
    private HttpClient? _client;
    private StreamReader? _news;

    [SetUp]
    public async Task StartAsync()
    {
        _folder = Directory.CreateTempSubdirectory("leave-").FullName;
        await RunAsync();
    }

    [TearDown]
    public void Stop()
    {
        End();
        Directory.Delete(_folder, recursive: true);
    }

    [Test]
    public async Task A_short_leave_is_decided_by_the_manager_of_the_employee_and_booked()
    {
        var leave = await AskAsync("dora", days: 3);
        var serial = await TaskAsync("ann");
        (await TasksAsync("bob")).ShouldBeEmpty();
        (await TasksAsync("pat")).ShouldBeEmpty();

        (await PostAsync("ann", $"/tasks/{serial}/actions/Approve?remark=Enjoy")).ShouldBe(HttpStatusCode.NoContent);

        var view = await GetAsync("dora", leave);
        (Text(view, "status"), Text(view, "folio")).ShouldBe(("Completed", "Leave of dora, 2027-03-01, booked"));
        view.GetProperty("done").EnumerateArray().Select(answer => $"{Text(answer, "user")} {Text(answer, "action")}").ShouldBe(["ann Approve"]);
        (await GetAsync("dora", $"{leave}/history")).EnumerateArray().Select(entry => Text(entry, "text")).ShouldBe(
        [
            "dora started 'Leave' for 'Leave of dora, 2027-03-01'.",
            "ann answered 'Approve' to 'Decide on the leave' of 'Approval'.",
            "The process changed the folio to 'Leave of dora, 2027-03-01, booked'.",
            "'Leave' was completed.",
        ]);
        (await DaysLeftAsync("dora")).ShouldBe(22);
        (await GetAsync("dora", "/mails")).EnumerateArray().Select(mail => $"{Text(mail, "to")}: {Text(mail, "text")}").ShouldBe(
            ["dora: Leave of dora, 2027-03-01, booked: decided."]);
    }

    [Test]
    public async Task A_long_leave_goes_to_personnel_who_pass_it_on_and_put_it_back()
    {
        var leave = await AskAsync("dora", days: 10);
        await ActAsync("ann", "Approve");
        var serial = await TaskAsync("pat");
        (await PostAsync("pat", $"/tasks/{serial}/open")).ShouldBe(HttpStatusCode.NoContent);
        (await TasksAsync("kim")).ShouldBeEmpty();

        (await PostAsync("pat", $"/tasks/{serial}/actions/Put back")).ShouldBe(HttpStatusCode.NoContent);
        (await PostAsync("kim", $"/tasks/{serial}/actions/Ask the manager")).ShouldBe(HttpStatusCode.NoContent);

        (await TasksAsync("ann")).ShouldBe([serial]);
        await ActAsync("ann", "Confirm");
        Text(await GetAsync("dora", leave), "status").ShouldBe("Completed");
        (await DaysLeftAsync("dora")).ShouldBe(15);
    }

    [Test]
    public async Task Somebody_who_may_not_is_told_why_before_and_after_they_try()
    {
        await AskAsync("dora", days: 3);
        var serial = await TaskAsync("ann");

        var may = await GetAsync("bob", $"/tasks/{serial}/actions/Approve/may");
        var refusal = await SendAsync("bob", HttpMethod.Post, $"/tasks/{serial}/actions/Approve");
        var allowed = await GetAsync("ann", $"/tasks/{serial}/redirect/may?to=bob");
        (await PostAsync("ann", $"/tasks/{serial}/redirect?to=bob")).ShouldBe(HttpStatusCode.NoContent);

        may.GetProperty("isAllowed").GetBoolean().ShouldBeFalse();
        refusal.StatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, HttpStatusCode.NotFound);
        Text(may, "reason").ShouldBe(Text(await BodyAsync(refusal), "reason"));
        allowed.GetProperty("isAllowed").GetBoolean().ShouldBeTrue();
        (await TasksAsync("bob")).ShouldBe([serial]);
    }

    [Test]
    public async Task The_numbers_of_tasks_are_counted_for_one_and_for_everybody()
    {
        await AskAsync("dora", days: 3);
        await AskAsync("eli", days: 2);
        await AskAsync("bob", days: 1);
        await TaskAsync("zoe");
        await TaskAsync("ann", count: 2);

        (await GetAsync("ann", "/tasks/count")).GetProperty("count").GetInt32().ShouldBe(2);
        (await GetAsync("zoe", "/tasks/everybody")).EnumerateArray().Select(count => $"{Text(count, "who")} {Text(count, "tasks")}")
            .ShouldBe(["ann 2", "zoe 1"], ignoreOrder: true);
        (await GetAsync("dora", "/leaves?folio=Leave of d")).GetArrayLength().ShouldBe(1);
        (await GetAsync("zoe", "/definitions")).GetArrayLength().ShouldBe(1);
    }

    [Test]
    public async Task A_leave_that_cannot_be_booked_stands_in_error_and_says_why()
    {
        var leave = await AskAsync("eli", days: 4);

        await ActAsync("ann", "Approve");

        var view = await GetAsync("zoe", leave);
        (Text(view, "status"), Text(view, "error")).ShouldBe(("Error", "eli has 3 days left, and the leave takes 4."));
        (await DaysLeftAsync("eli")).ShouldBe(3);
    }

    [Test]
    public async Task A_host_that_was_killed_goes_on_where_it_was()
    {
        var leave = await AskAsync("dora", days: 3);
        await TaskAsync("ann");
        await _program!.KillAsync();
        await RunAsync();

        await ActAsync("ann", "Decline");

        Text(await GetAsync("dora", leave), "status").ShouldBe("Completed");
        (await DaysLeftAsync("dora")).ShouldBe(25);
    }

    [Test]
    public async Task A_request_without_a_user_or_without_a_leave_is_refused()
    {
        (await _client!.GetAsync(new Uri("/tasks", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await SendAsync("dora", HttpMethod.Post, "/leaves", new { From = "soon", Days = 3 })).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await SendAsync("dora", HttpMethod.Get, "/leaves/99")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    private void End()
    {
        _news?.Dispose();
        _client?.Dispose();
        _program?.Dispose();
        (_news, _client, _program) = (null, null, null);
    }

    private async Task RunAsync()
    {
        End();
        _program = SampleProgram.Start("LeaveRequests", "--urls", "http://127.0.0.1:0", "--file", Path.Combine(_folder, "leave.db"));
        await _program.ReadAsync(1);
        var address = _program.Lines[0].Split(' ')[^1].TrimEnd('.');
        _client = new HttpClient { BaseAddress = new Uri(address) };
        _news = new StreamReader(await _client.GetStreamAsync(new Uri("/news", UriKind.Relative)));
    }

    /// <summary>Waits for the task of a user, who is told of it by the news.</summary>
    private async Task<string> TaskAsync(string user, int count = 1)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        IReadOnlyList<string> tasks;
        while ((tasks = await TasksAsync(user)).Count < count)
        {
            (await _news!.ReadLineAsync(limit.Token)).ShouldNotBeNull();
        }

        return tasks[0];
    }

    /// <returns>The path of the new leave.</returns>
    private async Task<string> AskAsync(string user, int days)
    {
        var response = await SendAsync(user, HttpMethod.Post, "/leaves", new { From = "2027-03-01", Days = days });
        response.StatusCode.ShouldBe(HttpStatusCode.Created, await response.Content.ReadAsStringAsync());
        return response.Headers.Location!.ToString();
    }

    private async Task ActAsync(string user, string action) =>
        (await PostAsync(user, $"/tasks/{await TaskAsync(user)}/actions/{action}")).ShouldBe(HttpStatusCode.NoContent);

    private async Task<IReadOnlyList<string>> TasksAsync(string user) =>
        [.. (await GetAsync(user, "/tasks")).EnumerateArray().Select(task => Text(task, "serial"))];

    private async Task<int> DaysLeftAsync(string name) =>
        (await GetAsync(name, "/employees")).EnumerateArray().Single(employee => Text(employee, "name") == name).GetProperty("daysLeft").GetInt32();

    private async Task<JsonElement> GetAsync(string user, string path)
    {
        var response = await SendAsync(user, HttpMethod.Get, path);
        response.StatusCode.ShouldBe(HttpStatusCode.OK, await response.Content.ReadAsStringAsync());
        return await BodyAsync(response);
    }

    private async Task<HttpStatusCode> PostAsync(string user, string path) => (await SendAsync(user, HttpMethod.Post, path)).StatusCode;

    private async Task<HttpResponseMessage> SendAsync(string user, HttpMethod method, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(method, path) { Headers = { { "X-User", user } }, Content = body is null ? null : JsonContent.Create(body) };
        return await _client!.SendAsync(request);
    }

    private static Task<JsonElement> BodyAsync(HttpResponseMessage response) => response.Content.ReadFromJsonAsync<JsonElement>();

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString() ?? "";
}
