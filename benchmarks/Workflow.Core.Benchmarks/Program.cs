Console.WriteLine("Benchmarks of Workflow.Core.");
