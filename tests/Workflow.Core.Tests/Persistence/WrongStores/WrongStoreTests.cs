using Workflow.Core.Persistence;
using Workflow.Core.Testing;

namespace Workflow.Core.Tests.Persistence.WrongStores;

/// <summary>The contract finds what can be wrong with a store: each of these breaks the rule that is named.</summary>
[TestFixture]
[Parallelizable(ParallelScope.Children)]
internal sealed class WrongStoreTests
{
    private static IEnumerable<TestCaseData> OfCommits =>
    [
        Wrong(asked => new ForgetsTheJournal(asked), "The history comes back piece by piece as it was committed, oldest first"),
        Wrong(asked => new IgnoresTheVersion(asked), "A commit on an earlier version is refused"),
        Wrong(asked => new OverwritesWithNewInstances(asked), "A new instance over one that exists is refused"),
        Wrong(asked => new MakesMissingInstances(asked), "A commit on an instance that is not there is refused and makes none"),
        Wrong(asked => new ComparesTheVersionTooEarly(asked), "One of many commits on one version wins, and is stored as a whole"),
        Wrong(asked => new StoresPartsOfARefusedCommit(asked), "Nothing of a commit on another version is stored"),
        Wrong(asked => new StoresTheJournalOfARefusedCommit(asked), "Nothing of a commit under a request key that is taken is stored"),
        Wrong(asked => new KeepsReferences(asked), "The bytes of a part are copied before the commit ends"),
        Wrong(asked => new EndsActivitiesAfterStoringParts(asked), "The parts of an ended activity go before new ones are stored"),
        Wrong(asked => new LeavesTheDetailsOfEndedActivities(asked), "All parts of an ended activity go, those of others stay"),
        Wrong(asked => new CutsLongContents(asked), "A content of 1 MiB comes back byte by byte"),
        Wrong(asked => new LosesEmptyParts(asked), "An empty content is a part"),
        Wrong(asked => new TellsTheFirstState(asked), "A task that is found tells the state that its instance is loaded in, or none"),
        Wrong(asked => new SortsPartsAsText(asked), "Parts come back in the order of their keys, by number"),
        Wrong(asked => new MixesKindAndNumber(asked), "Details of every kind and number are parts of their own, whoever they belong to"),
        Wrong(asked => new ForgetsTheNumber(asked), "Details of every kind and number are parts of their own, whoever they belong to"),
        Wrong(asked => new DropsUnknownKinds(asked), "Details of every kind and number are parts of their own, whoever they belong to"),
        Wrong(asked => new ReadsTheJournalFromTheNextPiece(asked), "A piece with facts on both sides of the known ones is read whole"),
        Wrong(asked => new CountsPiecesForFacts(asked), "A loaded instance shows how many facts its history holds"),
        Wrong(asked => new HandsOutANumberTwice(asked), "Numbers are positive and grow"),
        Wrong(asked => new IgnoresTheRequestKey(asked), "A second commit under a key is refused, on the same instance and on another"),
        Wrong(asked => new RemovesMessagesBeforeTheCommit(asked), "A refused commit receives nothing"),
        Wrong(
            asked => new ReceivesMissingMessages(asked), "A commit that receives a message which is not there is refused, and nothing of it is stored"),
        Wrong(asked => new ReceivesMissingMessages(asked), "A message is received once"),
        Wrong(
            asked => new ReceivesSomeOfSeveralMessages(asked),
            "A commit that receives a message which is not there is refused, and nothing of it is stored"),
        Wrong(
            asked => new StartsInstancesWithoutTheirMessage(asked), "A new instance receives the message that starts it, and is refused without it"),
        Wrong(asked => new StartsInstancesWithoutTheirMessage(asked), "Nothing of a new instance that receives a message which is not there is stored"),
        Wrong(asked => new LeavesTheMessageOfANewInstance(asked), "A new instance receives the message that starts it, and is refused without it"),
        Wrong(asked => new LooksForMessagesTooEarly(asked), "Of many commits and calls that want one message, one gets it"),
        Wrong(asked => new ReceivesAfterSending(asked), "A message that takes the place of a received one in the same commit stays"),
        Wrong(asked => new TellsEnginesTheirOwnNews(asked), "News comes from where a reader began, once, and not to the engine that has committed it"),
        Wrong(asked => new LosesTheRestOfAPageOfNews(asked), "The news of an instance comes in the order of its commits, page after page"),
        Wrong(asked => new NeverFallsBehindWithNews(asked), "A reader is told that its place is older than news is kept for"),
        Wrong(asked => new RemovesAllNews(asked), "News that is removed at a place is gone, and later news stays"),
        Wrong(asked => new RemovesNoNews(asked), "News that is removed at a place is gone, and later news stays"),
        Wrong(asked => new IgnoresTheLastCommit(asked), "A commit on top of another commit than the last one is refused, although version and epoch fit"),
        Wrong(asked => new ForgetsTheLastCommit(asked), "A loaded instance tells the name of its last commit"),
        Wrong(asked => new WantsTheLastCommitAlways(asked), "A commit that names no last commit is compared by version and epoch alone"),
        Wrong(asked => new StoresWhatWasCancelled(asked), "Nothing of a commit that was cancelled before it began is stored"),
    ];

    private static IEnumerable<TestCaseData> OfClaims =>
    [
        Wrong(asked => new IgnoresTheEpoch(asked), "A commit under an earlier epoch is refused, though the version is right and no lease is in its way"),
        Wrong(asked => new NeverRaisesTheEpoch(asked), "The epoch grows by one when an engine takes what another had claimed"),
        Wrong(asked => new ClaimsTwice(asked), "Two engines that claim at once are never given the same"),
        Wrong(asked => new ClaimsDueTimersAlways(asked), "Without timers an engine is given pending calls only"),
        Wrong(asked => new ClaimsWhatIsNotWanted(asked), "An engine is not given the instances that it does not want, and their claims stay"),
        Wrong(asked => new NeverEndsALease(asked), "An instance with a lease is given to nobody until the lease has run out"),
        Wrong(asked => new IgnoresTheLeaseInCommits(asked), "A commit by another than the owner of a lease is refused until it has run out"),
        Wrong(asked => new KeepsTheLeaseAfterACommit(asked), "A commit without a lease gives back the one there is"),
        Wrong(asked => new TakesNoLeaseWithACommit(asked), "A commit with a lease takes it, for a new instance too"),
        Wrong(asked => new DoesNotResetAttempts(asked), "A commit begins the counting of attempts anew"),
        Wrong(asked => new CountsNoAttempts(asked), "Attempts count all engines' claims since the last commit"),
        Wrong(asked => new RenewsNothing(asked), "Renewing makes all leases of an engine last from now, and no others"),
        Wrong(asked => new ReleasesForAnybody(asked), "A release by another than the owner does nothing"),
        Wrong(asked => new ReleasesWhatOthersClaimed(asked), "Releasing an instance that another has claimed since does nothing"),
        Wrong(asked => new PutsNothingOff(asked), "An instance that is put off is given to nobody for that time, even with a timer that is due"),
        Wrong(
            asked => new SetsNothingAside(asked),
            "An instance that is set aside is given to nobody, even with a timer that is due, until that is taken back"),
        WrongWithClock((asked, clock) => new WaitsForTheOldClock(asked, clock), "When the clock was set back, a lease from before keeps nobody from claiming"),
        WrongWithClock((asked, clock) => new WaitsForTheOldClock(asked, clock), "When the clock was set back, a lease from before refuses nobody's commit"),
        WrongWithClock((asked, clock) => new WaitsForTheOldClock(asked, clock), "When the clock was set back, a lease from before is not shown"),
        WrongWithClock(
            (asked, clock) => new WaitsForTheOldClock(asked, clock),
            "When the clock was set back, an instance that was put off before is given to the engine that asks"),
        Wrong(asked => new TakesLeasesOfAnyLength(asked), "A lease may be as long as the longest, and no longer"),
        Wrong(asked => new ClaimsWhatItDoesNotKnow(asked), "An engine is given instances of the definitions and versions it knows only"),
    ];

    private static IEnumerable<TestCaseData> OfQueries =>
    [
        Wrong(asked => new KeepsTheFirstStart(asked), "An instance that begins at another instant than was said first is found by that"),
        Wrong(asked => new DropsATimer(asked), "Timers come the one due first in front, of one instant by instance and number"),
        Wrong(
            asked => new LoadsTasksInTheOrderOfTheirNumbers(asked),
            "Tasks are loaded together as each alone, in the order given, and one of a missing instance as nothing"),
        Wrong(
            asked => new LoadsInstancesInTheOrderOfTheirNumbers(asked),
            "Instances are loaded together as each alone, in the order given, and a missing one as nothing"),
        Wrong(
            asked => new LeavesOutMissingInstances(asked),
            "Instances are loaded together as each alone, in the order given, and a missing one as nothing"),
        Wrong(
            asked => new LeavesOutAPartOfSeveralInstances(asked),
            "Instances are loaded together as each alone, in the order given, and a missing one as nothing"),
        Wrong(
            asked => new LeavesOutTasksOfMissingInstances(asked),
            "Tasks are loaded together as each alone, in the order given, and one of a missing instance as nothing"),
        Wrong(asked => new LoadsTheNextTask(asked), "A task is loaded by its serial number as its destination is, while it is open and afterwards"),
        Wrong(asked => new LoadsTheHeaderOfAnEndedTask(asked), "A task is loaded by its serial number as its destination is, while it is open and afterwards"),
        Wrong(
            asked => new LoadsTasksOfMissingInstances(asked),
            "Of a task that is not there the header is loaded, and nothing of an instance that is not there"),
        Wrong(asked => new ForgetsThePendingCallOfATask(asked), "A load says that the last commit has a pending call"),
        Wrong(asked => new RoundsInstants(asked), "A timer comes back as it was armed, to the tick"),
        Wrong(asked => new ShowsTimersOfEveryDefinition(asked), "Timers are found by the definition of their instance"),
        Wrong(asked => new FiltersThePageOfTimers(asked), "Timers are found by the definition of their instance"),
        Wrong(asked => new ForgetsTheEventOfATimer(asked), "Timers of every owner come back with their owner, their element and their occurrence"),
        Wrong(
            asked => new GivesTimersOfDestinationsToTheirActivity(asked),
            "Timers of every owner come back with their owner, their element and their occurrence"),
        Wrong(
            asked => new GivesTimersOfTheProcessToAnActivity(asked), "Timers of every owner come back with their owner, their element and their occurrence"),
        Wrong(asked => new IgnoresTheCaseOfElements(asked), "Timers of every owner come back with their owner, their element and their occurrence"),
        Wrong(asked => new CountsOccurrencesInAByte(asked), "Timers of every owner come back with their owner, their element and their occurrence"),
        Wrong(asked => new TrimsElements(asked), "Any text can be the element of a timer"),
        Wrong(asked => new ReplacesTheInstantOnly(asked), "A timer that takes the place of another leaves nothing of it"),
        Wrong(asked => new EndsTimersAfterArming(asked), "Ended timers go before new ones are armed"),
        Wrong(asked => new SortsTasksWrongly(asked), "Tasks come by priority, the highest first"),
        Wrong(asked => new SortsTasksAsText(asked), "Tasks that are alike come by serial number in every order"),
        Wrong(asked => new PagesUnstably(asked), "A page of tasks begins behind one that has ended, in every order"),
        Wrong(asked => new FindsATaskOnceForEachEntry(asked), "A task is found once, however many of the entries it is for"),
        Wrong(asked => new RegardsTheCaseOfUsers(asked), "A task is found by each of its entries, without regard to case"),
        Wrong(asked => new LosesFormerEntries(asked), "A task is not for one any more who is removed, and that it was is kept"),
        Wrong(asked => new ForgetsWhoTookPart(asked), "A user who took a slot of a task that was not theirs by name took part, and has no task by that"),
        Wrong(asked => new AsksForTheFirstDefinition(asked), "Instances are found by each criterion"),
        Wrong(asked => new FindsEveryVersion(asked), "Instances are found by each criterion"),
        Wrong(asked => new FindsWhatHasEnded(asked), "Instances are found by each criterion"),
        Wrong(asked => new TakesNoDefinitionForAll(asked), "Instances are found by each criterion"),
        Wrong(asked => new ListsDefinitionAfterDefinition(asked), "Pages of the instances of several definitions add up to theirs, in both directions"),
        Wrong(asked => new ForgetsTheSetForWhoTookPart(asked), "Pages of the instances of several definitions add up to theirs, in both directions"),
        Wrong(
            asked => new FindsTheSubProcessesOfEverybody(asked),
            "Sub-processes are found by the instance that started them, with other criteria and in both directions"),
        Wrong(
            asked => new IgnoresOtherCriteriaBesideTheParent(asked),
            "Sub-processes are found by the instance that started them, with other criteria and in both directions"),
        Wrong(asked => new FiltersThePageOfSubProcesses(asked), "Pages of sub-processes add up to the whole, in both directions"),
        Wrong(asked => new ForgetsTheParentForWhoTookPart(asked), "Sub-processes are found by those who take part in them"),
        Wrong(asked => new TakesTheLastParent(asked), "The parent of an instance is the one that its first commit says, whatever later ones say"),
        Wrong(
            asked => new OrphansSubProcesses(asked),
            "A sub-process keeps its parent when that is purged, and is not found by it when it is purged itself"),
        Wrong(asked => new FiltersThePageOfItems(asked), "Server items are found by each criterion, those that wait unless said otherwise"),
        Wrong(
            asked => new FindsARoleForEachWayToWriteIt(asked),
            "The roles and groups of open tasks are found, each once, and neither users nor those of whom no task is open"),
        Wrong(asked => new BeginsThePagesOfRolesAnew(asked), "Roles and groups come in pages that add up, groups first"),
        Wrong(asked => new ShowsTasksOfEveryDefinition(asked), "Tasks are found by each criterion"),
        Wrong(asked => new KeepsTheFirstServerItem(asked), "The latest record of a server item takes the place of the earlier ones"),
        Wrong(asked => new TakesEmptyForMissing(asked), "Instances are found by the values of their fields, null being one"),
        Wrong(asked => new ShowsPendingAsActive(asked), "Of those that would be Active, the ones with a pending call are Running and the others Active"),
        Wrong(asked => new TakesTextsForPatterns(asked), "Texts are found as a whole and not as patterns"),
        Wrong(asked => new TrimsTexts(asked), "Any text can be in a record and is found by it"),
        Wrong(asked => new NormalizesNames(asked), "A task is found by the names of its entries and by no other"),
        Wrong(asked => new NormalizesNames(asked), "An instance is found by no other name than that of its originator"),
        Wrong(asked => new NormalizesNames(asked), "An absence is found and ended by no other name than that of the user"),
        Wrong(asked => new NormalizesNames(asked), "Absences are found by no other name than those of the substitutes"),
        Wrong(asked => new FindsTheMessagesOfEverybody(asked), "Messages are found by their receiver, and behind one that need not be there"),
        Wrong(asked => new FiltersThePageOfMessages(asked), "Messages are found by their receiver, and behind one that need not be there"),
        Wrong(asked => new BeginsThePagesOfMessagesAnew(asked), "Messages are found by their receiver, and behind one that need not be there"),
        Wrong(asked => new WantsTheLastMessageOfThePage(asked), "Messages are found by their receiver, and behind one that need not be there"),
        Wrong(asked => new DiscardsNothing(asked), "A discarded message is gone, and the store says whether there was one"),
        Wrong(asked => new ReportsEveryDiscard(asked), "A discarded message is gone, and the store says whether there was one"),
        Wrong(asked => new DiscardsAllOfASender(asked), "A discarded message is gone, and the store says whether there was one"),
        Wrong(asked => new KeepsMessagesForNobody(asked), "A message for a purged instance goes with it"),
        Wrong(asked => new PurgesTooMuch(asked), "Instances are purged that ended before the instant, not at it"),
        Wrong(asked => new PurgesTooLittle(asked), "No more than the limit are purged, those that ended first"),
        Wrong(asked => new PurgesEveryDefinition(asked), "Instances of one definition only are purged when it is given"),
        Wrong(asked => new ReportsEveryRemoval(asked), "An instance is removed only when it has ended"),
        Wrong(asked => new RemovesEverything(asked), "Of a removed instance nothing is left but the keys of its commands"),
        Wrong(asked => new SetsOthersAsideWithARemoval(asked), "The removal of an instance leaves the others as they are"),
        Wrong(asked => new TakesDeletedForCompleted(asked), "An instance that completed and was deleted is found as deleted only"),
        Wrong(asked => new TakesStoppedForActive(asked), "A stopped instance is found as stopped only"),
        Wrong(asked => new KeepsEndedAbsences(asked), "Null ends an absence, and does no harm when there is none"),
    ];

    private static IEnumerable<TestCaseData> OfDefinitions =>
    [
        Wrong(asked => new TrimsDefinitions(asked), "A definition comes back as it was kept, with any text"),
        Wrong(asked => new KeepsTheLatestDefinition(asked), "A definition that is kept under a name and version stands, and a later caller is told of it"),
        Wrong(asked => new IgnoresTheCaseOfDefinitions(asked), "Case counts in the names of definitions, and versions come by number"),
        Wrong(asked => new SortsVersionsAsText(asked), "Case counts in the names of definitions, and versions come by number"),
        Wrong(asked => new TellsEachOfItsOwn(asked), "Many who keep one version at once are all told of the same"),
        Wrong(
            asked => new MakesKnownVersionsTheDefault(asked),
            "A version that is kept for the first time becomes the default when it is asked to, and no other does"),
        Wrong(
            asked => new MakesEveryNewVersionTheDefault(asked),
            "A version that is kept for the first time becomes the default when it is asked to, and no other does"),
        Wrong(
            asked => new MakesUnknownVersionsTheDefault(asked),
            "A version that is kept becomes the default, in the place of another, and one that is not kept does not"),
        Wrong(
            asked => new NeverChangesTheDefault(asked),
            "A version that is kept becomes the default, in the place of another, and one that is not kept does not"),
        Wrong(asked => new SortsDefaultsByCulture(asked), "The default versions of all definitions come by name"),
        Wrong(asked => new RemovesVersionsInError(asked), "A version is removed when the instances on it have completed, and not before"),
        Wrong(asked => new CountsInstancesOfEveryVersion(asked), "A version is removed when the instances on it have completed, and not before"),
        Wrong(asked => new CountsOnlyWhatWasKept(asked), "The instances that have not ended are counted by their versions"),
        Wrong(asked => new CountsWhatHasEnded(asked), "The instances that have not ended are counted by their versions"),
        Wrong(asked => new RemovesTheDefault(asked), "The default is not removed"),
        Wrong(
            asked => new FreesTheNumber(asked),
            "The number of a removed version stays taken: the same content is there again, not as the default, and another is not"),
        Wrong(
            asked => new BringsBackAsTheDefault(asked),
            "The number of a removed version stays taken: the same content is there again, not as the default, and another is not"),
    ];

    private static TestCaseData Wrong<TStore>(Func<IProcessStore, TStore> make, string rule)
        where TStore : WrongStore => WrongWithClock((asked, _) => make(asked), rule);

    private static TestCaseData WrongWithClock<TStore>(Func<IProcessStore, TimeProvider, TStore> make, string rule)
        where TStore : WrongStore =>
        new TestCaseData((Func<IProcessStore, TimeProvider, IProcessStore>)((asked, clock) => make(asked, clock)), rule)
            .SetArgDisplayNames(typeof(TStore).Name, rule);

    [TestCaseSource(nameof(OfCommits))]
    [TestCaseSource(nameof(OfClaims))]
    [TestCaseSource(nameof(OfQueries))]
    [TestCaseSource(nameof(OfDefinitions))]
    public async Task A_wrong_store_is_found_by_the_rule_that_it_breaks(Func<IProcessStore, TimeProvider, IProcessStore> make, string name)
    {
        var contract = new ProcessStoreContract(clock => ValueTask.FromResult(make(new InMemoryProcessStore(clock), clock)));
        var rule = ProcessStoreContract.Rules.Single(rule => rule.Name == name);

        var broken = await Should.ThrowAsync<StoreContractException>(() => contract.CheckAsync(rule));

        broken.Rule.ShouldBe(rule);
        broken.Message.ShouldContain(name);
        broken.Message.ShouldContain("expected");
        broken.Message.ShouldContain("found");
    }

    [Test]
    public async Task A_store_that_throws_breaks_the_rule_and_says_what_it_threw()
    {
        var contract = new ProcessStoreContract(_ => ValueTask.FromResult<IProcessStore>(null!));

        var broken = await Should.ThrowAsync<StoreContractException>(() => contract.CheckAsync(ProcessStoreContract.Rules[0]));

        broken.InnerException.ShouldBeOfType<NullReferenceException>();
        broken.Message.ShouldContain(nameof(NullReferenceException));
    }
}
