using Akashi.Live.Tests;

// The kernel's audit is one for the machine: one test at a time, the comparison with the state before last.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
[assembly: TestCollectionOrderer(typeof(ComparisonLast))]
[assembly: AssemblyFixture(typeof(KernelAudit))]
