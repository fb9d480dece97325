using Workflow.Core.Client;
using Workflow.Core.Definitions;
using Workflow.Core.Definitions.Building;
using Workflow.Core.Instances;
using Workflow.Core.Rules;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Manual;

/// <summary>The URL and the text of a task hold what data fields hold when it opens.</summary>
[TestFixture]
public sealed class Chapter01TaskTexts
{
    private static readonly ProcessField<string> Subject = new("Subject", initial: "a b/c?d=é&{x}");
    private static readonly ProcessField<decimal> Amount = new("Amount", initial: 240.50m);
    private static readonly ProcessField<bool> IsUrgent = new("Is urgent", initial: true);
    private static readonly ProcessField<DateTimeOffset> Due = new("Due", initial: new DateTimeOffset(2026, 1, 5, 8, 0, 0, TimeSpan.Zero));
    private static readonly ProcessField<string> Nothing = new("Nothing");
    private static readonly ProcessField<IReadOnlyList<string>> Tags = new("Tags");
    private static readonly ProcessField<ReadOnlyMemory<byte>> Scan = new("Scan");
    private static readonly ActivityField<int> Round = new("Round", initial: 3);
    private static readonly DestinationField<string> Remark = new("Remark");

    private static ProcessDefinition Asking(Action<ClientEventBuilder> task) => Worklists.Asking(
        activity => activity.Fields(Round, Remark).Once(2, 2).Chooses(more: task), Subject, Amount, IsUrgent, Due, Nothing, Tags, Scan);

    private static async Task<WorklistItem> ItemAsync(Action<ClientEventBuilder> task)
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(task));
        return await bed.ItemAsync("B", await bed.BeginAsync());
    }

    private static TestCaseData Shown(Action<ClientEventBuilder> task, string text) => new TestCaseData(task, text).SetArgDisplayNames(text);

    private static IEnumerable<TestCaseData> Urls()
    {
        const string Host = "https://host";
        var host = string.Concat("https://", "host");
        yield return Shown(task => task.Url($"https://host/{Amount}"), "https://host/240.50");
        yield return Shown(task => task.Url($"{host}/{TaskField.SerialNumber}/{TaskField.ProcessInstance}"), "https://host/1_1/1");
        yield return Shown(task => task.Url($"https://host?s={Subject}"), "https://host?s=a%20b%2Fc%3Fd%3D%C3%A9%26%7Bx%7D");
        yield return Shown(task => task.Url($"https://host?u={IsUrgent}&r={Round}&n={Nothing}&d={Due}"),
            "https://host?u=true&r=3&n=&d=2026-01-05T08%3A00%3A00%2B00%3A00");
        yield return Shown(task => task.Url($"https://host?b={{{Round}}}&c={{}}"), "https://host?b={3}&c={}");
        yield return Shown(task => task.Url($"https://host?c={Rule.Choose(Amount > 100, "large & fine", "small")}"), "https://host?c=large%20%26%20fine");
        yield return Shown(task => task.Url($"{Host}/fixed"), "https://host/fixed");
        yield return Shown(task => task.Url("https://host/{Amount}/{Round}?s={Subject}&n={Nothing}"),
            "https://host/240.50/3?s=a%20b%2Fc%3Fd%3D%C3%A9%26%7Bx%7D&n=");
        yield return Shown(task => task.Url("https://host?b={{Amount}}&d={Is urgent}"), "https://host?b={Amount}&d=true");
        yield return Shown(task => task.Url("https://host?sn={SerialNumber}&b={{{ProcessInstance}}}"), "https://host?sn=1_1&b={1}");
        yield return Shown(task => task.Url("https://host?sn={{SerialNumber}}"), "https://host?sn={SerialNumber}");
        var configured = "https://host?sn={SerialNumber}";
        yield return Shown(task => task.Url($"{configured}&a={Amount}"), "https://host?sn={SerialNumber}&a=240.50");
        yield return Shown(task => task.Url($"https://host?a={{Missing}}&b={{{Amount}}}&c={"{Amount}"}"), "https://host?a={Missing}&b={240.50}&c={Amount}");
        yield return Shown(task => task.Url("https://host?a=" + Amount), "https://host?a=240.50");
        yield return Shown(task => task.Url("https://host?r=" + Round + "&s=" + Subject + "&sn=" + TaskField.SerialNumber),
            "https://host?r=3&s=a%20b%2Fc%3Fd%3D%C3%A9%26%7Bx%7D&sn=1_1");
        yield return Shown(task => task.Url($"https://host/{Round}" + "?x=1"), "https://host/3?x=1");
        yield return Shown(task => task.Url(Subject), "a b/c?d=é&{x}");
    }

    [TestCaseSource(nameof(Urls))]
    [Statement("1.1")]
    public async Task Values_in_a_url_are_percent_encoded_and_the_text_between_them_is_not(Action<ClientEventBuilder> task, string url) =>
        (await ItemAsync(task)).Url.ShouldBe(url);

    private static IEnumerable<TestCaseData> Texts()
    {
        yield return Shown(task => task.Data($"{Subject}: {Amount} of {Nothing}!"), "a b/c?d=é&{x}: 240.50 of !");
        yield return Shown(task => task.Data($"{TaskField.SerialNumber} {{{Round}}}"), "1_1 {3}");
        yield return Shown(task => task.Data("{Subject} {{{Round}}} {SerialNumber}"), "a b/c?d=é&{x} {3} 1_1");
        yield return Shown(task => task.Data("plain"), "plain");
        yield return Shown(task => task.Data("For " + Amount + " of " + Nothing), "For 240.50 of ");
        yield return Shown(task => task.Data(Subject), "a b/c?d=é&{x}");
    }

    [TestCaseSource(nameof(Texts))]
    [Statement("1.1")]
    public async Task Values_in_a_text_are_shown_as_they_are(Action<ClientEventBuilder> task, string text) => (await ItemAsync(task)).Data.ShouldBe(text);

    [Test]
    [Statement("1.1")]
    public async Task An_address_from_a_field_without_a_value_is_none() => (await ItemAsync(task => task.Url(Nothing))).Url.ShouldBeNull();

    [Test]
    [Statement("1.1")]
    public async Task Both_are_fixed_when_the_task_opens_and_survive_the_host()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(task => task.Url($"https://host/{Amount}").Data($"{Amount} euros")));
        var id = await bed.BeginAsync();
        await bed.ActAsync("A", "Approve", answer => answer.Set(Amount, 1m));
        await bed.RestartAsync();

        var item = await bed.ItemAsync("B", id);

        (item.Url, item.Data, item.Get(Amount)).ShouldBe(("https://host/240.50", "240.50 euros", 1m));
    }

    [Test]
    [Statement("1.1")]
    [Statement("8.1")]
    public async Task A_url_that_comes_out_too_long_is_an_error()
    {
        await using var bed = await WorkflowTestBed.CreateAsync(Asking(task => task.Url($"https://host/{Subject}")));

        var process = await bed.ReadAsync(await bed.BeginAsync(start => start.Set(Subject, new string('é', 400))));

        process.Status.ShouldBe(ProcessInstanceStatus.Error);
        process.Error!.Element.ShouldBe("URL of task 'Decision' of 'Ask'");
        process.Error.Message.ShouldContain("It has 2413 characters");
    }

    private static TestCaseData Wrong(Action<ClientEventBuilder> task, string says) => new TestCaseData(task, says).SetArgDisplayNames(says);

    private static IEnumerable<TestCaseData> Refused()
    {
        yield return Wrong(task => task.Url("{Activity.ActionURL}?f={Amuont}"),
            "'{Amuont}' names no process or activity field. Did you mean 'Amount'?");
        yield return Wrong(task => task.Data("{amount}"), "'{amount}' names no process or activity field. Did you mean 'Amount'?");
        yield return Wrong(task => task.Url("{serialnumber}"), "Did you mean 'SerialNumber'?");
        yield return Wrong(task => task.Url("{Remark}"), "'{Remark}' names no process or activity field");
        yield return Wrong(task => task.Url("{}"), "'{}' names no process or activity field");
        yield return Wrong(task => task.Url($"{Remark}"), "the destination field 'Remark' is shown, but the users of the task have yet to fill it in");
        yield return Wrong(task => task.Url($"{new ProcessField<int>("Missing")}"), "declares no such process field");
        yield return Wrong(task => task.Url($"{Amount}?sn={{SerialNumber}}"), "Write {TaskField.SerialNumber} there");
        yield return Wrong(task => task.Url($"https://{string.Concat("host")}?a={{Amount}}"),
            "'{Amount}' is written with doubled braces into an interpolated string");
        yield return Wrong(task => task.Data($"{Amount} {{Is urgent}}"), "Braces that are to stay go in as a text: {\"{Is urgent}\"}.");
        yield return Wrong(task => task.Data($"{{ {Amount} {{Round}}"), "'{Round}' is written with doubled braces");
        yield return Wrong(task => task.Url("a {Amount"), "the brace at character 3 of 'a {Amount' has no other one");
        yield return Wrong(task => task.Data("a Amount}"), "the brace at character 9 of 'a Amount}' has no other one");
        yield return Wrong(task => task.Data("{Tags}"), "'Tags' is a list or bytes, which cannot stand in a text");
        yield return Wrong(task => task.Data($"{Tags}"), "'Tags' is a list or bytes, which cannot stand in a text");
        yield return Wrong(task => task.Data($"{Scan}"), "'Scan' is a list or bytes, which cannot stand in a text");
        yield return Wrong(task => task.Url("https://host?m=" + Remark), "'{Remark}' names no process or activity field");
        yield return Wrong(task => task.Url("https://host?a=" + (Amount.AsNumber() * 2)), "'{Amount * 2}' names no process or activity field");
        yield return Wrong(task => task.Data("Tags: " + Tags), "'Tags' is a list or bytes, which cannot stand in a text");
        yield return Wrong(task => task.Url(new string('x', 2_001)), "its URL is longer than 2000 characters");
    }

    [TestCaseSource(nameof(Refused))]
    [Statement("13.4")]
    [Statement("1.1")]
    public void A_value_that_cannot_be_put_there_is_refused_when_built(Action<ClientEventBuilder> task, string says) =>
        Should.Throw<ProcessDefinitionException>(() => Asking(task)).Message.ShouldContain(says);

    private static IEnumerable<TestCaseData> OfTheSameName()
    {
        yield return Same(
            new ProcessField<string>("SerialNumber", initial: "own"), task => task.Url($"https://host/{TaskField.SerialNumber}"), "https://host/1_1");
        yield return Same(new ProcessField<int>("ProcessInstance", initial: 7), task => task.Data($"{TaskField.ProcessInstance}"), "1");
        yield return Same(new ActivityField<string>("SerialNumber", initial: "own"), task => task.Data($"{TaskField.SerialNumber}"), "1_1");

        static TestCaseData Same(Field field, Action<ClientEventBuilder> task, string shown) =>
            new TestCaseData(field, task, shown).SetArgDisplayNames($"{field.Scope} field {field.Name}");
    }

    [TestCaseSource(nameof(OfTheSameName))]
    [Statement("1.1")]
    public async Task A_template_that_could_name_a_field_or_the_task_itself_is_refused_and_an_interpolated_string_says_which(
        Field field, Action<ClientEventBuilder> task, string shown)
    {
        var problem = Should.Throw<ProcessDefinitionException>(() => With(asked => asked.Url("https://host/{" + field.Name + "}")))
            .Problems.ShouldHaveSingleItem();
        problem.Message.ShouldContain($"'{{{field.Name}}}' is the {(field.Scope is FieldScope.Process ? "process" : "activity")} field of this name");
        problem.Remedy.ShouldContain($"{{TaskField.{field.Name}}}");

        await using var bed = await WorkflowTestBed.CreateAsync(With(task));
        var item = await bed.ItemAsync("B", await bed.BeginAsync());
        (item.Url ?? item.Data).ShouldBe(shown);

        ProcessDefinition With(Action<ClientEventBuilder> asked) => field.Scope is FieldScope.Process
            ? Worklists.Asking(activity => activity.Once(2, 2).Chooses(more: asked), field)
            : Worklists.Asking(activity => activity.Fields(field).Once(2, 2).Chooses(more: asked));
    }

    [Test]
    [Statement("8.7")]
    public async Task Equal_texts_are_the_same_definition_whether_typed_or_named()
    {
        await using var engine = WorkflowEngine.Create();

        var typed = await engine.DeployAsync(Asking(task => task.Url($"https://host/{Amount}/{TaskField.SerialNumber}")));

        (await engine.DeployAsync(Asking(task => task.Url("https://host/{Amount}/{SerialNumber}")))).Fingerprint.ShouldBe(typed.Fingerprint);
        var other = Asking(task => task.Url($"https://host/{Round}/{TaskField.SerialNumber}"));
        await Should.ThrowAsync<ProcessDefinitionException>(async () => await engine.DeployAsync(other));
    }
}
