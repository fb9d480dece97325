using Cases;

// For instance: dotnet run -c Release --project samples/CaseReplay -- FOLDER --cases 100
return await CommandLine.RunAsync(args, Console.Out, Console.Error);
