using Cases;

// All cases in memory, a hundred of each log, or all of them on a file while the program is killed sixty times on the way:
//   dotnet run -c Release --project samples/CaseReplay -- FOLDER
//   dotnet run -c Release --project samples/CaseReplay -- FOLDER --cases 100
//   dotnet run -c Release --project samples/CaseReplay -- FOLDER --store sqlite:cases.db --kill 60
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
