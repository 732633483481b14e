// Zone and locale are the process's own.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
